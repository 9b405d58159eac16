"""/admin/fravaer: «ute i dag» in two taps, one's own absence, and for those who may, everybody's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from werkzeug import Response

from pressedesk import access, auth, clock, formats, organisation
from pressedesk.access import Actor, Do
from pressedesk.administration import absence
from pressedesk.administration.change import Invalid
from pressedesk.auth import me, requires
from pressedesk.models import Absence
from pressedesk.organisation import Organisation
from pressedesk.views.admin.common import (
    DAY,
    Button,
    DayField,
    NumberList,
    back_to,
    bp,
    done,
    midnight,
    page,
    people_of,
)
from pressedesk.views.fields import Form
from pressedesk.workhours import local_day


@dataclass(frozen=True)
class Away:
    """One absence: whose, and from when to when in words."""

    id: int
    name: str
    span: str
    is_now: bool


@dataclass(frozen=True)
class Holder:
    """Somebody who can be set as out today."""

    person_id: int
    name: str
    titles: str


class AbsenceForm(Form):
    """Whole days. Without a person it is one's own."""

    person_id = NumberList("Hvem er borte?")
    from_on = DayField("Fra og med", needed="Velg første dag.")
    to_on = DayField("Til og med", needed="Velg siste dag.")


@bp.get("/admin/fravaer")
@requires(Do.SET_OWN_ABSENCE)
def show_absence() -> Response:
    """Who is away, and the forms."""
    today = local_day(clock.now())
    form = AbsenceForm(formdata=None, data={"from_on": today, "to_on": today})
    return _page(form)


@bp.post("/admin/fravaer")
@requires(Do.SET_OWN_ABSENCE)
def register_absence() -> Response:
    """Whole days; today counts from now."""
    form, now = AbsenceForm(), clock.now()
    _offer(form)
    if form.validate() and done(form, lambda: _register(form, now)):
        return back_to("admin.show_absence", "Fraværet er registrert.")
    return _page(form, 422)


@bp.post("/admin/fravaer/ute/<int:person_id>")
@requires(Do.SET_OWN_ABSENCE)
def out_today(person_id: int) -> Response:
    """Away until midnight."""
    if Button().validate():
        absence.out_today(me().person_id, person_id, clock.now())
    return back_to("admin.show_absence", "Registrert som ute resten av dagen. Stedfortrederen får henvendelsene.")


@bp.post("/admin/fravaer/<int:absence_id>/slutt")
@requires(Do.SET_OWN_ABSENCE)
def end_absence(absence_id: int) -> Response:
    """Back early, or never away."""
    form = Button()
    if form.validate() and done(form, lambda: absence.end(me().person_id, absence_id, clock.now())):
        return back_to("admin.show_absence", "Fraværet er avsluttet.")
    return back_to("admin.show_absence", "Fraværet var alt over.")


def _register(form: AbsenceForm, now: datetime) -> None:
    today = local_day(now)
    first, last = form.from_on.data or today, form.to_on.data or today
    from_at = max(midnight(first), now) if first == today else midnight(first)
    who = me().person_id
    try:
        absence.register(who, form.person_id.data or who, from_at, midnight(last + DAY), now)
    except Invalid as wrong:
        raise Invalid("to_on", wrong.message) from wrong


def _page(form: AbsenceForm, status: int = 200) -> Response:
    who, now = me(), clock.now()
    org = organisation.snapshot(auth.reader(), now)
    others_too = bool(_others(org, who))
    _offer(form)
    mine, others = _away(org, who, now)
    return page(
        "fravaer",
        status,
        form=form,
        button=Button(formdata=None),
        me=who.person_id,
        mine=mine,
        others=others,
        holders=_holders(org, who),
        others_too=others_too,
    )


def _offer(form: AbsenceForm) -> None:
    org = organisation.snapshot(auth.reader(), clock.now())
    form.person_id.offer(_others(org, me()), nothing="Meg selv")


def _others(org: Organisation, who: Actor) -> list[tuple[int, str]]:
    """Whose absence this person may register besides the own."""
    return [
        (person_id, name)
        for person_id, name in people_of(org)
        if person_id != who.person_id and access.may_set_absence(who, person_id, org)
    ]


def _away(org: Organisation, who: Actor, now: datetime) -> tuple[list[Away], list[Away]]:
    """Own absences and those of others, now and to come."""
    rows = auth.reader().scalars(select(Absence).where(Absence.to_at > now).order_by(Absence.from_at, Absence.id))
    mine: list[Away] = []
    others: list[Away] = []
    for row in rows:
        if row.person_id == who.person_id:
            mine.append(_told(org, row, now))
        elif row.person_id in org.people and access.may_set_absence(who, row.person_id, org):
            others.append(_told(org, row, now))
    return mine, others


def _told(org: Organisation, row: Absence, now: datetime) -> Away:
    is_now = row.from_at <= now
    until = formats.day_and_time(row.to_at, now)
    span = f"til {until}" if is_now else f"fra {formats.day_and_time(row.from_at, now)} til {until}"
    return Away(row.id, org.people[row.person_id].name, span, is_now)


def _holders(org: Organisation, who: Actor) -> list[Holder]:
    """Everybody with an office or as deputy who is here now, by name."""
    titles: dict[int, list[str]] = {}
    for office_id, persons in [*org.holders.items(), *org.deputies.items()]:
        for person_id in persons:
            if office_id in org.offices and person_id not in org.away and person_id != who.person_id:
                titles.setdefault(person_id, [])
                if person_id in org.holders.get(office_id, ()):
                    titles[person_id].append(org.offices[office_id].title)
    return [
        Holder(person_id, name, ", ".join(titles[person_id]) or "stedfortreder")
        for person_id, name in _others(org, who)
        if person_id in titles
    ]
