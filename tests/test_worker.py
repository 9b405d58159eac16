"""The worker: what a tick does, what a moved clock does to it, and that it never dies in silence."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import clock, config, db, delivery, pulse, worker
from pressedesk.channels import SENT, Letter, Outcome
from pressedesk.clock import FrozenClock
from pressedesk.config import ConfigError, Settings
from pressedesk.models import DeliveryState, SendingPause
from pressedesk.worker import Worker
from tests.calls import log_call, messages
from tests.organisation import Town

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Told:
    """A channel in memory, which also says when something came."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.came = threading.Event()

    def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        self.came.set()
        return SENT


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def made(town: Town, told: Told, at_noon: FrozenClock) -> Worker:
    """A worker that nobody has started: each tick is called. It ends no process."""
    return Worker(told, end=[].append)


def is_stale() -> bool:
    """Whether reminders stand still."""
    with db.reading() as tx:
        return pulse.is_stale(tx, clock.now())


def test_a_tick_settles_sends_and_shows_life(made: Worker, town: Town, told: Told, at_noon: FrozenClock) -> None:
    """A call is told of within the minute, chased when its step comes, and the heart beats."""
    log_call(town, clock.now())
    assert is_stale()
    made.tick()
    assert ([letter.to for letter in told.letters], is_stale()) == (["leder@granli.example"], False)
    at_noon.advance(30 * MINUTE)
    made.tick()
    assert told.letters[-1].subject.startswith("Ikke tatt ennå")


def test_without_a_channel_messages_stay_and_the_heart_beats(town: Town, at_noon: FrozenClock) -> None:
    """No mail server is set up yet: nothing is lost."""
    log_call(town, clock.now())
    Worker(None).tick()
    assert ([row.state for row in messages()], is_stale()) == ([DeliveryState.QUEUED], False)


def test_two_workers_and_only_one_ticks(made: Worker, town: Town, told: Told, at_noon: FrozenClock) -> None:
    """The other takes over when the first is gone, and the first does nothing when it comes back."""
    other = Told()
    second = Worker(other)
    made.tick()
    second.tick()
    log_call(town, clock.now())
    second.tick()
    assert other.letters == []
    at_noon.advance(2 * MINUTE)
    second.tick()
    made.tick()
    assert (len(other.letters), told.letters) == (1, [])


