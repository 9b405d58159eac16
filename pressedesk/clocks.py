"""The two clocks of the desk and the steps by which a late case is chased. Pure.

*Comment*: when the press is to have its answer. *Innsyn*: the five working days of offentleglova § 32. They never
touch: one counts the municipality's opening hours, the other the working days of the law. Every due time comes with
its trace, which is shown to whoever asks. Targets are data; the regulation has no numbers.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import assert_never

from pressedesk.formats import WEEKDAYS, count, day, day_and_time, duration
from pressedesk.regulation.vocabulary import Clock
from pressedesk.workhours import (
    DAY,
    MIDNIGHT,
    MINUTE,
    Calendar,
    add_working_minutes,
    local_day,
    local_instant,
    next_open_at,
    note_of,
    public_holidays,
    statutory_days_after,
    subtract_working_minutes,
    windows,
    working_minutes,
)

LAST_MINUTE = time(23, 59)
INNSYN_AMBER_DAYS, INNSYN_RED_DAYS, INNSYN_LAST_DAY = 1, 3, 5  # offentleglova §§ 29 and 32, in statutory working days
NAMED_DAYS = 6  # a longer closing is given as first and last day


# The trace: what was counted, in the order it was counted.


@dataclass(frozen=True)
class Received:
    """The clock starts."""

    at: datetime

    def sentence(self) -> str:
        return f"Mottatt {day_and_time(self.at, self.at)}"


@dataclass(frozen=True)
class Counted:
    """Opening time of one local day that counts, in minutes; `until_closing` when the rest of the day was used."""

    on: date
    minutes: int
    until_closing: bool
    note: str = ""

    def sentence(self) -> str:
        name = f"{WEEKDAYS[self.on.weekday()]} ({self.note})" if self.note else WEEKDAYS[self.on.weekday()]
        span = count(self.minutes, "minutt", "minutter") if self.minutes < 60 else duration(self.minutes)
        return f"{span} til stengetid {name}" if self.until_closing else f"{span} {name}"


@dataclass(frozen=True)
class NotCounted:
    """Days in a row without opening hours, each with the reason when it is more than the weekday («langfredag»)."""

    days: tuple[tuple[date, str], ...]

    def sentence(self) -> str:
        first, last = self.days[0][0], self.days[-1][0]
        if len(self.days) > NAMED_DAYS:
            return f"{len(self.days)} dager telles ikke, fra {day(first, first)} til {day(last, first)}"
        names = [f"{WEEKDAYS[on.weekday()]} ({note})" if note else WEEKDAYS[on.weekday()] for on, note in self.days]
        listed = f"{', '.join(names[:-1])} og {names[-1]}" if len(names) > 1 else names[0]
        return f"{listed[0].upper()}{listed[1:]} telles ikke"


@dataclass(frozen=True)
class Earlier:
    """The journalist's deadline comes before what the desk aims at or promised, so it decides."""

    deadline_at: datetime
    than_at: datetime

    def sentence(self) -> str:
        return "Journalistens frist er tidligere, så den gjelder"


@dataclass(frozen=True)
class Promised:
    """An answer was promised on the phone by this time, so the promise decides."""

    at: datetime

    def sentence(self) -> str:
        return "Svartiden vi lovet journalisten, gjelder"


@dataclass(frozen=True)
class AlreadyOver:
    """The due time is not after receipt."""

    def sentence(self) -> str:
        return "Fristen var ute da henvendelsen kom"


@dataclass(frozen=True)
class StatutoryDay:
    """One of the working days that offentleglova counts."""

    n: int
    on: date
    near: date

    def sentence(self) -> str:
        return f"Virkedag {self.n}: {day(self.on, self.near)}"


@dataclass(frozen=True)
class DueAt:
    """The result."""

    at: datetime
    near: datetime

    def sentence(self) -> str:
        return f"Frist {day_and_time(self.at, self.near)}"


TraceStep = Received | Counted | NotCounted | Earlier | Promised | AlreadyOver | StatutoryDay | DueAt


