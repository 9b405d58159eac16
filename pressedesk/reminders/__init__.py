"""The tick: what is due in the ledger, and of the tasks, is put into the queue, once, and to the right persons.

Everything is derived from the database, so nothing is ever «missed»: after an outage every step is settled, but each
person gets one message about a strand, the highest step that concerns him. The unique keys of ledger and queue make it
harmless to tick twice, or from two workers at once."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pressedesk import db, logs, organisation, pulse
from pressedesk.pulse import Held
from pressedesk.reminders import ledger, tasks

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ticked:
    """What one tick did: strands whose ledger was settled, steps that were put into the queue, tasks that somebody was
    reminded of; strands and tasks that failed."""

    strands: int = 0
    steps: int = 0
    tasks: int = 0
    failed: int = 0


def tick(now: datetime, held: Held | None = None) -> Ticked:
    """Settle everything that is due at `now`, each strand and each task in a transaction of its own.

    One that fails stops no other, and is tried again at the next tick. Raises Fenced where another worker has taken
    over since `held`."""
    with db.reading() as tx:
        due, forgotten, to_do = ledger.due(tx, now), ledger.forgotten(tx), tasks.due(tx, now)
        if not (due or forgotten or to_do):
            return Ticked()
        org, calendar = organisation.snapshot(tx, now), organisation.calendar(tx)
    remember = _each("strand", forgotten, held, lambda tx, strand_id: ledger.remember(tx, strand_id, calendar, now))
    steps = _each("strand", due, held, lambda tx, strand_id: ledger.settle(tx, strand_id, org, calendar, now))
    reminded = _each("task", to_do, held, lambda tx, task_id: tasks.settle(tx, task_id, org, calendar, now))
    return Ticked(len(due), steps.done, reminded.done, remember.failed + steps.failed + reminded.failed)


@dataclass(frozen=True)
class _Sum:
    done: int
    failed: int


def _each(what: str, ids: Iterable[int], held: Held | None, settle: Callable[[Session, int], int]) -> _Sum:
    """Settle each in its own transaction; the sum of what `settle` says it did, and how many failed."""
    done = failed = 0
    for each in ids:
        try:
            with db.writing() as tx:
                pulse.demand(tx, held)
                done += settle(tx, each)
        except pulse.Fenced:
            raise
        except Exception as error:
            log.error("the reminders of %s %s failed\n%s", what, each, logs.where_failed(error))
            failed += 1
    return _Sum(done, failed)
