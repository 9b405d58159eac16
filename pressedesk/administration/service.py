"""What the desk works by: topic words, targets, opening hours and special days."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise

from sqlalchemy import delete, select

from pressedesk.access import Do, NotFound
from pressedesk.administration.change import By, Edit, Invalid, change, found
from pressedesk.formats import clean_line, name_key
from pressedesk.models import OpeningHours, SpecialDay, Target, Topic, TopicProposal, Unit
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workhours import Span

MOST_TARGET_MINUTES = 5 * 450  # five working days: what the law gives for access to documents
TOPIC_WEIGHTS = range(1, 6)


def add_topic(by: By, unit_id: int, phrase: str, now: datetime, weight: int = 1) -> int:
    """A word or phrase that proposes the unit; returns its id. Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        return _add_topic(edit, unit_id, phrase, weight)


def _add_topic(edit: Edit, unit_id: int, phrase: str, weight: int = 1) -> int:
    unit: Unit = found(edit.tx, Unit, unit_id)
    phrase = clean_line(phrase).casefold()
    if not name_key(phrase):
        raise Invalid("phrase", "Skriv et ord eller et uttrykk.")
    if weight not in TOPIC_WEIGHTS:
        raise Invalid("weight", "Vekten er et tall fra 1 til 5.")
    if _is_topic(edit, unit_id, phrase):
        raise Invalid("phrase", f"{unit.name} har dette temaet fra før.")
    topic = Topic(unit_id=unit_id, phrase=phrase, weight=weight)
    edit.tx.add(topic)
    edit.tx.flush()
    edit.record(topic, "topic_added", unit=unit_id, new=phrase, weight=weight)
    return topic.id


def _is_topic(edit: Edit, unit_id: int, phrase: str) -> bool:
    return edit.tx.scalar(select(Topic.id).where(Topic.unit_id == unit_id, Topic.phrase == phrase)) is not None


def accept_topic(by: By, proposal_id: int, now: datetime) -> None:
    """A word that somebody proposed when he passed a question on becomes a topic, unless it is one already.

    Raises Refused, NotFound (also where it is decided already)."""
    with change(by, Do.ADMINISTER, now) as edit:
        proposal = _settle(edit, proposal_id, is_accepted=True)
        if not _is_topic(edit, proposal.unit_id, proposal.phrase):
            _add_topic(edit, proposal.unit_id, proposal.phrase)
        edit.record(proposal, "topic_accepted", unit=proposal.unit_id)


def decline_topic(by: By, proposal_id: int, now: datetime) -> None:
    """The word proposes nothing. Raises Refused, NotFound (also where it is decided already)."""
    with change(by, Do.ADMINISTER, now) as edit:
        proposal = _settle(edit, proposal_id, is_accepted=False)
        edit.record(proposal, "topic_declined", unit=proposal.unit_id)


def _settle(edit: Edit, proposal_id: int, *, is_accepted: bool) -> TopicProposal:
    proposal: TopicProposal = found(edit.tx, TopicProposal, proposal_id)
    if proposal.settled_at is not None:
        raise NotFound(proposal_id)
    proposal.settled_at, proposal.is_accepted = edit.now, is_accepted
    proposal.settled_by_id = edit.who.person_id if edit.who else None
    return proposal


def remove_topic(by: By, topic_id: int, now: datetime) -> None:
    """Take a word away. Raises Refused, NotFound."""
    with change(by, Do.ADMINISTER, now) as edit:
        topic: Topic = found(edit.tx, Topic, topic_id)
        edit.record(topic, "topic_removed", unit=topic.unit_id, old=topic.phrase)
        edit.tx.delete(topic)


def set_target(by: By, urgent: bool, minutes: int, from_on: date, now: datetime) -> None:
    """What we aim at for an answer to the press, in working minutes, from a day on; `urgent`: a serious accusation.

    The newest one holds. Access to documents has the law's own times. Raises Refused, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        if not 1 <= minutes <= MOST_TARGET_MINUTES:
            raise Invalid("minutes", f"Svarmålet er et tall fra 1 til {MOST_TARGET_MINUTES} minutter i arbeidstiden.")
        target = Target(clock=Clock.COMMENT, urgent=urgent, minutes=minutes, from_on=from_on)
        edit.tx.add(target)
        edit.tx.flush()
        edit.record(target, "target_set", urgent=urgent, new=minutes, from_on=from_on.isoformat())


def set_opening_hours(
    by: By, week: Sequence[Sequence[Span]], from_on: date, now: datetime, to_on: date | None = None
) -> None:
    """The hours of Monday to Sunday from a day on, up to and including `to_on` (None: until further notice).

    Of several that cover a day, those that began last hold; the same first day again replaces them. Raises Refused,
    Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        if len(week) != 7 or not any(week):
            raise Invalid("week", "Minst én dag i uka må være åpen.")
        if to_on is not None and to_on < from_on:
            raise Invalid("to_on", "Siste dag må være etter første dag.")
        edit.tx.execute(delete(OpeningHours).where(OpeningHours.from_on == from_on))
        rows = [
            OpeningHours(
                weekday=weekday,
                opens_minute=_minute(span.opens),
                closes_minute=_minute(span.closes),
                from_on=from_on,
                to_on=to_on,
            )
            for weekday, spans in enumerate(week)
            for span in _in_order(spans)
        ]
        edit.tx.add_all(rows)
        edit.tx.flush()
        new = [[row.weekday, row.opens_minute, row.closes_minute] for row in rows]
        edit.record(rows[0], "opening_hours_set", new=new, from_on=from_on.isoformat())


def set_special_day(by: By, day_on: date, note: str, span: Span | None, now: datetime) -> None:
    """A local closing day, or with `span` a day of other hours; the same day again replaces it.

    Raises Refused, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        note = clean_line(note)
        if not note:
            raise Invalid("note", "Skriv hva dagen er, for eksempel «julaften».")
        day = edit.tx.scalar(select(SpecialDay).where(SpecialDay.day_on == day_on))
        if day is None:
            day = SpecialDay(day_on=day_on, note=note)
            edit.tx.add(day)
        day.note = note
        day.opens_minute = _minute(span.opens) if span else None
        day.closes_minute = _minute(span.closes) if span else None
        edit.tx.flush()
        edit.record(day, "special_day_set", day_on=day_on.isoformat(), opens=day.opens_minute, closes=day.closes_minute)


def remove_special_day(by: By, special_day_id: int, now: datetime) -> None:
    """The day is as any other again. Raises Refused, NotFound."""
    with change(by, Do.ADMINISTER, now) as edit:
        day: SpecialDay = found(edit.tx, SpecialDay, special_day_id)
        edit.record(day, "special_day_removed", day_on=day.day_on.isoformat())
        edit.tx.delete(day)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _in_order(spans: Sequence[Span]) -> Sequence[Span]:
    """Raises Invalid where spans of one day overlap, or run past midnight."""
    ordered = sorted(spans)
    for earlier, later in pairwise(ordered):
        if later.opens < earlier.closes:
            raise Invalid("week", "Åpningstidene på samme dag kan ikke overlappe.")
    if any(span.closes == time() for span in spans):
        raise Invalid("week", "Stengetiden må være før midnatt.")
    return ordered
