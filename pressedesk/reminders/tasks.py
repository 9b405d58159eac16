"""Tasks: who is reminded when one is due, who an hour of working time later, and what is no longer needed."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pressedesk import access, clocks, events, outbox
from pressedesk.events import EventKind
from pressedesk.models import MessageKind, Strand, Task, TaskKind
from pressedesk.organisation import Organisation
from pressedesk.outbox import Occasion
from pressedesk.regulation.vocabulary import Kind
from pressedesk.reminders.ledger import line_of
from pressedesk.reminders.line import Line
from pressedesk.workflow import OPEN, UNTAKEN, State
from pressedesk.workhours import Calendar, add_working_minutes

AGAIN_AFTER_MINUTES = 60  # working minutes
WHILE_OPEN = frozenset({TaskKind.REPLY, TaskKind.TRANSFER})  # the others come after the answer


def due(tx: Session, now: datetime) -> Sequence[int]:
    """The tasks that are due and not done, and that somebody may have to be reminded of (again)."""
    unsettled = or_(Task.reminded_at.is_(None), Task.escalated_at.is_(None))
    found = select(Task.id).where(Task.done_at.is_(None), Task.due_at <= now, unsettled)
    return tx.scalars(found.order_by(Task.due_at, Task.id)).all()


def settle(tx: Session, task_id: int, org: Organisation, calendar: Calendar, now: datetime) -> int:
    """Remind of one task, or finish what is no longer needed. How often somebody was reminded."""
    task = tx.get_one(Task, task_id)
    if task.done_at is not None:
        return 0
    if _is_moot(task):
        _finish(tx, task, now)
        return 0
    if task.kind is TaskKind.TRANSFER and task.strand is not None:
        return _see_after_transfer(tx, task, task.strand, org, now)
    return _chase(tx, task, org, calendar, now)


def _chase(tx: Session, task: Task, org: Organisation, calendar: Calendar, now: datetime) -> int:
    """Once when it is due, and once again when nothing has come of that; when somebody can read it."""
    is_crisis = task.strand is not None and task.strand.kind is Kind.CRISIS
    if clocks.readable_at(calendar, now, always=is_crisis) > now:
        return 0
    if task.reminded_at is None:
        return _remind(tx, task, org, now)
    if add_working_minutes(calendar, task.reminded_at, AGAIN_AFTER_MINUTES) <= now:
        return _escalate(tx, task, org, now)
    return 0


def _is_moot(task: Task) -> bool:
    """Whether nobody needs it any longer: the call was taken back, the strand is no more, or nobody waits."""
    if task.inquiry.undone_at is not None:
        return True
    if task.request is not None and not task.request.is_waiting:
        return True
    state = task.strand.state if task.strand else None
    return state is State.LAPSED or (task.kind in WHILE_OPEN and state is not None and state not in OPEN)


def _finish(tx: Session, task: Task, now: datetime) -> None:
    task.done_at = now
    events.record(tx, EventKind.TASK_DONE, now, "system", None, task.inquiry_id, task.strand_id, task=task.kind.value)


def _see_after_transfer(tx: Session, task: Task, strand: Strand, org: Organisation, now: datetime) -> int:
    """The caller was put through: if nobody has taken the strand since, nobody answered, and that cannot wait."""
    _finish(tx, task, now)
    if strand.state not in UNTAKEN:
        return 0
    line = line_of(tx, org, strand, now)
    receivers = line.somebody(lambda: [line.has_it, line.next_in_office() or line.superior()])
    key = f"task:{task.id}:not_spoken"
    occasion = Occasion(key, MessageKind.NOT_SPOKEN, task.inquiry, strand, has_it=line.has_it)
    outbox.enqueue(tx, occasion, receivers, now)
    events.record(tx, EventKind.NOT_SPOKEN, now, "system", None, task.inquiry_id, strand.id, persons=receivers)
    return 1


def _remind(tx: Session, task: Task, org: Organisation, now: datetime) -> int:
    """It is due: whoever is to do it is told."""
    line = _line(tx, task, org, now)
    receivers = line.somebody(lambda: [line.has_it])
    occasion = Occasion(
        f"task:{task.id}:due", MessageKind.TASK, task.inquiry, has_it=line.has_it, request=task.request, task=task
    )
    outbox.enqueue(tx, occasion, receivers, now)
    task.reminded_at = now
    _record(tx, task, receivers, now)
    return 1


def _escalate(tx: Session, task: Task, org: Organisation, now: datetime) -> int:
    """It is still not done: whoever asked, and the next above who may know of the inquiry."""
    line = Line(tx, org, task.inquiry, _office_of(task, org), now, task.person_id)
    if task.request is None:
        receivers = line.somebody(lambda: [line.superior()])
    else:
        asker = _asker(tx, task, org, now)
        receivers = line.somebody(lambda: [asker.has_it, line.next_in_office() or line.superior()])
    outbox.enqueue(tx, Occasion(f"task:{task.id}:again", MessageKind.TASK, task.inquiry, task=task), receivers, now)
    task.escalated_at = now
    _record(tx, task, receivers, now)
    return 1


def _line(tx: Session, task: Task, org: Organisation, now: datetime) -> Line:
    """Who can be told of a task. Facts of a restricted inquiry are asked of whoever may reply, and see no more; what
    the archive is to consider it is reminded of without seeing the inquiry."""
    if task.request_id is not None:
        may_know = partial(_may_reply, tx, task.request_id, now, org)
    else:
        may_know = partial(_may_be_reminded, tx, task, now, org)
    return Line(tx, org, task.inquiry, _office_of(task, org), now, task.person_id, may_know=may_know)


def _may_be_reminded(tx: Session, task: Task, now: datetime, org: Organisation, person_id: int) -> bool:
    return access.may_be_reminded(tx, person_id, task, now, org)


def _may_reply(tx: Session, request_id: int, now: datetime, org: Organisation, person_id: int) -> bool:
    return access.may_reply(tx, person_id, request_id, now, org)


def _asker(tx: Session, task: Task, org: Organisation, now: datetime) -> Line:
    """Whoever asked; when he is gone, whoever has the strand he asked for."""
    strand = task.strand
    office_id, acting_id = (strand.owner_office_id, strand.acting_id) if strand else (None, None)
    asked_by_id = task.request.asked_by_id if task.request else None
    return Line(tx, org, task.inquiry, office_id, now, asked_by_id, acting_id)


def _office_of(task: Task, org: Organisation) -> int | None:
    """The office that is to do it: its own, or one that its person holds."""
    held = sorted(org.held_by(task.person_id)) if task.person_id is not None else []
    return task.office_id or next(iter(held), None)


def _record(tx: Session, task: Task, receivers: list[int], now: datetime) -> None:
    about = (task.inquiry_id, task.strand_id)
    events.record(tx, EventKind.REMINDED, now, "system", None, *about, task=task.kind.value, persons=receivers)
