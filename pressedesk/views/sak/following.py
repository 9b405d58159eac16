"""What follows an answer: right in print, the employees, the public record. On the page of the inquiry, also after it
was closed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import make_response, render_template
from sqlalchemy.orm import Session
from werkzeug import Response

from pressedesk import access, auth, clock, formats, organisation
from pressedesk.access import Case, Do, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import following
from pressedesk.desk.change import Stale
from pressedesk.desk.following import Follow, Staff
from pressedesk.events import EventKind
from pressedesk.models import InPrint, Journal, Restriction, Strand
from pressedesk.views.fields import CodeField
from pressedesk.views.sak.forms import ComingField, SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Look, strand_panel
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, late, strand_of, to_case
from pressedesk.workflow import State

IN_PRINT: dict[StrEnum, str] = {
    InPrint.RIGHT: "Ja",
    InPrint.WRONG: "Nei, det er en feil",
    InPrint.UNSEEN: "Ikke sett",
}
STAFF: dict[StrEnum, str] = {choice: choice.label for choice in Staff}
JOURNAL: dict[StrEnum, str] = {choice: formats.capital(choice.label) for choice in Journal}
CHOOSE = "Velg ett av svarene."


class PrintForm(SeenForm):
    """Whether it came out right."""

    in_print = CodeField("Ble det riktig på trykk?", titles=IN_PRINT, needed=CHOOSE)

    def follow(self) -> Follow:
        return Follow(in_print=InPrint(self.in_print.data))


class StaffForm(SeenForm):
    """Whether the employees know, or by when they are to."""

    staff = CodeField("Vet de ansatte det?", titles=STAFF, needed=CHOOSE)
    tell_by = ComingField("Når skal de ha fått vite det?")

    def validate_tell_by(self, field: ComingField) -> None:
        """A time to come, or nothing."""
        field.read(clock.now())

    def follow(self) -> Follow:
        return Follow(staff=Staff(self.staff.data), tell_by=self.tell_by.due_at)


class JournalForm(SeenForm):
    """Whether it goes into the public record."""

    journal = CodeField("Journalføres?", titles=JOURNAL, needed=CHOOSE)

    def follow(self) -> Follow:
        return Follow(journal=Journal(self.journal.data))


@dataclass(frozen=True)
class Proposed:
    """What the app proposes about the public record, why, and who considers it where the archive is to."""

    choice: str
    why: list[str]
    considers: str


@dataclass(frozen=True)
class Followed:
    """What came of an answer so far, and the forms for whoever may say more."""

    reference: str
    strand_id: int
    told: list[tuple[str, str]]
    may_say: bool
    print_form: PrintForm
    staff_form: StaffForm
    journal_form: JournalForm | None
    tell_by: str
    proposed: Proposed | None


@strand_panel("oppfolging")
def panel(look: Look, strand: Strand) -> Followed | None:
    """Once the journalist was told, or the strand closed."""
    case, inquiry = look.case, look.case.inquiry
    if strand.state not in (State.ANSWERED, State.CLOSED):
        return None
    may_say = may_do(look.who, Do.FOLLOW_UP, inquiry, strand)
    told = _told(case, strand)
    if not may_say and not told:
        return None
    hidden = {"version": strand.version, "seen": last_seen(case)}
    is_written = following.is_written(strand)
    staff_form = StaffForm(formdata=None, data=hidden)
    staff_form.tell_by.id = f"tell_by-{strand.id}"  # there may be several parts on the page
    return Followed(
        reference=inquiry.reference,
        strand_id=strand.id,
        told=told,
        may_say=may_say,
        print_form=PrintForm(formdata=None, data=hidden),
        staff_form=staff_form,
        journal_form=JournalForm(formdata=None, data=hidden) if is_written else None,
        tell_by=staff_words(look.tx, case, look.now),
        proposed=proposed(look.tx, strand, look.now) if is_written else None,
    )


def _told(case: Case, strand: Strand) -> list[tuple[str, str]]:
    """What has been said. That the employees know stands in the record alone."""
    said = [
        event.data["choice"]
        for event in case.events
        if event.kind is EventKind.FOLLOWED_UP and event.strand_id == strand.id and event.data["what"] == "staff"
    ]
    knows = {Staff.KNOW.value: "Ja", Staff.TELL.value: "Ikke ennå", "done": "Ja"}
    found = (
        ("Riktig på trykk", IN_PRINT[strand.in_print] if strand.in_print else ""),
        ("De ansatte vet det", knows[said[-1]] if said else ""),
        ("Journalføres", JOURNAL[strand.journal] if strand.journal else ""),
    )
    return [(term, value) for term, value in found if value]


def staff_words(tx: Session, case: Case, now: datetime) -> str:
    """By when the employees are to know where nobody says: «i dag kl. 14.00»."""
    return formats.when(following.staff_due(case.inquiry, organisation.calendar(tx), now), now)


def proposed(tx: Session, strand: Strand, now: datetime) -> Proposed:
    """The app's proposal in words, and where a task would go."""
    proposal = following.proposal_for(strand)
    office = following.journal_office(organisation.snapshot(tx, now), strand)
    considers = f"{office.title} får oppgaven." if office else ""
    if strand.inquiry.restriction is not Restriction.NONE and office:
        considers = f"Saken er begrenset, så arkivet ser den ikke. Oppgaven går til {office.title}."
    choice = following.proposed(proposal).label
    return Proposed(choice, [check.why for check in proposal.tests], considers)


