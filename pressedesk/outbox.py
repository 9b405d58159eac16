"""The queue of messages and the ledger of reminders, written in the transaction of the change they tell of."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from pressedesk import clocks, config, events, messages
from pressedesk.channels import Fault, mail
from pressedesk.clocks import Step
from pressedesk.events import EventKind
from pressedesk.messages import Reader
from pressedesk.models import (
    Attempt,
    Crisis,
    DeliveryState,
    Handover,
    Inquiry,
    Link,
    Message,
    MessageKind,
    Person,
    Reminder,
    ReminderState,
    Request,
    Strand,
    Task,
    TaskKind,
)
from pressedesk.workhours import Calendar

EMAIL = "email"
LINK_LIVES = timedelta(hours=72)
URGENT_WITHIN = timedelta(hours=1)  # to the due time: then the first word leaves at once
HELD_FOR = timedelta(seconds=10)  # the messages of a new inquiry, so that it can be taken back


@dataclass(frozen=True)
class Occasion:
    """What a message is about: an inquiry, a strand of it, a step of the ledger; or a request, a handover, a task.
    `key` tells two occasions apart. With a strand it holds only while that strand is open and its due time the same.

    `has_it`: the person who has the strand, where that is another than it was last sent to."""

    key: str
    kind: MessageKind
    inquiry: Inquiry
    strand: Strand | None = None
    reminder: Reminder | None = None
    has_it: int | None = None
    request: Request | None = None
    handover: Handover | None = None
    task: Task | None = None

    def reader(self, person_id: int) -> Reader:
        """Whether this person has the strand, or is to help."""
        if self.strand is None or self.has_it is not None:
            return Reader.HAS_IT if person_id == self.has_it else Reader.HELPS
        return Reader.HAS_IT if person_id in (self.strand.acting_id, self.strand.taken_by_id) else Reader.HELPS


def enqueue(tx: Session, occasion: Occasion, person_ids: Iterable[int], now: datetime) -> None:
    """Put one message to each person into the queue; whoever has this one already gets no second.

    What he has not been sent yet of the same strand is superseded by it. A person without an address gets a row all
    the same, red at once, so that whoever saved sees it and somebody rings."""
    wanted = list(dict.fromkeys(person_ids))
    people = {person.id: person for person in tx.scalars(select(Person).where(Person.id.in_(wanted)))}
    for person_id in wanted:
        key = f"{occasion.key}:{person_id}:{EMAIL}"
        if tx.scalar(select(Message.id).where(Message.key == key)) is not None:
            continue
        strand, reminder, reader = occasion.strand, occasion.reminder, occasion.reader(person_id)
        url = _way_in(tx, occasion, reader, person_id, now)
        about = messages.About(occasion.inquiry, strand, reminder, occasion.request, occasion.task)
        text = messages.compose(occasion.kind, reader, about, url, now)
        if strand is not None:
            tx.execute(_queued(strand).where(Message.person_id == person_id).values(state=DeliveryState.SUPERSEDED))
        message = _message(key, occasion.kind, people[person_id], text, now)
        message.reminder_id = reminder.id if reminder else None
        message.inquiry_id = occasion.inquiry.id
        message.strand_id = strand.id if strand else None
        message.due_version = strand.due_version if strand else None
        message.request_id = occasion.request.id if occasion.request else None
        message.handover_id = occasion.handover.id if occasion.handover else None
        message.task_id = occasion.task.id if occasion.task else None
        _put(tx, message, now)


def enqueue_contact(tx: Session, person_id: int, caller: messages.Caller, now: datetime) -> None:
    """Pass on that somebody called. The message is all that exists of the call, and goes once it is delivered."""
    key = f"contact:{secrets.token_hex(16)}"
    _put(tx, _message(key, MessageKind.CONTACT, tx.get_one(Person, person_id), messages.contact(caller), now), now)


def enqueue_crisis(tx: Session, crisis: Crisis, person_ids: Iterable[int], now: datetime) -> None:
    """Send word that crisis leadership was established, or has ended: one message to each, whatever it concerns."""
    turn = "ended" if crisis.ended_at else "started"
    text = messages.crisis(crisis, f"{config.current().base_url}/krise", now)
    for person_id in dict.fromkeys(person_ids):
        key = f"crisis:{crisis.id}:{turn}:{person_id}:{EMAIL}"
        _put(tx, _message(key, MessageKind.CRISIS, tx.get_one(Person, person_id), text, now), now)


def _message(key: str, kind: MessageKind, person: Person, text: messages.Text, now: datetime) -> Message:
    return Message(
        key=key,
        kind=kind,
        person_id=person.id,
        channel=EMAIL,
        address=person.email,
        subject=text.subject,
        body=text.body,
        message_id=message_id(key),
        state=DeliveryState.QUEUED,
        created_at=now,
        next_try_at=now,
    )


def _put(tx: Session, message: Message, now: datetime) -> None:
    tx.add(message)
    tx.flush()
    fault = mail.fault_of(message.address)
    if fault is not None:
        fail(tx, message, fault, now)


def fail(tx: Session, message: Message, fault: Fault, now: datetime) -> None:
    """This message will not arrive: it is red, and so its inquiry says.

    The record says nothing of a contact that was only passed on: it could never be taken out again."""
    message.state = DeliveryState.FAILED
    tx.add(Attempt(message_id=message.id, at=now, state=DeliveryState.FAILED, error=fault.value))
    if message.inquiry_id is not None:
        about = (message.inquiry_id, message.strand_id)
        events.record(
            tx, EventKind.UNDELIVERED, now, "system", None, *about, person=message.person_id, fault=fault.value
        )


def message_id(key: str) -> str:
    """The Message-ID of a message: the same for every try, and nothing can be read out of it."""
    settings = config.current()
    digest = hashlib.blake2b(key.encode(), key=settings.secret_key.encode()[:64], digest_size=16).hexdigest()
    return f"<{digest}@{settings.mail_domain}>"


def _way_in(tx: Session, occasion: Occasion, reader: Reader, person_id: int, now: datetime) -> str | None:
    """A link of his own for whoever has the strand; for others the page, with log-in; none to what is not his."""
    base = config.current().base_url
    if occasion.kind is MessageKind.CHANGED:
        return None
    if occasion.kind in (MessageKind.REQUEST, MessageKind.TASK) and occasion.request is not None:
        return f"{base}/spurt/{occasion.request.id}"
    if occasion.task is not None and occasion.task.kind is TaskKind.JOURNAL and reader is Reader.HAS_IT:
        return f"{base}/innboks"  # where the task stands: the archive may not see the inquiry
    if occasion.strand is None or reader is Reader.HELPS:
        return f"{base}/sak/{occasion.inquiry.reference}"
    token = secrets.token_urlsafe(32)
    tx.add(
        Link(
            token_hash=hash_token(token),
            person_id=person_id,
            strand_id=occasion.strand.id,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    return f"{base}/v/{token}"


def _queued(strand: Strand) -> Update:
    """Of what tells of a strand: what has not begun to leave."""
    return update(Message).where(Message.strand_id == strand.id, Message.state == DeliveryState.QUEUED)


def hash_token(token: str) -> str:
    """What is kept of a link or a log-in. The token is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def plan(tx: Session, strand: Strand, calendar: Calendar, urgent: bool, now: datetime) -> Reminder:
    """Write the ledger of the strand's present due version; the first step («told») is due now and is returned."""
    told, *_ = _write_ledger(tx, strand, calendar, urgent, now)
    told.state, told.settled_at = ReminderState.ENQUEUED, now
    tx.flush()
    return told


