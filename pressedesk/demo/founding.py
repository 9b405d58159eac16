"""Makes the demo municipality through the use cases of administration, as if an administrator had typed it in."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from pressedesk.administration import absence, holders, people, service, units
from pressedesk.administration.change import System
from pressedesk.demo import municipality
from pressedesk.demo.municipality import LOG_INS, OFFICES, PEOPLE, TOPICS, UNITS, WITHOUT_EMAIL
from pressedesk.formats import name_key
from pressedesk.workhours import Span, easter_sunday, local_day, local_instant

SYSTEM = System("demo")
OPEN = Span(time(8), time(15, 30))
UNTIL_NOON = Span(time(8), time(12))
DAY = timedelta(days=1)

AWAY_NOW = {"geir": (2, 4), "dag": (1, 6), "ida": (1, 9), "eirik": (3, 8)}
"""Who is away now: since so many days, for so many more."""
AWAY_BEFORE = (("tone", 40, 7), ("bjorn", 95, 10), ("turid", 150, 5), ("astrid", 210, 21), ("lars", 260, 14))
"""Who was away: so many days ago, for so many days."""


@dataclass(frozen=True)
class Ids:
    """The ids of what was made, by short names."""

    units: dict[str, int] = field(default_factory=dict)
    offices: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def found(password_hash: str, at: datetime, now: datetime) -> Ids:
    """Units, offices, people, accounts, topics, targets and hours, as they were typed in at `at`."""
    ids = Ids()
    for key, (kind, name, parent) in UNITS.items():
        above = ids.units[parent] if parent else None
        ids.units[key] = units.add_unit(SYSTEM, kind, name, above, at, is_kis=key == "kis")
    for number, (key, name) in enumerate(PEOPLE.items()):
        ids.people[key] = people.add_person(SYSTEM, _contact(key, name, number), at)
    for username, (key, duties) in LOG_INS.items():
        people.create_account(SYSTEM, ids.people[key], username, password_hash, duties, at)
    _fill_offices(ids, at)
    _set_hours(ids, at, now)
    return ids


def _contact(key: str, name: str, number: int) -> people.Contact:
    email = f"{name_key(name).replace(' ', '.')}@loten.example"
    return people.Contact(name, email if email.isascii() else f"{key}@loten.example", f"59 00 10 {number:02}")


def _fill_offices(ids: Ids, at: datetime) -> None:
    for key, (unit, role, title, holder, deputies) in OFFICES.items():
        office = units.add_office(SYSTEM, ids.units[unit], role, title, f"59 00 40 {len(ids.offices):02}", at)
        ids.offices[key] = office
        if holder:
            holders.appoint(SYSTEM, office, ids.people[holder], local_day(at), at)
        if deputies:
            holders.set_deputies(SYSTEM, office, [ids.people[deputy] for deputy in deputies], at)


def _set_hours(ids: Ids, at: datetime, now: datetime) -> None:
    since, year = local_day(at), local_day(now).year
    for unit, phrases in TOPICS.items():
        for phrase in phrases:
            service.add_topic(SYSTEM, ids.units[unit], phrase, at)
    service.set_opening_hours(SYSTEM, [(OPEN,)] * 5 + [(), ()], since, at)
    for on, note, half_day in (day for y in range(since.year, year + 2) for day in _closing_days(y)):
        service.set_special_day(SYSTEM, on, note, UNTIL_NOON if half_day else None, at)
    service.set_target(SYSTEM, urgent=False, minutes=municipality.TARGET_MINUTES, from_on=since, now=at)
    service.set_target(SYSTEM, urgent=True, minutes=municipality.URGENT_TARGET_MINUTES, from_on=since, now=at)


def _closing_days(year: int) -> list[tuple[date, str, bool]]:
    return municipality.closing_days(year, easter_sunday(year))


def absences(ids: Ids, now: datetime) -> list[tuple[datetime, datetime, int]]:
    """Who is and was away: from, to, and the person's id."""
    today = local_day(now)
    spans = [(key, today - since * DAY, today + more * DAY) for key, (since, more) in AWAY_NOW.items()]
    spans += [(key, today - ago * DAY, today - (ago - days) * DAY) for key, ago, days in AWAY_BEFORE]
    return [
        (local_instant(first, time(7)), local_instant(last, time(7)), ids.people[key]) for key, first, last in spans
    ]


def lose_email(ids: Ids, at: datetime) -> None:
    """One person's address is taken out: what is meant for him is red, and somebody must ring."""
    person = people.Contact(PEOPLE[WITHOUT_EMAIL], "", f"59 00 10 {list(PEOPLE).index(WITHOUT_EMAIL):02}")
    people.change_person(SYSTEM, ids.people[WITHOUT_EMAIL], person, at)


def register_absence(person_id: int, to_at: datetime, from_at: datetime) -> None:
    """Type in an absence at the moment it begins."""
    absence.register(SYSTEM, person_id, from_at, to_at, from_at)
