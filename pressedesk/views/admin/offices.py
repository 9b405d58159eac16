"""/admin/stilling/<id>: an office, who has it, and who acts when the holder is away."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload
from werkzeug import Response

from pressedesk import auth, clock, formats, organisation
from pressedesk.access import Do, NotFound
from pressedesk.administration import holders, units
from pressedesk.auth import me, requires
from pressedesk.models import Holder, Office
from pressedesk.organisation import Organisation
from pressedesk.views.admin.common import (
    Button,
    DayField,
    NumberList,
    SeenForm,
    back_to,
    bp,
    done,
    page,
    people_of,
    status_of,
)
from pressedesk.views.fields import LineField
from pressedesk.workhours import local_day

DEPUTIES = 4  # fields for them


class OfficeForm(SeenForm):
    """Title and telephone."""

    title = LineField("Tittel", needed="Skriv tittelen på stillingen.")
    phone = LineField("Telefon")


class HolderForm(SeenForm):
    """Who has the office, from when."""

    person_id = NumberList("Ny innehaver", needed="Velg hvem som skal ha stillingen.")
    from_on = DayField("Fra og med", needed="Velg første dag.")
    to_on = DayField("Til og med")


class VacateForm(SeenForm):
    """The last day of the holder."""

    last_on = DayField("Siste dag", needed="Velg siste dag.")


class DeputiesForm(SeenForm):
    """Deputies in order."""

    @property
    def lists(self) -> list[NumberList]:
        return [self[f"deputy_{number}"] for number in range(DEPUTIES)]

    @property
    def person_ids(self) -> list[int]:
        return [each.data for each in self.lists if each.data]


for number in range(DEPUTIES):
    setattr(DeputiesForm, f"deputy_{number}", NumberList(f"{number + 1}. stedfortreder"))


@bp.get("/admin/stilling/<int:office_id>")
@requires(Do.ADMINISTER)
def show_office(office_id: int) -> Response:
    """An office: title, holder, deputies."""
    return _office_page(office_id)


@bp.post("/admin/stilling/<int:office_id>")
@requires(Do.ADMINISTER)
def change_office(office_id: int) -> Response:
    """Another title or number."""
    form, now = OfficeForm(), clock.now()
    if form.validate() and done(
        form,
        lambda: units.change_office(
            me().person_id, office_id, form.title.data or "", form.phone.data or "", now, form.made_from
        ),
    ):
        return back_to("admin.show_office", "Endringen er lagret.", office_id=office_id)
    return _office_page(office_id, office=form, status=status_of(form))


@bp.post("/admin/stilling/<int:office_id>/innehaver")
@requires(Do.ADMINISTER)
def appoint(office_id: int) -> Response:
    """A new holder."""
    form, now = HolderForm(), clock.now()
    _offer_people(form)
    if form.validate() and done(
        form,
        lambda: holders.appoint(
            me().person_id,
            office_id,
            form.person_id.data or 0,
            form.from_on.data or local_day(now),
            now,
            form.to_on.data,
            form.made_from,
        ),
    ):
        return back_to("admin.show_office", "Innehaveren er lagret.", office_id=office_id)
    return _office_page(office_id, holder=form, status=status_of(form))


@bp.post("/admin/stilling/<int:office_id>/ledig")
@requires(Do.ADMINISTER)
def vacate(office_id: int) -> Response:
    """Nobody holds it after a day."""
    form, now = VacateForm(), clock.now()
    if form.validate() and done(
        form,
        lambda: holders.vacate(me().person_id, office_id, form.last_on.data or local_day(now), now, form.made_from),
    ):
        return back_to("admin.show_office", "Sluttdagen er lagret.", office_id=office_id)
    return _office_page(office_id, last=form, status=status_of(form))


@bp.post("/admin/stilling/<int:office_id>/stedfortredere")
@requires(Do.ADMINISTER)
def set_deputies(office_id: int) -> Response:
    """Who acts, in order."""
    form, now = DeputiesForm(), clock.now()
    _offer_people(form)
    if form.validate() and done(
        form, lambda: holders.set_deputies(me().person_id, office_id, form.person_ids, now, form.made_from)
    ):
        return back_to("admin.show_office", "Stedfortrederne er lagret.", office_id=office_id)
    return _office_page(office_id, deputies=form, status=status_of(form))


@bp.post("/admin/stilling/<int:office_id>/legg-ned")
@requires(Do.ADMINISTER)
def close_office(office_id: int) -> Response:
    """No more from today on."""
    form = Button()
    if form.validate() and done(form, lambda: units.close_office(me().person_id, office_id, clock.now())):
        return back_to("admin.show_organisation", "Stillingen er lagt ned.")
    return _office_page(office_id, refused=list(form.form_errors), status=422)


@dataclass(frozen=True)
class Period:
    """Somebody in the office, and when, in words."""

    name: str
    span: str


def _office_page(
    office_id: int,
    office: OfficeForm | None = None,
    holder: HolderForm | None = None,
    last: VacateForm | None = None,
    deputies: DeputiesForm | None = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> Response:
    today = local_day(clock.now())
    org = organisation.snapshot(auth.reader(), clock.now())
    row = org.offices.get(office_id)
    if row is None:
        raise NotFound(office_id)
    forms = {
        "office": office or OfficeForm(formdata=None, data={"title": row.title, "phone": row.phone or ""}),
        "holder": holder or HolderForm(formdata=None, data={"from_on": today}),
        "last": last or VacateForm(formdata=None, data={"last_on": today}),
        "deputies": deputies or _deputies_form(org, office_id),
    }
    for form in forms.values():
        form.stands(Office, office_id)
        _offer_people(form, org)
    return page(
        "stilling",
        status,
        row=row,
        unit=org.units[row.unit_id],
        periods=_periods(office_id, today),
        is_held=office_id in org.holders,
        button=Button(formdata=None),
        refused=refused or [],
        **forms,
    )


def _deputies_form(org: Organisation, office_id: int) -> DeputiesForm:
    acting = enumerate(org.deputies.get(office_id, ())[:DEPUTIES])
    return DeputiesForm(formdata=None, data={f"deputy_{number}": person_id for number, person_id in acting})


def _offer_people(form: SeenForm, org: Organisation | None = None) -> None:
    people = people_of(org or organisation.snapshot(auth.reader(), clock.now()))
    for field in form:
        if isinstance(field, NumberList):
            field.offer(people, nothing="Ingen" if isinstance(form, DeputiesForm) else "Velg")


def _periods(office_id: int, today: date) -> list[Period]:
    """Who has it now and who is to have it."""
    rows = auth.reader().scalars(
        select(Holder)
        .where(Holder.office_id == office_id, or_(Holder.to_on.is_(None), Holder.to_on >= today))
        .options(selectinload(Holder.person))
        .order_by(Holder.from_on)
    )
    return [Period(row.person.name, _span(row, today)) for row in rows]


def _span(row: Holder, today: date) -> str:
    last = f" til {formats.day(row.to_on, today)}" if row.to_on else ""
    return f"fra {formats.day(row.from_on, today)}{last}"
