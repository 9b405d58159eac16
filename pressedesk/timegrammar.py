"""What each group of words in a deadline means: a date, a clock, a span. Pure.

A rule looks at the words that are left and says how many it used; `timephrases` puts the meanings together.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from pressedesk.timewords import (
    ARTICLES,
    CLOCK_WORDS,
    DAY_UNITS,
    FILLERS,
    FIXED,
    HALF,
    MINUTE_UNITS,
    MONTHS,
    NUMBERS,
    ONE_AND_A_HALF,
    WEEK_TAILS,
    WEEKDAYS,
    Part,
)
from pressedesk.workhours import DAY, MINUTE

FURTHEST_DAYS = 400
REMEMBERED_DAYS = 183  # a date without a year this far back has passed; one further back is next year's
TWO_TIMES = "Her står det to ulike tider. Skriv én dato og ett klokkeslett."
TOO_FAR = "Fristen er mer enn et år fram i tid. Er datoen riktig?"


class Unclear(Exception):
    """The words are known, but they do not make one time. The message is the sentence."""


@dataclass(frozen=True)
class Clock:
    hour: int
    minute: int
    as_written: bool  # a 24-hour clock: not to be moved to the afternoon


@dataclass(frozen=True)
class Weekday:
    """A named weekday and the date it means; None when it is today's name, which could be today or in a week."""

    index: int
    day: date | None

    @property
    def name(self) -> str:
        return next(name for name, index in WEEKDAYS.items() if index == self.index)


@dataclass(frozen=True)
class Found:
    """What one or more words mean. Every field can be filled once."""

    day: date | None = None
    weekday: Weekday | None = None
    clock: Clock | None = None
    part: Part | None = None
    span: timedelta | None = None
    without_time: str | None = None
    either: tuple[tuple[Clock, date], ...] = ()

    def and_(self, other: "Found") -> "Found":
        filled = {}
        for name in (field.name for field in fields(self) if field.name not in ("either", "without_time")):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine is not None and theirs is not None:
                raise Unclear(TWO_TIMES)
            filled[name] = theirs if mine is None else mine
        without_time = other.without_time or self.without_time
        return Found(**filled, without_time=without_time, either=self.either + other.either)


_Words = Sequence[str]
_Match = tuple[int, Found] | None  # how many words were used, and what they mean
NOTHING = Found()


# The rules: each looks at the words that are left and says how many of them it used


def _fixed(words: _Words, today: date) -> _Match:
    for length in range(min(4, len(words)), 0, -1):
        if phrase := FIXED.get(" ".join(words[:length])):
            on = None if phrase.days is None else today + phrase.days * DAY
            return length, Found(day=on, part=phrase.part, without_time=phrase.without_time)
    return None


def _weekday(words: _Words, today: date) -> _Match:
    used = 1 if words[0] in ("neste", "denne", "førstkommende", "kommende", "førstkomande", "komande") else 0
    index = WEEKDAYS.get(words[used]) if used < len(words) else None
    if index is None:
        return None
    used += 1
    weeks = {"denne": 0, "neste": 1}.get(words[0])
    for tail, weeks_on in WEEK_TAILS.items():
        if tuple(words[used : used + len(tail)]) == tail:
            used, weeks = used + len(tail), weeks_on
            break
    ahead = index - today.weekday() + 7 * weeks if weeks is not None else (index - today.weekday()) % 7
    is_clear = weeks is not None or ahead > 0
    return used, Found(weekday=Weekday(index, today + ahead * DAY if is_clear else None))


_FULL_DATE = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\.?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT_DATE = re.compile(r"([0-9]{1,2})(?:/([0-9]{1,2})\.?|\.([0-9]{1,2})\.)")
_DAY_NUMBER = re.compile(r"([0-9]{1,2})\.?")


