"""Requests for documents: their own list at the archive, how many days have gone, and the decision."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, config, formats, search
from pressedesk.access import Actor, Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.clocks import INNSYN_LAST_DAY, innsyn_due
from pressedesk.desk import rulings
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.rulings import Ruling
from pressedesk.events import EventKind
from pressedesk.models import AccessRuling, Granted, Strand
from pressedesk.regulation.provisions import PROVISIONS, SILENCE, letter
from pressedesk.regulation.vocabulary import Clock, Role
from pressedesk.search import Row
from pressedesk.views import marks
from pressedesk.views.fields import CodeField, LineField, TextField
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.marks import Mark
from pressedesk.views.sak.answer import CHANNELS
from pressedesk.views.sak.forms import PastField, SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Button, Look, buttons, strand_panel
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, strand_of, to_case
from pressedesk.workflow import OPEN, UNTAKEN
from pressedesk.workhours import local_day, statutory_days_between

MOST_REASON, EXCERPT = 1000, 160  # characters
GRANTED: dict[StrEnum, str] = {granted: granted.label for granted in Granted}


class RulingForm(SeenForm):
    """What was decided. What is missing is said by the use case, beside the field."""

    granted = CodeField("Hva ble avgjort?", titles=GRANTED, needed="Velg hva som ble avgjort.")
    provision = SelectField(
        "Bestemmelse i offentleglova",
        choices=[
            SelectChoice("", "Ingen, alt gis ut"),
            *(SelectChoice(each.code, formats.capital(each.label)) for each in PROVISIONS.values()),
        ],
    )
    openness_considered = BooleanField("Meroffentlighet er vurdert")
    reason = TextField("Kort grunn", most=MOST_REASON)
    decided_by = LineField("Hvem har avgjort det?")
    decided_at = PastField("Når fikk journalisten vite det?", needed="Skriv når, for eksempel «nå».")
    channel = CodeField("Hvordan?", titles=CHANNELS, needed="Velg hvordan journalisten fikk vite det.")

    received_at: datetime | None = None

    def validate_decided_at(self, field: PastField) -> None:
        """Not in the future, and not before the request came."""
        field.read(clock.now(), self.received_at)

    def ruling(self) -> Ruling:
        """The validated form."""
        return Ruling(
            granted=Granted(self.granted.data),
            provision=self.provision.data or None,
            openness_considered=self.openness_considered.data,
            reason=self.reason.data or "",
            decided_by=self.decided_by.data or "",
            decided_at=self.decided_at.told_at or clock.now(),
            channel=Channel(self.channel.data),
        )


@bp.route("/sak/<reference>/<int:strand_id>/innsyn", methods=["GET", "POST"])
@requires(Do.RULE_ON_ACCESS)
def rule_on_access(reference: str, strand_id: int) -> Response:
    """The form, and the decision."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    access.demand(me(), Do.RULE_ON_ACCESS, case.inquiry, strand)
    if strand.clock is not Clock.INNSYN:
        return to_case(reference, "Dette er ikke et innsynskrav.")
    form = _form(case, strand)
    if not form.is_submitted():
        if strand.ruling is not None:
            return to_case(reference, "Innsynskravet er allerede avgjort.")
        return _page(case, strand, form, None, 200)
    if not form.validate() or _is_at_fault(form):
        return _page(case, strand, form, None, 422)
    try:
        rulings.rule(me().person_id, reference, strand_id, form.made_from, form.ruling(), clock.now())
    except (Stale, NotNow, Refused) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, "Avgjørelsen er notert, og innsynskravet er lukket.")


def _form(case: Case, strand: Strand) -> RulingForm:
    form = RulingForm(
        data={
            "version": strand.version,
            "seen": last_seen(case),
            "decided_by": me().name,
            "decided_at": "nå",
            "channel": Channel.EMAIL,
        }
    )
    form.received_at = case.inquiry.received_at
    return form


def _is_at_fault(form: RulingForm) -> bool:
    """Whether something is missing in it; said beside its field."""
    found = list(rulings.faults(form.ruling()))
    for name, sentence in found:
        form[name].errors = [sentence]
    return bool(found)


def _too_late(reference: str, strand_id: int, form: RulingForm, error: Stale | NotNow | Refused) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    if is_done(case, form.last_seen, {EventKind.RULED}, strand_id):
        return to_case(reference)
    if isinstance(error, Refused):
        raise error
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(case: Case, strand: Strand, form: RulingForm, told: Late | None, status: int) -> Response:
    gone = days_gone(strand.received_at, clock.now())
    page = render_template("sak/innsyn.html", case=case, strand=strand, form=form, late=told, gone=gone)
    return make_response(page, status)


