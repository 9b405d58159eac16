"""How it ended, and why: closing one strand."""

from enum import StrEnum

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats
from pressedesk.access import Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import closing, following
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.closing import BY_CALLER, NeedsRuling, needs_ruling
from pressedesk.desk.following import NOTHING, Follow, Staff
from pressedesk.events import EventKind
from pressedesk.models import Journal, Strand
from pressedesk.regulation.vocabulary import Clock, Outcome
from pressedesk.views.fields import CodeField, TextField
from pressedesk.views.sak.following import IN_PRINT, JOURNAL, STAFF, proposed, staff_words
from pressedesk.views.sak.forms import ComingField, SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, strand_of, to_case
from pressedesk.views.words import source_name
from pressedesk.workflow import Ending

MOST_REASON = 500
TITLES: dict[StrEnum, str] = {ending: ending.label for ending in Ending}


class CloseForm(SeenForm):
    """An ending, and a reason where no answer was given. What follows an answer may be said here, or later."""

    ending = CodeField("Hvordan endte det?", titles=TITLES, needed="Velg hvordan det endte.")
    reason = TextField("Grunn", most=MOST_REASON)
    in_print = CodeField("Ble det riktig på trykk?", titles=IN_PRINT)
    staff = CodeField("Vet de ansatte det?", titles=STAFF)
    tell_by = ComingField("Når skal de ha fått vite det?")
    journal = CodeField("Journalføres?", titles=JOURNAL)

    def validate_tell_by(self, field: ComingField) -> None:
        """A time to come, or nothing; read only where the employees are to be told."""
        if self.staff.data == Staff.TELL:
            field.read(clock.now())

    def follow(self) -> Follow:
        """What was said of what follows."""
        return Follow(self.in_print.data, self.staff.data, self.tell_by.due_at, self.journal.data)


@bp.route("/sak/<reference>/<int:strand_id>/lukk", methods=["GET", "POST"])
@requires(Do.CLOSE)
def close(reference: str, strand_id: int) -> Response:
    """The form, and closing. What is missing is said beside the field."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    endings = _endings(strand)
    form = CloseForm(data=_proposed(case, strand))
    form.ending.choices = [SelectChoice(ending.value, ending.label) for ending in endings]
    if not form.is_submitted():
        return _page(case, strand, form, None, 200)
    if not form.validate():
        if form.ending.errors and needs_ruling(strand, Ending.DECLINED):
            form.ending.errors = [NeedsRuling().reason]
        return _page(case, strand, form, None, 422)
    ending, reason = Ending(form.ending.data), form.reason.data or ""
    follow = form.follow() if may_do(me(), Do.FOLLOW_UP, case.inquiry, strand) else NOTHING
    try:
        closing.close(me().person_id, reference, strand_id, form.made_from, ending, reason, clock.now(), follow)
    except Refused as refused:
        field = form.reason if ending.needs_reason and not isinstance(refused, NeedsRuling) else form.ending
        field.errors = [refused.reason]
        return _page(case, strand, form, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, "Delspørsmålet er lukket." if len(case.inquiry.strands) > 1 else "Saken er lukket.")


def _endings(strand: Strand) -> list[Ending]:
    """How this person may say that it ended. Raises Refused where there is nothing he may say."""
    if may_do(me(), Do.CLOSE, strand.inquiry, strand):
        return [ending for ending in Ending if not needs_ruling(strand, ending)]
    if may_do(me(), Do.CLOSE_BY_CALLER, strand.inquiry, strand):
        return [ending for ending in Ending if ending in BY_CALLER]
    raise Refused("Saken lukkes av den som er ansvarlig, en overordnet eller KIS.")


def _proposed(case: Case, strand: Strand) -> dict[str, object]:
    """The form as the rules would fill it in: a refusal comes with the point it rests on."""
    filled: dict[str, object] = {"version": strand.version, "seen": last_seen(case)}
    if following.is_written(strand):
        filled["journal"] = Journal.ARCHIVE_DECIDES
    if strand.clock is Clock.INNSYN:
        return filled
    if strand.answers:
        filled["ending"] = Ending.STATEMENT
    elif strand.outcome in (Outcome.DECLINE, Outcome.NO_REPLY):
        filled["ending"] = Ending.DECLINED
        filled["reason"] = reason_of_refusal(case)
    return filled


def reason_of_refusal(case: Case) -> str:
    """«Punkt 13: Saker om enkeltansatte kommenteres ikke.»: the first ban of the decision, with its sentence."""
    decision = case.decision.decision
    for ban in decision["prohibited"]:
        for reason in decision["reasons"]:
            if reason["source"] == ban["source"] and reason["force"] == ban["force"] and ban["source"].isdecimal():
                return f"{formats.capital(source_name(reason['source']))}: {reason['text']}"
    return ""


def _too_late(reference: str, strand_id: int, form: CloseForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    if is_done(case, form.last_seen, {EventKind.CLOSED}, strand_id) and strand.ending == form.ending.data:
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(case: Case, strand: Strand, form: CloseForm, told: Late | None, status: int) -> Response:
    needs = (Do.ANSWER, Do.REGISTER_ANSWER)
    may_answer = not strand.answers and any(may_do(me(), do, case.inquiry, strand) for do in needs)
    to_answer = url_for("sak.answer", reference=case.inquiry.reference, strand_id=strand.id) if may_answer else ""
    may_follow = may_do(me(), Do.FOLLOW_UP, case.inquiry, strand) and strand.clock is not Clock.INNSYN
    is_written = may_follow and following.is_written(strand)
    rules = needs_ruling(strand, Ending.DECLINED)
    page = render_template(
        "sak/lukk.html",
        case=case,
        strand=strand,
        form=form,
        late=told,
        answer_first="" if rules else to_answer,
        needs_ruling=rules,
        may_rule=rules and may_do(me(), Do.RULE_ON_ACCESS, case.inquiry, strand),
        may_follow=may_follow,
        tell_by=staff_words(auth.reader(), case, clock.now()) if may_follow else "",
        proposed=proposed(auth.reader(), strand, clock.now()) if is_written else None,
    )
    return make_response(page, status)
