"""What a strand waits for: requests nobody has replied to yet, and how they end without a reply."""

from sqlalchemy import select

from pressedesk.desk import tasks
from pressedesk.desk.change import Edit
from pressedesk.events import EventKind
from pressedesk.models import Request, Strand, Task
from pressedesk.workflow import Action, State


def withdraw(edit: Edit, strand: Strand, request: Request) -> None:
    """One request is waited for no longer: whoever was asked is not reminded of it, and may not reply. Writes its
    event."""
    request.withdrawn_at = edit.now
    finish_task(edit, request)
    edit.record(
        EventKind.WITHDRAWN, strand, request=request.id, request_kind=request.kind.value, office=request.office_id
    )


def withdraw_all(edit: Edit, strand: Strand) -> None:
    """Nobody is waited for any longer: the journalist was told, the strand was closed, moved, or it lapsed."""
    for request in strand.requests:
        if request.is_waiting:
            withdraw(edit, strand, request)


def settle(edit: Edit, strand: Strand) -> None:
    """Where nobody is waited for any more, whoever has the strand can go on."""
    if strand.state is State.CLARIFYING and not any(request.is_waiting for request in strand.requests):
        edit.move(strand, Action.SETTLE)


def finish_task(edit: Edit, request: Request) -> None:
    """Nobody is reminded of a request any longer."""
    task = edit.tx.scalar(select(Task).where(Task.request_id == request.id))
    if task is not None:
        tasks.finish(edit, task)
