"""How it ended, and why: closing one strand."""

from enum import StrEnum

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats
from pressedesk.access import Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import closing
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.closing import BY_CALLER
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.regulation.vocabulary import Outcome
from pressedesk.views.fields import CodeField, TextField
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, strand_of, to_case
from pressedesk.views.words import source_name
from pressedesk.workflow import Ending

MOST_REASON = 500
TITLES: dict[StrEnum, str] = {ending: ending.label for ending in Ending}


class CloseForm(SeenForm):
    """An ending, and a reason where no answer was given."""

    ending = CodeField("Hvordan endte det?", titles=TITLES, needed="Velg hvordan det endte.")
    reason = TextField("Grunn", most=MOST_REASON)


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
        return _page(case, strand, form, None, 422)
    ending, reason = Ending(form.ending.data), form.reason.data or ""
    try:
        closing.close(me().person_id, reference, strand_id, form.made_from, ending, reason, clock.now())
    except Refused as refused:
        field = form.reason if ending.needs_reason else form.ending
        field.errors = [refused.reason]
        return _page(case, strand, form, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, "Delspørsmålet er lukket." if len(case.inquiry.strands) > 1 else "Saken er lukket.")


def _endings(strand: Strand) -> list[Ending]:
    """How this person may say that it ended. Raises Refused where there is nothing he may say."""
    if may_do(me(), Do.CLOSE, strand.inquiry, strand):
        return list(Ending)
    if may_do(me(), Do.CLOSE_BY_CALLER, strand.inquiry, strand):
        return [ending for ending in Ending if ending in BY_CALLER]
    raise Refused("Saken lukkes av den som er ansvarlig, en overordnet eller KIS.")


def _proposed(case: Case, strand: Strand) -> dict[str, object]:
    """The form as the rules would fill it in: a refusal comes with the point it rests on."""
    proposed: dict[str, object] = {"version": strand.version, "seen": last_seen(case)}
    if strand.answers:
        proposed["ending"] = Ending.STATEMENT
    elif strand.outcome in (Outcome.DECLINE, Outcome.NO_REPLY):
        proposed["ending"] = Ending.DECLINED
        proposed["reason"] = reason_of_refusal(case)
    return proposed


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
    page = render_template("sak/lukk.html", case=case, strand=strand, form=form, late=told, answer_first=to_answer)
    return make_response(page, status)
