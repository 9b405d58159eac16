"""Signs of life: the lease and its epoch, the heartbeat, the pause, the lights."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import config, db, pulse
from pressedesk.config import Settings
from pressedesk.events import Event, EventKind
from pressedesk.pulse import Held, Light
from tests.organisation import Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("town")


def red(now: datetime) -> list[Light]:
    """The lights that are red."""
    with db.reading() as tx:
        return pulse.red_lights(tx, now)


def test_one_worker_holds_the_lease() -> None:
    """The others get nothing while it renews; the epoch stays."""
    assert pulse.take_lease("a", NINE) == Held("a", 1)
    assert pulse.take_lease("b", NINE + MINUTE) is None
    assert pulse.take_lease("a", NINE + MINUTE) == Held("a", 1)
    assert pulse.take_lease("b", NINE + 2 * MINUTE) is None


@pytest.mark.parametrize("at", [NINE + pulse.LEASE_LASTS, NINE - HOUR, NINE + HOUR])
def test_a_lease_that_ran_out_goes_to_the_next_with_a_new_epoch(at: datetime) -> None:
    """Run out, or left behind by a clock that was set back."""
    old = pulse.take_lease("a", NINE)
    assert pulse.take_lease("b", at) == Held("b", 2)
    with db.writing() as tx, pytest.raises(pulse.Fenced):
        pulse.demand(tx, old)
    assert pulse.take_lease("a", at + MINUTE) is None


def test_a_worker_that_stops_lets_the_next_begin_at_once() -> None:
    """Only its own lease can be ended."""
    held = pulse.take_lease("a", NINE)
    assert held is not None
    pulse.end_lease(Held("a", 7), NINE + SECOND)
    assert pulse.take_lease("b", NINE + SECOND) is None
    pulse.end_lease(held, NINE + SECOND)
    assert pulse.take_lease("b", NINE + SECOND) == Held("b", 2)


@pytest.mark.parametrize(
    ("since", "stale"), [(timedelta(), False), (3 * MINUTE, False), (3 * MINUTE + SECOND, True), (-HOUR, True)]
)
def test_the_heartbeat_is_stale_after_three_minutes(since: timedelta, stale: bool) -> None:
    """A beat from the future is a clock that was set back, and no sign of life."""
    pulse.beat(NINE - HOUR)
    pulse.beat(NINE)
    with db.reading() as tx:
        assert pulse.is_stale(tx, NINE + since) is stale


def test_no_beat_at_all_is_stale() -> None:
    """Nobody has started a worker yet."""
    with db.reading() as tx:
        assert pulse.is_stale(tx, NINE)


def test_a_pause_is_made_once_and_recorded() -> None:
    """However often the clocks are found apart."""
    pulse.pause("clocks_parted", NINE)
    pulse.pause("clocks_parted", NINE + MINUTE)
    with db.reading() as tx:
        assert pulse.is_paused(tx)
        assert [event.data for event in tx.scalars(select(Event).where(Event.kind == EventKind.SENDING_PAUSED))] == [
            {"reason": "clocks_parted"}
        ]


def test_the_lights(settings: Settings, town: Town) -> None:
    """Each for its own reason, and none when all is well."""
    assert red(NINE) == [Light.TICK, Light.MAIL]
    config.activate(replace(settings, mail_host="smtp.granli.example"))
    pulse.beat(NINE)
    assert red(NINE) == []
    pulse.pause("clocks_parted", NINE)
    assert red(NINE) == [Light.PAUSED]
    with db.writing() as tx:
        tx.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert Light.SCHEMA in red(NINE)
    assert all(light.label for light in Light)
