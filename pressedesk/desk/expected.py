"""Forventet sak: what the press is expected to ask about, who answers, and what may be read out until it runs out.

Strategy 2.1.4: the employees know before the press does. So the text may be read out once they have been told, and
until it runs out; at no other time is it anywhere to be read but in the form of those who write it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import flag_modified

from pressedesk import access, topics
from pressedesk.access import Do, NotFound, Refused
from pressedesk.desk.change import AtLarge, Stale, change_at_large
from pressedesk.events import EventKind
from pressedesk.models import ExpectedStory


@dataclass(frozen=True)
class Expects:
    """What is written of an expected story. `phrases`: words that a call about it has, in their base form."""

    title: str
    phrases: tuple[str, ...]
    unit_id: int | None
    office_id: int | None
    text: str
    until_at: datetime


def expect(person_id: int, expects: Expects, now: datetime) -> int:
    """A new one; the same again from the same person gives the one that is there. Its id. Raises Refused."""
    with change_at_large(person_id, now) as change:
        _demand(change)
        same = select(ExpectedStory).where(
            ExpectedStory.title == expects.title,
            ExpectedStory.text == expects.text,
            ExpectedStory.made_by_id == person_id,
            ExpectedStory.ended_at.is_(None),
        )
        row = change.tx.scalar(same)
        if row is None:
            row = ExpectedStory(made_by_id=person_id, made_at=now, **vars(expects))
            row.phrases = list(expects.phrases)
            change.tx.add(row)
            change.tx.flush()
            change.record(EventKind.EXPECTED_CHANGED, expected=row.id, what="made")
        return row.id


def rewrite(person_id: int, expected_id: int, seen: int, expects: Expects, now: datetime) -> None:
    """Something else is written of it. The employees have to be told of another text anew.

    Raises NotFound, Refused, Stale."""
    with change_at_large(person_id, now) as change:
        row = _row(change, expected_id, seen)
        if row.text != expects.text:
            row.staff_informed_at = None
        for name, value in vars(expects).items():
            setattr(row, name, value)
        row.phrases = list(expects.phrases)
        change.record(EventKind.EXPECTED_CHANGED, expected=row.id, what="changed")


def staff_informed(person_id: int, expected_id: int, seen: int, now: datetime) -> None:
    """The employees know, as of now: the text may be read out. Raises NotFound, Refused, Stale."""
    with change_at_large(person_id, now) as change:
        row = _row(change, expected_id, seen)
        row.staff_informed_at = row.staff_informed_at or now
        change.record(EventKind.EXPECTED_CHANGED, expected=row.id, what="staff_informed")


def end(person_id: int, expected_id: int, seen: int, now: datetime) -> None:
    """It is no longer expected: no call is told of it. Raises NotFound, Refused, Stale."""
    with change_at_large(person_id, now) as change:
        row = _row(change, expected_id, seen)
        row.ended_at = now
        change.record(EventKind.EXPECTED_CHANGED, expected=row.id, what="ended")


def expected_stories() -> Select[ExpectedStory]:
    """Every one, the newest first; for those who may log."""
    return (
        select(ExpectedStory)
        .order_by(ExpectedStory.made_at.desc(), ExpectedStory.id.desc())
        .options(joinedload(ExpectedStory.unit), joinedload(ExpectedStory.office), joinedload(ExpectedStory.made_by))
    )


def matching(tx: Session, text: str) -> list[ExpectedStory]:
    """Those not ended that the words of a call speak for, the likeliest first."""
    rows = {row.id: row for row in tx.scalars(expected_stories().where(ExpectedStory.ended_at.is_(None)))}
    words = [topics.Topic(row.id, phrase) for row in rows.values() for phrase in row.phrases]
    return [rows[found.unit_id] for found in topics.propose(text, words)]


def text_to_read(row: ExpectedStory, now: datetime) -> str | None:
    """What may be read out now; None where it has run out, is ended, or the employees do not know yet."""
    may_be_read = row.ended_at is None and row.staff_informed_at is not None and now < row.until_at
    return row.text if may_be_read else None


def phrases_of(lines: str) -> tuple[str, ...]:
    """Words and phrases, one a line, each once."""
    found: Sequence[str] = [line.strip() for line in lines.splitlines()]
    return tuple(dict.fromkeys(filter(None, found)))


def _row(change: AtLarge, expected_id: int, seen: int) -> ExpectedStory:
    """One that has not ended, for a change by somebody who may: its version moves."""
    _demand(change)
    row = change.tx.scalar(select(ExpectedStory).where(ExpectedStory.id == expected_id))
    if row is None:
        raise NotFound(expected_id)
    if row.version != seen:
        raise Stale
    if row.ended_at is not None:
        raise Refused("Den forventede saken er avsluttet.")
    flag_modified(row, "title")
    return row


def _demand(change: AtLarge) -> None:
    if not access.may(change.who, Do.EXPECT):
        raise Refused("Forventede saker skrives av KIS.")
