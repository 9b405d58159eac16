"""Reads a deadline typed in haste, in bokmål or nynorsk, and echoes what it understood. Pure.

Every word must be used up, or the phrase is refused: a wrong reading looks right. What is decided where a phrase could
mean two things, always shown in the echo:
- A clock alone is today; when it has passed we say so, and do not guess tomorrow.
- «kl 1» to «kl 6» are afternoon unless written «03» or «03.00»; «kl 7» to «kl 12» are as written.
- A date without a clock is 15.30, when the office closes; lunch 11.30, ettermiddag 15.30, kveld 20.00.
- A date without a year is the one to come, but one of the last six months has passed.
- «tirsdag» is the next one to come, refused on a Tuesday; «neste tirsdag» is that of next week, Monday first.
- «10.11» alone could be a clock or a date and is refused; beside a clock it is a date, beside a date a clock.
- A clock time that comes twice in autumn is its first; one that is skipped in spring is refused.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from pressedesk.formats import clean_line, clock_time, countdown, day, day_and_time, excerpt, when
from pressedesk.timegrammar import (
    FURTHEST_DAYS,
    NOTHING,
    RULES,
    TOO_FAR,
    TWO_TIMES,
    Clock,
    Found,
    Unclear,
    Weekday,
    valid_date,
)
from pressedesk.timewords import OFFICE_CLOSES, Part
from pressedesk.workhours import DAY, OSLO, local_day, local_instant

LONGEST_PHRASE = 120  # characters
EXAMPLES = "Skriv for eksempel «kl. 14», «i morgen kl. 10» eller «26.11. kl. 12»."


@dataclass(frozen=True)
class Read:
    """The deadline (UTC) and its echo: «tirsdag 24.11. kl. 14.00, om 4 t»."""

    at: datetime
    words: str


@dataclass(frozen=True)
class WithoutTime:
    """Understood, and there is no time in it: «så snart som mulig» or «ingen frist»."""

    words: str


@dataclass(frozen=True)
class Past:
    """Understood, but the time has gone. `sentence` says so and what to write."""

    at: datetime
    sentence: str


@dataclass(frozen=True)
class NotUnderstood:
    """Refused: the words that were not used, and a sentence that says what to write."""

    left_over: tuple[str, ...]
    sentence: str


Reading = Read | WithoutTime | Past | NotUnderstood


def read(text: str, now: datetime) -> Reading:
    """What a typed deadline means at `now`. Takes a time from a native picker as well (2026-11-24T14:00).

    Never raises for any text."""
    if len(text) > LONGEST_PHRASE:
        return NotUnderstood((excerpt(text[:LONGEST_PHRASE], 40),), f"Fristen er for lang til å forstås. {EXAMPLES}")
    line = clean_line(unicodedata.normalize("NFKC", text)).lower()
    try:
        return _picked(line, now) or _typed(line, now)
    except Unclear as unclear:
        return NotUnderstood((), str(unclear))


_PICKED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(z|[+-][0-9]{2}:[0-9]{2})?")
SILENT = frozenset(',.!:;()«»"')
_TOKENS = re.compile(r"[0-9]+(?:[.:,/-][0-9]+)*\.?|[^\W\d_]+\.?|\S")


def _picked(line: str, now: datetime) -> Reading | None:
    if not _PICKED.fullmatch(line):
        return None
    try:
        at = datetime.fromisoformat(line.upper())
    except ValueError:
        return None
    if valid_date(at.year, at.month, at.day) is None:
        return None
    return _answer(_instant(at.date(), at.time()) if at.tzinfo is None else at.astimezone(UTC), now)


def _typed(line: str, now: datetime) -> Reading:
    tokens = _TOKENS.findall(line)
    words = [token.rstrip(".") if token[0].isalpha() else token for token in tokens if token not in SILENT]
    today, found, at = local_day(now), NOTHING, 0
    used: list[str] = []
    left_over: list[str] = []
    while at < len(words):
        match = next((m for rule in RULES if (m := rule(words[at:], today))), None)
        length, meaning = match or (1, NOTHING)
        (used if match else left_over).extend(words[at : at + length])
        found = found.and_(meaning)
        at += length
    if left_over or found == NOTHING:
        return NotUnderstood(tuple(left_over), _not_understood(used, left_over))
    return _combine(found, now)


def _not_understood(used: list[str], left_over: list[str]) -> str:
    if not left_over:
        return f"Når er fristen? {EXAMPLES}"
    unknown = excerpt(" ".join(left_over), 40)
    known = f"Forstår «{' '.join(used)}», men ikke «{unknown}»." if used else f"Forstår ikke «{unknown}»."
    return f"{known} {EXAMPLES}"


# From meanings to an instant


def _combine(found: Found, now: datetime) -> Reading:
    found = _settle(found)
    if found.span is not None:
        if found.day or found.weekday or found.clock or found.part:
            raise Unclear(TWO_TIMES)
        at = now + found.span
        return _answer(at.replace(second=0, microsecond=0), now)
    if found.without_time and found == Found(without_time=found.without_time):
        return WithoutTime(found.without_time)
    clock = _clock_time(found.clock, found.part)
    on = _day(found.day, found.weekday, now)
    return _answer(_instant(on, clock) if clock else _instant(on + DAY, time(0)), now)


def _settle(found: Found) -> Found:
    """Decide for each «10.11» whether it is a clock or a date: whichever is still missing, the date first."""
    if not found.either:
        return found
    rest = replace(found, either=())
    if len(found.either) == 1 and rest.day is None and rest.clock is None and rest.part is None:
        clock, _ = found.either[0]
        written = f"{clock.hour}.{clock.minute:02}"
        raise Unclear(
            f"«{written}» kan være klokkeslett eller dato. Skriv «kl. {written}», eller både dato og klokkeslett."
        )
    for clock, on in found.either:
        rest = rest.and_(Found(day=on) if rest.day is None else Found(clock=clock))
    return rest


def _day(on: date | None, weekday: Weekday | None, now: datetime) -> date:
    """The date, the weekday's date, or today; a weekday beside a date must be that date's."""
    if weekday is None:
        return on or local_day(now)
    if on is None and weekday.day is None:
        raise Unclear(f"I dag er det {weekday.name}. Skriv «i dag» eller «neste {weekday.name}», og klokkeslett.")
    if on is not None and on.weekday() != weekday.index:
        raise Unclear(f"Dagen stemmer ikke: {day(on, local_day(now))} er ikke en {weekday.name}.")
    return on or weekday.day or local_day(now)


def _clock_time(clock: Clock | None, part: Part | None) -> time | None:
    """The local time; None is midnight at the end of the day."""
    if clock is None:
        return part.default if part else OFFICE_CLOSES
    hour = clock.hour
    afternoon = (1, 6) if part is None else part.afternoon
    if not clock.as_written and afternoon[0] <= hour <= afternoon[1]:
        hour += 12
    if part is not None and not part.first_hour <= hour <= part.last_hour:
        raise Unclear(f"Klokkeslettet passer ikke til tiden på dagen. {EXAMPLES}")
    return None if hour == 24 else time(hour, clock.minute)


def _instant(on: date, clock: time) -> datetime:
    at = local_instant(on, clock)
    if at.astimezone(OSLO).time() != clock:
        raise Unclear(f"Klokka {clock:%H.%M} finnes ikke den natta, for da stilles klokka fram. {EXAMPLES}")
    return at


def _answer(at: datetime, now: datetime) -> Reading:
    if at > now + FURTHEST_DAYS * DAY:
        raise Unclear(TOO_FAR)
    if at > now:
        return Read(at, f"{day_and_time(at, now)}, {countdown(at, now)}")
    if local_day(at) == local_day(now):
        tomorrow = f"«i morgen kl. {clock_time(at)}»"
        return Past(at, f"Klokka {clock_time(at)} i dag er passert. Skriv et senere klokkeslett, eller {tomorrow}.")
    gone = when(at, now)
    return Past(at, f"{gone[0].upper()}{gone[1:]} er passert. Skriv en senere frist.")
