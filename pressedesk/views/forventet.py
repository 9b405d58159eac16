"""/forventet: what the press is expected to ask about. Everybody who logs reads the list, KIS writes it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats
from pressedesk.access import Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk import expected
from pressedesk.desk.change import Stale
from pressedesk.desk.expected import Expects, phrases_of
from pressedesk.events import EventKind
from pressedesk.models import ExpectedStory, Office
from pressedesk.organisation import Organisation
from pressedesk.views import at_large
from pressedesk.views.at_large import UntilForm, picked
from pressedesk.views.fields import Form, LineField, TextField, VersionField
from pressedesk.views.ny.beside import Typed, beside
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.sak.routes import Late

bp = Blueprint("forventet", __name__)

MOST_TITLE = 80  # characters
MOST_READ_OUT = 2000
MOST_SHOWN = 3  # beside the form of a call


def _number(raw: Any) -> int | None:
    return int(raw) if str(raw).isascii() and str(raw).isdigit() else None


class ExpectForm(UntilForm):
    """What is expected, who answers, and what may be read out until when."""

    title = LineField("Hva venter vi spørsmål om?", needed="Skriv hva vi venter spørsmål om.", most=MOST_TITLE)
    phrases = TextField("Ord som kjenner igjen samtalen", needed="Skriv minst ett ord.", most=1000)
    unit = SelectField("Hvilken virksomhet gjelder det?", coerce=_number)
    office = SelectField("Hvem svarer?", coerce=_number)
    text = TextField("Tekst som kan leses opp", needed="Skriv hva som kan leses opp.", most=MOST_READ_OUT)

    def __init__(self, **rest: Any) -> None:
        super().__init__(**rest)
        org = auth.organisation_now()
        self.unit.choices = [SelectChoice("", "Ikke bestemt"), *unit_choices(org)]
        self.office.choices = [SelectChoice("", "Den reglementet peker ut"), *_offices()]

    def expects(self) -> Expects:
        """The validated form."""
        return Expects(
            title=self.title.data or "",
            phrases=phrases_of(self.phrases.data or ""),
            unit_id=self.unit.data,
            office_id=self.office.data,
            text=self.text.data or "",
            until_at=self.until_at,
        )


class RewriteForm(ExpectForm):
    """The same, of one that is there."""

    version = VersionField()


class ButtonForm(Form):
    """A mere button."""

    version = VersionField()


@dataclass(frozen=True)
class Line:
    """One expected story as it is shown. `text` is there only while it may be read out; else `why_not` says why."""

    expected_id: int
    title: str
    phrases: str
    unit: str
    answers: str
    phone: str | None
    text: str | None
    why_not: str
    until: str
    informed: str
    is_ended: bool
    has_run_out: bool
    button: ButtonForm


@bp.get("/forventet")
@requires(Do.LOG)
def index() -> Response:
    """All of them, with where they stand."""
    org, now = auth.organisation_now(), clock.now()
    lines = [_line(row, org, now) for row in auth.reader().scalars(expected.expected_stories())]
    page = render_template(
        "forventet/forventet.html",
        lines=[line for line in lines if not line.is_ended],
        ended=[line for line in lines if line.is_ended],
        may_write=access.may(me(), Do.EXPECT),
    )
    return make_response(page)


@bp.get("/forventet/ny")
@requires(Do.EXPECT)
def new() -> Response:
    """An empty form."""
    return _form_page(ExpectForm(formdata=None), None)


@bp.post("/forventet/ny")
@requires(Do.EXPECT)
def expect() -> Response:
    """A new one."""
    form = ExpectForm()
    if not form.validate():
        return _form_page(form, None, status=422)
    expected.expect(me().person_id, form.expects(), clock.now())
    return _to_list("Den forventede saken er lagret. Noter når de ansatte er informert, så kan teksten leses opp.")


@bp.get("/forventet/<int:expected_id>")
@requires(Do.EXPECT)
def show(expected_id: int) -> Response:
    """The form of one, as it stands."""
    row = _row(expected_id)
    return _form_page(_filled(row), row)


@bp.post("/forventet/<int:expected_id>")
@requires(Do.EXPECT)
def rewrite(expected_id: int) -> Response:
    """Something else is written of it."""
    row, form = _row(expected_id), RewriteForm()
    if not form.validate():
        return _form_page(form, row, status=422)
    try:
        expected.rewrite(me().person_id, expected_id, form.version.data or 0, form.expects(), clock.now())
    except Stale:
        auth.read_again()
        row = _row(expected_id)
        if _written(row) != form.expects():
            form.version.data, form.version.raw_data = row.version, None
            return _form_page(form, row, late=_late(expected_id), status=409)
    return _to_list("Den forventede saken er endret.")


@bp.post("/forventet/<int:expected_id>/informert")
@requires(Do.EXPECT)
def staff_informed(expected_id: int) -> Response:
    """The employees know now."""
    row, form = _row(expected_id), ButtonForm()
    if form.validate() and row.staff_informed_at is None:
        try:
            expected.staff_informed(me().person_id, expected_id, form.version.data or 0, clock.now())
        except Stale:
            auth.read_again()
            if _row(expected_id).staff_informed_at is None:
                return _form_page(_filled(_row(expected_id)), _row(expected_id), late=_late(expected_id), status=409)
    return _to_list("Notert at de ansatte er informert. Teksten kan leses opp så lenge den gjelder.")


@bp.post("/forventet/<int:expected_id>/avslutt")
@requires(Do.EXPECT)
def end(expected_id: int) -> Response:
    """It is no longer expected."""
    row, form = _row(expected_id), ButtonForm()
    if form.validate() and row.ended_at is None:
        try:
            expected.end(me().person_id, expected_id, form.version.data or 0, clock.now())
        except Stale:
            auth.read_again()
            if _row(expected_id).ended_at is None:
                return _form_page(_filled(_row(expected_id)), _row(expected_id), late=_late(expected_id), status=409)
    return _to_list("Den forventede saken er avsluttet.")


@beside("forventet")
def proposed(typed: Typed) -> list[Line]:
    """Those that the words of the call speak for. It proposes a unit and fills in nothing."""
    found = expected.matching(typed.tx, typed.form.question.data or "")
    return [_line(row, typed.form.org, typed.now) for row in found[:MOST_SHOWN]]


# What the pages show


def _line(row: ExpectedStory, org: Organisation, now: datetime) -> Line:
    reached = org.reach(row.office_id) if row.office_id in org.offices else None
    person = org.people.get(reached.person_id or 0) if reached else None
    return Line(
        expected_id=row.id,
        title=row.title,
        phrases=", ".join(row.phrases),
        unit=row.unit.name if row.unit else "",
        answers=", ".join(filter(None, [row.office.title if row.office else "", person.name if person else ""])),
        phone=(person.phone if person else None) or (row.office.phone if row.office else None),
        text=expected.text_to_read(row, now),
        why_not=_why_not(row, now),
        until=formats.when(row.until_at, now),
        informed=formats.when(row.staff_informed_at, now) if row.staff_informed_at else "",
        is_ended=row.ended_at is not None,
        has_run_out=row.until_at <= now,
        button=ButtonForm(formdata=None, data={"version": row.version}),
    )


def _why_not(row: ExpectedStory, now: datetime) -> str:
    """Why nothing may be read out; empty where it may."""
    if row.ended_at is not None:
        return f"Avsluttet {formats.when(row.ended_at, now)}."
    if row.until_at <= now:
        return f"Teksten gikk ut {formats.when(row.until_at, now)} og kan ikke leses opp."
    if row.staff_informed_at is None:
        return "De ansatte er ikke informert ennå. Teksten kan leses opp når KIS har notert at de er det."
    return ""


def _form_page(form: ExpectForm, row: ExpectedStory | None, *, late: Late | None = None, status: int = 200) -> Response:
    now = clock.now()
    line = _line(row, auth.organisation_now(), now) if row else None
    return make_response(render_template("forventet/skjema.html", form=form, line=line, late=late), status)


def _filled(row: ExpectedStory) -> RewriteForm:
    written = _written(row)
    data = {
        **vars(written),
        "phrases": "\n".join(written.phrases),
        "unit": row.unit_id,
        "office": row.office_id,
        "until_picked": picked(row.until_at),
        "version": row.version,
    }
    return RewriteForm(formdata=None, data=data)


def _written(row: ExpectedStory) -> Expects:
    return Expects(row.title, tuple(row.phrases), row.unit_id, row.office_id, row.text, row.until_at)


def _row(expected_id: int) -> ExpectedStory:
    row = auth.reader().scalar(expected.expected_stories().where(ExpectedStory.id == expected_id))
    if row is None:
        raise NotFound(expected_id)
    return row


def _offices() -> list[SelectChoice]:
    found = select(Office.id, Office.title).where(Office.closed_on.is_(None)).order_by(Office.title)
    return [SelectChoice(str(row.id), row.title) for row in auth.reader().execute(found)]


def _late(expected_id: int) -> Late:
    return at_large.who_was_first(EventKind.EXPECTED_CHANGED, "expected", expected_id)


def _to_list(message: str) -> Response:
    flash(message)
    return redirect(url_for(".index"), 303)
