"""What follows an answer: did it come out right, do the employees know, and does it go into the public record.

Nothing here touches the clock or the figures of the strand."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pressedesk import access, organisation, outbox
from pressedesk.access import Do, Refused
from pressedesk.desk import tasks
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import Edit, change_strand
from pressedesk.events import EventKind
from pressedesk.models import InPrint, Inquiry, Journal, MessageKind, Restriction, Strand, TaskKind
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.journalling import Dealt, Proposal, propose
from pressedesk.regulation.vocabulary import NO, YES, Role, Statement
from pressedesk.workflow import State
from pressedesk.workhours import Calendar, add_working_minutes, next_closing_at

CORRECTION_MINUTES, STAFF_MINUTES = 120, 60  # working minutes
WRITTEN = frozenset({Channel.EMAIL, Channel.WEB})


class Staff(StrEnum):
    """Whether the employees know what will stand in the newspaper (strategy 2.1.4)."""

    KNOW = "know"
    TELL = "tell"

    @property
    def label(self) -> str:
        return {"know": "Ja", "tell": "Nei, lag en oppgave"}[self.value]


@dataclass(frozen=True)
class Follow:
    """What somebody said of what follows an answer; None is not asked, or not answered.

    `tell_by`: when the employees are to know; None: before it is published, as far as that is known."""

    in_print: InPrint | None = None
    staff: Staff | None = None
    tell_by: datetime | None = None
    journal: Journal | None = None


NOTHING = Follow()


def follow_up(person_id: int, reference: str, strand_id: int, seen: int, follow: Follow, now: datetime) -> None:
    """Say, after the answer, what came of it. Raises NotFound, Refused, Stale."""
    with change_strand(person_id, reference, strand_id, seen, now, Do.FOLLOW_UP) as (edit, strand):
        put(edit, strand, follow)


def put(edit: Edit, strand: Strand, follow: Follow) -> None:
    """What follows an answer, inside a change. Each choice makes its event, and its task where there is one to make.

    Raises Refused: not his to say, nothing was said, or not about such a strand."""
    access.demand(edit.who, Do.FOLLOW_UP, edit.inquiry, strand)
    if follow == NOTHING:
        raise Refused("Velg ett av svarene.")
    if strand.state is State.LAPSED:
        raise Refused("Delspørsmålet er falt bort.")
    if follow.in_print is not None:
        _print(edit, strand, follow.in_print)
    if follow.staff is not None:
        _staff(edit, strand, follow.staff, follow.tell_by)
    if follow.journal is not None:
        _journal(edit, strand, follow.journal)


def _print(edit: Edit, strand: Strand, in_print: InPrint) -> None:
    """A mistake is the newsroom's to correct: somebody is to ask for it, soon (VVP 4.13)."""
    strand.in_print = in_print
    edit.record(EventKind.FOLLOWED_UP, strand, what="print", choice=in_print.value)
    waiting = tasks.open_of(edit, strand, TaskKind.CORRECTION)
    if in_print is not InPrint.WRONG:
        if waiting is not None:
            tasks.finish(edit, waiting)
    elif waiting is None:
        due_at = add_working_minutes(organisation.calendar(edit.tx), edit.now, CORRECTION_MINUTES)
        _give(edit, strand, TaskKind.CORRECTION, due_at, owner_of(edit.org, strand))


def _staff(edit: Edit, strand: Strand, staff: Staff, tell_by: datetime | None) -> None:
    edit.record(EventKind.FOLLOWED_UP, strand, what="staff", choice=staff.value)
    waiting = tasks.open_of(edit, strand, TaskKind.STAFF)
    if staff is Staff.KNOW:
        if waiting is not None:
            tasks.finish(edit, waiting)
        return
    due_at = tell_by or staff_due(edit.inquiry, organisation.calendar(edit.tx), edit.now)
    if waiting is None:
        _give(edit, strand, TaskKind.STAFF, due_at, owner_of(edit.org, strand))
    else:
        waiting.due_at, waiting.reminded_at, waiting.escalated_at = due_at, None, None


def _journal(edit: Edit, strand: Strand, journal: Journal) -> None:
    """A person decides; what the app proposed, and why, stands beside it in the record."""
    if not is_written(strand):
        raise Refused("Bare svar som er gitt skriftlig, kan journalføres.")
    proposal = proposal_for(strand)
    strand.journal = journal
    edit.record(
        EventKind.FOLLOWED_UP,
        strand,
        what="journal",
        choice=journal.value,
        proposed=proposed(proposal).value,
        tests={check.name: check.holds.value for check in proposal.tests},
        sources=list(proposal.sources),
    )
    waiting = tasks.open_of(edit, strand, TaskKind.JOURNAL)
    if journal is not Journal.ARCHIVE_DECIDES:
        if waiting is not None:
            tasks.finish(edit, waiting)
    elif waiting is None:
        due_at = next_closing_at(organisation.calendar(edit.tx), edit.now)
        _give(edit, strand, TaskKind.JOURNAL, due_at, journal_office(edit.org, strand))


def _give(edit: Edit, strand: Strand, kind: TaskKind, due_at: datetime, office: OfficeRow | None) -> None:
    """A task for an office, and word at once to its person where another wrote it and he may know of the inquiry."""
    office_id = office.id if office else None
    task = tasks.make(
        edit, kind, due_at, strand=strand, office_id=office_id, person_id=None if office else edit.who.person_id
    )
    edit.tx.flush()
    reached = edit.org.reach(office.id).person_id if office else None
    if reached is None or reached == edit.who.person_id:
        return
    if access.may_receive(edit.tx, reached, edit.inquiry.id, edit.now, edit.org):
        occasion = Occasion(f"task:{task.id}:made", MessageKind.TASK, edit.inquiry, task=task)
        outbox.enqueue(edit.tx, occasion, [reached], edit.now)


def owner_of(org: Organisation, strand: Strand) -> OfficeRow | None:
    """Whose it is to see to what follows: the owner's office, else KIS."""
    return org.offices.get(strand.owner_office_id or 0) or org.kis_leader


def journal_office(org: Organisation, strand: Strand) -> OfficeRow | None:
    """Who considers the public record: the archive; of what is for few eyes the owner, for the archive is not let
    in."""
    archive = org.office(Role.ARKIV_POSTMOTTAK, strand.unit_id)
    is_restricted = strand.inquiry.restriction is not Restriction.NONE
    return owner_of(org, strand) if is_restricted or archive is None else archive


def staff_due(inquiry: Inquiry, calendar: Calendar, now: datetime) -> datetime:
    """Before the newspaper tells them: by the journalist's deadline, else within a working hour."""
    if inquiry.deadline_at is not None and inquiry.deadline_at > now:
        return inquiry.deadline_at
    return add_working_minutes(calendar, now, STAFF_MINUTES)


def is_written(strand: Strand) -> bool:
    """Whether any of what the journalist was told went out in writing."""
    return any(answer.channel in WRITTEN for answer in strand.answers)


def proposal_for(strand: Strand) -> Proposal:
    """What the app proposes about the public record, from what was said in writing."""
    written = [answer for answer in strand.answers if answer.channel in WRITTEN]
    return propose(
        Dealt(
            kind=strand.kind,
            in_writing=bool(written),
            statements=frozenset(kind for kind in Statement if any(kind.value in answer.kinds for answer in written)),
            accusation=Facts.from_json(strand.inquiry.facts).accusation,
        )
    )


def proposed(proposal: Proposal) -> Journal:
    """The choice that a proposal amounts to."""
    return {YES: Journal.YES, NO: Journal.NO}.get(proposal.registers, Journal.ARCHIVE_DECIDES)
