"""Who holds an office from when to when, and who acts when the holder is away."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pressedesk.access import Do
from pressedesk.administration.change import By, Edit, Invalid, change, demand_version, found
from pressedesk.models import Deputy, Holder, Office, Person
from pressedesk.regulation.vocabulary import ADMINISTRATION, Role

POLITICAL = frozenset({Role.ORDFORER, Role.VARAORDFORER})
DAY = timedelta(days=1)


def appoint(
    by: By,
    office_id: int,
    person_id: int,
    from_on: date,
    now: datetime,
    to_on: date | None = None,
    seen: int | None = None,
) -> None:
    """The person holds the office from a day, up to and including `to_on`; whoever held it ends the day before.

    Somebody appointed from that same day is replaced, which is how a mistake is mended. Raises Refused, NotFound,
    Stale, and Invalid where somebody else begins in the new holder's time."""
    with change(by, Do.ADMINISTER, now) as edit:
        office: Office = found(edit.tx, Office, office_id)
        demand_version(edit.tx, Office, office_id, seen)
        _present_person(edit, person_id, "person_id")
        if to_on is not None and to_on < from_on:
            raise Invalid("to_on", "Siste dag må være etter første dag.")
        ended = _make_room(edit, office_id, from_on, to_on)
        edit.tx.add(Holder(office_id=office_id, person_id=person_id, from_on=from_on, to_on=to_on))
        edit.record(
            office,
            "holder_appointed",
            old=ended,
            new=person_id,
            from_on=from_on.isoformat(),
            to_on=to_on.isoformat() if to_on else None,
        )


def vacate(by: By, office_id: int, last_on: date, now: datetime, seen: int | None = None) -> None:
    """Whoever holds the office on `last_on` holds it no longer after that day.

    Raises Refused, NotFound, Stale, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        office: Office = found(edit.tx, Office, office_id)
        demand_version(edit.tx, Office, office_id, seen)
        holding = [row for row in _rows(edit.tx, office_id) if _covers(row, last_on)]
        if not holding:
            raise Invalid("last_on", "Ingen har stillingen den dagen.")
        for row in holding:
            row.to_on = last_on
        edit.record(office, "holder_ended", old=[row.person_id for row in holding], last_on=last_on.isoformat())


def set_deputies(by: By, office_id: int, person_ids: Sequence[int], now: datetime, seen: int | None = None) -> None:
    """Who acts when the holder is away: the first of these who is present. An empty list takes all away.

    Raises Refused, NotFound, Stale, and Invalid for the holder himself, a repetition, somebody who has left, or a
    deputy from the administration for the elected leaders or the other way round."""
    with change(by, Do.ADMINISTER, now) as edit:
        office: Office = found(edit.tx, Office, office_id)
        demand_version(edit.tx, Office, office_id, seen)
        if len(set(person_ids)) != len(person_ids):
            raise Invalid("person_ids", "Samme person står to ganger.")
        holders = {row.person_id for row in _rows(edit.tx, office_id) if _covers(row, edit.today)}
        for person_id in person_ids:
            _present_person(edit, person_id, "person_ids")
            if person_id in holders:
                raise Invalid("person_ids", "Den som har stillingen, kan ikke være sin egen stedfortreder.")
            _demand_same_side(edit, office, person_id)
        rows = list(edit.tx.scalars(select(Deputy).where(Deputy.office_id == office_id).order_by(Deputy.position)))
        for row in rows:
            edit.tx.delete(row)
        edit.tx.flush()
        edit.tx.add_all(
            Deputy(office_id=office_id, person_id=person_id, position=position)
            for position, person_id in enumerate(person_ids, 1)
        )
        edit.record(office, "deputies_set", old=[row.person_id for row in rows], new=list(person_ids))


def _rows(tx: Session, office_id: int) -> list[Holder]:
    return list(tx.scalars(select(Holder).where(Holder.office_id == office_id).order_by(Holder.from_on)))


def _covers(row: Holder, on: date) -> bool:
    return row.from_on <= on and (row.to_on is None or row.to_on >= on)


def _make_room(edit: Edit, office_id: int, from_on: date, to_on: date | None) -> list[int]:
    """End whoever holds the office at `from_on`, so that no day has two holders. Returns whom."""
    ended = []
    for row in _rows(edit.tx, office_id):
        if row.from_on > from_on and (to_on is None or row.from_on <= to_on):
            raise Invalid("from_on", "Stillingen har alt en innehaver fra en senere dag. Velg en siste dag før den.")
        if not _covers(row, from_on):
            continue
        ended.append(row.person_id)
        if row.from_on == from_on:
            edit.tx.delete(row)
        else:
            row.to_on = from_on - DAY
    return ended


def _present_person(edit: Edit, person_id: int, field: str) -> Person:
    person: Person | None = edit.tx.get(Person, person_id)
    if person is None or (person.left_at is not None and person.left_at <= edit.now):
        raise Invalid(field, "Velg en person som arbeider i kommunen.")
    return person


def _demand_same_side(edit: Edit, office: Office, person_id: int) -> None:
    """Politics and administration never stand in for each other."""
    today = or_(Holder.to_on.is_(None), Holder.to_on >= edit.today)
    held = set(
        edit.tx.scalars(
            select(Office.role)
            .join(Holder, Holder.office_id == Office.id)
            .where(Holder.person_id == person_id, Holder.from_on <= edit.today, today)
        )
    )
    across = (office.role in POLITICAL and held & ADMINISTRATION) or (
        office.role in ADMINISTRATION and held & POLITICAL
    )
    if across:
        raise Invalid("person_ids", "Politikk og administrasjon kan ikke være stedfortredere for hverandre.")
