"""What shows that reminders and delivery live: the worker's lease, its heartbeat, and the pause of all sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pressedesk import channels, config, db, events
from pressedesk.events import EventKind
from pressedesk.models import Heartbeat, Lease, SendingPause

TICK = "tick"  # the one thing that must live
STALE = timedelta(minutes=3)
LEASE_LASTS = timedelta(seconds=90)  # longer than the longest time between two ticks


class Fenced(Exception):
    """Another worker has taken over: whoever gets this must not write any more."""


@dataclass(frozen=True)
class Held:
    """A lease as it was taken. The epoch goes up with every new holder, so an old one is known by it."""

    worker: str
    epoch: int


# The lease: saves work, and fences off a worker that was stopped and goes on. That nothing is done twice does not
# depend on it.


def take_lease(worker: str, now: datetime) -> Held | None:
    """Take or renew the lease for `worker`; None while another holds it.

    An end further away than a lease can last is a clock that was set back, and counts as over."""
    with db.writing() as tx:
        lease = tx.get(Lease, TICK)
        if lease is None:
            lease = Lease(name=TICK, worker=worker, epoch=1, until_at=now)
            tx.add(lease)
        elif lease.worker != worker:
            if now < lease.until_at <= now + LEASE_LASTS:
                return None
            lease.worker, lease.epoch = worker, lease.epoch + 1
        lease.until_at = now + LEASE_LASTS
        return Held(worker, lease.epoch)


def end_lease(held: Held, now: datetime) -> None:
    """Let the next worker begin at once."""
    with db.writing() as tx:
        lease = tx.get(Lease, TICK)
        if lease is not None and Held(lease.worker, lease.epoch) == held:
            lease.until_at = now


def demand(tx: Session, held: Held | None) -> None:
    """Raises Fenced, inside the transaction that is about to write, where another has the lease.

    None: somebody who works without a lease."""
    if held is None:
        return
    lease = tx.get(Lease, TICK)
    if lease is None or Held(lease.worker, lease.epoch) != held:
        raise Fenced(held.epoch)


# The heartbeat


def beat(now: datetime) -> None:
    """Write down that a tick went through."""
    with db.writing() as tx:
        tx.merge(Heartbeat(name=TICK, beat_at=now))


def last_beat(tx: Session) -> datetime | None:
    """When a tick last went through."""
    return tx.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == TICK))


def is_stale(tx: Session, now: datetime) -> bool:
    """Whether reminders stand still. A beat from the future is a clock that was set back, and is no sign of life."""
    beat_at = last_beat(tx)
    return beat_at is None or abs(now - beat_at) > STALE


# The pause


def paused_since(tx: Session) -> datetime | None:
    """Since when sending has waited for KIS to release it; None where it has not."""
    return tx.scalar(select(func.min(SendingPause.since_at)).where(SendingPause.released_at.is_(None)))


def is_paused(tx: Session) -> bool:
    """Whether sending waits for KIS to release it."""
    return paused_since(tx) is not None


def pause(reason: str, now: datetime) -> None:
    """Stop all sending until KIS releases it. `reason` is a code."""
    with db.writing() as tx:
        if not is_paused(tx):
            tx.add(SendingPause(since_at=now, reason=reason))
            events.record(tx, EventKind.SENDING_PAUSED, now, "system", reason=reason)


# The lights


class Light(StrEnum):
    """What can be red. The value is what an operator's monitor reads."""

    SCHEMA = "schema"
    TICK = "tick"
    PAUSED = "paused"
    MAIL = "mail"

    @property
    def label(self) -> str:
        return LIGHTS[self]


LIGHTS = {
    Light.SCHEMA: "Databasen er ikke i nyeste utgave",
    Light.TICK: "Påminnelser står stille",
    Light.PAUSED: "Utsending er stanset og venter på KIS",
    Light.MAIL: "E-post er ikke satt opp. Varsler blir liggende i kø",
}


def red_lights(tx: Session, now: datetime) -> list[Light]:
    """What keeps messages from reaching people now; empty when all is well."""
    red = {
        Light.SCHEMA: not db.is_at_head(),
        Light.TICK: is_stale(tx, now),
        Light.PAUSED: is_paused(tx),
        Light.MAIL: channels.configured(config.current()) is None,
    }
    return [light for light, is_red in red.items() if is_red]
