"""What the pages of /admin share: the tabs, and a form whose faults and late arrivals are told beside the fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pressedesk import access, auth
from pressedesk.access import Actor, Do
from pressedesk.administration.change import Invalid, Stale, version
from pressedesk.auth import me
from pressedesk.db import Base
from pressedesk.models import Person
from pressedesk.organisation import Organisation
from pressedesk.views.fields import Form, Needed, VersionField
from pressedesk.workhours import local_instant

bp = Blueprint("admin", __name__)

WRONG_DATE = "Skriv en dato, slik: 24.11.2026."
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tab:
    """One of the pages of /admin."""

    href: str
    title: str
    is_current: bool


TABS = {  # the start of an address: title, and who may
    "/admin/fravaer": ("Fravær", Do.SET_OWN_ABSENCE),
    "/admin/temaer": ("Temaer", Do.ADMINISTER),
    "/admin/svarmal": ("Svarmål og åpningstid", Do.ADMINISTER),
    "/admin/brukere": ("Brukere", Do.ADMINISTER_ACCOUNTS),
}


def tabs_of(who: Actor) -> list[Tab]:
    """The pages of this person; the organisation stands first, and has the pages that have no tab."""
    may = {href: title for href, (title, do) in TABS.items() if access.may(who, do)}
    here = next((href for href in TABS if request.path.startswith(href)), "/admin")
    if access.may(who, Do.ADMINISTER):
        may = {"/admin": "Organisasjon", **may}
    return [Tab(href, title, href == here) for href, title in may.items()]


def page(template: str, status: int = 200, **data: Any) -> Response:
    """A page of /admin under the tabs of this person."""
    tabs = tabs_of(me())
    data["tabs"] = tabs if len(tabs) > 1 else []
    return make_response(render_template(f"admin/{template}.html", **data), status)


class Button(Form):
    """A mere button."""


class SeenForm(Form):
    """A form about a row that somebody else may change meanwhile."""

    seen = VersionField()
    is_late = False

    @property
    def made_from(self) -> int:
        return self.seen.data or 0

    def stands(self, kind: type[Base], row_id: int) -> "SeenForm":
        """Say which state of the row the form, as it will be shown, is made from."""
        self.seen.data, self.seen.raw_data = version(auth.reader(), kind, row_id), None
        return self


def done(form: Form, act: Callable[[], object]) -> bool:
    """Carry a valid form out. False where the use case refuses a value, or another was first: then the form says so."""
    try:
        act()
    except Invalid as wrong:
        if wrong.field in form:
            form[wrong.field].errors = [wrong.message]
        else:
            form.form_errors = [wrong.message]
        return False
    except Stale:
        auth.read_again()
        form.is_late = True
        form.form_errors = ["En annen endret dette mens du hadde siden åpen. Se over og lagre på nytt."]
        return False
    return True


def status_of(form: Form) -> int:
    """What a page answers that shows a form again."""
    return 409 if getattr(form, "is_late", False) else 422


def back_to(endpoint: str, told: str, **values: Any) -> Response:
    """To the page that shows what was done."""
    flash(told)
    return redirect(url_for(endpoint, **values), 303)


class DayField(DateField):
    """A date. `needed` is what to say when there is none; without it the field may be empty."""

    def __init__(self, label: str = "", *, needed: str = "", **rest: Any) -> None:
        super().__init__(label, [Needed(needed)] if needed else [Optional()], format=["%Y-%m-%d", "%d.%m.%Y"], **rest)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(WRONG_DATE) from None


class NumberList(SelectField):
    """One row of a table, by its id, or None."""

    def __init__(self, label: str = "", *, needed: str = "", **rest: Any) -> None:
        super().__init__(label, [Needed(needed)] if needed else [Optional()], coerce=_number, choices=[], **rest)

    def offer(self, rows: Iterable[tuple[int, str]], nothing: str = "Velg") -> None:
        """What can be chosen."""
        self.choices = [SelectChoice("", nothing), *(SelectChoice(str(row_id), title) for row_id, title in rows)]

    def pre_validate(self, form: Any) -> None:
        known = {choice.value for choice in self.choices}
        if self.data is not None and str(self.data) not in known:
            raise ValueError("Velg noe fra listen.")


def _number(raw: Any) -> int | None:
    text = str(raw or "")
    return int(text) if text.isascii() and text.isdigit() else None


def people_of(org: Organisation) -> list[tuple[int, str]]:
    """Everybody who works here, by name."""
    return sorted(((person.id, person.name) for person in org.people.values()), key=lambda row: row[1].casefold())


def person_or_404(person_id: int) -> Person:
    found = auth.reader().get(Person, person_id)
    if found is None:
        raise access.NotFound(person_id)
    return found


def midnight(on: date) -> datetime:
    """When a local day begins."""
    return local_instant(on, time())
