"""Who holds an office now (holder, deputies, absence), who stands above whom, and the municipality's hours and targets.

`Organisation` is a snapshot of the tables at one instant: a handful of small queries, then plain look-ups. A role is
the regulation's, an office a role in a unit, a holder a person in an office for a period. Nothing here changes a
role: climbing is the regulation's (`rules.route`); this says beforehand which roles have nobody reachable, and
afterwards which person it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from pressedesk import workhours
from pressedesk.db import Instant
from pressedesk.models import (
    Absence,
    Crisis,
    Deputy,
    Holder,
    Office,
    OpeningHours,
    Person,
    Silence,
    SpecialDay,
    Target,
    Topic,
    Unit,
    UnitKind,
)
from pressedesk.regulation.vocabulary import Clock, Role
from pressedesk.workhours import OSLO, Calendar, DayException, Span, Spans

Row = tuple[Any, ...]

AT_THE_TOP = frozenset({Role.ORDFORER, Role.VARAORDFORER, Role.RADMANN, Role.KRISELEDELSE})
ANYWHERE = frozenset({Role.ARKIV_POSTMOTTAK, Role.KONTOADMINISTRATOR})
UNIT_OF = {
    Role.KOMMUNALSJEF: UnitKind.AREA,
    Role.VIRKSOMHETSLEDER: UnitKind.UNIT,
    Role.SEKSJONSLEDER: UnitKind.SECTION,
}
LEADS = {
    UnitKind.MUNICIPALITY: Role.RADMANN,
    UnitKind.AREA: Role.KOMMUNALSJEF,
    UnitKind.UNIT: Role.VIRKSOMHETSLEDER,
    UnitKind.SECTION: Role.SEKSJONSLEDER,
}
OUTSIDE_THE_LINE = frozenset({Role.ORDFORER, Role.VARAORDFORER, Role.KRISELEDELSE})
ASKED_BEFORE_ROUTING = (
    Role.ORDFORER,
    Role.VARAORDFORER,
    Role.RADMANN,
    Role.KOMMUNALSJEF,
    Role.VIRKSOMHETSLEDER,
    Role.SEKSJONSLEDER,
    Role.ANSATT,
)


class Presence(StrEnum):
    """What was found of a person on the way to somebody reachable."""

    PRESENT = "present"
    AWAY = "away"
    ACTS = "acts"  # as deputy
    DEPUTY_AWAY = "deputy_away"
    EXCLUDED = "excluded"  # the inquiry is about this person
    PASSED_BY = "passed_by"  # cannot now, or did not answer
    VACANT = "vacant"  # the office has no holder


@dataclass(frozen=True)
class Found:
    """One step on the way: whom we looked at, and what was found. `until_at`: the end of an absence."""

    presence: Presence
    person_id: int | None = None
    name: str = ""
    until_at: datetime | None = None


@dataclass(frozen=True)
class Reached:
    """The person who answers for an office now, or None, and every step of the way."""

    office_id: int
    person_id: int | None
    is_deputy: bool
    trace: tuple[Found, ...]


@dataclass(frozen=True)
class UnitRow:
    id: int
    parent_id: int | None
    kind: UnitKind
    name: str
    is_kis: bool


@dataclass(frozen=True)
class OfficeRow:
    id: int
    unit_id: int
    role: Role
    title: str
    phone: str | None


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class CrisisRow:
    """Crisis leadership as it is established (point 15)."""

    id: int
    started_at: datetime
    spokesperson_id: int | None
    next_information_at: datetime | None


@dataclass(frozen=True)
class Organisation:
    """The municipality at `at`. `holders` and `deputies` map an office to persons; `away` a person to its end."""

    at: datetime
    units: dict[int, UnitRow]
    offices: dict[int, OfficeRow]
    people: dict[int, PersonRow]
    holders: dict[int, tuple[int, ...]]
    deputies: dict[int, tuple[int, ...]]
    away: dict[int, datetime]
    crisis: CrisisRow | None = None

    @property
    def is_crisis(self) -> bool:
        """Whether crisis leadership is established."""
        return self.crisis is not None

    @cached_property
    def _in_unit(self) -> dict[int, list[OfficeRow]]:
        found: dict[int, list[OfficeRow]] = defaultdict(list)
        for office in self.offices.values():
            found[office.unit_id].append(office)
        return found

    def up(self, unit_id: int | None) -> Iterable[UnitRow]:
        """The unit and everything above it, nearest first."""
        seen = set()
        while unit_id is not None and unit_id in self.units and unit_id not in seen:
            seen.add(unit_id)
            unit = self.units[unit_id]
            yield unit
            unit_id = unit.parent_id

    def below(self, unit_id: int) -> frozenset[int]:
        """The unit and every unit under it."""
        return frozenset(unit.id for unit in self.units.values() if any(up.id == unit_id for up in self.up(unit.id)))

    @cached_property
    def root(self) -> UnitRow | None:
        return next((unit for unit in self.units.values() if unit.kind is UnitKind.MUNICIPALITY), None)

    @cached_property
    def kis(self) -> UnitRow | None:
        return next((unit for unit in self.units.values() if unit.is_kis), None)

    @cached_property
    def kis_leader(self) -> OfficeRow | None:
        """The office that advises on information (point 14)."""
        return self._office_in(self.kis.id, Role.VIRKSOMHETSLEDER) if self.kis else None

    def _office_in(self, unit_id: int, role: Role) -> OfficeRow | None:
        return next((office for office in self._in_unit[unit_id] if office.role is role), None)

    def office(self, role: Role, unit_id: int | None, addressed_office_id: int | None = None) -> OfficeRow | None:
        """The office that `role` means for a question about `unit_id`; None where there is none."""
        if role is Role.VIRKSOMHETSLEDER_KIS:
            return self.kis_leader
        if role is Role.ANSATT:
            addressed = self.offices.get(addressed_office_id or 0)
            return addressed if addressed and addressed.role is Role.ANSATT else None
        if role in AT_THE_TOP:
            return self._office_in(self.root.id, role) if self.root else None
        for unit in self.up(unit_id):
            fits = role in ANYWHERE or unit.kind is UNIT_OF.get(role)
            if fits and (office := self._office_in(unit.id, role)):
                return office
        if role in ANYWHERE:
            return next((office for office in self.offices.values() if office.role is role), None)
        return None

    def every(self, role: Role) -> list[OfficeRow]:
        return [office for office in self.offices.values() if office.role is role]

    def reach(
        self, office_id: int, excluded: frozenset[int] = frozenset(), passed_by: frozenset[int] = frozenset()
    ) -> Reached:
        """Holder → present? → deputies in order, without the excluded (whom the inquiry is about) and without those
        who are passed by for now."""
        trace: list[Found] = []
        holders = self.holders.get(office_id, ())
        if not holders:
            trace.append(Found(Presence.VACANT))
        for person_id, is_deputy in self._candidates(office_id):
            name = self.people[person_id].name
            if person_id in excluded:
                trace.append(Found(Presence.EXCLUDED, person_id, name))
            elif person_id in passed_by:
                trace.append(Found(Presence.PASSED_BY, person_id, name))
            elif person_id in self.away:
                presence = Presence.DEPUTY_AWAY if is_deputy else Presence.AWAY
                trace.append(Found(presence, person_id, name, self.away[person_id]))
            else:
                trace.append(Found(Presence.ACTS if is_deputy else Presence.PRESENT, person_id, name))
                return Reached(office_id, person_id, is_deputy, tuple(trace))
        return Reached(office_id, None, False, tuple(trace))

    def _candidates(self, office_id: int) -> Iterable[tuple[int, bool]]:
        holders = self.holders.get(office_id, ())
        yield from ((person_id, False) for person_id in holders)
        yield from ((person_id, True) for person_id in self.deputies.get(office_id, ()) if person_id not in holders)

    def reachability(
        self, unit_id: int | None, addressed_office_id: int | None = None, excluded: frozenset[int] = frozenset()
    ) -> tuple[frozenset[Role], frozenset[Role]]:
        """Which roles have nobody reachable for a question about `unit_id`, and which act through a deputy."""
        unavailable, deputised = set(), set()
        for role in ASKED_BEFORE_ROUTING:
            office = self.office(role, unit_id, addressed_office_id)
            reached = self.reach(office.id, excluded) if office else None
            if reached is None or reached.person_id is None:
                unavailable.add(role)
            elif reached.is_deputy:
                deputised.add(role)
        return frozenset(unavailable), frozenset(deputised)

    def superior(self, office_id: int) -> OfficeRow | None:
        """The office next above on the administrative line; None above rådmann and beside the line."""
        office = self.offices[office_id]
        if office.role in OUTSIDE_THE_LINE or office.role is Role.RADMANN:
            return None
        for unit in self.up(office.unit_id):
            leader = self._office_in(unit.id, LEADS[unit.kind])
            if (
                leader
                and leader.id != office_id
                and not (unit.id == office.unit_id and LEADS[unit.kind] is office.role)
            ):
                return leader
        return None

    def line_below(self, office_id: int) -> frozenset[int]:
        """The offices that `office_id` stands above on the line."""
        office = self.offices[office_id]
        if LEADS[self.units[office.unit_id].kind] is not office.role:
            return frozenset()
        units = self.below(office.unit_id)
        return frozenset(
            other.id
            for other in self.offices.values()
            if other.unit_id in units and other.id != office_id and other.role not in OUTSIDE_THE_LINE
        )

    def held_by(self, person_id: int) -> frozenset[int]:
        """The offices that the person holds now."""
        return frozenset(office_id for office_id, holders in self.holders.items() if person_id in holders)

    def acted_by(self, person_id: int) -> frozenset[int]:
        """The offices in which the person acts as deputy now, because nobody before him is there."""
        return frozenset(
            office_id
            for office_id, deputies in self.deputies.items()
            if person_id in deputies and self.reach(office_id).person_id == person_id
        )


ON, AT = bindparam("on", type_=Date()), bindparam("at", type_=Instant())
UNITS = (
    select(Unit.id, Unit.parent_id, Unit.kind, Unit.name, Unit.is_kis)
    .where(or_(Unit.closed_on.is_(None), Unit.closed_on > ON))
    .order_by(Unit.id)
)
OFFICES = (
    select(Office.id, Office.unit_id, Office.role, Office.title, Office.phone)
    .where(or_(Office.closed_on.is_(None), Office.closed_on > ON))
    .order_by(Office.id)
)
PEOPLE = select(Person.id, Person.name, Person.email, Person.phone).where(
    or_(Person.left_at.is_(None), Person.left_at > AT)
)
HOLDERS = (
    select(Holder.office_id, Holder.person_id)
    .where(Holder.from_on <= ON, or_(Holder.to_on.is_(None), Holder.to_on >= ON))
    .order_by(Holder.from_on, Holder.id)
)
DEPUTIES = select(Deputy.office_id, Deputy.person_id).order_by(Deputy.position)
CRISES = select(Crisis.id, Crisis.started_at, Crisis.spokesperson_id, Crisis.next_information_at).where(
    Crisis.started_at <= AT, or_(Crisis.ended_at.is_(None), Crisis.ended_at > AT)
)
ABSENCES = select(Absence.person_id, Absence.to_at).where(Absence.from_at <= AT, Absence.to_at > AT)


def snapshot(tx: Session, at: datetime) -> Organisation:
    """The organisation as it is at `at`. Every request and every act asks for one, so its statements are made once."""
    when = {"on": at.astimezone(OSLO).date(), "at": at}
    units = {row[0]: UnitRow(*row) for row in tx.execute(UNITS, when)}
    offices = {row[0]: OfficeRow(*row) for row in tx.execute(OFFICES, when) if row[1] in units}
    people = {row[0]: PersonRow(*row) for row in tx.execute(PEOPLE, when)}
    holders = _occupants(tx.execute(HOLDERS, when), people)
    deputies = _occupants(tx.execute(DEPUTIES), people)
    away: dict[int, datetime] = {}
    for person_id, to_at in tx.execute(ABSENCES, when):
        away[person_id] = max(to_at, away.get(person_id, to_at))
    crisis = next((CrisisRow(*row) for row in tx.execute(CRISES, when)), None)
    return Organisation(at, units, offices, people, holders, deputies, away, crisis)


def _occupants(rows: Iterable[Row], people: dict[int, PersonRow]) -> dict[int, tuple[int, ...]]:
    """The persons of each office, in the order of the rows."""
    found: dict[int, tuple[int, ...]] = {}
    for office_id, person_id in rows:
        if person_id in people:
            found[office_id] = (*found.get(office_id, ()), person_id)
    return found


def passed_by(tx: Session, inquiry_id: int, at: datetime) -> frozenset[int]:
    """Who is passed by in an inquiry for now: he cannot, or he did not answer."""
    silent = select(Silence.person_id).where(Silence.inquiry_id == inquiry_id, Silence.until_at > at)
    return frozenset(tx.scalars(silent))


def calendar(tx: Session) -> Calendar:
    """Opening hours and special days, as the working-time clock takes them."""
    hours = select(
        OpeningHours.from_on,
        OpeningHours.to_on,
        OpeningHours.weekday,
        OpeningHours.opens_minute,
        OpeningHours.closes_minute,
    ).order_by(OpeningHours.from_on, OpeningHours.opens_minute)
    special = select(SpecialDay.day_on, SpecialDay.opens_minute, SpecialDay.closes_minute, SpecialDay.note)
    return _calendar(
        tuple(tuple(row) for row in tx.execute(hours)),
        tuple(tuple(row) for row in tx.execute(special.order_by(SpecialDay.day_on))),
    )


@lru_cache(maxsize=8)
def _calendar(hours: tuple[Row, ...], special: tuple[Row, ...]) -> Calendar:
    """The same rows give the same calendar, with the days it has laid out already."""
    weeks: dict[tuple[date, date | None], list[list[Span]]] = {}
    for from_on, to_on, weekday, opens, closes in hours:
        week = weeks.setdefault((from_on, to_on), [[] for _ in range(7)])
        week[weekday].append(Span(_minute(opens), _minute(closes)))
    days = [
        DayException(on, () if opens is None or closes is None else (Span(_minute(opens), _minute(closes)),), note)
        for on, opens, closes, note in special
    ]
    return Calendar(tuple(workhours.OpeningHours(_seven(week), *period) for period, week in weeks.items()), tuple(days))


def _seven(week: list[list[Span]]) -> tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (tuple(spans) for spans in week)
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _minute(minute: int) -> time:
    return time(minute // 60, minute % 60)


def target_minutes(tx: Session, clock: Clock, urgent: bool, on: date) -> int | None:
    """What we aim at, in working minutes; None where no target has been set."""
    return tx.scalar(
        select(Target.minutes)
        .where(Target.clock == clock, Target.urgent == urgent, Target.from_on <= on)
        .order_by(Target.from_on.desc(), Target.id.desc())
        .limit(1)
    )


def topic_rows(tx: Session) -> list[Topic]:
    """Every topic word with its unit, for `topics.propose`."""
    return list(tx.scalars(select(Topic).order_by(Topic.id)))
