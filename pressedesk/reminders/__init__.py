"""The tick: what is due in the ledger is put into the queue, once, and to the right persons.

Everything is derived from the database, so nothing is ever «missed»: after an outage every step is settled, but each
person gets one message about a strand, the highest step that concerns him. The unique keys of ledger and queue make it
harmless to tick twice, or from two workers at once."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pressedesk import access, clocks, db, events, logs, organisation, outbox, pulse
from pressedesk.clocks import Step
from pressedesk.events import EventKind
from pressedesk.models import MessageKind, Reminder, ReminderState, Strand
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.outbox import Occasion
from pressedesk.pulse import Held
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Role
from pressedesk.workflow import OPEN, UNTAKEN
from pressedesk.workhours import Calendar

log = logging.getLogger(__name__)

ORDER = {step: place for place, step in enumerate(Step)}
WHILE_UNTAKEN = frozenset({Step.NOT_TAKEN, Step.UP_THE_LINE})


@dataclass(frozen=True)
class Ticked:
    """What one tick did: strands whose ledger was settled, steps that were put into the queue, strands that failed."""

    strands: int = 0
    steps: int = 0
    failed: int = 0


def tick(now: datetime, held: Held | None = None) -> Ticked:
    """Settle everything that is due in the ledger at `now`, each strand in a transaction of its own.

    One strand that fails stops no other, and is tried again at the next tick. Raises Fenced where another worker has
    taken over since `held`."""
    with db.reading() as tx:
        is_due = (Reminder.state == ReminderState.PLANNED, Reminder.planned_at <= now)
        oldest = func.min(Reminder.planned_at)
        due = tx.scalars(select(Reminder.strand_id).where(*is_due).group_by(Reminder.strand_id).order_by(oldest)).all()
        if not due:
            return Ticked()
        org, calendar = organisation.snapshot(tx, now), organisation.calendar(tx)
    steps = failed = 0
    for strand_id in due:
        try:
            with db.writing() as tx:
                pulse.demand(tx, held)
                steps += _settle(tx, strand_id, org, calendar, now)
        except pulse.Fenced:
            raise
        except Exception as error:
            log.error("the reminders of strand %s failed\n%s", strand_id, logs.where_failed(error))
            failed += 1
    return Ticked(len(due), steps, failed)


def _settle(tx: Session, strand_id: int, org: Organisation, calendar: Calendar, now: datetime) -> int:
    """Settle what is due of one strand. How many steps were put into the queue."""
    strand = tx.scalars(access.unscoped_strands().where(Strand.id == strand_id)).one()
    planned = select(Reminder).where(Reminder.strand_id == strand_id, Reminder.state == ReminderState.PLANNED)
    holding = []
    for row in tx.scalars(planned.where(Reminder.planned_at <= now)):
        if _holds(row, strand):
            holding.append(row)
        else:
            row.state, row.settled_at = ReminderState.CANCELLED, now
    facts = Facts.from_json(strand.inquiry.facts)
    readable_at = clocks.readable_at(calendar, now, always=facts.crisis and not facts.crisis_released)
    if readable_at > now:
        for row in holding:
            row.planned_at = readable_at
        return 0
    return _send(Line(tx, org, strand, now), sorted(holding, key=lambda row: ORDER[row.step], reverse=True))


def _holds(row: Reminder, strand: Strand) -> bool:
    """Whether a step still says something true. That somebody has seen the strand stops nothing."""
    if strand.state not in OPEN or row.due_version != strand.due_version:
        return False
    return row.step not in WHILE_UNTAKEN or strand.state in UNTAKEN


def _send(line: "Line", rows: Iterable[Reminder]) -> int:
    """Tell those concerned, the highest step first: who is told of it is not told of a lower one as well."""
    told: set[int] = set()
    sent = 0
    for row in rows:
        receivers = [person_id for person_id in line.receivers(row.step) if person_id not in told]
        row.settled_at = line.now
        if sent and not receivers:
            row.state = ReminderState.PASSED
            continue
        row.state = ReminderState.ENQUEUED
        inquiry, strand = line.strand.inquiry, line.strand
        key = f"reminder:{row.id}"
        occasion = Occasion(key, MessageKind.REMINDER, inquiry, strand, row, has_it=line.has_it)
        outbox.enqueue(line.tx, occasion, receivers, line.now)
        about = (inquiry.id, strand.id)
        events.record(
            line.tx, EventKind.REMINDED, line.now, "system", None, *about, step=row.step.value, persons=receivers
        )
        told.update(receivers)
        sent += 1
    return sent


@dataclass
class Line:
    """Who can be told of one strand now: the owner's office and the line above it, as they are at this minute.

    Whoever may not know of the inquiry (above all the person it is about) is passed by, and the next one is told."""

    tx: Session
    org: Organisation
    strand: Strand
    now: datetime
    barred: set[int] = field(default_factory=set)  # found on the way, who may not know of it
    has_it: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.has_it = self._who_has_it()

    def receivers(self, step: Step) -> list[int]:
        """Who is told at `step`, without repetition; never nobody while somebody above or in KIS is there."""
        match step:
            case Step.TOLD | Step.NOT_TAKEN | Step.AMBER | Step.BEFORE_DUE | Step.DUE:
                found = [self.has_it]
            case Step.UP_THE_LINE:
                found = [self._next_in_office() or self._superior()]
            case Step.RED:
                found = [self.has_it, self._reach(self.org.kis_leader)]
            case Step.OVERDUE:
                found = [self.has_it, self._next_in_office(), self._superior()]
            case Step.OVERDUE_TWO_HOURS:
                found = [self._kommunalsjef() or self.has_it]
            case Step.NEXT_MORNING:
                found = self._at_the_top()
            case _:
                assert_never(step)
        return _each_once(found) or _each_once(self._at_the_top())

    def _who_has_it(self) -> int | None:
        """Whoever took it, while he is there; else whoever answers for the owner's office now."""
        taken_by = self.strand.taken_by_id
        if taken_by is not None and taken_by not in self.org.away and self._may_know(taken_by):
            return taken_by
        return self._reach(self._office)

    @property
    def _office(self) -> OfficeRow | None:
        return self.org.offices.get(self.strand.owner_office_id or 0)

    def _next_in_office(self) -> int | None:
        """The next reachable person of the owner's office: its deputy, as a rule."""
        return self._reach(self._office, self.has_it)

    def _superior(self) -> int | None:
        """The nearest on the line above the owner's office."""
        return self._above(self._office)

    def _kommunalsjef(self) -> int | None:
        """The kommunalsjef the owner's office stands under; from there on up where it is the kommunalsjef's own."""
        office = self._office
        area = self.org.office(Role.KOMMUNALSJEF, office.unit_id) if office else None
        if office is None or area is None or office.id not in self.org.line_below(area.id):
            return self._superior()
        return self._at_or_above(area)

    def _at_the_top(self) -> list[int | None]:
        """Rådmann and the leader of KIS, whoever acts for them."""
        offices = [*self.org.every(Role.RADMANN), self.org.kis_leader]
        return [self._reach(office) for office in offices if not self._is_subject(office)]

    def _at_or_above(self, office: OfficeRow | None) -> int | None:
        """Somebody else than who has it: in this office, or on the line above it."""
        found = None if self._is_subject(office) else self._reach(office, self.has_it)
        return self._above(office) if found is None and office is not None else found

    def _is_subject(self, office: OfficeRow | None) -> bool:
        """Whether the inquiry is about this office: then it is passed by as a whole, deputies too."""
        return office is not None and office.id == self.strand.inquiry.subject_office_id

    def _above(self, office: OfficeRow | None) -> int | None:
        superior = self.org.superior(office.id) if office else None
        return self._at_or_above(superior)

    def _reach(self, office: OfficeRow | None, beside: int | None = None) -> int | None:
        """The first of an office who is there and may know, `beside` left out."""
        while office is not None:
            passed = frozenset(self.barred if beside is None else self.barred | {beside})
            person_id = self.org.reach(office.id, passed).person_id
            if person_id is None or self._may_know(person_id):
                return person_id
            self.barred.add(person_id)
        return None

    def _may_know(self, person_id: int) -> bool:
        return access.may_receive(self.tx, person_id, self.strand.inquiry_id, self.now, self.org)


def _each_once(found: Iterable[int | None]) -> list[int]:
    return [person_id for person_id in dict.fromkeys(found) if person_id is not None]
