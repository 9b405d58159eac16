"""Due times with their trace, and the ladder of reminders."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressedesk.clocks import (
    DEFAULT_LADDER,
    Counted,
    LadderTargets,
    Planned,
    Step,
    Waits,
    comment_due,
    innsyn_due,
    ladder,
    next_morning,
    readable_at,
)
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workhours import (
    OFFICE_HOURS,
    OSLO,
    Calendar,
    DayException,
    Span,
    is_open,
    local_day,
    local_instant,
    weekly,
    working_minutes,
)

PROPERTY = settings(max_examples=200, deadline=None, derandomize=True, database=None)
CHRISTMAS = Calendar(
    (weekly(time(8), time(15, 30)),),
    (
        DayException(date(2026, 12, 23), (Span(time(8), time(12)),), "lille julaften"),
        DayException(date(2026, 12, 24), note="julaften"),
        DayException(date(2026, 12, 31), note="nyttårsaften"),
    ),
)
BEFORE_EASTER = Calendar(OFFICE_HOURS.hours, (DayException(date(2026, 4, 1), note="inneklemt dag"),))
ROMJUL = Calendar(OFFICE_HOURS.hours, tuple(DayException(date(2026, 12, day)) for day in (24, 28, 29, 30, 31)))


def local(text: str) -> datetime:
    """A local clock time as the instant it is."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def shown(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%Y-%m-%dT%H:%M}"


instants = st.integers(0, 400 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))
calendars = st.sampled_from([OFFICE_HOURS, CHRISTMAS])


# The comment clock

DUE = [  # told as, received, target, the journalist's deadline, promise, due
    ("target only", "2026-11-23T10:00", 60, None, None, "2026-11-23T11:00"),
    ("target over a weekend", "2026-11-20T15:10", 120, None, None, "2026-11-23T09:40"),
    ("target used up at closing", "2026-11-23T14:30", 60, None, None, "2026-11-23T15:30"),
    ("deadline is earlier", "2026-11-23T10:00", 60, "2026-11-23T10:40", None, "2026-11-23T10:40"),
    ("deadline is later", "2026-11-23T10:00", 60, "2026-11-23T16:00", None, "2026-11-23T11:00"),
    ("deadline exactly at the target", "2026-11-23T10:00", 60, "2026-11-23T11:00", None, "2026-11-23T11:00"),
    (
        "deadline the same evening, target tomorrow",
        "2026-11-23T15:10",
        60,
        "2026-11-23T20:00",
        None,
        "2026-11-23T20:00",
    ),
    ("promise before the target", "2026-11-23T10:00", 60, None, "2026-11-23T10:30", "2026-11-23T10:30"),
    ("promise after the target", "2026-11-23T10:00", 60, None, "2026-11-23T14:30", "2026-11-23T14:30"),
    ("promise before the deadline", "2026-11-23T10:00", 60, "2026-11-23T16:00", "2026-11-23T14:30", "2026-11-23T14:30"),
    ("promise after the deadline", "2026-11-23T10:00", 60, "2026-11-23T12:00", "2026-11-23T14:30", "2026-11-23T12:00"),
    ("deadline was over at receipt", "2026-11-23T10:00", 60, "2026-11-23T09:00", None, "2026-11-23T09:00"),
    ("received on a Sunday", "2026-11-22T20:00", 60, None, None, "2026-11-23T09:00"),
    ("received on 17 May, a Monday that is also Whit Monday", "2027-05-17T12:00", 60, None, None, "2027-05-18T09:00"),
    ("the Friday before fall back", "2026-10-23T15:00", 60, None, None, "2026-10-26T08:30"),
    ("the Friday before spring forward", "2026-03-27T15:00", 60, None, None, "2026-03-30T08:30"),
]


@pytest.mark.parametrize(
    ("received", "target", "deadline", "promise", "due"), [case[1:] for case in DUE], ids=[case[0] for case in DUE]
)
def test_comment_due(received, target, deadline, promise, due):
    """A promise decides before the target, and the journalist's deadline before both where it is earlier."""
    found = comment_due(local(received), target, deadline and local(deadline), promise and local(promise), OFFICE_HOURS)
    assert shown(found.at) == due