@buttons("ruling")
def button(look: Look, strand: Strand) -> list[Button]:
    """«Avgjør innsyn» on a request that is not decided."""
    waits = strand.clock is Clock.INNSYN and strand.ruling is None and strand.ending is None
    if not waits or not may_do(look.who, Do.RULE_ON_ACCESS, look.case.inquiry, strand):
        return []
    url = url_for("sak.rule_on_access", reference=look.case.inquiry.reference, strand_id=strand.id)
    return [Button("Avgjør innsyn", url, is_main=True)]


# --- How many days have gone ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gone:
    """How long a request has waited, in the working days that the law counts, and what the law says of it.

    `silence` is set once the fifth day is over: silence counts as a refusal, and the duty to answer stays."""

    mark: Mark
    silence: str


def days_gone(received_at: datetime, now: datetime) -> Gone:
    """Of a request that has no answer."""
    due = innsyn_due(received_at)
    n = statutory_days_between(local_day(received_at), local_day(now))
    if now > due.due_at:
        return Gone(marks.SILENT_REFUSAL, SILENCE)
    words = f"Dag {n} av {INNSYN_LAST_DAY}" if n else "Kom inn i dag"
    if now > due.red_at:
        return Gone(Mark(words, "danger", "!"), "")
    return Gone(Mark(words, "warning", "◆") if now > due.amber_at else Mark(words, "neutral", "○"), "")


@dataclass(frozen=True)
class Request:
    """A request in the list of the archive, which rings the journalist; the leader of KIS rings whoever has it."""

    row: Row
    heading: str
    gone: Gone
    excerpt: str | None
    no_text: str
    due: str
    with_whom: str
    take: SeenForm | None
    may_rule: bool
    ring: str
    ring_whom: str


def has_list(who: Actor) -> bool:
    """Whether requests for documents stand in a list of their own in this inbox."""
    return Role.ARKIV_POSTMOTTAK in who.roles or who.is_kis_leader


@inbox_section("innsyn", "Innsynskrav", "Egne frister etter offentleglova. Det eldste står først.")
def waiting(desk: Desk) -> list[Request]:
    """For the archive what stands with it, for the leader of KIS all."""
    if not has_list(desk.who):
        return []
    rows = search.requests_for_documents(desk.tx, desk.who, desk.now, leads=desk.who.is_kis_leader)
    return [_listed(row, desk.who, desk.now) for row in rows]


def _listed(row: Row, who: Actor, now: datetime) -> Request:
    is_archive = Role.ARKIV_POSTMOTTAK in who.roles
    return Request(
        row=row,
        heading=marks.heading(row.outlet, row.caller),
        gone=days_gone(row.received_at, now),
        excerpt=formats.excerpt(row.question, EXCERPT) if row.question is not None else None,
        no_text=marks.why_no_text(row),
        due=formats.when(row.due_at, now) if row.due_at else "",
        with_whom=f"Tatt av {row.taken_by}." if row.taken_by else f"Hos {row.office or row.acting}. Ikke tatt.",
        take=seen_form(row.version, row.last_event_id) if is_archive and row.state in UNTAKEN else None,
        may_rule=is_archive or who.is_kis_leader,
        ring=(row.phone if is_archive else row.ring) or "",
        ring_whom=row.caller if is_archive else row.taken_by or row.acting or row.office or "",
    )


# --- On the page of the inquiry -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Access:
    """How a request stands, or how it was decided; `letter` is what the journalist is to have in writing."""

    gone: Gone | None
    facts: list[tuple[str, str]]
    letter: str
    strand_id: int


@strand_panel("innsyn")
def panel(look: Look, strand: Strand) -> Access | None:
    """On every request for documents."""
    if strand.clock is not Clock.INNSYN:
        return None
    if strand.ruling is not None:
        return _decided(look, strand.ruling)
    if strand.state not in OPEN or strand.answered_at is not None:
        return None
    return Access(days_gone(strand.received_at, look.now), [], "", strand.id)


def _decided(look: Look, ruling: AccessRuling) -> Access:
    ground = PROVISIONS.get(ruling.provision or "")
    reason = look.case.rulings.get(ruling.id, "")
    weighed = ("Ja" if ruling.openness_considered else "Nei") if ground and ground.weighs_openness else ""
    told = [
        ("Avgjørelse", ruling.granted.label),
        ("Bestemmelse", f"Offentleglova {ground.label}" if ground else ruling.provision or ""),
        ("Meroffentlighet vurdert", weighed),
        ("Grunn", reason),
        ("Avgjort av", f"{ruling.decided_by}, {formats.when(ruling.decided_at, look.now)}"),
    ]
    text = ""
    if ground is not None and look.case.question is not None:
        is_partial = ruling.granted is Granted.PARTIAL
        name = config.current().municipality_name
        text = letter(ground, is_partial, ruling.openness_considered, reason, name)
    return Access(None, told, text, ruling.strand_id)