@bp.post("/sak/<reference>/<int:strand_id>/trykk")
@requires(Do.FOLLOW_UP)
def set_in_print(reference: str, strand_id: int) -> Response:
    """«Ble det riktig på trykk?»"""
    form = PrintForm()
    return _set(reference, strand_id, form, is_valid=form.validate())


@bp.post("/sak/<reference>/<int:strand_id>/ansatte")
@requires(Do.FOLLOW_UP)
def set_staff(reference: str, strand_id: int) -> Response:
    """«Vet de ansatte det?»"""
    form = StaffForm()
    return _set(reference, strand_id, form, is_valid=form.validate())


@bp.post("/sak/<reference>/<int:strand_id>/journal")
@requires(Do.FOLLOW_UP)
def set_journal(reference: str, strand_id: int) -> Response:
    """«Journalføres?»"""
    form = JournalForm()
    return _set(reference, strand_id, form, is_valid=form.validate())


def _set(reference: str, strand_id: int, form: PrintForm | StaffForm | JournalForm, *, is_valid: bool) -> Response:
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    access.demand(me(), Do.FOLLOW_UP, case.inquiry, strand)
    if not is_valid:
        return _page(case, strand, form, None, 422)
    follow = form.follow()
    try:
        following.follow_up(me().person_id, reference, strand_id, form.made_from, follow, clock.now())
    except Stale as error:
        return _too_late(reference, strand_id, form, follow, error)
    if follow.in_print is InPrint.WRONG:
        return to_case(reference, "Notert. Be redaksjonen rette. Oppgaven står i saken til noen sier hvordan det gikk.")
    return to_case(reference, "Notert.")


def _too_late(
    reference: str, strand_id: int, form: PrintForm | StaffForm | JournalForm, follow: Follow, error: Stale
) -> Response:
    """The second press of a double click has nothing new; whoever came second sees what the other did."""
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    choice = follow.in_print or follow.staff or follow.journal
    if any(
        event.kind is EventKind.FOLLOWED_UP
        and event.person_id == me().person_id
        and event.strand_id == strand_id
        and event.data["choice"] == choice
        for event in case.events
        if event.id > form.last_seen
    ):
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(
    case: Case, strand: Strand, form: PrintForm | StaffForm | JournalForm, told: Late | None, status: int
) -> Response:
    action = {PrintForm: "sak.set_in_print", StaffForm: "sak.set_staff", JournalForm: "sak.set_journal"}[type(form)]
    page = render_template("sak/oppfolging.html", case=case, strand=strand, form=form, late=told, action=action)
    return make_response(page, status)