def _date(words: _Words, today: date) -> _Match:
    used = 1 if words[0] == "den" and len(words) > 1 else 0
    word, after = words[used], words[used + 1 :]
    on, length = None, used + 1
    if match := _ISO_DATE.fullmatch(word):
        on = valid_date(int(match[1]), int(match[2]), int(match[3]))
    elif match := _FULL_DATE.fullmatch(word):
        on = valid_date(
            2000 + int(match[4]) % 100 if len(match[4]) == 2 else int(match[4]), int(match[3]), int(match[1])
        )
    elif match := _SHORT_DATE.fullmatch(word):
        on = _coming(int(match[1]), int(match[2] or match[3]), today)
    elif (match := _DAY_NUMBER.fullmatch(word)) and after and after[0] in MONTHS:
        on, length = _coming(int(match[1]), MONTHS[after[0]], today), used + 2
        if len(after) > 1 and after[1] in (str(today.year), str(today.year + 1)):
            on, length = valid_date(int(after[1]), MONTHS[after[0]], int(match[1])), used + 3
    elif match and used:
        on = _coming_day(int(match[1]), today)
    return (length, Found(day=on)) if on else None


def _span(words: _Words, today: date) -> _Match:
    """«om 2 timer og 30 minutter», «om halvannen time», «innen et kvarter», «om 3 dager»."""
    at = 1 if words[0] == "om" else 3 if tuple(words[:3]) == ("i", "løpet", "av") else 0
    minutes, days, start = 0.0, 0.0, at
    while item := _amount_and_unit(words[at:]):
        length, more_minutes, more_days = item
        minutes, days, at = minutes + more_minutes, days + more_days, at + length
        if at < len(words) - 1 and words[at] == "og" and _amount_and_unit(words[at + 1 :]):
            at += 1
    if at == start or (minutes and days) or days % 1:
        return None
    if minutes / 1440 + days > FURTHEST_DAYS:
        raise Unclear(TOO_FAR)
    return at, Found(span=minutes * MINUTE) if minutes else Found(day=today + timedelta(days=days))


def _amount_and_unit(words: _Words) -> tuple[int, float, float] | None:
    """«to og en halv time» as (words used, minutes, days)."""
    amount, used = _amount(words) if words else (0, 0)
    if not used or used >= len(words):
        return None
    unit = words[used]
    if unit in MINUTE_UNITS:
        return used + 1, amount * MINUTE_UNITS[unit], 0
    return (used + 1, 0, amount * DAY_UNITS[unit]) if unit in DAY_UNITS else None


def _amount(words: _Words) -> tuple[float, int]:
    """A number in front of a unit, and how many words it took; (0, 0) when there is none."""
    word = words[0]
    if word in ONE_AND_A_HALF:
        return 1.5, 1
    if word in HALF or (word in ARTICLES and len(words) > 1 and words[1] in HALF):
        return 0.5, 1 if word in HALF else 2
    if re.fullmatch(r"[0-9]{1,4}([.,][0-9])?", word):
        amount = float(word.replace(",", "."))
    elif word in ARTICLES or word in NUMBERS:
        amount = float(NUMBERS.get(word, 1))
    else:
        return 0, 0
    if len(words) > 3 and words[1] == "og" and words[2] in ARTICLES and words[3] in HALF:
        return amount + 0.5, 4
    return amount, 1


_HOUR_AND_MINUTE = re.compile(r"([0-9]{1,2})([.:,])([0-9]{1,2})\.?")


def _clock(words: _Words, today: date) -> _Match:
    """A clock time, with or without «kl.»; what could as well be a date is left to `_settle`."""
    named = 1 if words[0] in CLOCK_WORDS else 0
    rest = words[named:]
    if not rest:
        return None
    if match := _HOUR_AND_MINUTE.fullmatch(rest[0]):
        clock = _valid_clock(match[1], match[3]) if len(match[3]) == 2 else None
        on = _coming(int(match[1]), int(match[3]), today) if match[2] == "." and not named else None
        if clock and on:
            return 1, Found(either=((clock, on),))
        return (named + 1, Found(day=on, clock=clock)) if clock or on else None
    written = _written(rest, bool(named))
    return (named + written[0], Found(clock=written[1])) if written else None