TRACES = [
    (
        ("2026-11-20T15:10", 120, None, None, OFFICE_HOURS),
        (
            "Mottatt fredag 20.11. kl. 15.10",
            "20 minutter til stengetid fredag",
            "Lørdag og søndag telles ikke",
            "1 t 40 min mandag",
            "Frist mandag 23.11. kl. 09.40",
        ),
    ),
    (
        ("2026-11-23T10:00", 60, "2026-11-23T10:40", None, OFFICE_HOURS),
        (
            "Mottatt mandag 23.11. kl. 10.00",
            "1 t mandag",
            "Journalistens frist er tidligere, så den gjelder",
            "Frist mandag 23.11. kl. 10.40",
        ),
    ),
    (
        ("2026-11-23T10:00", 60, None, "2026-11-23T14:30", OFFICE_HOURS),
        (
            "Mottatt mandag 23.11. kl. 10.00",
            "Svartiden vi lovet journalisten, gjelder",
            "Frist mandag 23.11. kl. 14.30",
        ),
    ),
    (
        ("2026-12-30T15:29", 2, None, None, CHRISTMAS),
        (
            "Mottatt onsdag 30.12. kl. 15.29",
            "1 minutt til stengetid onsdag",
            "Torsdag (nyttårsaften), fredag (1. nyttårsdag), lørdag og søndag telles ikke",
            "1 minutt mandag",
            "Frist mandag 4.1.2027 kl. 08.01",
        ),
    ),
    (
        ("2026-12-23T11:00", 90, None, None, CHRISTMAS),
        (
            "Mottatt onsdag 23.12. kl. 11.00",
            "1 t til stengetid onsdag (lille julaften)",
            "Torsdag (julaften), fredag (1. juledag), lørdag (2. juledag) og søndag telles ikke",
            "30 minutter mandag",
            "Frist mandag 28.12. kl. 08.30",
        ),
    ),
    (
        ("2026-11-23T10:00", 60, "2026-11-23T09:00", None, OFFICE_HOURS),
        (
            "Mottatt mandag 23.11. kl. 10.00",
            "1 t mandag",
            "Journalistens frist er tidligere, så den gjelder",
            "Fristen var ute da henvendelsen kom",
            "Frist mandag 23.11. kl. 09.00",
        ),
    ),
    (
        ("2026-11-23T14:30", 60, "2026-11-23T15:30", None, OFFICE_HOURS),  # at closing, and at the deadline
        ("Mottatt mandag 23.11. kl. 14.30", "1 t mandag", "Frist mandag 23.11. kl. 15.30"),
    ),
    (
        ("2026-11-23T08:00", 0, None, None, OFFICE_HOURS),
        ("Mottatt mandag 23.11. kl. 08.00", "Frist mandag 23.11. kl. 08.00"),
    ),
    (
        ("2026-03-31T15:00", 60, None, None, BEFORE_EASTER),
        (
            "Mottatt tirsdag 31.3. kl. 15.00",
            "30 minutter til stengetid tirsdag",
            "Onsdag (inneklemt dag), torsdag (skjærtorsdag), fredag (langfredag), lørdag, søndag (1. påskedag) "
            "og mandag (2. påskedag) telles ikke",
            "30 minutter tirsdag",
            "Frist tirsdag 7.4. kl. 08.30",
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "sentences"), TRACES)
def test_the_trace_says_what_was_counted(asked, sentences):
    """Whoever asks why the case is due then can read it, day by day."""
    received, target, deadline, promise, calendar = asked
    due = comment_due(local(received), target, deadline and local(deadline), promise and local(promise), calendar)
    assert due.sentences() == sentences


def test_a_long_closing_is_given_by_its_ends():
    """A closed fortnight is one sentence, not a list of fourteen days."""
    july = [DayException(date(2026, 7, day), note="ferie") for day in range(6, 18)]
    due = comment_due(local("2026-07-03T15:20"), 30, None, None, Calendar(OFFICE_HOURS.hours, tuple(july)))
    assert "16 dager telles ikke, fra lørdag 4.7. til søndag 19.7." in due.sentences()


@PROPERTY
@given(calendars, instants, st.integers(0, 3000))
def test_the_counted_minutes_add_up(calendar, received, target):
    """The minutes in the trace are the target, and measuring from receipt to due gives it back."""
    received += timedelta(seconds=received.day)  # nobody rings on the full minute
    due = comment_due(received, target, None, None, calendar)
    counted = [step for step in due.trace if isinstance(step, Counted)]
    assert sum(step.minutes for step in counted) == target == working_minutes(calendar, received, due.at)
    assert [step.on for step in counted] == sorted({step.on for step in counted})


@PROPERTY
@given(instants, st.integers(1, 1000), st.none() | instants, st.none() | instants)
def test_due_is_never_after_the_journalists_deadline(received, target, deadline, promise):
    """Neither a target nor a promise moves it."""
    due = comment_due(received, target, deadline, promise, OFFICE_HOURS)
    assert deadline is None or due.at <= deadline
    assert promise is None or due.at <= promise


# The innsyn clock


@pytest.mark.parametrize(
    ("received", "amber", "red", "due"),
    [
        ("2026-11-23T10:00", "2026-11-24T23:59", "2026-11-26T23:59", "2026-11-30T23:59"),
        ("2026-12-23T10:00", "2026-12-24T23:59", "2026-12-29T23:59", "2026-12-31T23:59"),
        ("2026-11-21T10:00", "2026-11-23T23:59", "2026-11-25T23:59", "2026-11-27T23:59"),
        ("2026-04-01T10:00", "2026-04-07T23:59", "2026-04-09T23:59", "2026-04-13T23:59"),
        ("2026-03-27T10:00", "2026-03-30T23:59", "2026-04-01T23:59", "2026-04-08T23:59"),
        ("2026-12-31T23:30", "2027-01-04T23:59", "2027-01-06T23:59", "2027-01-08T23:59"),
        ("2027-01-01T00:30", "2027-01-04T23:59", "2027-01-06T23:59", "2027-01-08T23:59"),
        ("2028-05-16T10:00", "2028-05-18T23:59", "2028-05-22T23:59", "2028-05-24T23:59"),
    ],
)
def test_innsyn_due(received, amber, red, due):
    """Amber after one, red after three, a refusal in silence after five statutory working days, each a whole day."""
    found = innsyn_due(local(received))
    assert (shown(found.amber_at), shown(found.red_at), shown(found.due_at)) == (amber, red, due)


def test_innsyn_trace():
    """24 and 31 December count by law, and the trace shows that they were counted."""
    assert innsyn_due(local("2026-12-23T12:00")).sentences() == (
        "Mottatt onsdag 23.12. kl. 12.00",
        "Virkedag 1: torsdag 24.12.",
        "Fredag (1. juledag), lørdag (2. juledag) og søndag telles ikke",
        "Virkedag 2: mandag 28.12.",
        "Virkedag 3: tirsdag 29.12.",
        "Virkedag 4: onsdag 30.12.",
        "Virkedag 5: torsdag 31.12.",
        "Frist torsdag 31.12. kl. 23.59",
    )


# The ladder


def planned(clock: Clock, told: str, due: str, calendar: Calendar = OFFICE_HOURS, urgent: bool = False) -> list[str]:
    return [
        f"{plan.step} {plan.at.astimezone(OSLO):%d.%m %H:%M:%S}".removesuffix(":00")
        for plan in ladder(clock, local(told), local(due), calendar, urgent)
    ]


def test_ladder_with_time_to_spare():
    """The defaults: again after 30 working minutes, 30 before due, due, 15 after, two hours after, and then every
    morning."""
    assert planned(Clock.COMMENT, "2026-11-23T09:00", "2026-11-23T13:00") == [
        "told 23.11 09:00",
        "not_taken 23.11 09:30",
        "before_due 23.11 12:30",
        "due 23.11 13:00",
        "overdue 23.11 13:15",
        "overdue_two_hours 23.11 15:00",
        "next_morning 24.11 08:00",
        "daily 25.11 08:00",
    ]


def test_ladder_for_forty_minutes():
    """A silent owner with 40 minutes left: again within 10, the deputy within 20."""
    assert planned(Clock.COMMENT, "2026-11-23T10:00", "2026-11-23T10:40")[:5] == [
        "told 23.11 10:00",
        "not_taken 23.11 10:10",
        "up_the_line 23.11 10:20",
        "before_due 23.11 10:30",
        "due 23.11 10:40",
    ]


def test_ladder_for_an_accusation():
    """Who is accused has the shortest ladder, with long and with short time."""
    assert planned(Clock.COMMENT, "2026-11-23T09:00", "2026-11-23T13:00", urgent=True) == [
        "told 23.11 09:00",
        "not_taken 23.11 09:10",
        "up_the_line 23.11 09:20",
        "before_due 23.11 12:15",
        "due 23.11 13:00",
        "overdue 23.11 13:05",
        "overdue_two_hours 23.11 13:30",
        "next_morning 24.11 08:00",
        "daily 25.11 08:00",
    ]
    assert planned(Clock.COMMENT, "2026-11-23T10:00", "2026-11-23T10:40", urgent=True)[1:3] == [
        "not_taken 23.11 10:05",
        "up_the_line 23.11 10:10",
    ]


def test_ladder_before_an_evening_deadline():
    """The steps before a deadline at 20 come while the office is open; those after it wait for the morning."""
    assert planned(Clock.COMMENT, "2026-11-23T14:50", "2026-11-23T20:00") == [
        "told 23.11 14:50",
        "not_taken 23.11 15:00",
        "up_the_line 23.11 15:10",
        "before_due 23.11 15:20",
        "due 23.11 20:00",
        "overdue 24.11 08:15",
        "overdue_two_hours 24.11 10:00",
        "next_morning 24.11 10:05",
        "daily 25.11 08:00",
    ]


def test_ladder_while_the_office_is_closed():
    """Told and due on one evening: the time on the wall is shared, for those who are on duty."""
    assert planned(Clock.COMMENT, "2026-11-23T18:00", "2026-11-23T19:00")[:5] == [
        "told 23.11 18:00",
        "not_taken 23.11 18:15",
        "up_the_line 23.11 18:30",
        "before_due 23.11 18:45",
        "due 23.11 19:00",
    ]


def test_ladder_for_what_was_late_when_told():
    """No step for the past: the chase begins with being overdue, counted from being told."""
    assert planned(Clock.COMMENT, "2026-11-23T10:00", "2026-11-23T09:00") == [
        "told 23.11 10:00",
        "overdue 23.11 10:15",
        "overdue_two_hours 23.11 12:00",
        "next_morning 24.11 08:00",
        "daily 25.11 08:00",
    ]


def test_ladder_with_no_time_to_share():
    """Three minutes are not divided further."""
    steps = ladder(Clock.COMMENT, local("2026-11-23T10:00"), local("2026-11-23T10:03"), OFFICE_HOURS, urgent=False)
    assert [plan.step for plan in steps][:3] == [Step.TOLD, Step.DUE, Step.OVERDUE]


def test_ladder_over_a_weekend():
    """Due on Friday at closing: nobody is chased before Monday, and the rådmann not before the kommunalsjef."""
    assert planned(Clock.COMMENT, "2026-11-20T14:30", "2026-11-20T15:30")[-4:] == [
        "overdue 23.11 08:15",
        "overdue_two_hours 23.11 10:00",
        "next_morning 23.11 10:05",
        "daily 24.11 08:00",
    ]


def test_ladder_for_innsyn():
    """Steps when one and three statutory days have gone, and on the morning of the fifth, while it still helps."""
    assert planned(Clock.INNSYN, "2026-11-23T10:00", "2026-11-30T23:59") == [
        "told 23.11 10:00",
        "amber 24.11 23:59",
        "red 26.11 23:59",
        "before_due 30.11 08:00",
        "due 30.11 23:59",
        "overdue 01.12 08:15",
        "overdue_two_hours 01.12 10:00",
        "next_morning 01.12 10:05",
        "daily 02.12 08:00",
    ]


def test_ladder_for_innsyn_over_a_closed_last_day():
    """The law counts 31 December though the office is closed, so the last word comes on the 30th."""
    due_at = innsyn_due(local("2026-12-23T10:00")).due_at
    steps = ladder(Clock.INNSYN, local("2026-12-23T10:00"), due_at, CHRISTMAS, urgent=False)
    assert [(plan.step, shown(plan.at)) for plan in steps][2:5] == [
        (Step.RED, "2026-12-29T23:59"),
        (Step.BEFORE_DUE, "2026-12-30T08:00"),
        (Step.DUE, "2026-12-31T23:59"),
    ]


def test_ladder_for_innsyn_told_late():
    """Logged on the fourth day: what is behind is not sent."""
    assert planned(Clock.INNSYN, "2026-11-27T10:00", "2026-11-30T23:59")[:3] == [
        "told 27.11 10:00",
        "before_due 30.11 08:00",
        "due 30.11 23:59",
    ]


@pytest.mark.parametrize(
    ("told", "steps"),
    [
        # the last open day before the end of the fifth: after it nobody reads amber or red in time
        ("2026-12-22T10:00", ["told 22.12 10:00", "before_due 23.12 08:00", "due 30.12 23:59"]),
        # told on that day: amber and red stand, for those who are on duty
        ("2026-12-23T10:00", ["told 23.12 10:00", "amber 24.12 23:59", "red 29.12 23:59", "due 31.12 23:59"]),
    ],
)
def test_ladder_for_innsyn_when_the_office_is_closed_to_the_end(told, steps):
    """The law's days run while the office is closed between Christmas and New Year."""
    due = shown(innsyn_due(local(told)).due_at)
    assert planned(Clock.INNSYN, told, due, ROMJUL)[: len(steps)] == steps


def test_four_open_minutes_are_shared():
    """Told at 15.26 with an evening deadline: the last chance is before closing."""
    before_due = ladder(
        Clock.COMMENT, local("2026-11-23T15:26"), local("2026-11-23T20:00"), OFFICE_HOURS, urgent=False
    )[3]
    assert (before_due.step, shown(before_due.at)) == (Step.BEFORE_DUE, "2026-11-23T15:29")


ladders = st.tuples(st.sampled_from(list(Clock)), instants, st.integers(-3000, 12000), calendars, st.booleans())


@PROPERTY
@given(ladders)
def test_a_ladder_goes_up(case):
    """Whatever the times: told first, every step after the one before it, none twice, the line never cut short."""
    clock, told_at, minutes, calendar, urgent = case
    due_at = told_at + timedelta(minutes=minutes)
    steps = ladder(clock, told_at, due_at, calendar, urgent)
    assert steps[0].step is Step.TOLD
    assert steps[0].at == told_at
    assert all(earlier.at < later.at for earlier, later in pairwise(steps))
    assert len({plan.step for plan in steps}) == len(steps)
    last = [Step.OVERDUE, Step.OVERDUE_TWO_HOURS, Step.NEXT_MORNING, Step.DAILY]
    assert [plan.step for plan in steps][-4:] == last
    assert all(plan.at >= due_at for plan in steps[-4:])
    assert [plan.at for plan in steps if plan.step is Step.DUE] == ([due_at] if minutes > 0 else [])


@PROPERTY
@given(ladders, st.integers(0, 600))
def test_more_time_never_means_sooner(case, more):
    """With a later due time, no step that both have comes earlier; with an accusation, none comes later."""
    _, told_at, minutes, calendar, _ = case
    due_at = told_at + timedelta(minutes=minutes)

    def plan(due: datetime, accusation: bool) -> dict[Step, datetime]:
        return {p.step: p.at for p in ladder(Clock.COMMENT, told_at, due, calendar, accusation)}

    ordinary, later, accused = plan(due_at, False), plan(due_at + timedelta(minutes=more), False), plan(due_at, True)
    open_between = working_minutes(calendar, told_at, due_at) >= DEFAULT_LADDER.shortest_minutes
    if open_between or working_minutes(calendar, told_at, due_at + timedelta(minutes=more)) == 0:
        assert all(ordinary[step] <= later[step] for step in ordinary.keys() & later.keys())
    assert all(accused[step] <= ordinary[step] for step in ordinary)


@PROPERTY
@given(st.integers(4, 120), st.integers(0, 59))
def test_short_deadlines_are_chased_in_proportion(minutes, second):
    """Up to two hours: a quarter, a half and three quarters of the time there is."""
    told_at = local("2026-11-23T10:00") + timedelta(seconds=second)
    steps = ladder(Clock.COMMENT, told_at, told_at + timedelta(minutes=minutes), OFFICE_HOURS, urgent=False)
    shares = [(plan.at - told_at) / timedelta(minutes=minutes) for plan in steps[:5]]
    assert shares == pytest.approx([0, 0.25, 0.5, 0.75, 1])


@pytest.mark.parametrize(
    "waits",
    [
        {"not_taken_minutes": 0},
        {"not_taken_minutes": 60},
        {"not_taken_share": 0.5},
        {"up_the_line_share": 0.8},
        {"before_due_minutes": 0},
        {"before_due_share": 0.6},
        {"overdue_minutes": 120},
    ],
)
def test_targets_that_would_turn_the_ladder_round_are_refused(waits):
    """Targets are data, so nonsense is stopped where they are made."""
    with pytest.raises(ValueError, match="follow each other"):
        Waits(**waits)


def test_targets_are_data():
    """Another municipality waits 10 minutes, not 30."""
    patient = LadderTargets(ordinary=Waits(not_taken_minutes=10))
    steps = ladder(
        Clock.COMMENT, local("2026-11-23T09:00"), local("2026-11-23T13:00"), OFFICE_HOURS, urgent=False, targets=patient
    )
    assert shown(steps[1].at) == "2026-11-23T09:10"


@PROPERTY
@given(st.one_of(st.none(), st.just(Clock.COMMENT)), instants, calendars)
def test_a_ladder_without_a_clock_has_a_next_morning_all_the_same(clock, told_at, calendar):
    """A letter that is not to be answered is told of, and chased every working morning until somebody closes it."""
    told, daily = ladder(clock, told_at, None, calendar, urgent=False)
    assert told == Planned(Step.TOLD, told_at)
    assert daily.step is Step.DAILY
    assert daily.at > told_at
    assert is_open(calendar, daily.at)


@PROPERTY
@given(calendars, instants)
def test_the_next_morning_is_another_day_and_the_first_that_is_open(calendar, at):
    """However often it is asked for: one day at a time, and none is left out."""
    morning = next_morning(calendar, at)
    assert is_open(calendar, morning)
    assert local_day(morning) > local_day(at)
    assert working_minutes(calendar, local_instant(local_day(at) + timedelta(days=1), time(0)), morning) == 0


# When somebody can read it


@PROPERTY
@given(calendars, instants)
def test_readable_in_opening_hours_only(calendar, at):
    """No reminder at midnight or on a Sunday, but for those on duty; never before the step holds."""
    assert is_open(calendar, readable_at(calendar, at))
    assert readable_at(calendar, at) >= at
    assert readable_at(calendar, at, always=True) == at


def test_readable_on_both_nights_the_clocks_change():
    """A step at every minute of 00–04 is read at eight on Monday, once."""
    for night in ("2026-03-29T00:00", "2026-10-25T00:00"):
        start = local(night)
        read_at = {readable_at(OFFICE_HOURS, start + timedelta(minutes=m)) for m in range(300)}
        assert {shown(at)[11:] for at in read_at} == {"08:00"}
        assert len(read_at) == 1
