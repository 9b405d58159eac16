"""Calendars and working-time arithmetic in Europe/Oslo. Pure.

Instants go in and come out as timezone-aware datetimes in UTC. Opening hours are local clock times; they are laid out
per local day and each end is converted to UTC, so that a day with a change of clocks is counted by its real length.
Two calendars must not be mixed up: `Calendar` is when this municipality is open (data, with its own closing days);
`statutory_days_after` counts the working days of offentleglova, which no opening hours can change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MIDNIGHT = time(0)
LONGEST_CLOSING_DAYS = 400  # a calendar closed for longer than this has no next opening


class NeverOpen(ValueError):
    """The calendar has no opening within 400 days, so no working time can be counted."""


@dataclass(frozen=True, order=True)
class Span:
    """Open from one local clock time to another on the same day; closing at 00.00 means the end of the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError(f"opening hours must end after they begin: {self.opens:%H.%M}–{self.closes:%H.%M}")


Spans = tuple[Span, ...]


def _check_order(spans: Spans) -> None:
    for earlier, later in pairwise(spans):
        if earlier.closes == MIDNIGHT or later.opens < earlier.closes:
            raise ValueError("opening hours of one day must be in order and must not overlap")


@dataclass(frozen=True)
class OpeningHours:
    """Spans for Monday to Sunday, from `valid_from` up to and including `valid_to` (None: until further notice).

    A day with lunch has two spans, a closed day none. Raises ValueError for overlapping spans and wrong lengths.
    """

    week: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]
    valid_from: date = date.min
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("opening hours need seven days, Monday first")
        for spans in self.week:
            _check_order(spans)
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("opening hours must not end before they begin to apply")

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class DayException:
    """One date with hours of its own: no spans is a local closing day, a short span a half day.

    It also stands over a public holiday. `note` is the Norwegian reason shown in traces («julaften»)."""

    on: date
    spans: Spans = ()
    note: str = ""

    def __post_init__(self) -> None:
        _check_order(self.spans)


class Window(NamedTuple):
    """Open from one instant up to, but not including, another (UTC)."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Calendar:
    """When the municipality is open. Public holidays are closed unless an exception says otherwise.

    Where several opening hours cover a day (summer hours over the ordinary ones), the one that began last applies.
    """

    hours: tuple[OpeningHours, ...]
    exceptions: tuple[DayException, ...] = ()
    _by_date: dict[date, DayException] = field(init=False, repr=False, compare=False, default_factory=dict)
    _windows: dict[date, tuple[Window, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_date.update((exception.on, exception) for exception in self.exceptions)
        if len(self._by_date) != len(self.exceptions):
            raise ValueError("a date can have one exception only")
        if len({hours.valid_from for hours in self.hours}) != len(self.hours):
            raise ValueError("two sets of opening hours cannot begin on the same date")


def weekly(opens: time, closes: time) -> OpeningHours:
    """The same hours Monday to Friday, closed on Saturday and Sunday, without an end."""
    day = (Span(opens, closes),)
    return OpeningHours((day, day, day, day, day, (), ()))


OFFICE_HOURS = Calendar((weekly(time(8), time(15, 30)),))  # the calendar of a new installation


@lru_cache(maxsize=512)
def public_holidays(year: int) -> Mapping[date, str]:
    """The twelve public holidays of a year with their Norwegian names (lov 24.2.1995 nr. 12, lov 26.4.1947 nr. 1).

    Two on one date share an entry. Ordinary Sundays, 24 and 31 December are not among them."""
    easter = easter_sunday(year)
    days = (
        (date(year, 1, 1), "1. nyttårsdag"),
        (easter - 3 * DAY, "skjærtorsdag"),
        (easter - 2 * DAY, "langfredag"),
        (easter, "1. påskedag"),
        (easter + DAY, "2. påskedag"),
        (date(year, 5, 1), "1. mai"),
        (date(year, 5, 17), "17. mai"),
        (easter + 39 * DAY, "Kristi himmelfartsdag"),
        (easter + 49 * DAY, "1. pinsedag"),
        (easter + 50 * DAY, "2. pinsedag"),
        (date(year, 12, 25), "1. juledag"),
        (date(year, 12, 26), "2. juledag"),
    )
    names: dict[date, str] = {}
    for on, name in days:
        names[on] = f"{names[on]} og {name}" if on in names else name
    return MappingProxyType(dict(sorted(names.items())))


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous method of Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon_shift + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def local_day(at: datetime) -> date:
    """The date in Norway at an instant."""
    return _utc(at).astimezone(OSLO).date()


def local_instant(day: date, clock: time) -> datetime:
    """The instant (UTC) of a local clock time. A time that comes twice is its first; one that is skipped comes late."""
    return datetime.combine(day, clock, OSLO).astimezone(UTC)


def spans_of(calendar: Calendar, day: date) -> Spans:
    """The opening hours of a local day: its exception, else closed on a public holiday, else the week's."""
    if exception := calendar._by_date.get(day):
        return exception.spans
    if day in public_holidays(day.year):
        return ()
    covering = [hours for hours in calendar.hours if hours.covers(day)]
    return max(covering, key=lambda hours: hours.valid_from).week[day.weekday()] if covering else ()


def note_of(calendar: Calendar, day: date) -> str:
    """Why a day differs from its weekday: the exception's note, else the holiday's name, else empty."""
    exception = calendar._by_date.get(day)
    return exception.note if exception else public_holidays(day.year).get(day, "")


