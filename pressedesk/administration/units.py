"""The tree of units and their offices."""

from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from pressedesk import access
from pressedesk.access import Do
from pressedesk.administration.change import By, Edit, Invalid, change, demand_version, found
from pressedesk.formats import clean_line
from pressedesk.models import Office, Strand, Unit, UnitKind
from pressedesk.organisation import ANYWHERE, AT_THE_TOP, LEADS
from pressedesk.regulation.vocabulary import Role
from pressedesk.workflow import OPEN

PARENTS = {
    UnitKind.MUNICIPALITY: frozenset[UnitKind](),
    UnitKind.AREA: frozenset({UnitKind.MUNICIPALITY}),
    UnitKind.UNIT: frozenset({UnitKind.AREA, UnitKind.MUNICIPALITY}),
    UnitKind.SECTION: frozenset({UnitKind.UNIT}),
}
"""What may stand above a unit of each kind. It only leads upwards, so the tree has no cycle."""

MANY_IN_A_UNIT = frozenset({Role.ANSATT})
OFFICES = {
    kind: frozenset({leader, Role.ANSATT}) | ANYWHERE | (AT_THE_TOP if kind is UnitKind.MUNICIPALITY else frozenset())
    for kind, leader in LEADS.items()
}
"""The roles that can be an office in a unit of each kind."""


def add_unit(by: By, kind: UnitKind, name: str, parent_id: int | None, now: datetime, is_kis: bool = False) -> int:
    """A new unit; returns its id. `is_kis`: its leader advises on information (point 14). Raises Refused, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        unit = Unit(
            kind=kind,
            name=_free_name(edit, name),
            parent_id=_parent(edit, kind, parent_id),
            is_kis=is_kis,
        )
        if is_kis and edit.tx.scalar(_open_units(edit.today).where(Unit.is_kis)):
            raise Invalid("is_kis", "En annen virksomhet er allerede KIS.")
        edit.tx.add(unit)
        edit.tx.flush()
        edit.record(unit, "unit_added", new=unit.name, kind_of_unit=kind.value, parent=parent_id)
        return unit.id


def change_unit(by: By, unit_id: int, name: str, parent_id: int | None, now: datetime, seen: int | None = None) -> None:
    """Another name, or another place in the tree. Raises Refused, NotFound, Stale, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        unit: Unit = found(edit.tx, Unit, unit_id)
        demand_version(edit.tx, Unit, unit_id, seen)
        old, old_parent = unit.name, unit.parent_id
        unit.name = _free_name(edit, name, unit_id)
        unit.parent_id = _parent(edit, unit.kind, parent_id)
        edit.record(unit, "unit_changed", old=old, new=unit.name, old_parent=old_parent, new_parent=parent_id)


def close_unit(by: By, unit_id: int, now: datetime) -> None:
    """From today on the unit and its offices are no more. Raises Refused, NotFound, Invalid while it has open cases."""
    with change(by, Do.ADMINISTER, now) as edit:
        unit: Unit = found(edit.tx, Unit, unit_id)
        if unit.kind is UnitKind.MUNICIPALITY:
            raise Invalid("unit_id", "Kommunen selv kan ikke legges ned.")
        if edit.tx.scalar(_open_units(edit.today).where(Unit.parent_id == unit_id)):
            raise Invalid("unit_id", "Legg først ned eller flytt det som hører under virksomheten.")
        offices = list(edit.tx.scalars(_open_offices(edit.today).where(Office.unit_id == unit_id)))
        _demand_no_open_cases(edit.tx, [office.id for office in offices], unit_id)
        for office in offices:
            office.closed_on = edit.today
        unit.closed_on = edit.today
        edit.record(unit, "unit_closed", offices=[office.id for office in offices])