@dataclass(frozen=True)
class Due:
    """When an answer is due, and how that was reached."""

    at: datetime
    trace: tuple[TraceStep, ...]

    def sentences(self) -> tuple[str, ...]:
        """The trace in Norwegian, one sentence a step, without full stop."""
        return tuple(step.sentence() for step in self.trace)


@dataclass(frozen=True)
class InnsynDue:
    """When a request for access turns amber and red, and when silence is a refusal (each the last minute of a day)."""

    amber_at: datetime
    red_at: datetime
    due_at: datetime
    trace: tuple[TraceStep, ...]

    def sentences(self) -> tuple[str, ...]:
        """The trace in Norwegian, one sentence a step, without full stop."""
        return tuple(step.sentence() for step in self.trace)


def comment_due(
    received_at: datetime,
    target_minutes: int,
    deadline_at: datetime | None,
    promised_at: datetime | None,
    calendar: Calendar,
) -> Due:
    """When the press is to have its answer: the time promised on the phone, else the target in working minutes; and
    never later than the journalist's deadline.

    A promise may be earlier or later than the target, but does not move the journalist's deadline: where the
    journalist accepts a later time, the deadline itself is changed. A due time before receipt is kept as it is:
    the case is late at once. Raises NeverOpen."""
    if promised_at is None:
        aim_at = add_working_minutes(calendar, received_at, target_minutes)
        counted = _count(calendar, received_at, aim_at)
    else:
        aim_at, counted = promised_at, (Promised(promised_at),)
    trace: tuple[TraceStep, ...] = (Received(received_at), *counted)
    due_at = aim_at
    if deadline_at is not None and deadline_at < aim_at:
        due_at = deadline_at
        trace += (Earlier(deadline_at, aim_at),)
    if due_at < received_at:
        trace += (AlreadyOver(),)
    return Due(due_at, (*trace, DueAt(due_at, received_at)))


def innsyn_due(received_at: datetime) -> InnsynDue:
    """The clock of a request for access (offentleglova §§ 29 and 32): amber when one working day has gone without an
    answer, red after three, and on the fifth silence becomes a refusal that can be appealed.

    Statutory working days: 24 and 31 December count, local closing days count, the day of receipt does not."""
    received_on = local_day(received_at)
    counted = {n: statutory_days_after(received_on, n) for n in range(1, INNSYN_LAST_DAY + 1)}
    trace: list[TraceStep] = [Received(received_at)]
    previous = received_on
    for n, on in counted.items():
        gap = tuple(
            (skipped, public_holidays(skipped.year).get(skipped, ""))
            for skipped in (previous + DAY * k for k in range(1, (on - previous).days))
        )
        trace += [NotCounted(gap)] if gap else []
        trace.append(StatutoryDay(n, on, received_on))
        previous = on
    amber_at, red_at, due_at = (
        local_instant(counted[n], LAST_MINUTE) for n in (INNSYN_AMBER_DAYS, INNSYN_RED_DAYS, INNSYN_LAST_DAY)
    )
    return InnsynDue(amber_at, red_at, due_at, (*trace, DueAt(due_at, received_at)))


def _count(calendar: Calendar, start_at: datetime, end_at: datetime) -> tuple[TraceStep, ...]:
    """The days from one instant to another: what counts of each, and those that do not count between.

    The minutes of the days add up to the working minutes of the whole."""
    steps: list[TraceStep] = []
    closed: list[tuple[date, str]] = []
    reached, on = 0, local_day(start_at)
    while on <= local_day(end_at):
        today = windows(calendar, on)
        if not today:
            closed.append((on, note_of(calendar, on)))
        elif today[-1].closes_at > start_at and today[0].opens_at < end_at:
            steps += [NotCounted(tuple(closed))] if closed else []
            closed = []
            total = working_minutes(calendar, start_at, min(end_at, today[-1].closes_at))
            steps.append(Counted(on, total - reached, today[-1].closes_at < end_at, note_of(calendar, on)))
            reached = total
        on += DAY
    return tuple(steps)


# The ladder: when a silent case is raised, and to whom in the end.


