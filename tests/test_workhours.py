"""Working time: calendars, public holidays, windows, arithmetic, statutory days."""

import timeit
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressedesk.workhours import (
    OFFICE_HOURS,
    OSLO,
    Calendar,
    DayException,
    NeverOpen,
    OpeningHours,
    Span,
    add_working_minutes,
    is_open,
    is_statutory_working_day,
    local_day,
    next_closing_at,
    next_open_at,
    note_of,
    public_holidays,
    spans_of,
    statutory_days_after,
    statutory_days_between,
    subtract_working_minutes,
    weekly,
    windows,
    working_minutes,
)

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True, database=None)
MINUTE = timedelta(minutes=1)


def local(text: str) -> datetime:
    """A local clock time as the instant it is."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


LUNCH = (Span(time(8), time(11, 30)), Span(time(12), time(15, 30)))
SHORT = (Span(time(9), time(14)),)
SPLIT = Calendar(
    hours=(
        OpeningHours((LUNCH, LUNCH, LUNCH, LUNCH, SHORT, (), ())),
        OpeningHours((SHORT, SHORT, SHORT, SHORT, SHORT, (), ()), date(2026, 6, 15), date(2026, 8, 13)),
    ),
    exceptions=(
        DayException(date(2026, 12, 23), (Span(time(8), time(12)),), "lille julaften"),
        DayException(date(2026, 12, 24), note="julaften"),
        DayException(date(2026, 12, 31), note="nyttårsaften"),
        DayException(date(2027, 5, 1), (Span(time(10), time(12)),), "åpen dag"),
    ),
)
DAY_AND_NIGHT = Calendar((OpeningHours(((Span(time(0), time(0)),),) * 7),))
NIGHT_DESK = Calendar(  # open across the hour that is skipped in spring and comes twice in autumn
    (OpeningHours(((Span(time(0), time(2, 30)), Span(time(2, 30), time(3)), Span(time(3), time(6))),) * 7),)
)
CALENDARS = {"kontor": OFFICE_HOURS, "delte dager": SPLIT, "natt": NIGHT_DESK, "døgn": DAY_AND_NIGHT}

instants = st.integers(0, 550 * 24 * 3600).map(lambda s: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(seconds=s))
calendars = st.sampled_from(list(CALENDARS.values()))


# Public holidays


@pytest.mark.parametrize("year", range(1970, 2100))
def test_public_holidays_are_those_of_the_library(year):
    """The rule and the holidays package name the same dates, each year from 1970 to 2099."""
    assert list(public_holidays(year)) == sorted(holidays.country_holidays("NO", years=year))


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2026, 4, 2), "skjærtorsdag"),
        (date(2026, 4, 3), "langfredag"),
        (date(2026, 4, 5), "1. påskedag"),
        (date(2026, 4, 6), "2. påskedag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 24), "1. pinsedag"),
        (date(2026, 5, 25), "2. pinsedag"),
        (date(2027, 5, 17), "17. mai og 2. pinsedag"),
        (date(2008, 5, 1), "1. mai og Kristi himmelfartsdag"),
        (date(2026, 12, 26), "2. juledag"),
    ],
)
def test_holidays_have_norwegian_names(on, name):
    """Names are Norwegian whatever the machine's language; two holidays on one date share it."""
    assert public_holidays(on.year)[on] == name


@pytest.mark.parametrize(
    "on", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 1), date(2026, 5, 15), date(2026, 11, 22)]
)
def test_days_people_take_for_holidays(on):
    """Christmas Eve, New Year's Eve, the Wednesday before Easter, klemdager and ordinary Sundays are none by law."""
    assert on not in public_holidays(on.year)


# Calendars


