"""The figures over a period: how many asked, how many had an answer in time, how long half of them waited.

Percentiles are taken over everybody who asked: who still waits counts as not answered, so a figure never looks better
because the slowest are left out. Small groups are hidden before anything leaves this module.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal, select
from sqlalchemy.orm import Session

from pressedesk import access, organisation
from pressedesk.access import Actor
from pressedesk.models import Inquiry, Restriction, Strand, Unit
from pressedesk.standings import Standing, counts, logged_afterwards, stands
from pressedesk.workhours import Calendar, local_instant, working_minutes

FEWEST = 5  # a smaller group is hidden
MOST_YEARS = 5  # in one report: as many months as one can look at
HALF, NINE_OF_TEN = (1, 2), (9, 10)  # as fractions, so that no rounding moves a rank

NOT_ONE_UNIT = 0  # about the whole municipality, or nobody has said where it belongs
RESTRICTED = -1  # few may know which unit these belong to
APART = (Standing.IN_TIME, Standing.LATE, Standing.OVERDUE, Standing.OPEN, Standing.UNANSWERED)  # the first that holds


@dataclass(frozen=True)
class Period:
    """Local days of receipt, both included. Raises ValueError when it ends before it begins or is too long."""

    from_on: date
    to_on: date

    def __post_init__(self) -> None:
        if self.to_on < self.from_on:
            raise ValueError("a period must not end before it begins")
        if self.to_on.year - self.from_on.year > MOST_YEARS:
            raise ValueError(f"a period of more than {MOST_YEARS} years")

    def months(self) -> Iterator["Period"]:
        """Its calendar months in order; the first and the last may be cut."""
        first = self.from_on
        while first <= self.to_on:
            following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
            yield Period(first, min(following - timedelta(days=1), self.to_on))
            first = following


def last_twelve_months(today: date) -> Period:
    """This month so far and the eleven before it."""
    year, month = divmod(today.year * 12 + today.month - 12, 12)
    return Period(date(year, month + 1, 1), today)


@dataclass(frozen=True)
class Figures:
    """Of one group. `open` holds the overdue as well; minutes are working minutes, None where not reached."""

    n: int
    in_time: int
    late: int
    open: int
    overdue: int
    unanswered: int
    median_minutes: int | None
    ninetieth_minutes: int | None
    oldest_open_minutes: int | None

    @property
    def answered(self) -> int:
        return self.in_time + self.late

    @property
    def settled(self) -> int:
        """Answered, ended without an answer, or past the due time: for these «in time» is decided."""
        return self.n - self.open + self.overdue

    @property
    def share_in_time(self) -> float | None:
        """From 0 to 1, of the settled; None while there are none."""
        return self.in_time / self.settled if self.settled else None


@dataclass(frozen=True)
class UnitRow:
    """A unit with everything under it. `unit_id` is None for what belongs to no single unit, `figures` where hidden."""

    unit_id: int | None
    title: str
    depth: int
    figures: Figures | None


@dataclass(frozen=True)
class MonthRow:
    """A calendar month, or the part of it in the period. `figures` is None where hidden."""

    period: Period
    figures: Figures | None


@dataclass(frozen=True)
class Report:
    """Everything that is shown. `unit` is the name of the unit that was chosen; `total` is None where hidden.

    `is_empty`: nobody asked. Hidden totals have no rows either. `logged_afterwards`: how many were logged when they
    were over, and are in no other figure; None where there are fewer than five, and so hidden or none."""

    period: Period
    unit: str | None
    made_at: datetime
    is_empty: bool
    total: Figures | None
    units: tuple[UnitRow, ...]
    months: tuple[MonthRow, ...]
    calendar: Calendar
    logged_afterwards: int | None = None


def report(tx: Session, who: Actor | None, period: Period, unit_id: int | None, now: datetime) -> Report:
    """The report for `who` (None: the system), of one unit and those below it, or of everything in scope.

    Raises access.NotFound for a unit that does not exist."""
    tree = _Tree(tx)
    if unit_id is not None and unit_id not in tree.names:
        raise access.NotFound(unit_id)
    calendar = organisation.calendar(tx)
    scope = _received(access.counted_strands(who, None if unit_id is None else tree.below(unit_id)), period)
    months = list(period.months())
    by_unit, by_month = _tallies(tx, scope.where(counts()), months, now)
    afterwards = _count(tx, scope.where(logged_afterwards()))
    whole = _merged(by_unit.values())
    shown = whole.n >= FEWEST
    return Report(
        period=period,
        unit=tree.names[unit_id] if unit_id is not None else None,
        made_at=now,
        is_empty=whole.n == 0,
        total=whole.figures(calendar, now) if shown else None,
        units=tuple(_UnitTable(tree, by_unit, calendar, now).rows(unit_id)) if shown else (),
        months=tuple(_month_rows(months, by_month, calendar, now)) if shown else (),
        calendar=calendar,
        logged_afterwards=afterwards if afterwards >= FEWEST else None,
    )


# --- Counting -------------------------------------------------------------------------------------------------------


@dataclass
class _Tally:
    """What was counted of a group: where each strand stands, and the working minutes of the answered."""

    standings: Counter[Standing] = field(default_factory=Counter)
    minutes: Counter[int] = field(default_factory=Counter)
    oldest_open_at: datetime | None = None

    @property
    def n(self) -> int:
        return self.standings.total()

    def add(self, standing: Standing, minutes: int | None, n: int, oldest_at: datetime) -> None:
        self.standings[standing] += n
        if standing in (Standing.IN_TIME, Standing.LATE) and minutes is not None:
            self.minutes[minutes] += n
        if standing in (Standing.OPEN, Standing.OVERDUE):
            self.oldest_open_at = min(oldest_at, self.oldest_open_at or oldest_at)

    def figures(self, calendar: Calendar, now: datetime) -> Figures:
        oldest = self.oldest_open_at
        return Figures(
            n=self.n,
            in_time=self.standings[Standing.IN_TIME],
            late=self.standings[Standing.LATE],
            open=self.standings[Standing.OPEN] + self.standings[Standing.OVERDUE],
            overdue=self.standings[Standing.OVERDUE],
            unanswered=self.standings[Standing.UNANSWERED],
            median_minutes=self._within(HALF),
            ninetieth_minutes=self._within(NINE_OF_TEN),
            oldest_open_minutes=working_minutes(calendar, oldest, now) if oldest else None,
        )

    def _within(self, share: tuple[int, int]) -> int | None:
        """The minutes within which at least this share of everybody had an answer; None when so many have not."""
        part, whole = share
        wanted, reached = -(-self.n * part // whole), 0
        for minutes in sorted(self.minutes):
            reached += self.minutes[minutes]
            if reached >= wanted:
                return minutes
        return None


def _merged(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    for tally in tallies:
        whole.standings += tally.standings
        whole.minutes += tally.minutes
        times = [at for at in (whole.oldest_open_at, tally.oldest_open_at) if at]
        whole.oldest_open_at = min(times, default=None)
    return whole


def _received(scope: Select[Strand], period: Period) -> Select[Strand]:
    return scope.where(
        Strand.received_at >= local_instant(period.from_on, time(0)),
        Strand.received_at < local_instant(period.to_on + timedelta(days=1), time(0)),
    )


def _count(tx: Session, scope: Select[Strand]) -> int:
    return tx.scalar(scope.with_only_columns(func.count())) or 0


_Tallies = dict[int, _Tally]


def _tallies(tx: Session, scope: Select[Strand], months: Sequence[Period], now: datetime) -> tuple[_Tallies, _Tallies]:
    """By unit and by month, from one grouped query; the percentiles are cumulated from its rows."""
    standing = case(*((stands(each, now), literal(each.value)) for each in APART))
    rows = scope.with_only_columns(
        _unit_key().label("part"),
        _month_key(months).label("place"),
        standing.label("standing"),
        Strand.working_minutes,
        func.count(),
        func.min(Strand.received_at),
    ).group_by("part", "place", "standing", Strand.working_minutes)
    by_unit: _Tallies = defaultdict(_Tally)
    by_month: _Tallies = defaultdict(_Tally)
    for part, place, code, minutes, n, oldest_at in tx.execute(rows):
        counted = (Standing(code), minutes, n, oldest_at)
        by_unit[part].add(*counted)
        by_month[place].add(*counted)
    return by_unit, by_month


def _unit_key() -> ColumnElement[int]:
    restricted = Inquiry.restriction != Restriction.NONE
    return case((restricted, RESTRICTED), else_=func.coalesce(Strand.unit_id, NOT_ONE_UNIT))


def _month_key(months: Sequence[Period]) -> ColumnElement[int]:
    """The place of the month in the list. Months are local, instants are not, so the borders are given."""
    borders = [
        (Strand.received_at < local_instant(month.to_on + timedelta(days=1), time(0)), place)
        for place, month in enumerate(months)
    ]
    return case(*borders, else_=literal(len(months), Integer))


# --- Rows, and which of them are hidden -----------------------------------------------------------------------------


class _Tree:
    """Every unit there has been, also those closed since."""

    def __init__(self, tx: Session) -> None:
        self.names: dict[int, str] = {}
        self.children: dict[int | None, list[int]] = {}
        for unit in tx.execute(select(Unit.id, Unit.parent_id, Unit.name).order_by(Unit.name)):
            self.names[unit.id] = unit.name
            self.children.setdefault(unit.parent_id, []).append(unit.id)

    def below(self, unit_id: int) -> list[int]:
        """The unit and every unit under it."""
        found = [unit_id]
        for parent in found:
            found += self.children.get(parent, [])
        return found


@dataclass(frozen=True)
class _UnitTable:
    """The rows by unit, made from the tallies of every single unit."""

    tree: _Tree
    tallies: _Tallies
    calendar: Calendar
    now: datetime

    def rows(self, chosen: int | None) -> list[UnitRow]:
        """The parts of the chosen unit; without a choice the areas, what is in none, and the restricted. Nothing
        where that would only repeat the total."""
        roots = self.tree.children.get(None, []) if chosen is None else [chosen]
        common = "Hele kommunen, eller ikke plassert" if chosen is None else f"{self.tree.names[chosen]}, felles"
        apart = {common: self._sum([NOT_ONE_UNIT, *roots]), "Begrensede saker": self._sum([RESTRICTED])}
        rows = list(self._parts(roots, list(apart.values()), depth=0, is_hidden=False))
        hidden = self._hidden(roots, list(apart.values()))
        for place, (title, tally) in enumerate(apart.items()):
            if tally.n:
                rows.append(UnitRow(None, title, 0, None if -place in hidden else self._figures(tally)))
        return rows if len(set(self.tallies)) > 1 else []

    def _parts(self, parents: list[int], apart: list[_Tally], depth: int, is_hidden: bool) -> Iterator[UnitRow]:
        hidden = self._hidden(parents, apart)
        for unit in self._children(parents):
            tally = self._sum(self.tree.below(unit))
            hide = is_hidden or unit in hidden
            if tally.n:
                yield UnitRow(unit, self.tree.names[unit], depth, None if hide else self._figures(tally))
                yield from self._parts([unit], [self._sum([unit])], depth + 1, hide)

    def _hidden(self, parents: list[int], apart: list[_Tally]) -> set[int]:
        """Of the units right under `parents`, and of what stands apart from them (the n-th as −n)."""
        groups = {unit: self._sum(self.tree.below(unit)).n for unit in self._children(parents)}
        return too_small(groups | {-place: tally.n for place, tally in enumerate(apart)})

    def _children(self, parents: list[int]) -> list[int]:
        return [child for parent in parents for child in self.tree.children.get(parent, [])]

    def _sum(self, keys: Iterable[int]) -> _Tally:
        return _merged(self.tallies[key] for key in keys if key in self.tallies)

    def _figures(self, tally: _Tally) -> Figures:
        return tally.figures(self.calendar, self.now)


def too_small(groups: dict[int, int]) -> set[int]:
    """Which of the groups (key → n) to hide: those under five, and the next smallest while what is hidden could be
    worked out from the rest and the sum of all."""
    smallest_first = sorted((n, key) for key, n in groups.items() if n)
    hidden = [(n, key) for n, key in smallest_first if n < FEWEST]
    rest = smallest_first[len(hidden) :]
    while hidden and rest and (len(hidden) == 1 or sum(n for n, _ in hidden) < FEWEST):
        hidden.append(rest.pop(0))
    return {key for _, key in hidden}


def _month_rows(months: Sequence[Period], tallies: _Tallies, calendar: Calendar, now: datetime) -> Iterator[MonthRow]:
    empty = _Tally()
    hidden = too_small({place: tally.n for place, tally in tallies.items()})
    for place, month in enumerate(months):
        tally = tallies.get(place, empty)
        yield MonthRow(month, None if place in hidden else tally.figures(calendar, now))
