"""/admin/svarmal: what we aim at, when we are open, and the days that differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from sqlalchemy import select
from werkzeug import Response
from wtforms import IntegerField, TimeField
from wtforms.validators import InputRequired, Optional

from pressedesk import auth, clock, formats
from pressedesk.access import Do
from pressedesk.administration import service
from pressedesk.administration.change import Invalid
from pressedesk.auth import me, requires
from pressedesk.formats import WEEKDAYS
from pressedesk.models import OpeningHours, SpecialDay, Target
from pressedesk.regulation.vocabulary import Clock
from pressedesk.views.admin.common import Button, DayField, NumberList, back_to, bp, done, page, status_of
from pressedesk.views.fields import Form, LineField
from pressedesk.workhours import DAY, Span, local_day

CASES = {1: "Vanlige saker", 2: "Alvorlig kritikk som noen skal få svare på"}


class ClockField(TimeField):
    """A time of day that may be empty."""

    def __init__(self, label: str = "", **rest: Any) -> None:
        super().__init__(label, [Optional()], format=["%H:%M", "%H.%M"], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Skriv klokkeslettet slik: 15.30.") from None


class MinutesField(IntegerField):
    """Working minutes."""

    def __init__(self, label: str = "", **rest: Any) -> None:
        super().__init__(label, [InputRequired("Skriv hvor mange minutter.")], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Skriv et helt tall.") from None


class TargetForm(Form):
    """A new target from a day on."""

    cases = NumberList("Hvilke saker?", needed="Velg hvilke saker målet gjelder.")
    minutes = MinutesField("Minutter i arbeidstiden")
    target_from_on = DayField("Gjelder fra", needed="Velg fra hvilken dag.")


class HoursForm(Form):
    """A week of opening hours."""

    from_on = DayField("Gjelder fra", needed="Velg fra hvilken dag.")
    to_on = DayField("Til og med")

    def week(self) -> list[tuple[Span, ...]]:
        """The week as it was typed. A day with one time only is a mistake, and raises Invalid."""
        return [self._spans(number) for number in range(7)]

    def _spans(self, number: int) -> tuple[Span, ...]:
        opens, closes = self[f"opens_{number}"].data, self[f"closes_{number}"].data
        return _spans(opens, closes, f"closes_{number}")


for number, name in enumerate(WEEKDAYS):
    setattr(HoursForm, f"opens_{number}", ClockField(f"{name.capitalize()} fra"))
    setattr(HoursForm, f"closes_{number}", ClockField(f"{name.capitalize()} til"))


class DayForm(Form):
    """A day that differs. Without times it is closed."""

    day_on = DayField("Dag", needed="Velg dagen.")
    note = LineField("Hva er det?", needed="Skriv hva dagen er, for eksempel «julaften».")
    opens = ClockField("Åpner")
    closes = ClockField("Stenger")


@dataclass(frozen=True)
class Week:
    """Opening hours as they hold for a while."""

    period: str
    days: list[tuple[str, str]]


@dataclass(frozen=True)
class Aim:
    """A target in words."""

    cases: str
    minutes: str
    from_on: str


@dataclass(frozen=True)
class Special:
    """A day that differs, in words."""

    id: int
    day: str
    note: str
    hours: str


@bp.get("/admin/svarmal")
@requires(Do.ADMINISTER)
def show_services() -> Response:
    """Targets, hours and special days."""
    return _page()


@bp.post("/admin/svarmal/mal")
@requires(Do.ADMINISTER)
def set_target() -> Response:
    """A new target."""
    form = TargetForm()
    form.cases.offer(CASES.items())
    if form.validate() and done(
        form,
        lambda: service.set_target(
            me().person_id,
            form.cases.data == 2,
            form.minutes.data or 0,
            form.target_from_on.data or date.min,
            clock.now(),
        ),
    ):
        return back_to("admin.show_services", "Svarmålet er lagret.")
    return _page(target=form, status=status_of(form))


@bp.post("/admin/svarmal/apningstid")
@requires(Do.ADMINISTER)
def set_hours() -> Response:
    """A new week."""
    form = HoursForm()
    if form.validate() and done(
        form,
        lambda: service.set_opening_hours(
            me().person_id, form.week(), form.from_on.data or date.min, clock.now(), form.to_on.data
        ),
    ):
        return back_to("admin.show_services", "Åpningstiden er lagret.")
    return _page(hours=form, status=status_of(form))


@bp.post("/admin/svarmal/dag")
@requires(Do.ADMINISTER)
def set_special_day() -> Response:
    """A closing day or a half day."""
    form = DayForm()
    if form.validate() and done(form, lambda: _set_day(form)):
        return back_to("admin.show_services", "Dagen er lagret.")
    return _page(day=form, status=status_of(form))


@bp.post("/admin/svarmal/dag/<int:special_day_id>/fjern")
@requires(Do.ADMINISTER)
def remove_special_day(special_day_id: int) -> Response:
    """The day is as any other."""
    if Button().validate():
        service.remove_special_day(me().person_id, special_day_id, clock.now())
    return back_to("admin.show_services", "Dagen er fjernet.")


def _set_day(form: DayForm) -> None:
    spans = _spans(form.opens.data, form.closes.data, "closes")
    span = spans[0] if spans else None
    service.set_special_day(me().person_id, form.day_on.data or date.min, form.note.data or "", span, clock.now())


def _spans(opens: time | None, closes: time | None, field: str) -> tuple[Span, ...]:
    if opens is None and closes is None:
        return ()
    if opens is None or closes is None or closes <= opens:
        raise Invalid(field, "Skriv når det åpner, og et senere tidspunkt når det stenger.")
    return (Span(opens, closes),)


def _page(
    target: TargetForm | None = None, hours: HoursForm | None = None, day: DayForm | None = None, status: int = 200
) -> Response:
    tx, today = auth.reader(), local_day(clock.now())
    rows = tx.scalars(select(OpeningHours).order_by(OpeningHours.from_on.desc(), OpeningHours.weekday)).all()
    target = target or TargetForm(formdata=None, data={"cases": 1, "target_from_on": today})
    target.cases.offer(CASES.items())
    days = tx.scalars(select(SpecialDay).where(SpecialDay.day_on >= today).order_by(SpecialDay.day_on))
    return page(
        "svarmal",
        status,
        target=target,
        hours=hours or _hours_form(rows, today),
        day=day or DayForm(formdata=None),
        button=Button(formdata=None),
        weekdays=[name.capitalize() for name in WEEKDAYS],
        targets=[_aim(row, today) for row in tx.scalars(_targets())],
        weeks=[
            _week(*period, list(week), today) for period, week in groupby(rows, lambda row: (row.from_on, row.to_on))
        ],
        days=[Special(row.id, formats.day(row.day_on, today), row.note, _hours(row)) for row in days],
    )


def _targets() -> Any:
    return select(Target).where(Target.clock == Clock.COMMENT).order_by(Target.from_on.desc(), Target.id.desc())


def _hours_form(rows: Sequence[OpeningHours], today: date) -> HoursForm:
    """The week that holds now, to be changed from tomorrow."""
    data: dict[str, Any] = {"from_on": today + DAY}
    begun = [row for row in rows if row.from_on <= today and (row.to_on is None or row.to_on >= today)]
    for row in begun:
        if row.from_on == begun[0].from_on:
            data[f"opens_{row.weekday}"], data[f"closes_{row.weekday}"] = (
                _clock(row.opens_minute),
                _clock(row.closes_minute),
            )
    return HoursForm(formdata=None, data=data)


def _aim(row: Target, today: date) -> Aim:
    return Aim(CASES[2 if row.urgent else 1], formats.duration(row.minutes), formats.day(row.from_on, today))


def _week(from_on: date, to_on: date | None, rows: list[OpeningHours], today: date) -> Week:
    period = f"Fra {formats.day(from_on, today)}" + (f" til {formats.day(to_on, today)}" if to_on else "")
    by_day = {number: " og ".join(_hours(row) for row in rows if row.weekday == number) for number in range(7)}
    return Week(period, [(name.capitalize(), by_day[number] or "stengt") for number, name in enumerate(WEEKDAYS)])


def _hours(row: OpeningHours | SpecialDay) -> str:
    if row.opens_minute is None or row.closes_minute is None:
        return "stengt"
    return f"{_clock(row.opens_minute):%H.%M}–{_clock(row.closes_minute):%H.%M}"


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