@pytest.mark.parametrize(
    ("on", "open_hours"),
    [
        (date(2026, 11, 23), ["08.00–11.30", "12.00–15.30"]),  # Monday with lunch
        (date(2026, 11, 27), ["09.00–14.00"]),  # Friday
        (date(2026, 11, 28), []),
        (date(2026, 6, 12), ["09.00–14.00"]),
        (date(2026, 6, 15), ["09.00–14.00"]),  # first day of summer hours
        (date(2026, 8, 13), ["09.00–14.00"]),  # the last of them
        (date(2026, 8, 17), ["08.00–11.30", "12.00–15.30"]),
        (date(2026, 12, 23), ["08.00–12.00"]),  # half day
        (date(2026, 12, 24), []),  # closed here
        (date(2026, 12, 25), []),  # closed everywhere
        (date(2027, 5, 1), ["10.00–12.00"]),  # an exception stands over a holiday
    ],
)
def test_opening_hours_of_a_day(on, open_hours):
    """Exception first, then public holiday, then the opening hours that began last."""
    assert [f"{span.opens:%H.%M}–{span.closes:%H.%M}" for span in spans_of(SPLIT, on)] == open_hours


def test_reason_for_a_day():
    """A closed day can say why: its own note, or the holiday's name."""
    assert note_of(SPLIT, date(2026, 12, 24)) == "julaften"
    assert note_of(SPLIT, date(2026, 12, 25)) == "1. juledag"
    assert note_of(SPLIT, date(2026, 11, 23)) == ""


@pytest.mark.parametrize(
    "build",
    [
        lambda: Span(time(15), time(8)),
        lambda: Span(time(8), time(8)),
        lambda: DayException(date(2026, 1, 2), (Span(time(8), time(12)), Span(time(11), time(15)))),
        lambda: DayException(date(2026, 1, 2), (Span(time(8), time(0)), Span(time(9), time(10)))),
        lambda: DayException(date(2026, 1, 2), (Span(time(12), time(13)), Span(time(8), time(9)))),
        lambda: OpeningHours(((), ())),
        lambda: OpeningHours(((),) * 7, date(2026, 2, 1), date(2026, 1, 1)),
        lambda: Calendar((weekly(time(8), time(15)), weekly(time(9), time(15)))),
        lambda: Calendar((), (DayException(date(2026, 1, 2)), DayException(date(2026, 1, 2)))),
    ],
)
def test_impossible_calendars_are_refused(build):
    """Hours that end before they begin, overlap, or contradict each other never become a calendar."""
    with pytest.raises(ValueError, match=r"must|need|can"):
        build()


def test_a_calendar_is_a_value():
    """Two calendars with the same data are equal and hash alike, also after one has been used."""
    other = Calendar((weekly(time(8), time(15, 30)),))
    working_minutes(other, local("2026-11-20T08:00"), local("2026-11-25T08:00"))
    assert other == OFFICE_HOURS
    assert hash(other) == hash(OFFICE_HOURS)


# Windows and the nights the clocks change


@pytest.mark.parametrize(
    ("on", "opens", "closes"),
    [
        (date(2026, 1, 15), "07:00", "14:30"),  # winter: UTC+1
        (date(2026, 7, 15), "06:00", "13:30"),  # summer: UTC+2
        (date(2026, 3, 30), "06:00", "13:30"),  # the Monday after spring forward
        (date(2026, 10, 26), "07:00", "14:30"),  # the Monday after fall back
    ],
)
def test_a_window_is_local_time_in_utc(on, opens, closes):
    """08.00–15.30 in Norway is 06.00–13.30 UTC in summer."""
    ((opens_at, closes_at),) = windows(OFFICE_HOURS, on)
    assert (f"{opens_at:%H:%M}", f"{closes_at:%H:%M}") == (opens, closes)


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)])
def test_a_day_has_its_real_length(on, hours):
    """Open day and night: 23 hours when the clocks go forward, 25 when they go back, and no minute lost at midnight."""
    start, end = local(f"{on}T00:00"), local(f"{on + timedelta(days=1)}T00:00")
    assert working_minutes(DAY_AND_NIGHT, start, end) == hours * 60


@pytest.mark.parametrize(
    ("on", "minutes"), [(date(2026, 3, 29), 300), (date(2026, 10, 25), 420), (date(2026, 11, 23), 360)]
)
def test_split_spans_across_the_changing_hour(on, minutes):
    """00–06 in three spans is 5 hours in spring and 7 in autumn; no minute is counted twice or dropped."""
    laid_out = windows(NIGHT_DESK, on)
    assert all(earlier.closes_at <= later.opens_at for earlier, later in pairwise(laid_out))
    assert working_minutes(NIGHT_DESK, local(f"{on}T00:00"), local(f"{on}T12:00")) == minutes


