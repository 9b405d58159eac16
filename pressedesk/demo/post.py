"""What the worker did in the demo's year: reminders settled when they were due, messages handed over.

Of the last days every mail goes through delivery, to a channel that takes everything. What is older only counts as
sent: a thousand mails would take longer than all the rest.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, insert, literal, select, update

from pressedesk import db, delivery, reminders
from pressedesk.channels import SENT, Letter, Outcome
from pressedesk.db import Instant
from pressedesk.models import Attempt, DeliveryState, Message, Reminder, ReminderState

LIVED = timedelta(days=2)  # before now


class Recorder:
    """A channel that takes everything and sends nothing."""

    def send(self, letter: Letter) -> Outcome:
        return SENT


def worker(now: datetime) -> Callable[[datetime], None]:
    """What does everything that fell due up to an instant, in the order of time: a step first, then its mail."""

    def deliver(at: datetime) -> None:
        while True:
            step_at, message_at = _next()
            due_at = min((each for each in (step_at, message_at) if each is not None), default=None)
            if due_at is None or due_at > at:
                return
            if due_at == step_at:
                reminders.tick(due_at)
            elif due_at <= now - LIVED:
                _count_as_sent(min(at, now - LIVED))
            else:
                delivery.deliver_next(Recorder(), "demo", due_at)

    return deliver


def _next() -> tuple[datetime | None, datetime | None]:
    """When the next step of the ledger falls due, and when the next message is to leave."""
    with db.reading() as tx:
        step_at, message_at = tx.connection().execute(NEXT).one()
        return step_at, message_at


NEXT_STEP = select(func.min(Reminder.planned_at)).where(Reminder.state == ReminderState.PLANNED)
NEXT_MESSAGE = select(func.min(Message.next_try_at)).where(
    Message.state.in_((DeliveryState.QUEUED, DeliveryState.UNKNOWN))
)
NEXT = select(NEXT_STEP.scalar_subquery(), NEXT_MESSAGE.scalar_subquery())


def _count_as_sent(at: datetime) -> None:
    """What is in the queue left when it was put there."""
    with db.writing() as tx:
        for statement in (ATTEMPTS, SENT_AT_ONCE):
            tx.connection().execute(statement, {"until": at})


QUEUED = (Message.state == DeliveryState.QUEUED, Message.created_at <= bindparam("until", type_=Instant()))
ATTEMPTS = insert(Attempt).from_select(
    ["message_id", "at", "state"],
    select(Message.id, Message.created_at, literal(DeliveryState.SENT.value)).where(*QUEUED),
)
SENT_AT_ONCE = update(Message).where(*QUEUED).values(state=DeliveryState.SENT, sent_at=Message.created_at, tries=1)
