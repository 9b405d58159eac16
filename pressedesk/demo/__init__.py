"""The demo municipality: invented people, and a year of inquiries that went through the use cases at injected times.

Loaded into an empty database only, and never in production: its passwords are known to everybody.
"""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from pressedesk import auth, db, organisation
from pressedesk.demo import founding, history, post, today
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
    with db.reading() as tx:
        if tx.scalar(select(Person.id).limit(1)) is not None:
            return None
    password_hash = auth.hash_password(PASSWORD)
    with _fast():
        ids = founding.found(password_hash, now - FOUNDED, now)
        with db.reading() as tx:
            desk = Desk(ids, now, Random(2026), organisation.calendar(tx))  # noqa: S311  (the same every time)
        for from_at, to_at, person_id in founding.absences(ids, now):
            desk.plan(from_at, partial(founding.register_absence, person_id, to_at))
        desk.plan(now - timedelta(days=1), partial(founding.lose_email, ids))
        history.a_year(desk, max(inquiries - len(today.CASES), 0))
        today.stands(desk)
        desk.work(post.worker(now))
    return Loaded(len(ids.people), desk.inquiries)


@contextmanager
def _fast() -> Iterator[None]:
    """Without waiting for the disk after each act, or looking for garbage: what is lost can be loaded again."""
    is_sqlite = db.engine().dialect.name == "sqlite"
    _synchronous(is_sqlite, "OFF")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _synchronous(is_sqlite, "FULL")


def _synchronous(is_sqlite: bool, how: str) -> None:
    """The pool hands out one connection again and again, as long as nobody asks for a second at the same time."""
    if is_sqlite:
        with closing(db.engine().raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA synchronous={how}")