@pytest.mark.parametrize("weekend", ["2026-03-27", "2026-10-23"])
def test_office_time_over_both_weekends(weekend):
    """Friday 15.00 to Monday 09.00 is one and a half hours, whatever the clocks did in between."""
    friday = date.fromisoformat(weekend)
    start, end = local(f"{friday}T15:00"), local(f"{friday + timedelta(days=3)}T09:00")
    assert working_minutes(OFFICE_HOURS, start, end) == 90
    assert add_working_minutes(OFFICE_HOURS, start, 90) == end


# Arithmetic

ADDED = [  # told as, from, minutes, to
    ("within the day", "2026-11-23T10:00", 60, "2026-11-23T11:00"),
    ("exactly at closing", "2026-11-23T14:30", 60, "2026-11-23T15:30"),
    ("a minute past closing", "2026-11-23T14:30", 61, "2026-11-24T08:01"),
    ("over night", "2026-11-23T15:00", 60, "2026-11-24T08:30"),
    ("over the weekend", "2026-11-20T15:10", 120, "2026-11-23T09:40"),
    ("received on a Saturday", "2026-11-21T13:00", 60, "2026-11-23T09:00"),
    ("received on a Sunday night", "2026-11-22T23:59", 30, "2026-11-23T08:30"),
    ("received before opening", "2026-11-23T06:00", 30, "2026-11-23T08:30"),
    ("received at closing", "2026-11-23T15:30", 30, "2026-11-24T08:30"),
    ("nothing to add", "2026-11-21T13:00", 0, "2026-11-21T13:00"),
    ("over Easter", "2026-04-01T15:00", 60, "2026-04-07T08:30"),
    ("over 1 May on a Friday", "2026-04-30T15:00", 60, "2026-05-04T08:30"),
    ("over 17 May on a Wednesday", "2028-05-16T15:00", 60, "2028-05-18T08:30"),
    ("over 1 May on a Wednesday", "2024-04-30T15:00", 60, "2024-05-02T08:30"),
    ("24 December is open unless closed here", "2026-12-23T15:00", 60, "2026-12-24T08:30"),
    ("over Christmas", "2026-12-24T15:00", 60, "2026-12-28T08:30"),
    ("over the new year", "2026-12-31T15:00", 60, "2027-01-04T08:30"),
    ("a whole week", "2026-11-16T08:00", 5 * 450, "2026-11-20T15:30"),
]


@pytest.mark.parametrize(("start", "minutes", "end"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_adding_working_minutes(start, minutes, end):
    """The first instant at which so much opening time has passed; used up exactly, it is closing time."""
    assert add_working_minutes(OFFICE_HOURS, local(start), minutes) == local(end)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T11:00", 60, "2026-11-23T12:30"),  # over lunch
        ("2026-11-23T11:45", 15, "2026-11-23T12:15"),  # asked at lunch
        ("2026-12-23T11:00", 120, "2026-12-28T09:00"),  # half day, closed day, Christmas, weekend
        ("2026-12-30T15:00", 60, "2027-01-04T08:30"),  # New Year's Eve closed here
        ("2026-08-14T13:30", 60, "2026-08-17T08:30"),  # summer hours end over the weekend
    ],
)
def test_adding_across_split_days(start, minutes, end):
    """Lunch, half days, local closing days and a change of opening hours are not counted."""
    assert add_working_minutes(SPLIT, local(start), minutes) == local(end)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T08:10", 30, "2026-11-20T15:10"),
        ("2026-11-22T12:00", 30, "2026-11-20T15:00"),
        ("2026-11-23T15:30", 450, "2026-11-23T08:00"),
        ("2026-11-23T10:00", 0, "2026-11-23T10:00"),
    ],
)
def test_counting_backwards(start, minutes, end):
    """Half an hour before Monday 08.10 is Friday 15.10: before a due time only opening time helps."""
    assert subtract_working_minutes(OFFICE_HOURS, local(start), minutes) == local(end)


