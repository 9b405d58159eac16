"""/krise: whether crisis leadership is established (point 15). Everybody reads it; who may turns the switch, in two
steps: the form, and a page that says what will happen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats
from pressedesk.access import Do, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import crisis
from pressedesk.desk.change import Stale
from pressedesk.desk.crisis import StandsAlready
from pressedesk.models import Crisis
from pressedesk.organisation import Organisation
from pressedesk.views.fields import Form, TextField, VersionField
from pressedesk.views.sak.forms import ComingField
from pressedesk.workhours import OSLO

bp = Blueprint("krise", __name__)

MOST_REASON = 500  # characters


def _number(raw: Any) -> int | None:
    return int(raw) if str(raw).isascii() and str(raw).isdigit() else None


class SaidForm(Form):
    """What everybody reads while it stands: who speaks, and when there is more to hear."""

    spokesperson = SelectField("Hvem uttaler seg?", coerce=_number)
    next_at = ComingField("Når kommer ny informasjon?")

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        people = sorted(auth.organisation_now().people.values(), key=lambda person: formats.name_key(person.name))
        named = [SelectChoice(str(person.id), person.name) for person in people]
        self.spokesperson.choices = [SelectChoice("", "Ikke bestemt ennå"), *named]

    def validate_next_at(self, field: ComingField) -> None:
        """A time to come, where one is given."""
        field.read(clock.now())


class StartForm(SaidForm):
    """Why, and the same."""

    reason = TextField("Hva har skjedd?", needed="Skriv kort hva som har skjedd.", most=MOST_REASON)


class ChangeForm(SaidForm):
    """The same, of the crisis that stands."""

    version = VersionField()


class EndForm(Form):
    """A mere button."""

    version = VersionField()


@dataclass(frozen=True)
class Stands:
    """The crisis as it is shown. `is_overdue`: the next information should have been out."""

    since: str
    by: str
    reason: str
    spokesperson: str
    next_information: str
    is_overdue: bool


@bp.get("/krise")
@requires(Do.READ_RULES)
def show() -> Response:
    """What stands now, with the form of whoever may turn the switch."""
    standing, may = crisis.standing(auth.reader()), access.may(me(), Do.CRISIS)
    form = (_change_form(standing) if standing else StartForm(formdata=None)) if may else None
    return _page(standing, form, 200)


@bp.post("/krise/se-over")
@requires(Do.CRISIS)
def review_start() -> Response:
    """The form is understood: what would happen. Changes nothing."""
    standing = crisis.standing(auth.reader())
    if standing is not None:
        return _stands_already(standing)
    form = StartForm()
    if not form.validate():
        return _page(None, form, 422)
    return _start_page(form, 200)


@bp.post("/krise/etabler")
@requires(Do.CRISIS)
def start() -> Response:
    """Turn it on."""
    form = StartForm()
    if not form.validate():
        return _page(crisis.standing(auth.reader()), form, 422)
    said = (form.reason.data or "", form.spokesperson.data, form.next_at.due_at)
    n = crisis.count_open(auth.reader(), me())  # what is about himself is decided too, and not counted for him
    try:
        crisis.start(me().person_id, *said, clock.now())
    except StandsAlready:
        return _stands_already(crisis.standing(auth.read_again()))
    except Refused as refused:
        form.next_at.errors = [refused.reason]
        return _page(None, form, 422)
    flash(f"Kriseledelsen er etablert. {formats.count(n, 'åpen sak', 'åpne saker')} er avgjort på nytt.")
    return redirect(url_for(".show"), 303)


@bp.post("/krise/endre")
@requires(Do.CRISIS)
def change() -> Response:
    """Another spokesperson, or another time."""
    form = ChangeForm()
    standing = crisis.standing(auth.reader())
    if not form.validate():
        return _page(standing, form if standing else None, 422)
    said = (form.spokesperson.data, form.next_at.due_at)
    try:
        crisis.change(me().person_id, form.version.data or 0, *said, clock.now())
    except Stale:
        return _too_late(form)
    except Refused as refused:
        form.next_at.errors = [refused.reason]
        return _page(standing, form, 422)
    flash("Endret. Alle ser det øverst på siden.")
    return redirect(url_for(".show"), 303)


@bp.get("/krise/avslutt")
@requires(Do.CRISIS)
def review_end() -> Response:
    """What would happen. Changes nothing."""
    standing = crisis.standing(auth.reader())
    if standing is None:
        return redirect(url_for(".show"), 303)
    form = EndForm(formdata=None, data={"version": standing.version})
    return make_response(
        render_template(
            "krise/avslutt.html", form=form, stands=_shown(standing), **_what_happens(standing.spokesperson_id)
        )
    )


@bp.post("/krise/avslutt")
@requires(Do.CRISIS)
def end() -> Response:
    """Turn it off."""
    form = EndForm()
    if not form.validate():
        return redirect(url_for(".review_end"), 303)
    n = crisis.count_open(auth.reader(), me())
    try:
        crisis.end(me().person_id, form.version.data or 0, clock.now())
    except Stale:
        return _too_late(None)
    flash(f"Kriseledelsen er avsluttet. {formats.count(n, 'åpen sak', 'åpne saker')} er avgjort på nytt.")
    return redirect(url_for(".show"), 303)


# What the pages show


def _page(standing: Crisis | None, form: SaidForm | None, status: int, meanwhile: str = "") -> Response:
    stands = _shown(standing) if standing else None
    page = render_template("krise/krise.html", stands=stands, form=form, meanwhile=meanwhile)
    return make_response(page, status)


def _start_page(form: StartForm, status: int) -> Response:
    """The second step. The time stands as it was understood, so that a minute more does not change it."""
    org, told_at = auth.organisation_now(), form.next_at.due_at
    form.next_at.data = told_at.astimezone(OSLO).strftime("%Y-%m-%dT%H:%M") if told_at else ""
    page = render_template(
        "krise/etabler.html",
        form=form,
        spokesperson=_name(org, form.spokesperson.data),
        next_information=formats.when(told_at, clock.now()) if told_at else "",
        **_what_happens(form.spokesperson.data),
    )
    return make_response(page, status)


def _what_happens(spokesperson_id: int | None) -> dict[str, Any]:
    """How many open inquiries are decided again, and who hears of it."""
    org = auth.organisation_now()
    told = [org.people[person_id].name for person_id in crisis.receivers(org, spokesperson_id)]
    return {"n": crisis.count_open(auth.reader(), me()), "told": told}


def _change_form(standing: Crisis) -> ChangeForm:
    next_at = standing.next_information_at
    said = formats.day_and_time(next_at, clock.now()) if next_at else ""
    shown = {"spokesperson": standing.spokesperson_id, "next_at": said, "version": standing.version}
    return ChangeForm(formdata=None, data=shown)


def _shown(standing: Crisis) -> Stands:
    now, next_at = clock.now(), standing.next_information_at
    return Stands(
        since=formats.when(standing.started_at, now),
        by=standing.started_by.name,
        reason=standing.reason,
        spokesperson=standing.spokesperson.name if standing.spokesperson else "Ikke bestemt ennå",
        next_information=formats.when(next_at, now) if next_at else "Ikke bestemt ennå",
        is_overdue=next_at is not None and next_at < now,
    )


def _name(org: Organisation, person_id: int | None) -> str:
    person = org.people.get(person_id or 0)
    return person.name if person else ""


def _stands_already(standing: Crisis | None) -> Response:
    """The second who starts: nothing new where it was himself, else since when it stands, and by whom."""
    if standing is None or standing.started_by_id == me().person_id:
        return redirect(url_for(".show"), 303)
    shown = _shown(standing)
    return _page(standing, _change_form(standing), 409, f"{shown.by} etablerte kriseledelsen {shown.since}.")


def _too_late(form: ChangeForm | None) -> Response:
    """Another was first: what stands now, with what was filled in kept."""
    auth.read_again()
    latest, standing = crisis.latest(auth.reader()), crisis.standing(auth.reader())
    if standing is None:
        if latest is None or latest.ended_by_id == me().person_id:
            return redirect(url_for(".show"), 303)
        return _page(None, StartForm(formdata=None), 409, f"Kriseledelsen ble avsluttet {_ended(latest)}.")
    if form is None:
        form = _change_form(standing)
    form.version.data, form.version.raw_data = standing.version, None
    return _page(standing, form, 409, "Noen andre endret krisen mens du skrev. Se hva som står nå, og lagre på nytt.")


def _ended(latest: Crisis) -> str:
    return formats.when(latest.ended_at, clock.now()) if isinstance(latest.ended_at, datetime) else ""
