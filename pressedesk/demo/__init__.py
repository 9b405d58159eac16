"""The demo municipality: invented people, and a year of inquiries that went through the use cases at injected times.

Loaded into an empty database only, and never in production: its passwords are known to everybody.
"""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select

from pressedesk import auth, db, organisation
from pressedesk.demo import depth, founding, history, post, today
from pressedesk.demo.desk import Desk
from pressedesk.demo.municipality import LOG_INS as _LOG_INS
from pressedesk.models import Person

PASSWORD = "pressedesk"  # noqa: S105  (known on purpose)
LOG_INS = tuple(_LOG_INS)
INQUIRIES = 300
FOUNDED = timedelta(days=380)  # before now


@dataclass(frozen=True)
class Loaded:
    """What was loaded."""

    people: int
    inquiries: int


def load(now: datetime, inquiries: int = INQUIRIES) -> Loaded | None:
    """Make the municipality and so many inquiries up to `now`, today's few dozen at least.

    None where the database has people already."""
    if not is_empty():
        return None
    password_hash = auth.hash_password(PASSWORD)
    with _in_memory():
        ids = founding.found(password_hash, now - FOUNDED, now)
        with db.reading() as tx:
            desk = Desk(ids, now, Random(2026), organisation.calendar(tx))  # noqa: S311  (the same every time)
        for from_at, to_at, person_id in founding.absences(ids, now):
            desk.plan(from_at, partial(founding.register_absence, person_id, to_at))
        desk.plan(now - timedelta(days=1), partial(founding.lose_email, ids))
        history.a_year(desk, max(inquiries - len(today.CASES) - len(depth.CASES), 0))
        today.stands(desk)
        depth.stands(desk)
        desk.work(post.worker(now))
    return Loaded(len(ids.people), desk.inquiries)


def is_empty() -> bool:
    """Whether the database has nobody in it."""
    with db.reading() as tx:
        return tx.scalar(select(Person.id).limit(1)) is None


@contextmanager
def _in_memory() -> Iterator[None]:
    """Load an SQLite database aside, in memory, and put it in place when all of it is there: whoever interrupts it has
    an empty database still, and nobody waits for the disk after each act. Other databases are loaded where they are."""
    url = db.engine().url
    if url.get_backend_name() != "sqlite":
        yield
        return
    try:
        db.connect("sqlite://")
        db.migrate()
        gc.disable()
        yield
        _copy_to(str(url.database))
    finally:
        gc.enable()
        db.connect(url.render_as_string(hide_password=False))


def _copy_to(file: str) -> None:
    with closing(db.engine().raw_connection()) as source, closing(sqlite3.connect(file)) as target:
        loaded: Any = source.driver_connection
        loaded.backup(target)
