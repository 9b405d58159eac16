"""The standing check of the organisation: what would keep a call from reaching somebody. Reads only."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import organisation
from pressedesk.models import Absence
from pressedesk.organisation import OfficeRow
from pressedesk.regulation.vocabulary import Role
from pressedesk.workhours import DAY, local_day, windows

AHEAD_DAYS = 14
STANDS_ALONE = frozenset({Role.ANSATT, Role.VARAORDFORER})  # the next on the line answers, so no deputy is needed


@dataclass(frozen=True)
class Hole:
    """An office where nobody can be reached from one day up to and including another."""

    office: OfficeRow
    from_on: date
    to_on: date


@dataclass(frozen=True)
class Review:
    """Offices that nobody holds today, that have no deputy, and that nobody answers for within fourteen days."""

    vacant: list[OfficeRow]
    without_deputy: list[OfficeRow]
    holes: list[Hole]


def review(tx: Session, now: datetime) -> Review:
    """Look at every office now and at every opening of the next fourteen days, with what is known of absence."""
    org = organisation.snapshot(tx, now)
    wanted = [office for office in org.offices.values() if office.role not in STANDS_ALONE]
    return Review(
        vacant=[office for office in org.offices.values() if office.id not in org.holders],
        without_deputy=[office for office in wanted if not org.deputies.get(office.id)],
        holes=_holes(tx, wanted, now),
    )


def _holes(tx: Session, offices: list[OfficeRow], now: datetime) -> list[Hole]:
    empty: defaultdict[int, list[int]] = defaultdict(list)
    days = []
    for on, instants in _instants(tx, now).items():
        days.append(on)
        snapshots = [organisation.snapshot(tx, at) for at in instants]
        for office in offices:
            if any(office.id in org.offices and org.reach(office.id).person_id is None for org in snapshots):
                empty[office.id].append(len(days) - 1)
    return [Hole(office, days[first], days[last]) for office in offices for first, last in _runs(empty[office.id])]


def _instants(tx: Session, now: datetime) -> dict[date, list[datetime]]:
    """When to look: as the desk opens each day, and when somebody goes away while it is open."""
    calendar = organisation.calendar(tx)
    ends_at = now + timedelta(days=AHEAD_DAYS)
    leaving = list(
        tx.scalars(select(Absence.from_at).where(Absence.from_at > now, Absence.from_at < ends_at).distinct())
    )
    found: dict[date, list[datetime]] = {}
    for on in (local_day(now) + n * DAY for n in range(AHEAD_DAYS)):
        for opens_at, closes_at in windows(calendar, on):
            if closes_at > now:
                begun = [at for at in leaving if opens_at < at < closes_at]
                found.setdefault(on, []).extend([max(opens_at, now), *begun])
    return found


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of each row of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