def add_office(by: By, unit_id: int, role: Role, title: str, phone: str, now: datetime) -> int:
    """A new office in a unit; returns its id. The telephone number is kept as it is written.

    Raises Refused, NotFound, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        unit: Unit = found(edit.tx, Unit, unit_id)
        if role not in OFFICES[unit.kind]:
            raise Invalid("role", f"Rollen {role.label} hører ikke hjemme i {unit.name}.")
        same = _open_offices(edit.today).where(Office.unit_id == unit_id, Office.role == role)
        if role not in MANY_IN_A_UNIT and edit.tx.scalar(same):
            raise Invalid("role", f"{unit.name} har allerede en stilling med rollen {role.label}.")
        office = Office(unit_id=unit_id, role=role, title=_title(title), phone=clean_line(phone) or None)
        edit.tx.add(office)
        edit.tx.flush()
        edit.record(office, "office_added", unit=unit_id, role=role.value)
        return office.id


def change_office(by: By, office_id: int, title: str, phone: str, now: datetime, seen: int | None = None) -> None:
    """Another title or telephone number. Raises Refused, NotFound, Stale, Invalid."""
    with change(by, Do.ADMINISTER, now) as edit:
        office: Office = found(edit.tx, Office, office_id)
        demand_version(edit.tx, Office, office_id, seen)
        old = office.title
        office.title, office.phone = _title(title), clean_line(phone) or None
        edit.record(office, "office_changed", old=old, new=office.title)


def close_office(by: By, office_id: int, now: datetime) -> None:
    """From today on the office is no more. Raises Refused, NotFound, Invalid while it has open cases."""
    with change(by, Do.ADMINISTER, now) as edit:
        office: Office = found(edit.tx, Office, office_id)
        _demand_no_open_cases(edit.tx, [office_id])
        office.closed_on = edit.today
        edit.record(office, "office_closed")


def _open_units(on: date) -> Select[Unit]:
    return select(Unit).where(or_(Unit.closed_on.is_(None), Unit.closed_on > on)).limit(1)


def _open_offices(on: date) -> Select[Office]:
    return select(Office).where(or_(Office.closed_on.is_(None), Office.closed_on > on))


def _parent(edit: Edit, kind: UnitKind, parent_id: int | None) -> int | None:
    """The unit above, if it may stand there. The municipality is the one unit with nothing above it."""
    if kind is UnitKind.MUNICIPALITY:
        if parent_id is not None or edit.tx.scalar(_open_units(edit.today).where(Unit.kind == kind)):
            raise Invalid("parent_id", "Det kan bare være én kommune, og den står øverst.")
        return None
    parent = edit.tx.get(Unit, parent_id) if parent_id is not None else None
    if parent is None or parent.kind not in PARENTS[kind] or (parent.closed_on and parent.closed_on <= edit.today):
        raise Invalid("parent_id", "Velg hva virksomheten skal høre under.")
    return parent.id


def _free_name(edit: Edit, raw: str, unit_id: int | None = None) -> str:
    name = clean_line(raw)
    if not name:
        raise Invalid("name", "Skriv hva virksomheten heter.")
    if edit.tx.scalar(select(Unit.id).where(Unit.name == name, Unit.id != (unit_id or 0))):
        raise Invalid("name", "En annen virksomhet har dette navnet.")
    return name


def _title(raw: str) -> str:
    title = clean_line(raw)
    if not title:
        raise Invalid("title", "Skriv tittelen på stillingen.")
    return title


def _demand_no_open_cases(tx: Session, office_ids: list[int], unit_id: int | None = None) -> None:
    """An open case is never left without an office. Says that there are some, not which or how many."""
    theirs = access.unscoped_strands().where(Strand.state.in_(OPEN), Strand.owner_office_id.in_(office_ids))
    if tx.scalar(theirs.with_only_columns(Strand.id).limit(1)) is not None:
        raise Invalid(
            "unit_id" if unit_id else "office_id", "Her er det saker som ikke er besvart ennå. Vent til de er det."
        )