def plan_later(tx: Session, strand: Strand, calendar: Calendar, urgent: bool, told_at: datetime) -> None:
    """Write the ledger of a strand that nobody is told of before `told_at`: then the tick sends the first word."""
    _write_ledger(tx, strand, calendar, urgent, told_at)
    tx.flush()


def _write_ledger(tx: Session, strand: Strand, calendar: Calendar, urgent: bool, told_at: datetime) -> list[Reminder]:
    rows = [
        Reminder(strand_id=strand.id, due_version=strand.due_version, step=planned.step, planned_at=planned.at)
        for planned in clocks.ladder(strand.clock, told_at, strand.due_at, calendar, urgent)
    ]
    tx.add_all(rows)
    return rows


def cancel(tx: Session, strand: Strand, now: datetime, steps: Iterable[Step] | None = None) -> None:
    """Stop what has not left: planned steps (all, or those named) and, when all, the messages still in the queue."""
    planned = update(Reminder).where(Reminder.strand_id == strand.id, Reminder.state == ReminderState.PLANNED)
    if steps is not None:
        tx.execute(planned.where(Reminder.step.in_(list(steps))).values(state=ReminderState.CANCELLED, settled_at=now))
        return
    tx.execute(planned.values(state=ReminderState.CANCELLED, settled_at=now))
    tx.execute(_queued(strand).values(state=DeliveryState.SUPERSEDED))
    tx.execute(update(Link).where(Link.strand_id == strand.id, Link.ended_at.is_(None)).values(ended_at=now))


def hold(tx: Session, inquiry: Inquiry, until_at: datetime) -> None:
    """Let nothing of an inquiry that has just been written leave before `until_at`."""
    tx.execute(update(Message).where(Message.inquiry_id == inquiry.id).values(next_try_at=until_at))


def is_held(tx: Session, inquiry: Inquiry, now: datetime) -> bool:
    """Whether nothing of an inquiry has left, or could have by now."""
    found = tx.execute(select(Message.state, Message.next_try_at).where(Message.inquiry_id == inquiry.id)).all()
    waits = DeliveryState.QUEUED, DeliveryState.FAILED
    return bool(found) and all(state in waits and next_try_at > now for state, next_try_at in found)


def withdraw(tx: Session, inquiry: Inquiry) -> None:
    """Take everything about an inquiry out of the queue, as if it had never been written. For what has not left."""
    tx.execute(delete(Message).where(Message.inquiry_id == inquiry.id))