def windows(calendar: Calendar, day: date) -> tuple[Window, ...]:
    """The windows of a local day in UTC, in order, never overlapping (also in the nights the clocks change)."""
    known = calendar._windows.get(day)
    if known is None:
        known = calendar._windows[day] = tuple(_lay_out(spans_of(calendar, day), day))
    return known


def is_open(calendar: Calendar, at: datetime) -> bool:
    """True inside a window; the instant of closing is outside."""
    at = _utc(at)
    return any(window.opens_at <= at < window.closes_at for window in windows(calendar, local_day(at)))


def next_open_at(calendar: Calendar, at: datetime) -> datetime:
    """`at` itself when open, else the next opening. Raises NeverOpen."""
    at = _utc(at)
    return max(at, next(_windows_from(calendar, at)).opens_at)


def working_minutes(calendar: Calendar, start_at: datetime, end_at: datetime) -> int:
    """Whole minutes of opening time from one instant to another; 0 when the end is not after the start."""
    start_at, end_at = _utc(start_at), _utc(end_at)
    total = timedelta()
    day, last = local_day(start_at), local_day(end_at)
    while day <= last:
        for opens_at, closes_at in windows(calendar, day):
            if opens_at < end_at and closes_at > start_at:
                total += min(closes_at, end_at) - max(opens_at, start_at)
        day += DAY
    return max(total // MINUTE, 0)


def add_working_minutes(calendar: Calendar, start_at: datetime, minutes: float) -> datetime:
    """The first instant at which so many minutes of opening time have passed since `start_at`.

    A span that is used up exactly ends at closing time, not at the next opening; 0 minutes give `start_at` itself.
    Raises ValueError for negative minutes, NeverOpen."""
    if minutes < 0:
        raise ValueError("working minutes to add cannot be negative")
    at, left = _utc(start_at), timedelta(minutes=minutes)
    if not left:
        return at
    for opens_at, closes_at in _windows_from(calendar, at):
        begin = max(opens_at, at)
        if begin + left <= closes_at:
            return begin + left
        left -= closes_at - begin
    raise AssertionError("windows never end")


def subtract_working_minutes(calendar: Calendar, end_at: datetime, minutes: float) -> datetime:
    """The last instant with so many minutes of opening time left before `end_at`; the mirror of adding.

    Raises ValueError for negative minutes, NeverOpen."""
    if minutes < 0:
        raise ValueError("working minutes to subtract cannot be negative")
    at, left = _utc(end_at), timedelta(minutes=minutes)
    if not left:
        return at
    for opens_at, closes_at in _windows_back(calendar, at):
        end = min(closes_at, at)
        if end - left >= opens_at:
            return end - left
        left -= end - opens_at
    raise AssertionError("windows never end")


def is_statutory_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday; 24 and 31 December are working days by law."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def statutory_days_after(received_on: date, n: int) -> date:
    """The n-th working day after a date, as offentleglova § 32 counts: the day of receipt itself does not count.

    0 gives the date itself; a negative n counts backwards."""
    day, step = received_on, DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not is_statutory_working_day(day):
            day += step
    return day


def statutory_days_between(from_on: date, to_on: date) -> int:
    """How many statutory working days have begun after one date, up to and with another; 0 when it is not after."""
    return sum(is_statutory_working_day(from_on + DAY * n) for n in range(1, (to_on - from_on).days + 1))


def next_closing_at(calendar: Calendar, at: datetime) -> datetime:
    """When the office closes on the next open day after the local day of `at`. Raises NeverOpen."""
    opens_at = next_open_at(calendar, local_instant(local_day(at) + DAY, MIDNIGHT))
    return windows(calendar, local_day(opens_at))[-1].closes_at


def _windows_from(calendar: Calendar, at: datetime) -> Iterator[Window]:
    """The windows that close after an instant, without end. Raises NeverOpen."""
    day, closed_days = local_day(at), 0
    while closed_days <= LONGEST_CLOSING_DAYS:
        closed_days += 1
        for window in windows(calendar, day):
            if window.closes_at > at:
                closed_days = 0
                yield window
        day += DAY
    raise NeverOpen(f"no opening hours for {LONGEST_CLOSING_DAYS} days after {at:%Y-%m-%d}")


def _windows_back(calendar: Calendar, at: datetime) -> Iterator[Window]:
    """The windows that open before an instant, latest first, without end. Raises NeverOpen."""
    day, closed_days = local_day(at), 0
    while closed_days <= LONGEST_CLOSING_DAYS:
        closed_days += 1
        for window in reversed(windows(calendar, day)):
            if window.opens_at < at:
                closed_days = 0
                yield window
        day -= DAY
    raise NeverOpen(f"no opening hours for {LONGEST_CLOSING_DAYS} days before {at:%Y-%m-%d}")


def _lay_out(spans: Spans, day: date) -> Iterator[Window]:
    reached = local_instant(day, MIDNIGHT)
    for span in spans:
        closes_on = day + DAY if span.closes == MIDNIGHT else day
        # A clock time inside the skipped hour of spring lands after its neighbours; never let two windows overlap.
        opens_at = max(local_instant(day, span.opens), reached)
        closes_at = local_instant(closes_on, span.closes)
        if opens_at < closes_at:
            reached = closes_at
            yield Window(opens_at, closes_at)


def _utc(at: datetime) -> datetime:
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)
