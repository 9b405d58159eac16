"""Every component of templates/components/ on one page, each in every state: for the tests, and for the eye.

To look at it:  .venv/bin/python -m tests.gallery [port]
"""

from enum import StrEnum

from flask import Blueprint, redirect, render_template
from werkzeug import Response
from wtforms import BooleanField

from pressedesk.views.fields import CodeField, CodesField, Form, LineField, TextField, VersionField

bp = Blueprint("gallery", __name__, template_folder="templates")


class Colour(StrEnum):
    """A closed set, as the facts of an inquiry are."""

    YES, NO, UNKNOWN = "yes", "no", "unknown"


TITLES = {Colour.YES: "Ja", Colour.NO: "Nei", Colour.UNKNOWN: "Vet ikke"}


class SampleForm(Form):
    """One field of each kind."""

    who = LineField("Journalist", needed="Skriv hvem som ringer.")
    what = TextField("Spørsmål", needed="Skriv hva journalisten lurer på.", most=100)
    phone = LineField("Telefon")
    person = CodeField("Gjelder det en enkeltperson?", titles=TITLES)
    asks = CodesField("Hva vil journalisten ha?", titles=TITLES)
    level = CodeField("Hvor hører saken hjemme?", titles=TITLES, needed="Velg hvor saken hører hjemme.")
    urgent = BooleanField("Haster")
    version = VersionField()


class PressForm(Form):
    """A mere button."""


received: list[dict[str, object]] = []  # what the form was allowed to do


@bp.get("/")
def front() -> Response:
    """Where the frame's own links lead, in an application of components alone."""
    return redirect("/galleri")


@bp.route("/galleri", methods=["GET", "POST"])
def show() -> tuple[str, int]:
    """The page; a valid POST is kept in `received`."""
    form = SampleForm(version=1)
    status = 200
    if form.is_submitted():
        if form.validate():
            received.append(form.data)
        else:
            status = 422
    return render_template("gallery.html", form=form, press=PressForm()), status


@bp.post("/galleri/knapp")
def press() -> tuple[str, int]:
    """A button's form."""
    if PressForm().validate():
        received.append({"pressed": True})
        return "gjort", 200
    return render_template("gallery.html", form=SampleForm(formdata=None, version=1), press=PressForm()), 422


@bp.get("/galleri/feil")
def fail() -> str:
    """A fault of ours, with something in it that must never reach a page."""
    raise RuntimeError(" ".join(("hemmelig", "innhold")))