def _spoken(words: _Words, today: date) -> _Match:
    """«halv tre», «kvart over to», «ti på halv tre»; the hour as it is said, on a clock of twelve."""
    at, minutes = 1 if words[0] in CLOCK_WORDS and len(words) > 1 else 0, 0
    if words[at] not in HALF:
        amount = 15 if words[at] in ("kvart", "kvarter") else _number(words[at])
        at += 2 if len(words) > at + 1 and MINUTE_UNITS.get(words[at + 1]) == 1 else 1
        if amount is None or amount >= 30 or at >= len(words) or words[at] not in ("over", "på"):
            return None
        minutes, at = amount if words[at] == "over" else -amount, at + 1
    if at < len(words) and words[at] in HALF:
        minutes, at = minutes - 30, at + 1
    hour = None if at >= len(words) else 1 if words[at] in ARTICLES else _number(words[at])
    if hour is None or not 1 <= hour <= 24:
        return None
    shown, minute = divmod(60 * hour + minutes, 60)
    return at + 1, Found(clock=Clock(shown or 12, minute, as_written=hour > 12))


def _written(words: _Words, named: bool) -> tuple[int, Clock] | None:
    """«16», «1430», «fjorten», and after «kl.» also «14 30» and «fjorten tretti»."""
    word, after = words[0].rstrip(".") if named else words[0], words[1:]
    if re.fullmatch("[0-9]{3,4}", word):
        clock = _valid_clock(word[:-2], word[-2:])
        return (1, clock) if clock else None
    hour = word if re.fullmatch("[0-9]{1,2}", word) else str(NUMBERS.get(word, ""))
    if named and after and not (len(after) > 1 and (after[1] in MONTHS or after[1] in MINUTE_UNITS)):
        minute = after[0] if re.fullmatch("[0-9]{2}", after[0]) else str(NUMBERS.get(after[0], ""))
        if len(minute) == 2 and hour and (clock := _valid_clock(hour, minute)):
            return 2, clock
    clock = _valid_clock(hour, "00") if hour else None
    used = 3 if len(after) > 1 and after[0] == "-" and after[1] in ("tiden", "tida") else 1
    return (used, clock) if clock else None


def _filler(words: _Words, today: date) -> _Match:
    lengths = (n for n in (3, 2, 1) if " ".join(words[:n]) in FILLERS)
    return next(((length, NOTHING) for length in lengths), None)


RULES: tuple[Callable[[_Words, date], _Match], ...] = (_fixed, _date, _weekday, _spoken, _span, _clock, _filler)


def _number(word: str) -> int | None:
    return int(word) if re.fullmatch("[0-9]{1,2}", word) else NUMBERS.get(word)


def _valid_clock(hour: str, minute: str) -> Clock | None:
    clock = Clock(int(hour), int(minute), as_written=hour.startswith("0") or int(hour) > 12)
    return clock if clock.minute < 60 and (clock.hour < 24 or (clock.hour, clock.minute) == (24, 0)) else None


def valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year < 2100 else None
    except ValueError:
        return None


def _coming(day: int, month: int, today: date) -> date | None:
    """A date without a year: this year's, or next year's when this year's is more than six months ago."""
    this_year = valid_date(today.year, month, day)
    if this_year and this_year >= today - REMEMBERED_DAYS * DAY:
        return this_year
    return valid_date(today.year + 1, month, day)


def _coming_day(day: int, today: date) -> date | None:
    """A date without a month: this month's, or next month's when it has passed."""
    this_month = valid_date(today.year, today.month, day)
    if this_month and this_month >= today:
        return this_month
    return valid_date(today.year + today.month // 12, today.month % 12 + 1, day)