class Step(StrEnum):
    """The steps of a ladder, in order. Who is told at each is the business of reminders."""

    TOLD = "told"  # the owner, at once
    NOT_TAKEN = "not_taken"  # nobody took it: the owner again, and the switchboard sees it
    UP_THE_LINE = "up_the_line"  # still nobody, and little time: the deputy
    AMBER = "amber"  # innsyn: one working day has gone
    RED = "red"  # innsyn: three working days have gone
    BEFORE_DUE = "before_due"
    DUE = "due"
    OVERDUE = "overdue"  # the deputy and the nearest superior
    OVERDUE_TWO_HOURS = "overdue_two_hours"  # the kommunalsjef
    NEXT_MORNING = "next_morning"  # the rådmann and KIS
    DAILY = "daily"  # still open: whoever has it and the superior, every working morning until it ends


@dataclass(frozen=True)
class Planned:
    """A step and the instant from which it holds; who reads it then is settled by `readable_at`."""

    step: Step
    at: datetime


@dataclass(frozen=True)
class Waits:
    """How long each step waits: working minutes, or that share of the time there is when it comes sooner.

    The time there is runs from told to due. With the defaults 120 minutes is the border: with more the minutes
    decide, with less the shares; a deadline in 40 minutes is chased after 10, 20 and 30. Raises ValueError where the
    steps could change places."""

    not_taken_minutes: int = 30
    not_taken_share: float = 0.25
    up_the_line_minutes: int = 60
    up_the_line_share: float = 0.5
    up_the_line_below_minutes: int | None = 120  # with more time than this a silent owner is not yet passed over
    before_due_minutes: int = 30
    before_due_share: float = 0.25
    overdue_minutes: int = 15
    two_hours_minutes: int = 120

    def __post_init__(self) -> None:
        if not (
            0 < self.not_taken_minutes < self.up_the_line_minutes
            and 0 < self.not_taken_share < self.up_the_line_share
            and self.before_due_minutes > 0
            and 0 < self.before_due_share < 1 - self.up_the_line_share
            and 0 < self.overdue_minutes < self.two_hours_minutes
        ):
            raise ValueError("the steps must follow each other: not taken, up the line, before due, overdue, two hours")


@dataclass(frozen=True)
class LadderTargets:
    """The defaults of the ladder, as data. An accusation is never chased more slowly than an ordinary case."""

    ordinary: Waits = Waits()
    accusation: Waits = Waits(
        not_taken_minutes=10,
        not_taken_share=0.125,
        up_the_line_minutes=20,
        up_the_line_share=0.25,
        up_the_line_below_minutes=None,
        before_due_minutes=45,
        before_due_share=0.5,
        overdue_minutes=5,
        two_hours_minutes=30,
    )
    shortest_minutes: int = 4  # with less time than this there is no step between told and due
    gap_minutes: int = 5  # from one late step to the next, where the next would not come after it


DEFAULT_LADDER = LadderTargets()


def ladder(
    clock: Clock | None,
    told_at: datetime,
    due_at: datetime | None,
    calendar: Calendar,
    urgent: bool,
    *,
    targets: LadderTargets = DEFAULT_LADDER,
) -> tuple[Planned, ...]:
    """All steps of a case told at one instant and due at another, strictly in order, the first at `told_at`.

    `urgent` is an accusation. Nothing is planned for the past: what was due before it was told starts with the overdue
    steps, counted from being told. The last step comes back every working morning, so that nothing open is forgotten;
    where no clock runs there is no other. Raises NeverOpen."""
    told = Planned(Step.TOLD, told_at)
    if clock is None or due_at is None:
        return told, Planned(Step.DAILY, next_morning(calendar, told_at))
    waits = targets.accusation if urgent else targets.ordinary
    match clock:
        case Clock.COMMENT:
            before = _comment_steps(told_at, due_at, calendar, waits, targets.shortest_minutes)
        case Clock.INNSYN:
            before = _innsyn_steps(told_at, due_at, calendar)
        case _:
            assert_never(clock)
    due = (Planned(Step.DUE, due_at),) if due_at > told_at else ()
    late = _late_steps(max(told_at, due_at), calendar, waits, targets.gap_minutes)
    return (told, *before, *due, *late, Planned(Step.DAILY, next_morning(calendar, late[-1].at)))