def test_a_tick_that_fails_is_logged_without_names_and_the_next_one_comes(
    made: Worker, town: Town, told: Told, at_noon: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    """The kind of error and the line of code. The heart does not beat, so the page says that reminders stand still."""

    class Breaks(Told):
        def send(self, letter: Letter) -> Outcome:
            raise RuntimeError(letter.to)

    log_call(town, clock.now())
    Worker(Breaks(), end=[].append).tick()
    assert "RuntimeError" in caplog.text
    assert "granli" not in caplog.text
    assert is_stale()
    for _ in range(10):
        at_noon.advance(MINUTE)
        made.tick()
    assert (len(told.letters), is_stale()) == (1, False)


# --- Clocks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [-HOUR, HOUR, 3 * DAY, 3650 * DAY, timedelta(minutes=-6)], ids=str)
def test_a_clock_that_jumps_pauses_sending_until_kis_releases_it(
    made: Worker, town: Town, told: Told, at_noon: FrozenClock, jump: timedelta
) -> None:
    """Nobody is chased by a clock that is wrong; the loop itself lives on, and nothing comes twice afterwards."""
    log_call(town, clock.now())
    made.tick()
    before = clock.now()
    at_noon.advance(MINUTE)
    at_noon.set(clock.now() + jump)
    made.tick()
    with db.reading() as tx:
        assert pulse.is_paused(tx)
    assert (len(told.letters), is_stale()) == (1, False)
    at_noon.set(before + 2 * MINUTE)  # somebody sets it right
    made.tick()
    delivery.release_sending(town.people["kis"], clock.now())
    at_noon.advance(29 * MINUTE)
    made.tick()
    assert [letter.subject.partition(":")[0] for letter in told.letters] == ["Ny pressehenvendelse", "Ikke tatt ennå"]


def test_a_clock_that_stays_where_it_was_set_pauses_once(made: Worker, town: Town, at_noon: FrozenClock) -> None:
    """It was wrong before, and somebody set it right: once KIS has looked, sending goes on."""
    made.tick()
    at_noon.set(clock.now() + HOUR)
    made.tick()
    delivery.release_sending(town.people["kis"], clock.now())
    made.tick()
    with db.reading() as tx:
        assert not pulse.is_paused(tx)


def test_a_small_correction_of_the_clock_is_nothing(made: Worker, at_noon: FrozenClock) -> None:
    """As machines do every day."""
    made.tick()
    at_noon.set(clock.now() + timedelta(minutes=4))
    made.tick()
    with db.reading() as tx:
        assert tx.scalars(select(SendingPause)).all() == []


def test_after_three_days_off_nobody_gets_two_mails(made: Worker, town: Town, told: Told, at_noon: FrozenClock) -> None:
    """The process was gone; a new one starts and catches up in one tick."""
    log_call(town, clock.now())
    made.tick()
    at_noon.advance(3 * DAY)
    again = Told()
    Worker(again).tick()
    assert len(again.letters) == len({letter.to for letter in again.letters}) == 4


# --- Threads --------------------------------------------------------------------------------------------------------


@pytest.fixture
def served(town: Town, settings: Settings) -> Settings:
    """Settings of the demo, which needs no mail server."""
    config.activate(replace(settings, demo=True))
    return config.current()


def test_a_worker_ticks_at_once_and_stops_clean(served: Settings, town: Town) -> None:
    """Real threads: the first tick comes by itself, and nothing runs on afterwards; the lease is free."""
    log_call(town, clock.now())
    before = threading.active_count()
    told = Told()
    started = Worker(told)
    started.start()
    assert told.came.wait(10)
    started.stop()
    assert threading.active_count() <= before + 1  # the watchdog is on its way out
    assert pulse.take_lease("next", clock.now()) is not None


def test_the_demo_writes_its_mail_and_a_wrong_sender_stops_the_start(served: Settings, town: Town) -> None:
    """`running` is what serve and worker enter."""
    log_call(town, clock.now())
    with worker.running(served) as running:
        running.tick()
    assert len(list(served.instance_path.glob("demo-post/*.eml"))) == 1
    with pytest.raises(ConfigError), worker.running(replace(served, mail_host="smtp", mail_from="nobody")):
        pass


class Watched(Worker):
    """Says when a tick has gone through."""

    def __init__(self) -> None:
        super().__init__(None, end=[].append)
        self.ticked = threading.Event()

    def tick(self) -> None:
        super().tick()
        self.ticked.set()


def test_the_watchdog_asks_for_a_tick_that_is_late(town: Town) -> None:
    """A scheduler that plans by the wall clock would wait: the monotonic clock has gone on, so the tick comes now."""
    began = clock.now()
    with clock.frozen(began) as frozen:
        started = Watched()
        started.start()
        try:
            assert started.ticked.wait(10)
            started.ticked.clear()
            frozen.advance(timedelta(seconds=70))
            started.look()  # not late yet
            frozen.advance(timedelta(seconds=1))
            frozen.set(began)  # the wall clock was set back meanwhile
            assert not started.ticked.is_set()
            started.look()
            assert started.ticked.wait(10)  # of the 60 seconds it would have taken by itself
        finally:
            started.stop()


def test_a_loop_that_is_dead_ends_the_process(town: Town, at_noon: FrozenClock) -> None:
    """Whoever started it starts it again; a process that only looks alive is worse."""
    ended: list[int] = []
    made = Worker(None, end=ended.append)
    at_noon.advance(timedelta(seconds=181))
    made.look()
    assert ended == [worker.SOFTWARE_FAILED]
