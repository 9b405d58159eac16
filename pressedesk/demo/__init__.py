"""The demo municipality: invented people, and a year of inquiries that went through the use cases at injected times.

Loaded into an empty database only, and never in production: its passwords are known to everybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select

from pressedesk import auth, db, organisation
from pressedesk.demo import founding, history
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
    """Make the municipality and about so many inquiries, up to `now`. None where the database has people already."""
    with db.reading() as tx:
        if tx.scalar(select(Person.id).limit(1)) is not None:
            return None
    ids = founding.found(auth.hash_password(PASSWORD), now - FOUNDED, now)
    with db.reading() as tx:
        calendar = organisation.calendar(tx)
    desk = Desk(ids, now, Random(2026), calendar)  # noqa: S311  (the same every time)
    for from_at, to_at, person_id in founding.absences(ids, now):
        desk.plan(from_at, lambda at, to_at=to_at, who=person_id: founding.register_absence(who, at, to_at))  # type: ignore[misc]
    history.a_year(desk, inquiries)
    desk.work(lambda at: None)
    return Loaded(len(ids.people), desk.inquiries)
