"""/ringer-igjen: the journalist calls again. One sentence to say of any inquiry, «Purr», «Legg til» while logging."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from wtforms import Form as PlainForm
from wtforms import HiddenField

from pressedesk import access, auth, clock, formats
from pressedesk.access import Actor, Do, NotFound, Refused, Told, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import drafts, same_story, second_call
from pressedesk.desk.change import Stale
from pressedesk.desk.chips import Concerned
from pressedesk.desk.same_story import Alike, Asking
from pressedesk.models import Draft
from pressedesk.views.fields import Form, LineField, TextField, VersionField
from pressedesk.views.ny.beside import Typed, beside

bp = Blueprint("ringer_igjen", __name__)

ABOUT_SOMEBODY = frozenset(set(Concerned) - {Concerned.NOBODY})
OF_ITS_OWN = "Spørsmål om en enkeltperson tas som egen sak, så bare de som skal, kan lese det."
NOTHING_TYPED = "Skriv hva journalisten lurer på, før du legger det til."


class SearchForm(PlainForm):
    """Who calls. It stands in the address and changes nothing."""

    class Meta:
        locales = ("nb",)

    hvem = LineField("Saksnummer, navn eller telefon")


class NudgeForm(Form):
    """«Purr». `token`: of the call that is being written down beside it, to go back to."""

    reference = HiddenField()
    token = HiddenField()


class AddForm(Form):
    """What was asked besides, when the inquiry was changed meanwhile: shown again, to be sent from what stands now."""

    reference = HiddenField()
    version = VersionField()
    token = HiddenField()
    question = TextField("Hva spør journalisten om nå?", needed=NOTHING_TYPED)


@dataclass(frozen=True)
class Line:
    """One inquiry as the desk tells of it. `nudge` is the button; None where it is not open or was nudged just now."""

    reference: str
    version: int
    joined: str
    say: str
    received: str
    may_open: bool
    may_add: bool
    nudge: NudgeForm | None
    nudged: str


@bp.get("/ringer-igjen")
@requires(Do.SECOND_CALL)
def show() -> str:
    """One field; what to say of each inquiry that is found."""
    form, now = SearchForm(request.args), clock.now()
    form.validate()
    text = "" if form.hvem.errors else form.hvem.data or ""
    found = access.told_to_caller(auth.reader(), me(), text, now) if text else []
    lines = [_line(told, me(), now) for told in found]
    return render_template("ringer_igjen/ringer_igjen.html", form=form, text=text, lines=lines)


@bp.post("/ringer-igjen/purr")
@requires(Do.SECOND_CALL)
def nudge() -> Response:
    """Tell whoever has it that the journalist called again."""
    form = NudgeForm()
    reference = form.reference.data or ""
    if not form.validate():
        flash("Ingenting er gjort ennå. Trykk på knappen én gang til.", "warning")
        return _back(form, reference)
    try:
        second_call.nudge(me().person_id, reference, clock.now())
    except Refused as refused:
        flash(refused.reason, "warning")
        return _back(form, reference)
    flash(f"Den som har {reference}, har fått beskjed om at journalisten ringte igjen.")
    return _back(form, reference)


def _back(form: NudgeForm, reference: str) -> Response:
    """To the call that was being written down, else to the inquiry that was asked about."""
    draft = _draft(form.token.data or "")
    address = url_for("ny.show", kladd=draft.reference) if draft else url_for(".show", hvem=reference)
    return redirect(address, 303)


def _draft(token: str) -> Draft | None:
    own = drafts.drafts_of(auth.reader(), me().person_id, clock.now()) if token else []
    return next((draft for draft in own if draft.token == token), None)


@bp.post("/ringer-igjen/legg-til")
@requires(Do.LOG)
def add() -> Response:
    """Put what is being written down into an inquiry that is open already, instead of a new one.

    Sent by the form of the call itself, by a button that says which inquiry («PD-2026-0143 7», its version last)."""
    form = AddForm()
    _read_button(form)
    if not form.validate():
        return _add_page(form, "", 422)
    if _concerned() in ABOUT_SOMEBODY:
        return _add_page(form, OF_ITS_OWN, 422)
    reference, text, now = form.reference.data or "", _with_deadline(form.question.data or ""), clock.now()
    try:
        second_call.add(me().person_id, reference, form.version.data or 0, text, now)
    except Refused as refused:
        return _add_page(form, refused.reason, 422)
    except Stale:
        return _too_late(form, text)
    return _added(form)


def _read_button(form: AddForm) -> None:
    """From the form of a call, the reference and the version stand in the button that was pressed."""
    reference, _, version = request.form.get("legg_til", "").partition(" ")
    if reference:
        form.reference.data = reference
        form.version.process_formdata([version])


def _concerned() -> Concerned | None:
    return next((each for each in Concerned if each == request.form.get("concerned")), None)


def _with_deadline(text: str) -> str:
    """With the deadline that the journalist gave now, in his words."""
    given = formats.clean_line(request.form.get("deadline", ""))[:200]
    return f"{text}\nFrist journalisten ga nå: {given}" if given else text


def _added(form: AddForm) -> Response:
    """The call becomes no inquiry of its own: its draft is thrown away, and what to say stands on the page."""
    drafts.discard_draft(me().person_id, form.token.data or "")
    flash(f"Lagt til i {form.reference.data}. Den som har saken, har fått beskjed. Det ble ikke laget noen ny sak.")
    if not access.may(me(), Do.SECOND_CALL):
        return redirect(url_for("sak.show", reference=form.reference.data), 303)
    return redirect(url_for(".show", hvem=form.reference.data), 303)


def _too_late(form: AddForm, text: str) -> Response:
    """The second press of a double click is done already; else the text again, and what stands now."""
    case = access.open_case(auth.read_again(), me(), form.reference.data or "")
    mine = [case.notes.get(note.id) for note in case.inquiry.notes if note.person_id == me().person_id]
    if text in mine:
        return _added(form)
    form.version.data, form.version.raw_data = case.inquiry.version, None
    return _add_page(form, "Saken ble endret mens du skrev. Se på den, og legg til én gang til.", 409)


def _add_page(form: AddForm, why: str, status: int) -> Response:
    reference = form.reference.data or ""
    draft = _draft(form.token.data or "")
    back = url_for("ny.show", kladd=draft.reference) if draft else url_for("ny.show")
    told = access.told_to_caller(auth.reader(), me(), reference, clock.now())
    line = _line(told[0], me(), clock.now()) if told else None
    may_send = why != OF_ITS_OWN and (line.may_add if line else not access.may(me(), Do.SECOND_CALL))
    page = render_template("ringer_igjen/legg_til.html", form=form, why=why, line=line, back=back, may_send=may_send)
    return make_response(page, status)


def _line(told: Told, who: Actor, now: datetime, token: str = "") -> Line:
    again_at = second_call.next_nudge(told, now)
    may_nudge = told.is_open and again_at is None and access.may(who, Do.SECOND_CALL)
    nudged = f"Purret kl. {formats.clock_time(told.nudged_at)}." if told.nudged_at and told.is_open else ""
    if again_at is not None and nudged:
        nudged += f" Neste purring kan gå kl. {formats.clock_time(again_at)}."
    given = {"reference": told.reference, "token": token}
    return Line(
        reference=told.reference,
        version=told.version,
        joined=f"{told.asked_as} er slått sammen med {told.reference}." if told.asked_as != told.reference else "",
        say=second_call.status(told, now),
        received=formats.when(told.received_at, now),
        may_open=not told.is_for_few or who.sees_restricted,
        may_add=told.is_open and _may_add(told, who),
        nudge=NudgeForm(formdata=None, data=given) if may_nudge else None,
        nudged=nudged,
    )


def _may_add(told: Told, who: Actor) -> bool:
    if told.is_for_few:
        return False
    try:
        return may_do(who, Do.ADD, access.visible_inquiry(auth.reader(), who, told.reference))
    except NotFound:
        return False


# Beside the form of a call


@beside("samme_journalist")
def same_journalist(typed: Typed) -> list[Line]:
    """The open inquiries of whoever is calling: his exact name or number has been typed."""
    form = typed.form
    found = access.told_to_journalist(
        typed.tx, typed.who, form.caller_name.data or "", form.phone.data or "", typed.now
    )
    is_of_its_own = form.concerned.data in ABOUT_SOMEBODY
    lines = [_line(told, typed.who, typed.now, form.token.data or "") for told in found if told.is_open]
    return [_without_adding(line) for line in lines] if is_of_its_own else lines


def _without_adding(line: Line) -> Line:
    return Line(**{**line.__dict__, "may_add": False})


@beside("samme_sak")
def same_story_beside(typed: Typed) -> list[dict[str, str]]:
    """Open inquiries of others that look like the same story."""
    form = typed.form
    if form.is_passed_on:
        return []
    unit_id = form.unit.data or None
    asking = Asking(form.caller_name.data or "", form.phone.data or "", form.question.data or "", unit_id)
    return [_alike(each, typed.now) for each in same_story.same_story(typed.tx, typed.who, asking, typed.now)]


def _alike(each: Alike, now: datetime) -> dict[str, str]:
    return {
        "reference": each.reference,
        "unit": each.unit or "Ikke avklart",
        "office": each.office or "Ingen ennå",
        "received": formats.when(each.received_at, now),
    }