def by_the_minute(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Brute force: ask the local clock at every minute. Only for calendars shut in the hour that comes twice."""
    total = 0
    while start < end:
        here = start.astimezone(OSLO)
        total += any(span.opens <= here.time() < span.closes for span in spans_of(calendar, here.date()))
        start += MINUTE
    return total


@pytest.mark.parametrize(
    "start",
    [
        "2026-03-27T11:13",
        "2026-10-23T11:13",
        "2026-12-23T07:01",
        "2026-12-30T09:59",
        "2026-03-31T14:47",
        "2026-06-12T13:30",
    ],
)
@pytest.mark.parametrize("calendar", [OFFICE_HOURS, SPLIT], ids=["kontor", "delte dager"])
def test_against_counting_every_minute(calendar, start):
    """Four days minute by minute: both changes of clocks, Easter, Christmas, New Year, the start of summer hours."""
    begin, end = local(start), local(start) + timedelta(days=4, hours=5, minutes=7)
    assert working_minutes(calendar, begin, end) == by_the_minute(calendar, begin, end)


@PROPERTY
@given(calendars, instants, st.integers(0, 6000))
def test_adding_and_measuring_agree(calendar, start, minutes):
    """What was added is what is measured, and one minute earlier it was not yet reached."""
    end = add_working_minutes(calendar, start, minutes)
    assert working_minutes(calendar, start, end) == minutes
    if minutes:
        assert working_minutes(calendar, start, end - timedelta(seconds=1)) == minutes - 1
        assert subtract_working_minutes(calendar, end, minutes) >= start


@PROPERTY
@given(calendars, instants, st.integers(1, 6000))
def test_subtracting_mirrors_adding(calendar, end, minutes):
    """Counted back and forth gives the same span."""
    start = subtract_working_minutes(calendar, end, minutes)
    assert working_minutes(calendar, start, end) == minutes
    assert add_working_minutes(calendar, start, minutes) <= end


@PROPERTY
@given(calendars, st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_spans_add_up(calendar, at):
    """Two spans on end are one span, to the minute that rounding takes; a span never exceeds the time on the wall."""
    first, middle, last = (moment.replace(second=0, microsecond=0) for moment in at)
    whole = working_minutes(calendar, first, last)
    assert whole == working_minutes(calendar, first, middle) + working_minutes(calendar, middle, last)
    assert 0 <= whole <= (last - first) / MINUTE


@PROPERTY
@given(calendars, instants)
def test_next_opening(calendar, at):
    """The next opening is open, not in the past, and nothing is open before it."""
    opening = next_open_at(calendar, at)
    assert opening >= at
    assert is_open(calendar, opening)
    assert working_minutes(calendar, at, opening) == 0
    assert is_open(calendar, at) == (opening == at)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-11-23T07:59", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T15:29", "2026-11-23T15:29"),
        ("2026-11-23T15:30", "2026-11-24T08:00"),
        ("2026-04-01T16:00", "2026-04-07T08:00"),
    ],
)
def test_opening_begins_and_closing_ends(at, opening):
    """The first minute is open, the minute of closing is not."""
    assert next_open_at(OFFICE_HOURS, local(at)) == local(opening)
    assert is_open(OFFICE_HOURS, local(at)) == (at == opening)


def test_the_end_before_the_start_is_no_time():
    """An answer recorded as before receipt has taken no working time, not less than none."""
    assert working_minutes(OFFICE_HOURS, local("2026-11-24T10:00"), local("2026-11-23T10:00")) == 0


def test_an_instant_of_any_zone_is_the_same_instant():
    """A local datetime and its UTC twin are measured alike, also over a change of clocks."""
    start, end = datetime(2026, 3, 27, 15, tzinfo=OSLO), datetime(2026, 3, 30, 9, tzinfo=OSLO)
    assert working_minutes(DAY_AND_NIGHT, start, end) == 65 * 60
    assert add_working_minutes(OFFICE_HOURS, start, 60).tzinfo is UTC


def test_a_time_without_a_zone_is_refused():
    """A naive datetime would be read in the machine's own zone."""
    with pytest.raises(ValueError, match="time zone"):
        working_minutes(OFFICE_HOURS, datetime(2026, 11, 23, 10), datetime(2026, 11, 23, 11))  # noqa: DTZ001


@pytest.mark.parametrize("minutes", [-1, -0.5])
def test_negative_minutes_are_refused(minutes):
    """Backwards is a function of its own, so a sign cannot turn a reminder round."""
    with pytest.raises(ValueError, match="negative"):
        add_working_minutes(OFFICE_HOURS, local("2026-11-23T10:00"), minutes)
    with pytest.raises(ValueError, match="negative"):
        subtract_working_minutes(OFFICE_HOURS, local("2026-11-23T10:00"), minutes)


@pytest.mark.parametrize("calendar", [Calendar(()), Calendar((OpeningHours(((),) * 7),))])
def test_a_calendar_that_never_opens_says_so(calendar):
    """Instead of looking for ever."""
    at = local("2026-11-23T10:00")
    for search in (
        next_open_at,
        lambda c, a: add_working_minutes(c, a, 1),
        lambda c, a: subtract_working_minutes(c, a, 1),
    ):
        with pytest.raises(NeverOpen):
            search(calendar, at)
    assert working_minutes(calendar, at, at + timedelta(days=30)) == 0


def test_local_day_is_the_date_in_norway():
    """Half past midnight in Norway is the day before in UTC."""
    assert local_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)


