"""/admin: the tree of units with who holds what, what is missing, and the forms to change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import auth, clock, formats, organisation
from pressedesk.access import Do, NotFound
from pressedesk.administration import units
from pressedesk.administration.review import Review, review
from pressedesk.auth import me, requires
from pressedesk.formats import capital
from pressedesk.models import Unit, UnitKind
from pressedesk.organisation import OfficeRow, Organisation, Presence, UnitRow
from pressedesk.regulation.vocabulary import Role, in_order
from pressedesk.views.admin.common import (
    Button,
    NumberList,
    SeenForm,
    back_to,
    bp,
    done,
    page,
    status_of,
)
from pressedesk.views.admin.offices import OfficeForm
from pressedesk.views.fields import LineField, Needed
from pressedesk.workhours import local_day

KINDS = {
    UnitKind.MUNICIPALITY: "Kommune",
    UnitKind.AREA: "Sektor",
    UnitKind.UNIT: "Virksomhet",
    UnitKind.SECTION: "Seksjon",
}


@dataclass(frozen=True)
class Held:
    """An office as the tree shows it."""

    id: int
    title: str
    holder: str
    away: str
    deputies: str
    is_acting: bool
    is_empty: bool


@dataclass(frozen=True)
class Branch:
    """A unit of the tree with its offices; `depth` 0 is the municipality."""

    id: int
    name: str
    kind: str
    depth: int
    offices: list[Held]


class UnitForm(SeenForm):
    """Name and place."""

    name = LineField("Navn", needed="Skriv hva virksomheten heter.")
    parent_id = NumberList("Hører under")


class NewUnitForm(UnitForm):
    """A unit that is not there yet."""

    kind = SelectField("Type", choices=[SelectChoice(kind.value, KINDS[kind]) for kind in UnitKind][1:])


class NewOfficeForm(OfficeForm):
    """An office that is not there yet."""

    role = SelectField("Rolle i reglementet", [Needed("Velg rollen.")], choices=[])


# --- The tree -------------------------------------------------------------------------------------------------------


@bp.get("/admin")
@requires(Do.ADMINISTER)
def show_organisation() -> Response:
    """The whole organisation, with what is missing."""
    tx, now = auth.reader(), clock.now()
    org = organisation.snapshot(tx, now)
    found = review(tx, now)
    return page("organisasjon", branches=list(_branches(org, now)), warnings=list(_warnings(org, found)))


def _branches(org: Organisation, now: datetime) -> Iterable[Branch]:
    if org.root is not None:
        yield from _branch(org, org.root, 0, now)


def _branch(org: Organisation, unit: UnitRow, depth: int, now: datetime) -> Iterable[Branch]:
    offices = [_held(org, office, now) for office in org.offices.values() if office.unit_id == unit.id]
    yield Branch(unit.id, unit.name, KINDS[unit.kind], depth, offices)
    for below in org.units.values():
        if below.parent_id == unit.id:
            yield from _branch(org, below, depth + 1, now)


def _held(org: Organisation, office: OfficeRow, now: datetime) -> Held:
    reached = org.reach(office.id)
    away = [found for found in reached.trace if found.presence is Presence.AWAY and found.until_at]
    acts = org.people[reached.person_id].name if reached.is_deputy and reached.person_id else ""
    return Held(
        office.id,
        office.title,
        holder=", ".join(_names(org, org.holders.get(office.id, ()))),
        away=f"borte til {formats.day_and_time(away[0].until_at, now)}" if away and away[0].until_at else "",
        deputies=f"{acts} nå" if acts else ", ".join(_names(org, org.deputies.get(office.id, ()))),
        is_acting=bool(acts),
        is_empty=reached.person_id is None,
    )


def _names(org: Organisation, person_ids: Iterable[int]) -> list[str]:
    return [org.people[person_id].name for person_id in person_ids]


@dataclass(frozen=True)
class Warning:
    """Something that keeps a call from reaching somebody."""

    title: str
    lines: list[tuple[int, str]]  # an office and what is said of it


def _warnings(org: Organisation, found: Review) -> Iterable[Warning]:
    near = local_day(org.at)
    holes = [
        (hole.office.id, f"{_place(org, hole.office)}: {formats.day(hole.from_on, near)}"
         + (f" til {formats.day(hole.to_on, near)}" if hole.to_on != hole.from_on else ""))
        for hole in found.holes
    ]  # fmt: skip
    lists = (
        ("Ingen å få tak i de neste 14 dagene", holes),
        ("Uten innehaver", [(office.id, _place(org, office)) for office in found.vacant]),
        ("Uten stedfortreder", [(office.id, _place(org, office)) for office in found.without_deputy]),
    )
    return (Warning(title, lines) for title, lines in lists if lines)


def _place(org: Organisation, office: OfficeRow) -> str:
    name = org.units[office.unit_id].name
    return office.title if name.casefold() in office.title.casefold() else f"{office.title}, {name}"


# --- A unit ---------------------------------------------------------------------------------------------------------


@bp.get("/admin/virksomhet/ny")
@requires(Do.ADMINISTER)
def new_unit() -> Response:
    """The form of a new unit."""
    return _new_unit_page(NewUnitForm(formdata=None, data={"seen": 1, "kind": UnitKind.UNIT.value}))


@bp.post("/admin/virksomhet/ny")
@requires(Do.ADMINISTER)
def add_unit() -> Response:
    """Make it."""
    form = NewUnitForm()
    _offer_units(form)
    if form.validate() and done(
        form,
        lambda: units.add_unit(
            me().person_id, UnitKind(form.kind.data), form.name.data or "", form.parent_id.data, clock.now()
        ),
    ):
        return back_to("admin.show_organisation", f"{form.name.data} er lagt til.")
    return _new_unit_page(form, status_of(form))


@bp.get("/admin/virksomhet/<int:unit_id>")
@requires(Do.ADMINISTER)
def show_unit(unit_id: int) -> Response:
    """A unit and its offices."""
    return _unit_page(unit_id)


@bp.post("/admin/virksomhet/<int:unit_id>")
@requires(Do.ADMINISTER)
def change_unit(unit_id: int) -> Response:
    """Another name or place."""
    form, now = UnitForm(), clock.now()
    _offer_units(form)
    if form.validate() and done(
        form,
        lambda: units.change_unit(
            me().person_id, unit_id, form.name.data or "", form.parent_id.data, now, form.made_from
        ),
    ):
        return back_to("admin.show_unit", "Endringen er lagret.", unit_id=unit_id)
    return _unit_page(unit_id, form=form, status=status_of(form))


@bp.post("/admin/virksomhet/<int:unit_id>/legg-ned")
@requires(Do.ADMINISTER)
def close_unit(unit_id: int) -> Response:
    """No more from today on."""
    form = Button()
    if form.validate() and done(form, lambda: units.close_unit(me().person_id, unit_id, clock.now())):
        return back_to("admin.show_organisation", "Virksomheten er lagt ned.")
    return _unit_page(unit_id, refused=form.form_errors, status=422)


@bp.post("/admin/virksomhet/<int:unit_id>/stilling")
@requires(Do.ADMINISTER)
def add_office(unit_id: int) -> Response:
    """A new office here."""
    form = NewOfficeForm()
    _offer_roles(form, _unit(unit_id).kind)
    if form.validate() and done(
        form,
        lambda: units.add_office(
            me().person_id, unit_id, _role(form), form.title.data or "", form.phone.data or "", clock.now()
        ),
    ):
        return back_to(
            "admin.show_unit", f"{form.title.data} er lagt til. Velg hvem som har stillingen.", unit_id=unit_id
        )
    return _unit_page(unit_id, office=form, status=status_of(form))


def _role(form: NewOfficeForm) -> Role:
    return next(role for role in Role if role == form.role.data)


def _unit(unit_id: int) -> UnitRow:
    found = organisation.snapshot(auth.reader(), clock.now()).units.get(unit_id)
    if found is None:
        raise NotFound(unit_id)
    return found


def _unit_page(
    unit_id: int,
    form: UnitForm | None = None,
    office: NewOfficeForm | None = None,
    refused: Iterable[str] = (),
    status: int = 200,
) -> Response:
    unit, now = _unit(unit_id), clock.now()
    org = organisation.snapshot(auth.reader(), now)
    form = form or UnitForm(formdata=None, data={"name": unit.name, "parent_id": unit.parent_id})
    form.stands(Unit, unit_id)
    _offer_units(form)
    office = office or NewOfficeForm(formdata=None, data={"seen": 1})
    _offer_roles(office, unit.kind)
    offices = [_held(org, each, now) for each in org.offices.values() if each.unit_id == unit_id]
    return page(
        "virksomhet",
        status,
        unit=unit,
        kind=KINDS[unit.kind],
        is_root=unit.kind is UnitKind.MUNICIPALITY,
        form=form,
        office=office,
        offices=offices,
        button=Button(formdata=None),
        refused=list(refused),
    )


def _new_unit_page(form: NewUnitForm, status: int = 200) -> Response:
    _offer_units(form)
    return page("ny_virksomhet", status, form=form)


def _offer_units(form: UnitForm) -> None:
    org = organisation.snapshot(auth.reader(), clock.now())
    form.parent_id.offer((branch.id, f"{'– ' * branch.depth}{branch.name}") for branch in _branches(org, org.at))


def _offer_roles(form: NewOfficeForm, kind: UnitKind) -> None:
    form.role.choices = [SelectChoice(role.value, capital(role.label)) for role in in_order(units.OFFICES[kind])]
