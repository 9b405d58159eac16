"""The worker: a tick a minute, under a lease. Each tick settles the ledger and sends what is ready.

APScheduler gives the ticks. It plans by the wall clock, so a watchdog on the monotonic one wakes it when that was set
back, and ends the process when no tick comes through: whoever started it starts it again. Nothing here runs before
`running` is entered; importing the application starts no thread."""

import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from threading import Event, Thread

from apscheduler.schedulers.background import BackgroundScheduler

from pressedesk import channels, clock, db, delivery, logs, pulse, reminders
from pressedesk.channels import Channel
from pressedesk.config import Settings
from pressedesk.desk import crisis
from pressedesk.pulse import Held

log = logging.getLogger(__name__)

CLOCKS_MAY_PART_SECONDS = 300
ROUND_SECONDS = 30  # how long one tick sends before the next settles the ledger again
LOOK_SECONDS = 5  # how often the watchdog looks
LATE_SECONDS = 10  # after a tick was to come, before the watchdog asks for it
DEAD_SECONDS = 180  # without a tick coming through
CLOCKS_PARTED = "clocks_parted"
SOFTWARE_FAILED = 70  # as sysexits.h has it


class Worker:
    """One loop. `channel` None: the ledger is settled, and what is to be sent stays in the queue."""

    def __init__(
        self, channel: Channel | None, tick_seconds: int = 60, end: Callable[[int], object] = os._exit
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._channel = channel
        self._tick_seconds = tick_seconds
        self._end = end
        self._held: Held | None = None
        self._apart = _apart()
        self._ticked = clock.monotonic()
        self._stopping = Event()
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def tick(self) -> None:
        """Settle the ledger, send what is ready, and show that it was done. Raises nothing: the next tick comes."""
        try:
            self._tick()
        except pulse.Fenced:
            log.warning("worker %s: another has taken over", self.name)
        except Exception as error:
            log.error("worker %s: a tick failed\n%s", self.name, logs.where_failed(error))
        finally:
            self._ticked = clock.monotonic()

    def _tick(self) -> None:
        self._compare_clocks()
        self._held = pulse.take_lease(self.name, clock.now())
        if self._held is None:
            return
        with db.reading() as tx:
            is_paused = pulse.is_paused(tx)
        if not is_paused:
            crisis.settle(clock.now(), self._held)
            reminders.tick(clock.now(), self._held)
            self._send()
        pulse.beat(clock.now())

    def _send(self) -> None:
        until = clock.monotonic() + ROUND_SECONDS
        while self._channel is not None and clock.monotonic() < until and not self._stopping.is_set():
            if not delivery.deliver_next(self._channel, self.name, clock.now(), self._held):
                return

    def _compare_clocks(self) -> None:
        """A wall clock that jumped would chase the wrong people at the wrong hour: sending waits for a person."""
        apart = _apart()
        if abs(apart - self._apart) > CLOCKS_MAY_PART_SECONDS:
            self._apart = apart
            pulse.pause(CLOCKS_PARTED, clock.now())
            log.error("worker %s: the clock was moved, so sending waits until KIS releases it", self.name)

    def start(self) -> None:
        """Begin to tick, the first time at once."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=self._tick_seconds,
            id=pulse.TICK,
            next_run_time=clock.now(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()
        Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Let the tick under way finish its mail, and the next worker begin at once."""
        self._stopping.set()
        self._scheduler.shutdown()
        if self._held is not None:
            pulse.end_lease(self._held, clock.now())

    def _watch(self) -> None:
        try:
            while not self._stopping.wait(LOOK_SECONDS):
                self.look()
        except BaseException as error:
            log.critical("worker %s: the watchdog died\n%s", self.name, logs.where_failed(error))
            self._end(SOFTWARE_FAILED)

    def look(self) -> None:
        """See whether ticks come. One that is late is asked for; where none comes through, the process ends."""
        silent_seconds = clock.monotonic() - self._ticked
        if silent_seconds > DEAD_SECONDS:
            log.critical("worker %s: no tick for %.0f seconds, so the process ends", self.name, silent_seconds)
            self._end(SOFTWARE_FAILED)
        elif silent_seconds > self._tick_seconds + LATE_SECONDS:
            self._scheduler.modify_job(pulse.TICK, next_run_time=clock.now())


def _apart() -> float:
    """Seconds between the two clocks. Only a change of it means something."""
    return clock.now().timestamp() - clock.monotonic()


@contextmanager
def running(settings: Settings) -> Iterator[Worker]:
    """A worker that ticks until the block is left. Raises ConfigError."""
    worker = Worker(channels.configured(settings), settings.tick_seconds)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
