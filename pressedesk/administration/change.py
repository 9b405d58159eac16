"""One change to the organisation or an account: who may, from which version, and the line of the record it leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pressedesk import access, db, events
from pressedesk.access import Actor, Do, NotFound, Refused
from pressedesk.db import Base
from pressedesk.events import Event, EventKind
from pressedesk.workhours import local_day


@dataclass(frozen=True)
class System:
    """Nobody at the desk: a command or the demo data. `name` is what the record says."""

    name: str = "system"


By = int | System
"""Who asks: a person's id, or the system, which may everything."""


class Invalid(Exception):
    """A value that cannot be used. `field` is the argument it came in, `message` a Norwegian sentence beside it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class Stale(Exception):
    """Somebody else changed it after the form was made."""


@dataclass
class Edit:
    """A change under way: its transaction, its instant, and who makes it (None: the system)."""

    tx: Session
    now: datetime
    who: Actor | None
    name: str
    recorded: int = 0

    @property
    def today(self) -> date:
        """The local date of the change."""
        return local_day(self.now)

    def demand(self, needs: Do) -> None:
        """Raises Refused where whoever makes the change may not do this."""
        if self.who is not None and not access.may(self.who, needs):
            raise Refused(REFUSALS[needs])

    def record(self, about: Base, what: str, kind: EventKind = EventKind.ORGANISATION_CHANGED, **data: Any) -> None:
        """Write the line of the record. Data is codes, ids, dates and names of units; of a person only the id."""
        self.tx.flush()
        self.recorded += 1
        by = self.who.person_id if self.who else None
        about_key = key_of(type(about), _id(about))
        events.record(self.tx, kind, self.now, self.name, by, about=about_key, what=what, **data)


@contextmanager
def change(by: By, needs: Do, now: datetime) -> Iterator[Edit]:
    """One change by somebody who may `needs`. Raises Refused, and NotFound for a person who has left."""
    with db.writing() as tx:
        if isinstance(by, System):
            edit = Edit(tx, now, None, by.name)
        else:
            who = access.actor(tx, by, now)
            edit = Edit(tx, now, who, who.name)
        edit.demand(needs)
        yield edit
        if not edit.recorded:
            raise RuntimeError("a change must record an event")


REFUSALS = {
    Do.ADMINISTER: "Organisasjonen endres av administrator eller leder for KIS.",
    Do.ADMINISTER_ACCOUNTS: "Brukere endres av administrator.",
    Do.SET_ABSENCE: "Fravær for andre registreres av en overordnet, sentralbordet, leder for KIS eller administrator.",
    Do.SET_OWN_ABSENCE: "Du må være logget inn for å registrere fravær.",
}


def key_of(kind: type[Base], row_id: int) -> str:
    """How the record names a row: «office:12»."""
    return f"{kind.__tablename__}:{row_id}"


def _id(row: Base) -> int:
    found: int = row.id  # type: ignore[attr-defined]  # every table of the organisation has one
    return found


def version(tx: Session, kind: type[Base], row_id: int) -> int:
    """The newest line of the record about a row; 0 for one that never changed. A form carries it as `seen`."""
    about = Event.data["about"].as_string() == key_of(kind, row_id)
    return tx.scalar(select(func.max(Event.id)).where(Event.inquiry_id.is_(None), about)) or 0


def demand_version(tx: Session, kind: type[Base], row_id: int, seen: int | None) -> None:
    """Raises Stale where a row has changed since `seen`; None: whoever asks has seen nothing, and means it anyway."""
    if seen is not None and version(tx, kind, row_id) != seen:
        raise Stale


def found(tx: Session, kind: type[Any], row_id: int) -> Any:
    """The row with this id. Raises NotFound."""
    row = tx.get(kind, row_id)
    if row is None:
        raise NotFound(row_id)
    return row