# Statutory working days


@pytest.mark.parametrize(
    ("received_on", "n", "expected"),
    [
        (date(2026, 12, 23), 5, date(2026, 12, 31)),  # 24 and 31 December count
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 21), 5, date(2026, 11, 27)),  # received on a Saturday: Monday is the first
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 3, 31), 3, date(2026, 4, 8)),  # Easter
        (date(2026, 4, 30), 1, date(2026, 5, 4)),
        (date(2028, 5, 16), 1, date(2028, 5, 18)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 30), -5, date(2026, 11, 23)),
    ],
)
def test_statutory_days(received_on, n, expected):
    """Offentleglova § 32: Monday to Friday but for public holidays, the day of receipt not counted."""
    assert statutory_days_after(received_on, n) == expected


@PROPERTY
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 15))
def test_statutory_days_by_counting(received_on, n):
    """The n-th day is a working day and exactly n of them have come since receipt."""
    last = statutory_days_after(received_on, n)
    days = [received_on + timedelta(days=k) for k in range(1, (last - received_on).days + 1)]
    assert sum(map(is_statutory_working_day, days)) == n
    assert is_statutory_working_day(last)


# Speed


def test_measuring_is_quick():
    """An ordinary span of some days is measured in at most 50 microseconds, so a report of a year costs nothing."""
    start, end = local("2026-11-20T15:10"), local("2026-11-26T09:40")
    fastest = min(timeit.repeat(lambda: working_minutes(OFFICE_HOURS, start, end), number=200, repeat=5)) / 200
    assert fastest < 50e-6


@pytest.mark.parametrize(
    ("from_on", "to_on", "days"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), 0),
        (date(2026, 11, 24), date(2026, 11, 25), 1),
        (date(2026, 11, 27), date(2026, 11, 29), 0),
        (date(2026, 11, 24), date(2026, 12, 1), 5),
        (date(2026, 12, 23), date(2026, 12, 28), 2),  # Christmas Eve counts
        (date(2026, 11, 24), date(2026, 11, 20), 0),
    ],
)
def test_statutory_days_between(from_on: date, to_on: date, days: int) -> None:
    """The day of receipt does not count, the day of today does once it has begun."""
    assert statutory_days_between(from_on, to_on) == days


@pytest.mark.parametrize(
    ("at", "closes_at"),
    [("2026-11-24 12:00", "2026-11-25 15:30"), ("2026-11-27 07:00", "2026-11-30 15:30")],
)
def test_next_closing(at: str, closes_at: str) -> None:
    """The end of the next open day, never of the same."""
    assert next_closing_at(Calendar((weekly(time(8), time(15, 30)),)), local(at)) == local(closes_at)
