"""The queue of messages and the ledger of reminders, written in the transaction of the change they tell of."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pressedesk import clocks, config, messages
from pressedesk.clocks import Step
from pressedesk.models import (
    DeliveryState,
    Inquiry,
    Link,
    Message,
    MessageKind,
    Person,
    Reminder,
    ReminderState,
    Strand,
)
from pressedesk.workhours import Calendar

EMAIL = "email"
LINK_LIVES = timedelta(hours=72)


@dataclass(frozen=True)
class Occasion:
    """What a message is about: an inquiry, a strand of it, a step of the ledger. `key` tells two occasions apart."""

    key: str
    kind: MessageKind
    inquiry: Inquiry
    strand: Strand | None = None
    reminder: Reminder | None = None


def enqueue(tx: Session, occasion: Occasion, person_ids: Iterable[int], now: datetime) -> None:
    """Put one message to each person into the queue; whoever has this one already gets no second.

    A person without an address gets a row all the same: it turns red, so that somebody rings."""
    wanted = list(dict.fromkeys(person_ids))
    people = {person.id: person for person in tx.scalars(select(Person).where(Person.id.in_(wanted)))}
    for person_id in wanted:
        person = people[person_id]
        key = f"{occasion.key}:{person_id}:{EMAIL}"
        if tx.scalar(select(Message.id).where(Message.key == key)) is not None:
            continue
        url = _link(tx, occasion.strand, person_id, now) if occasion.strand is not None else None
        text = messages.compose(occasion.kind, occasion.inquiry, occasion.strand, occasion.reminder, url, now)
        tx.add(
            Message(
                key=key,
                kind=occasion.kind,
                person_id=person_id,
                channel=EMAIL,
                address=person.email,
                reminder_id=occasion.reminder.id if occasion.reminder else None,
                inquiry_id=occasion.inquiry.id,
                strand_id=occasion.strand.id if occasion.strand else None,
                due_version=occasion.strand.due_version if occasion.strand else None,
                subject=text.subject,
                body=text.body,
                message_id=message_id(key),
                created_at=now,
                next_try_at=now,
            )
        )


def enqueue_contact(tx: Session, person_id: int, caller: messages.Caller, now: datetime) -> None:
    """Pass on that somebody called. The message is all that exists of the call, and goes once it is delivered."""
    person = tx.get_one(Person, person_id)
    text = messages.contact(caller)
    key = f"contact:{secrets.token_hex(16)}"
    tx.add(
        Message(
            key=key,
            kind=MessageKind.CONTACT,
            person_id=person_id,
            channel=EMAIL,
            address=person.email,
            subject=text.subject,
            body=text.body,
            message_id=message_id(key),
            created_at=now,
            next_try_at=now,
        )
    )


def message_id(key: str) -> str:
    """The Message-ID of a message: the same for every try, and nothing can be read out of it."""
    settings = config.current()
    digest = hashlib.blake2b(key.encode(), key=settings.secret_key.encode()[:64], digest_size=16).hexdigest()
    return f"<{digest}@{settings.mail_domain}>"


def _link(tx: Session, strand: Strand, person_id: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    tx.add(
        Link(
            token_hash=hash_token(token),
            person_id=person_id,
            strand_id=strand.id,
            made_at=now,
            expires_at=now + LINK_LIVES,
        )
    )
    return f"{config.current().base_url}/v/{token}"


def hash_token(token: str) -> str:
    """What is kept of a link or a log-in. The token is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def plan(tx: Session, strand: Strand, calendar: Calendar, urgent: bool, now: datetime) -> Reminder | None:
    """Write the ledger of the strand's present due version; the first step («told») is due now and is returned."""
    if strand.clock is None or strand.due_at is None:
        return None
    told = None
    for planned in clocks.ladder(strand.clock, now, strand.due_at, calendar, urgent):
        row = Reminder(strand_id=strand.id, due_version=strand.due_version, step=planned.step, planned_at=planned.at)
        tx.add(row)
        if planned.step is Step.TOLD:
            row.state, row.settled_at = ReminderState.ENQUEUED, now
            told = row
    tx.flush()
    return told


def cancel(tx: Session, strand: Strand, now: datetime, steps: Iterable[Step] | None = None) -> None:
    """Stop what has not left: planned steps (all, or those named) and, when all, the messages still in the queue."""
    planned = update(Reminder).where(Reminder.strand_id == strand.id, Reminder.state == ReminderState.PLANNED)
    if steps is not None:
        tx.execute(planned.where(Reminder.step.in_(list(steps))).values(state=ReminderState.CANCELLED, settled_at=now))
        return
    tx.execute(planned.values(state=ReminderState.CANCELLED, settled_at=now))
    tx.execute(
        update(Message)
        .where(
            Message.strand_id == strand.id,
            Message.kind == MessageKind.REMINDER,
            Message.state == DeliveryState.QUEUED,
        )
        .values(state=DeliveryState.SUPERSEDED)
    )
    tx.execute(update(Link).where(Link.strand_id == strand.id, Link.ended_at.is_(None)).values(ended_at=now))
