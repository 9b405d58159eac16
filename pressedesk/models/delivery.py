"""Reminders and messages: the ledger, the queue, every attempt, and what keeps the worker alone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pressedesk.clocks import Step
from pressedesk.db import Base, Code, Instant
from pressedesk.models.dealings import Handover, Task
from pressedesk.models.inquiries import Inquiry, Strand
from pressedesk.models.people import Person


class ReminderState(StrEnum):
    PLANNED = "planned"
    ENQUEUED = "enqueued"  # its messages stand in the queue
    PASSED = "passed"  # its time came while a higher step was due as well; written down, not sent
    CANCELLED = "cancelled"  # answered, or the due time moved, before its time came


class Reminder(Base):
    """The ledger: one row per strand, version of its due time, and step."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("strand_id", "due_version", "step"),
        Index(None, "state", "planned_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    due_version: Mapped[int]
    step: Mapped[Step] = mapped_column(Code(Step))
    planned_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[ReminderState] = mapped_column(Code(ReminderState), default=ReminderState.PLANNED)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)

    strand: Mapped[Strand] = relationship()


class MessageKind(StrEnum):
    """What a message is for. Its words stand in messages.py."""

    REMINDER = "reminder"  # a step of the ledger, the first («told») included
    ANSWERED = "answered"  # to whoever logged the call
    CHANGED = "changed"  # the decision moved it away from somebody
    DUE_MOVED = "due_moved"  # the same owner, another due time
    INFORM = "inform"  # ordfører or rådmann is to know (3.3, A1)
    UNREACHABLE = "unreachable"  # nobody can be reached in the owner's office
    CLARIFY = "clarify"  # to KIS: find out where it belongs, before the rådmann is told
    REQUEST = "request"  # somebody is asked first: consultation, agreement, advice, facts
    REPLIED = "replied"  # to whoever asked
    HANDOVER = "handover"  # somebody wants to pass it on
    NOT_YOURS = "not_yours"  # to whoever wanted to pass it on: it was taken, or it was declined
    NOBODY_KNOWS = "nobody_knows"  # to KIS: «ikke min», and nobody knows whose
    TRANSFERRED = "transferred"  # the journalist is put through to him now
    NOT_SPOKEN = "not_spoken"  # the journalist was put through, and nobody answered
    NUDGE = "nudge"  # the journalist called again
    ADDED = "added"  # something was added to the inquiry while the journalist was on the line
    PROMISE = "promise"  # to the desk: somebody needs more time, the journalist must hear of it
    TASK = "task"  # something to be done beside answering is due
    CRISIS = "crisis"  # crisis leadership was established, or ended
    STORY = "story"  # a story has a new inquiry, or a shared answer
    CONTACT = "contact"  # a private, union or elected contact passed on; deleted once delivered


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"  # claimed by a worker
    SENT = "sent"
    UNKNOWN = "unknown"  # handed over, but the reply was lost: once more with the same Message-ID
    FAILED = "failed"  # for good: red, with a telephone number
    SUPERSEDED = "superseded"  # no longer true when it was claimed


class Message(Base):
    """One message to one person through one channel. `key` makes a second one impossible."""

    __tablename__ = "message"
    __table_args__ = (Index(None, "state", "next_try_at"), Index(None, "person_id", "sent_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[MessageKind] = mapped_column(Code(MessageKind))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    address: Mapped[str | None]
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"), index=True)
    inquiry_id: Mapped[int | None] = mapped_column(ForeignKey("inquiry.id"), index=True)
    strand_id: Mapped[int | None] = mapped_column(ForeignKey("strand.id"), index=True)
    due_version: Mapped[int | None]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))  # true while it waits for a reply
    handover_id: Mapped[int | None] = mapped_column(ForeignKey("handover.id"))  # true while it is offered
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))  # true while it is not done
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(unique=True)
    mail_id: Mapped[str | None] = mapped_column(index=True)  # under which it left; what left together shares one
    state: Mapped[DeliveryState] = mapped_column(Code(DeliveryState), default=DeliveryState.QUEUED)
    created_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    claimed_by: Mapped[str | None]
    claimed_epoch: Mapped[int | None]
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()
    inquiry: Mapped[Inquiry | None] = relationship()
    strand: Mapped[Strand | None] = relationship()
    reminder: Mapped[Reminder | None] = relationship()
    handover: Mapped[Handover | None] = relationship()
    task: Mapped[Task | None] = relationship()


class Attempt(Base):
    """One try to deliver a message, and what came of it. `error` is a code of ours, never the server's text."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[DeliveryState] = mapped_column(Code(DeliveryState))
    error: Mapped[str | None]


class Link(Base):
    """A signed way into one inquiry for one person; only its hash is kept."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()
    strand: Mapped[Strand] = relationship()


class Heartbeat(Base):
    """When something that must live last showed that it does."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(Instant)


class Lease(Base):
    """Which worker ticks. A late writer of an older epoch is refused."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    worker: Mapped[str]
    epoch: Mapped[int]
    until_at: Mapped[datetime] = mapped_column(Instant)


class SendingPause(Base):
    """Sending stands still until KIS releases it (the clocks parted, or a backup was restored)."""

    __tablename__ = "sending_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    since_at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str]
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
