"""The clock: aware, in UTC, and ours to stop and move."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pressedesk import clock

AT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    """Nobody below the edge ever sees a naive instant."""
    assert clock.now().utcoffset() == timedelta(0)


def test_a_frozen_clock_stands_until_it_is_moved() -> None:
    """`advance` lets time pass on both clocks."""
    with clock.frozen(AT) as frozen:
        started = clock.monotonic()
        assert (clock.now(), clock.now()) == (AT, AT)
        frozen.advance(timedelta(minutes=3))
        assert clock.now() == AT + timedelta(minutes=3)
        assert clock.monotonic() - started == 180
    assert clock.now() != AT + timedelta(minutes=3)


def test_setting_the_wall_clock_leaves_the_monotonic_one() -> None:
    """As when somebody corrects a machine's clock: that difference is how we notice."""
    with clock.frozen(AT) as frozen:
        started = clock.monotonic()
        frozen.set(AT - timedelta(hours=1))
        assert clock.now() == AT - timedelta(hours=1)
        assert clock.monotonic() == started


def test_every_thread_sees_the_frozen_clock() -> None:
    """A served application reads it in threads of its own."""
    seen: list[datetime] = []
    with clock.frozen(AT):
        reader = threading.Thread(target=lambda: seen.append(clock.now()))
        reader.start()
        reader.join()
    assert seen == [AT]


def test_a_local_instant_is_turned_to_utc_and_a_naive_one_refused() -> None:
    """12.00 in Oslo in winter is 11.00 UTC."""
    with clock.frozen(datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=1)))):
        assert clock.now() == AT
        assert clock.now().utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 11, 24, 12, 0)):  # noqa: DTZ001
        pass
