"""What is to be done beside answering, by a time: made and finished in the transaction of what it follows from.

The tick reminds of what is due (reminders/tasks.py)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from pressedesk import access
from pressedesk.access import NotFound, Refused
from pressedesk.desk.change import Edit, Stale, change_at_large
from pressedesk.events import EventKind
from pressedesk.models import Journal, Request, Strand, Task, TaskKind


class Done(StrEnum):
    """How a task came out."""

    DONE = "done"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    WITHDRAWN = "withdrawn"
    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"

    @property
    def label(self) -> str:
        return DONE_LABELS[self]


DONE_LABELS = {
    Done.DONE: "Gjort",
    Done.CORRECTED: "Rettet",
    Done.NOT_CORRECTED: "Ikke rettet",
    Done.WITHDRAWN: "Trukket",
    Done.REGISTERED: "Journalført",
    Done.NOT_REGISTERED: "Skal ikke journalføres",
}
OUTCOMES = {  # the tasks that follow an answer, and how each can come out
    TaskKind.STAFF: (Done.DONE,),
    TaskKind.CORRECTION: (Done.CORRECTED, Done.NOT_CORRECTED, Done.WITHDRAWN),
    TaskKind.JOURNAL: (Done.REGISTERED, Done.NOT_REGISTERED),
}
JUDGED = {Done.REGISTERED: Journal.YES, Done.NOT_REGISTERED: Journal.NO}


def make(
    edit: Edit,
    kind: TaskKind,
    due_at: datetime,
    *,
    strand: Strand | None = None,
    request: Request | None = None,
    office_id: int | None = None,
    person_id: int | None = None,
) -> Task:
    """Give an office, or a person, something to do by `due_at`. Writes its event."""
    task = Task(
        kind=kind,
        inquiry_id=edit.inquiry.id,
        strand_id=strand.id if strand else None,
        request_id=request.id if request else None,
        office_id=office_id,
        person_id=person_id,
        made_at=edit.now,
        due_at=due_at,
    )
    edit.tx.add(task)
    edit.record(
        EventKind.TASK_MADE, strand, task=kind.value, office=office_id, person=person_id, due_at=due_at.isoformat()
    )
    return task


def finish(edit: Edit, task: Task) -> None:
    """Done, or no longer needed. Writes its event; nothing happens to what is done already."""
    if task.done_at is None:
        task.done_at, task.done_by_id = edit.now, edit.who.person_id
        edit.record(EventKind.TASK_DONE, task.strand, task=task.kind.value)


def open_of(edit: Edit, strand: Strand, kind: TaskKind) -> Task | None:
    """The open task of a kind that follows from a strand."""
    wanted = select(Task).where(Task.strand_id == strand.id, Task.kind == kind, Task.done_at.is_(None))
    return edit.tx.scalar(wanted.order_by(Task.id))


def done(person_id: int, task_id: int, now: datetime, outcome: Done) -> str:
    """A task that follows an answer is done, with how it came out; the reference of its inquiry.

    Whoever has it may say so, and whoever has the inquiry. The same person saying it twice changes nothing.
    What the archive finds about the public record is written to the strand. Raises NotFound, Refused (not an outcome
    of such a task), Stale (another was first)."""
    with change_at_large(person_id, now) as change:
        task = access.open_task(change.tx, change.who, task_id)
        if task.kind not in OUTCOMES:
            raise NotFound(task_id)
        if task.done_at is not None:
            if task.done_by_id != person_id:
                raise Stale
            return task.inquiry.reference
        if outcome not in OUTCOMES[task.kind]:
            raise Refused("Velg hvordan det gikk.")
        edit = change.edit(task.inquiry)
        if outcome in JUDGED and task.strand is not None:
            task.strand.journal = JUDGED[outcome]
        finish(edit, task)
        edit.record(EventKind.FOLLOWED_UP, task.strand, what=task.kind.value, choice=outcome.value)
        return task.inquiry.reference
