"""The only module that reads the time.

Views, commands and the worker ask here and hand the answer on; everything below them takes `now` as an argument.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        """The instant by the wall clock, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds by a clock that nobody can set."""
        return time.monotonic()


class FrozenClock:
    """Clocks that stand still until they are moved. For tests and for the demo's year of history."""

    def __init__(self, at: datetime) -> None:
        """`at` is an aware instant; a naive one raises ValueError."""
        self.set(at)
        self._seconds = 0.0

    def now(self) -> datetime:
        """The instant the clock was set to, in UTC."""
        return self._at

    def monotonic(self) -> float:
        """Seconds advanced since the clock was frozen."""
        return self._seconds

    def set(self, at: datetime) -> None:
        """Set the wall clock alone, as somebody who corrects a machine's clock would."""
        if at.tzinfo is None:
            raise ValueError(f"{at} has no time zone")
        self._at = at.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        """Let `span` pass, on both clocks."""
        self._at += span
        self._seconds += span.total_seconds()


_clock: SystemClock | FrozenClock = SystemClock()


def now() -> datetime:
    """The instant, aware, in UTC."""
    return _clock.now()


def monotonic() -> float:
    """Seconds from an arbitrary start; never runs backwards."""
    return _clock.monotonic()


@contextmanager
def frozen(at: datetime) -> Iterator[FrozenClock]:
    """Inside, every thread of the process reads a clock that stands at `at`; yields it, to be moved."""
    global _clock
    before, _clock = _clock, FrozenClock(at)
    try:
        yield _clock
    finally:
        _clock = before