def next_morning(calendar: Calendar, at: datetime) -> datetime:
    """When the next working day after the one of `at` opens. Raises NeverOpen."""
    return next_open_at(calendar, local_instant(local_day(at) + DAY, MIDNIGHT))


def readable_at(calendar: Calendar, at: datetime, always: bool = False) -> datetime:
    """When somebody can read what is sent: in opening hours, or at once for those on duty. Raises NeverOpen."""
    return at if always else next_open_at(calendar, at)


def _comment_steps(
    told_at: datetime, due_at: datetime, calendar: Calendar, waits: Waits, shortest_minutes: int
) -> tuple[Planned, ...]:
    """The steps between told and due. They share the opening time there is, so that a step before an evening deadline
    comes while the office is open; where the office is closed all along they share the time on the wall."""
    open_minutes = working_minutes(calendar, told_at, due_at)
    is_open_between = open_minutes >= shortest_minutes
    minutes = open_minutes if is_open_between else (due_at - told_at) / MINUTE
    if minutes < shortest_minutes:
        return ()
    after = {Step.NOT_TAKEN: min(waits.not_taken_minutes, waits.not_taken_share * minutes)}
    if waits.up_the_line_below_minutes is None or minutes <= waits.up_the_line_below_minutes:
        after[Step.UP_THE_LINE] = min(waits.up_the_line_minutes, waits.up_the_line_share * minutes)
    lead = min(waits.before_due_minutes, waits.before_due_share * minutes)
    if is_open_between:
        planned = {step: add_working_minutes(calendar, told_at, wait) for step, wait in after.items()}
        planned[Step.BEFORE_DUE] = subtract_working_minutes(calendar, due_at, lead)
    else:
        planned = {step: told_at + wait * MINUTE for step, wait in after.items()}
        planned[Step.BEFORE_DUE] = due_at - lead * MINUTE
    return tuple(Planned(step, at) for step, at in planned.items())


def _innsyn_steps(told_at: datetime, due_at: datetime, calendar: Calendar) -> tuple[Planned, ...]:
    """Amber and red when their day is over, and a last word on the morning of the last day (or of the last open day
    before it), while an answer can still leave in time; after the last word amber and red would say nothing new."""
    last_on = local_day(due_at)
    amber_on = statutory_days_after(last_on, INNSYN_AMBER_DAYS - INNSYN_LAST_DAY)
    red_on = statutory_days_after(last_on, INNSYN_RED_DAYS - INNSYN_LAST_DAY)
    last_open_on = local_day(subtract_working_minutes(calendar, due_at, 1))
    last_word = Planned(Step.BEFORE_DUE, windows(calendar, last_open_on)[0].opens_at)
    planned: tuple[Planned, ...] = (
        Planned(Step.AMBER, local_instant(amber_on, LAST_MINUTE)),
        Planned(Step.RED, local_instant(red_on, LAST_MINUTE)),
    )
    if last_word.at > told_at:
        planned = (*(plan for plan in planned if plan.at < last_word.at), last_word)
    return tuple(plan for plan in planned if told_at < plan.at < due_at)


def _late_steps(from_at: datetime, calendar: Calendar, waits: Waits, gap_minutes: int) -> tuple[Planned, ...]:
    """The steps after the due time. The rådmann hears of it when the next day opens, but not before the kommunalsjef:
    due shortly before closing, two hours of opening time end the next morning, and the rådmann is told right after."""
    overdue_at = add_working_minutes(calendar, from_at, waits.overdue_minutes)
    two_hours_at = add_working_minutes(calendar, from_at, waits.two_hours_minutes)
    morning_at = max(next_morning(calendar, from_at), add_working_minutes(calendar, two_hours_at, gap_minutes))
    late = {Step.OVERDUE: overdue_at, Step.OVERDUE_TWO_HOURS: two_hours_at, Step.NEXT_MORNING: morning_at}
    return tuple(Planned(step, at) for step, at in late.items())
