"""What is to be done beside answering, by a time: made and finished in the transaction of what it follows from.

The tick reminds of what is due (reminders.py)."""

from datetime import datetime

from pressedesk.desk.change import Edit
from pressedesk.events import EventKind
from pressedesk.models import Request, Strand, Task, TaskKind


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
