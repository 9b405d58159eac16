"""Where a strand stands, as a list and a figure both say it: one condition each, so that the two never differ.

A strand that counts is open, answered, or ended without an answer; what is answered was in time or late.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_

from pressedesk.clocks import Step
from pressedesk.models import DeliveryState, Inquiry, Message, Reminder, Strand
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workflow import OPEN, UNTAKEN, Ending, State


class Standing(StrEnum):
    """What a list can be narrowed to; the values stand in addresses."""

    ALL = "alle"
    OPEN = "apen"
    OVERDUE = "over_fristen"
    ANSWERED = "besvart"
    UNANSWERED = "ubesvart"
    IN_TIME = "i_tide"
    LATE = "for_sent"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Standing.ALL: "Alle",
    Standing.OPEN: "Åpne",
    Standing.OVERDUE: "Over fristen",
    Standing.ANSWERED: "Besvart",
    Standing.UNANSWERED: "Lukket uten svar",
    Standing.IN_TIME: "Besvart i tide",
    Standing.LATE: "Besvart for sent",
}


def stands(standing: Standing, now: datetime) -> ColumnElement[bool]:
    """The condition on Strand. A lapsed strand is in none: a later decision has no such question."""
    is_open, answered = Strand.state.in_(OPEN), Strand.answered_at.is_not(None)
    return {
        Standing.ALL: Strand.state != State.LAPSED,
        Standing.OPEN: is_open,
        Standing.OVERDUE: and_(is_open, Strand.due_at < now),
        Standing.ANSWERED: answered,
        Standing.UNANSWERED: and_(Strand.state == State.CLOSED, ~answered, _not_withdrawn()),
        Standing.IN_TIME: and_(answered, Strand.was_in_time.is_(True)),
        Standing.LATE: and_(answered, Strand.was_in_time.is_(False)),
    }[standing]


def counts() -> ColumnElement[bool]:
    """Whether a strand counts in the figures of how long the press waits: asked by the press, and not withdrawn by it
    before it was answered. For a query that has joined Inquiry, as the scopes have.

    Requests for documents have a clock of their own, and a letter that is not to be answered has none. What was logged
    when it was over waited for nobody at the desk: `logged_afterwards`."""
    stood = or_(Strand.answered_at.is_not(None), _not_withdrawn())
    return and_(Strand.clock == Clock.COMMENT, Strand.state != State.LAPSED, stood, Inquiry.is_afterwards.is_(False))


def logged_afterwards() -> ColumnElement[bool]:
    """Whether a strand was logged by whoever had answered it already: shown apart from the figures."""
    return and_(Strand.state != State.LAPSED, Inquiry.is_afterwards.is_(True))


def _not_withdrawn() -> ColumnElement[bool]:
    return or_(Strand.ending.is_(None), Strand.ending != Ending.WITHDRAWN)


# What is red about an open strand


def is_silent(now: datetime) -> ColumnElement[bool]:
    """Told, and nobody has taken it by the time when the ladder says that somebody should have."""
    passed = exists().where(
        Reminder.strand_id == Strand.id,
        Reminder.due_version == Strand.due_version,
        Reminder.step == Step.NOT_TAKEN,
        Reminder.planned_at <= now,
    )
    return and_(Strand.state.in_(UNTAKEN), or_(passed.correlate(Strand), Strand.due_at < now))


def is_undelivered() -> ColumnElement[bool]:
    """A message to the owner has failed for good, and nobody has taken the strand all the same."""
    failed = exists().where(
        Message.strand_id == Strand.id,
        Message.due_version == Strand.due_version,
        Message.state == DeliveryState.FAILED,
    )
    return and_(Strand.state.in_(UNTAKEN), failed.correlate(Strand))


def is_with_kis() -> ColumnElement[bool]:
    """KIS is finding out where it belongs, and its owner has not been told."""
    return and_(Strand.state == State.NEW, Strand.acting_id.is_not(None))


def is_unreachable() -> ColumnElement[bool]:
    """Nobody can be reached in the owner's office."""
    return and_(Strand.state.in_(UNTAKEN), Strand.acting_id.is_(None))
