"""Delivery: claim, send, record. Each in turn, and only the middle one touches the network.

A mail is claimed in a transaction of its own before it leaves, and everything that made it true is asked again there.
A reply that got lost makes it *unknown*: it leaves once more under the same Message-ID. What waits for one person
leaves as one mail, and not within a quarter of an hour of his last."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from pressedesk import access, db, events, messages, organisation, outbox, pulse
from pressedesk.access import Do, Refused
from pressedesk.channels import Channel, Fault, Letter, Outcome, mail
from pressedesk.clocks import Step
from pressedesk.events import EventKind
from pressedesk.messages import Text
from pressedesk.models import Attempt, DeliveryState, HandoverState, Message, MessageKind, SendingPause, Strand
from pressedesk.organisation import Organisation
from pressedesk.pulse import Held
from pressedesk.regulation.facts import Facts
from pressedesk.workflow import OPEN, UNTAKEN, State

BETWEEN_ALERTS = timedelta(minutes=15)
LOST_AFTER = timedelta(minutes=5)  # a worker that has had a mail so long is gone
MOST_TRIES = 8  # with the pauses between them an hour, as long as the press can wait for somebody to ring
LONGEST_PAUSE_MINUTES = 15
UNCLEAR_TRIES = 2  # a mail that may have arrived leaves once more, and no more

READY = (DeliveryState.QUEUED, DeliveryState.UNKNOWN)
LEFT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
FOR_THE_UNTAKEN = frozenset({Step.TOLD, Step.NOT_TAKEN, Step.UP_THE_LINE})
FIRST_WORD = frozenset({Step.TOLD, Step.UP_THE_LINE})
AT_ONCE = frozenset({MessageKind.TRANSFERRED, MessageKind.NOT_SPOKEN, MessageKind.CLARIFY, MessageKind.CRISIS})


@dataclass(frozen=True)
class Claim:
    """A mail that one worker is about to send, and the messages in it."""

    worker: str
    at: datetime
    message_ids: tuple[int, ...]
    letter: Letter


def deliver_next(
    channel: Channel,
    worker: str,
    now: datetime,
    held: Held | None = None,
    jitter: Callable[[], float] = random.random,
) -> bool:
    """Send the next mail that is ready; False where there is none. `jitter` gives numbers from 0 to 1.

    Correct without a lease as well; with one raises Fenced where another worker has taken over."""
    claim = _claim(worker, now, held)
    if claim is None:
        return False
    outcome = channel.send(claim.letter)
    _record(claim, outcome, jitter)
    return True


def release_sending(person_id: int, now: datetime) -> None:
    """KIS has looked at clocks and queue: sending goes on. Nothing happens where nothing was paused. Raises Refused."""
    with db.writing() as tx:
        who = access.actor(tx, person_id, now)
        if not access.may(who, Do.RELEASE_SENDING):
            raise Refused("Utsendingen startes igjen av KIS.")
        for pause in tx.scalars(select(SendingPause).where(SendingPause.released_at.is_(None))):
            pause.released_at, pause.released_by_id = now, person_id
            events.record(tx, EventKind.SENDING_RELEASED, now, who.name, person_id, reason=pause.reason)


# --- Claim ----------------------------------------------------------------------------------------------------------


def _claim(worker: str, now: datetime, held: Held | None) -> Claim | None:
    """The next mail, marked as being sent. What no longer holds is superseded, what must wait is put off."""
    with db.writing() as tx:
        pulse.demand(tx, held)
        if pulse.is_paused(tx):
            return None
        _find_lost(tx, now)
        org = None
        while (first := _next_ready(tx, now)) is not None:
            org = org or organisation.snapshot(tx, now)
            rows = [row for row in _together(tx, first, now) if _still_leaves(tx, org, row, now)]
            if rows and not _put_off(tx, rows, now):
                return _mark(rows, worker, now, held)
    return None


def _next_ready(tx: Session, now: datetime) -> Message | None:
    ready = select(Message).where(Message.state.in_(READY), Message.next_try_at <= now)
    return tx.scalar(ready.order_by(Message.next_try_at, Message.id).limit(1))


def _together(tx: Session, first: Message, now: datetime) -> Sequence[Message]:
    """What leaves in one mail with `first`: what waits for the same person; what was unclear goes as it went.

    A contact that is only passed on travels alone."""
    if first.kind is MessageKind.CONTACT:
        return [first]
    his = select(Message).where(Message.person_id == first.person_id, Message.state == first.state)
    if first.state is DeliveryState.UNKNOWN:
        his = his.where(Message.mail_id == first.mail_id)
    else:
        put_off = and_(Message.tries == 0, Message.created_at <= now - outbox.HELD_FOR)
        waits = or_(Message.next_try_at <= now, put_off)
        his = his.where(Message.kind != MessageKind.CONTACT, Message.channel == first.channel, waits)
    return tx.scalars(his.order_by(Message.id)).all()


def _still_leaves(tx: Session, org: Organisation, row: Message, now: datetime) -> bool:
    """Whether a message may leave now. One that no longer holds is superseded, one without a way out is red."""
    person = org.people.get(row.person_id)
    if row.kind is not MessageKind.CONTACT and not _holds(tx, org, row, now):
        row.state = DeliveryState.SUPERSEDED
        return False
    row.address = person.email if person else None
    fault = Fault.LEFT if person is None else mail.fault_of(row.address)
    if fault is not None:
        outbox.fail(tx, row, fault, now)
    return fault is None


def _holds(tx: Session, org: Organisation, row: Message, now: datetime) -> bool:
    """Whether a message is still true, and still for this person."""
    if row.kind in (MessageKind.REQUEST, MessageKind.TASK) and row.request_id is not None:
        return access.may_reply(tx, row.person_id, row.request_id, now, org)
    if row.kind is MessageKind.CRISIS:
        return True
    if row.inquiry_id is None or not _is_offered(row):
        return False
    if row.task is not None and not access.may_be_reminded(tx, row.person_id, row.task, now, org):
        return False
    if row.task is None and not access.may_receive(tx, row.person_id, row.inquiry_id, now, org):
        return False
    is_undone = row.task is None or row.task.done_at is None
    return is_undone and (row.strand is None or _holds_of(row.strand, row))


def _is_offered(row: Message) -> bool:
    """Whether an offer still waits for this person; for KIS only until somebody has found out whose it is."""
    if row.handover is None or row.kind not in (MessageKind.HANDOVER, MessageKind.NOBODY_KNOWS):
        return True  # of something else, or of the answer
    asked = row.person_id if row.kind is MessageKind.HANDOVER else None
    return row.handover.state is HandoverState.OFFERED and row.handover.to_person_id == asked


def _holds_of(strand: Strand, row: Message) -> bool:
    """Whether a message about a strand is still true of it."""
    if strand.state not in OPEN or strand.due_version != row.due_version:
        return False
    match row.kind:
        case MessageKind.UNREACHABLE | MessageKind.CLARIFY:
            return strand.state is State.NEW
        case MessageKind.REMINDER:
            step = row.reminder.step if row.reminder else Step.TOLD
            return step not in FOR_THE_UNTAKEN or strand.state in UNTAKEN
        case _:
            return True


def _put_off(tx: Session, rows: list[Message], now: datetime) -> bool:
    """Whether these must wait: the person had an alert a short while ago, and nothing among them is urgent and new."""
    first = rows[0]
    if first.kind is MessageKind.CONTACT or first.state is DeliveryState.UNKNOWN or any(map(_is_urgent, rows)):
        return False
    left_at = func.max(func.coalesce(Message.sent_at, Message.claimed_at))
    his = (Message.person_id == first.person_id, Message.channel == first.channel, Message.kind != MessageKind.CONTACT)
    last_at = tx.scalar(select(left_at).where(*his, Message.state.in_(LEFT)))
    if last_at is None or not last_at <= now < last_at + BETWEEN_ALERTS:
        return False
    for row in rows:
        row.next_try_at = last_at + BETWEEN_ALERTS
    return True


def _is_urgent(row: Message) -> bool:
    """What cannot wait: a journalist in the telephone, somebody who has minutes to find out, or the first word of a
    strand that is an accusation or due within the hour."""
    strand = row.strand
    if row.kind in AT_ONCE:
        return True
    if row.kind is not MessageKind.REMINDER or strand is None or strand.due_at is None:
        return False
    if (row.reminder.step if row.reminder else Step.TOLD) not in FIRST_WORD:
        return False
    return strand.due_at - row.created_at <= outbox.URGENT_WITHIN or Facts.from_json(strand.inquiry.facts).accusation


def _mark(rows: list[Message], worker: str, now: datetime, held: Held | None) -> Claim:
    """These are being sent: by whom, in which epoch, since when, and under which Message-ID."""
    first = rows[0]
    mail_id = first.mail_id if first.state is DeliveryState.UNKNOWN and first.mail_id else first.message_id
    for row in rows:
        row.state, row.mail_id = DeliveryState.SENDING, mail_id
        row.claimed_by, row.claimed_epoch, row.claimed_at = worker, held.epoch if held else None, now
        row.tries += 1
    text = messages.as_mail([Text(row.subject, row.body) for row in rows])
    letter = Letter(first.address or "", text.subject, text.body, mail_id, now)
    return Claim(worker, now, tuple(row.id for row in rows), letter)


# --- Record ---------------------------------------------------------------------------------------------------------


def _record(claim: Claim, outcome: Outcome, jitter: Callable[[], float]) -> None:
    """Write down what came of a claim; where somebody else has claimed the mail since, it is his to say."""
    with db.writing() as tx:
        own = (Message.claimed_by == claim.worker, Message.claimed_at == claim.at)
        for row in tx.scalars(select(Message).where(Message.id.in_(claim.message_ids), *own)):
            _finish(tx, row, outcome, claim.at, jitter)


def _find_lost(tx: Session, now: datetime) -> None:
    """What a worker has been sending for too long may have arrived or not: the worker was killed in between."""
    lost = or_(Message.claimed_at <= now - LOST_AFTER, Message.claimed_at > now + LOST_AFTER)
    for row in tx.scalars(select(Message).where(Message.state == DeliveryState.SENDING, lost)):
        _finish(tx, row, Outcome(DeliveryState.UNKNOWN, Fault.WORKER_LOST), now, lambda: 0.0)


def _finish(tx: Session, row: Message, outcome: Outcome, now: datetime, jitter: Callable[[], float]) -> None:
    """The state of a message after one try."""
    unclear = _unclear_tries(tx, row) + (outcome.state is DeliveryState.UNKNOWN)
    fault = outcome.fault or Fault.NO_REPLY
    match outcome.state:
        case DeliveryState.SENT if row.kind is MessageKind.CONTACT:
            tx.delete(row)
            return
        case DeliveryState.SENT:
            row.state, row.sent_at = DeliveryState.SENT, now
        case DeliveryState.FAILED:
            outbox.fail(tx, row, fault, now)
            return
        case DeliveryState.UNKNOWN | DeliveryState.QUEUED:
            if row.tries >= MOST_TRIES or (outcome.state is DeliveryState.UNKNOWN and unclear >= UNCLEAR_TRIES):
                outbox.fail(tx, row, fault, now)
                return
            row.state = DeliveryState.UNKNOWN if unclear else DeliveryState.QUEUED  # once unclear, the same Message-ID
            row.next_try_at = now + wait_after(row.tries, jitter())
        case DeliveryState.SENDING | DeliveryState.SUPERSEDED:
            raise ValueError(f"{outcome.state} is no outcome of sending")
        case _:
            assert_never(outcome.state)
    tx.add(Attempt(message_id=row.id, at=now, state=outcome.state, error=outcome.fault))


def _unclear_tries(tx: Session, row: Message) -> int:
    unclear = (Attempt.message_id == row.id, Attempt.state == DeliveryState.UNKNOWN)
    return tx.scalar(select(func.count()).select_from(Attempt).where(*unclear)) or 0


def wait_after(tries: int, jitter: float) -> timedelta:
    """How long after `tries` tries: 1, 2, 4, 8, then 15 minutes, a quarter more or less by `jitter` (0 to 1)."""
    minutes = min(2 ** (tries - 1), LONGEST_PAUSE_MINUTES)
    return timedelta(minutes=minutes * (0.75 + jitter / 2))
