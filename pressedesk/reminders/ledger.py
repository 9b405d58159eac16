"""The ledger of one strand: which steps are due, whether they still hold, and who is told at each."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, assert_never

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from pressedesk import access, clocks, events, outbox
from pressedesk.clocks import Step
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, MessageKind, Reminder, ReminderState, Strand
from pressedesk.organisation import Organisation
from pressedesk.outbox import Occasion
from pressedesk.regulation.vocabulary import Kind
from pressedesk.reminders.line import Line
from pressedesk.workflow import OPEN, UNTAKEN, Action, State, after
from pressedesk.workhours import Calendar

ORDER = {step: place for place, step in enumerate(Step)}
WHILE_IN_STATE = {  # of these the others hold as long as it is open
    Step.TOLD: frozenset({State.NEW}),
    Step.NOT_TAKEN: UNTAKEN,
    Step.UP_THE_LINE: UNTAKEN,
}


def due(tx: Session, now: datetime) -> Sequence[int]:
    """The strands of which something is due, those that have waited longest first."""
    is_due = (Reminder.state == ReminderState.PLANNED, Reminder.planned_at <= now)
    oldest = func.min(Reminder.planned_at)
    return tx.scalars(select(Reminder.strand_id).where(*is_due).group_by(Reminder.strand_id).order_by(oldest)).all()


def forgotten(tx: Session) -> Sequence[int]:
    """Open strands without a next step: of an older version, or of a change that left none."""
    planned = exists().where(Reminder.strand_id == Strand.id, Reminder.state == ReminderState.PLANNED)
    is_open = (Strand.state.in_(OPEN), Inquiry.undone_at.is_(None))
    found = access.unscoped_strands().where(*is_open, ~planned.correlate(Strand))
    return tx.scalars(found.with_only_columns(Strand.id)).all()


def remember(tx: Session, strand_id: int, calendar: Calendar, now: datetime) -> int:
    """Chase an open strand from the next morning on."""
    strand = tx.scalars(access.unscoped_strands().where(Strand.id == strand_id)).one()
    version = (Reminder.strand_id == strand_id, Reminder.due_version == strand.due_version)
    row = tx.scalar(select(Reminder).where(*version, Reminder.step == Step.DAILY))
    if row is None:
        row = Reminder(strand_id=strand_id, due_version=strand.due_version, step=Step.DAILY)
        tx.add(row)
    row.state, row.planned_at = ReminderState.PLANNED, clocks.next_morning(calendar, now)
    return 1


def settle(tx: Session, strand_id: int, org: Organisation, calendar: Calendar, now: datetime) -> int:
    """Settle what is due of one strand. How many steps were put into the queue."""
    strand = tx.scalars(access.unscoped_strands().where(Strand.id == strand_id)).one()
    planned = select(Reminder).where(Reminder.strand_id == strand_id, Reminder.state == ReminderState.PLANNED)
    holding = []
    for row in tx.scalars(planned.where(Reminder.planned_at <= now)):
        if _holds(row, strand):
            holding.append(row)
        else:
            row.state, row.settled_at = ReminderState.CANCELLED, now
    readable_at = clocks.readable_at(calendar, now, always=strand.kind is Kind.CRISIS)
    if readable_at > now:
        for row in holding:
            row.planned_at = readable_at
        return 0
    line = line_of(tx, org, strand, now)
    if any(row.step is Step.TOLD for row in holding):
        _hand_to_its_owner(line, strand)
    sent = _send(line, strand, sorted(holding, key=lambda row: ORDER[row.step], reverse=True))
    for row in holding:
        if row.step is Step.DAILY:
            row.state, row.planned_at = ReminderState.PLANNED, clocks.next_morning(calendar, now)
    return sent


def line_of(tx: Session, org: Organisation, strand: Strand, now: datetime) -> Line:
    """Who can be told of a strand now."""
    return Line(tx, org, strand.inquiry, strand.owner_office_id, now, strand.taken_by_id, strand.acting_id)


def _holds(row: Reminder, strand: Strand) -> bool:
    """Whether a step still says something true. That somebody has seen the strand stops nothing."""
    if strand.due_version != row.due_version or strand.inquiry.undone_at is not None:
        return False
    return strand.state in WHILE_IN_STATE.get(row.step, OPEN)


def _hand_to_its_owner(line: Line, strand: Strand) -> None:
    """Nobody has clarified in time where it belongs: its owner is told now. Nobody there is red."""
    strand.acting_id, strand.changed_at = line.has_it, line.now
    state = after(strand.state, Action.TELL)
    if line.has_it is None or state is None:
        return
    strand.state = state
    about = (strand.inquiry_id, strand.id)
    office_id, person_id = strand.owner_office_id, line.has_it
    events.record(line.tx, EventKind.TOLD, line.now, "system", None, *about, office=office_id, person=person_id)


def _send(line: Line, strand: Strand, rows: Sequence[Reminder]) -> int:
    """Tell those concerned, the highest step first: who is told of it is not told of a lower one as well."""
    told: set[int] = set()
    sent = 0
    for row in rows:
        concerned = line.somebody(partial(_concerned, line, row.step))
        receivers = [person_id for person_id in concerned if person_id not in told]
        row.settled_at = line.now
        if sent and not receivers:
            row.state = ReminderState.PASSED
            continue
        row.state = ReminderState.ENQUEUED
        occasion = Occasion(_key(row), MessageKind.REMINDER, line.inquiry, strand, row, has_it=line.has_it)
        outbox.enqueue(line.tx, occasion, receivers, line.now)
        about = (line.inquiry.id, strand.id)
        data: dict[str, Any] = {"step": row.step.value, "persons": receivers}
        events.record(line.tx, EventKind.REMINDED, line.now, "system", None, *about, **data)
        told.update(receivers)
        sent += 1
    return sent


def _key(row: Reminder) -> str:
    """What comes back every morning is a new message every morning."""
    return f"reminder:{row.id}:{row.planned_at:%Y-%m-%d}" if row.step is Step.DAILY else f"reminder:{row.id}"


def _concerned(line: Line, step: Step) -> list[int | None]:
    """Who is told at `step`."""
    match step:
        case Step.TOLD | Step.NOT_TAKEN | Step.AMBER | Step.BEFORE_DUE | Step.DUE:
            found = [line.has_it]
        case Step.UP_THE_LINE:
            found = [line.next_in_office() or line.superior()]
        case Step.RED:
            found = [line.has_it, line.kis()]
        case Step.OVERDUE:
            found = [line.has_it, line.next_in_office(), line.superior()]
        case Step.OVERDUE_TWO_HOURS:
            found = [line.kommunalsjef() or line.has_it]
        case Step.NEXT_MORNING:
            found = line.at_the_top()
        case Step.DAILY:
            found = [line.has_it, line.superior()]
        case _:
            assert_never(step)
    return found
