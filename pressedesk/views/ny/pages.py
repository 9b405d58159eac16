"""The pages of /ny: the form, the preview while typing, saving, what was saved, and the drafts."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from pressedesk import access, auth, clock, db, formats
from pressedesk.access import Do, NotFound
from pressedesk.auth import me, requires
from pressedesk.desk import chips, intake, phrases
from pressedesk.desk.intake import Logged
from pressedesk.models import Draft, Inquiry, Outlet
from pressedesk.views.fields import Form
from pressedesk.views.ny import panel
from pressedesk.views.ny.beside import Typed, pieces
from pressedesk.views.ny.form import CallForm

bp = Blueprint("ny", __name__)

RECEIPT = "receipt"  # in the session: what was saved last, to be read aloud
RECENT_CALLERS = 400
NOT_KEPT = frozenset({"csrf_token", "token", "carried", "fragment", "neste"})


class DiscardForm(Form):
    """Throw a draft away."""

    token = HiddenField()


@dataclass(frozen=True)
class Receipt:
    """What came of a saved call: who knows, and what to say. `is_open`: the person may open the inquiry."""

    reference: str | None
    told: tuple[str, ...]
    say: tuple[str, ...]
    is_open: bool


@bp.get("/ny")
@requires(Do.LOG)
def show() -> Response:
    """An empty form, or a draft to go on with (`?kladd=<reference>`)."""
    org, now = auth.organisation_now(), clock.now()
    wanted = request.args.get("kladd")
    draft = next((each for each in _drafts() if each.reference == wanted), None)
    if wanted and draft is None:
        raise NotFound(wanted)
    if draft is None:
        return _page(CallForm(org, now, formdata=None, data={"token": secrets.token_urlsafe(24)}), None)
    typed = MultiDict([(name, value) for name, values in draft.fields.items() for value in values])
    typed["token"] = draft.token
    return _page(CallForm(org, now, formdata=typed), draft)


@bp.post("/ny/kladd")
@requires(Do.LOG)
def preview() -> Response:
    """Keep the form as it stands and show who answers: a piece of the page while typing, or the whole page."""
    form = CallForm(auth.organisation_now(), clock.now())
    unit_note = panel.propose_unit(auth.reader(), form)
    draft = _keep(form) if Form().validate() else None
    if "fragment" in request.form:
        return make_response(render_template("ny/_regions.html", **_regions(form, draft, unit_note)))
    return _page(form, draft, unit_note=unit_note)


@bp.post("/ny")
@requires(Do.LOG)
def save() -> Response:
    """Save the call and tell its owners; then what to say, or the next call."""
    form = CallForm(auth.organisation_now(), clock.now())
    if not form.validate():
        return _page(form, None if form.carried else _keep(form), 422)
    logged = intake.log_call(me().person_id, form.token.data or "", form.call(), form.now)
    session[RECEIPT] = asdict(_receipt(logged, form))
    is_next = "neste" in request.form
    return redirect(url_for(".show", lagret=1) if is_next else url_for(".saved"), 303)


@bp.get("/ny/lagret")
@requires(Do.LOG)
def saved() -> Response:
    """What was saved last: the number, who knows, and the sentence to say."""
    receipt = _last_receipt()
    return make_response(render_template("ny/lagret.html", receipt=receipt)) if receipt else redirect(url_for(".show"))


@bp.post("/ny/kast")
@requires(Do.LOG)
def discard() -> Response:
    """Throw a draft away."""
    form = DiscardForm()
    if form.validate():
        intake.discard_draft(me().person_id, form.token.data or "")
        flash("Kladden er kastet.")
    return redirect(url_for(".show"), 303)


# What the pages show


def _drafts() -> list[Draft]:
    return intake.drafts_of(auth.reader(), me().person_id)


def _keep(form: CallForm) -> Draft | None:
    """The draft with what has been typed; none of an empty form. Of a call that is only passed on, no question."""
    if form.is_empty:
        return None
    typed = {name: request.form.getlist(name) for name in request.form if name not in NOT_KEPT}
    typed["unit"] = ["" if form.unit.data is None else str(form.unit.data)]
    typed["proposed_unit"] = [form.proposed_unit.data or ""]
    if form.is_passed_on:
        typed.pop("question", None)
    return intake.save_draft(me().person_id, form.token.data or "", typed, form.now)


def _regions(form: CallForm, draft: Draft | None, unit_note: panel.Note | None = None) -> dict[str, Any]:
    """The parts of the page that follow what is typed."""
    call = form.call(draft.opened_at if draft else None)
    has_begun = not form.is_empty or bool(form.unit.data) or any(form.data[name] for name in ("asks", "capacities"))
    placement = intake.preview(auth.reader(), form.org, call, form.now)
    reference = draft.reference if draft and placement.strands else None
    return {
        "form": form,
        "pieces": pieces(Typed(auth.reader(), me(), form, form.now)),
        "panel": panel.panel(placement, form.org, reference, form.now, form.concerned.data) if has_begun else None,
        "reference": reference,
        "deadline_note": panel.deadline_note(form.reading),
        "unit_note": unit_note or panel.Note(),
        "worth_asking": chips.worth_asking(placement.asked),
    }


def _page(form: CallForm, draft: Draft | None, status: int = 200, *, unit_note: panel.Note | None = None) -> Response:
    drafts = [each for each in _drafts() if each.token != form.token.data]
    callers, outlets = _suggestions()
    regions = _regions(form, draft, unit_note)
    further = form.further(regions["worth_asking"])
    return make_response(
        render_template(
            "ny/ny.html",
            **regions,
            further=further,
            has_further=any(each.is_answered or each.field.errors for each in further),
            drafts=[_draft_line(each, form.now) for each in drafts],
            callers=callers,
            outlets=outlets,
            receipt=_last_receipt() if "lagret" in request.args else None,
        ),
        status,
    )


def _draft_line(draft: Draft, now: datetime) -> dict[str, Any]:
    who = ", ".join(filter(None, (value for name in ("caller_name", "outlet") for value in draft.fields.get(name, []))))
    return {
        "reference": draft.reference,
        "opened": formats.when(draft.opened_at, now),
        "who": who,
        "form": DiscardForm(formdata=None, data={"token": draft.token}),
    }


def _suggestions() -> tuple[list[str], list[str]]:
    """Callers and newsrooms of late, from what this person may see."""
    recent = (
        access.visible_inquiries(me())
        .outerjoin(Inquiry.outlet)
        .with_only_columns(Inquiry.caller_name, Outlet.name)
        .order_by(Inquiry.received_at.desc())
        .limit(RECENT_CALLERS)
    )
    rows = auth.reader().execute(recent).all()
    callers, outlets = ({row[column]: None for row in rows if row[column]} for column in (0, 1))
    return list(callers), list(outlets)


def _receipt(logged: Logged, form: CallForm) -> Receipt:
    concerned, placement = form.concerned.data, logged.placement
    told = phrases.who_was_told(placement, form.org, concerned)
    if placement.outside:
        person = form.org.people.get(form.contact_person.data or 0)
        told += (f"{person.name} får beskjed om at journalisten har ringt." if person else "Ingen får beskjed.",)
    return Receipt(
        reference=logged.reference,
        told=told,
        say=phrases.what_to_say(placement, form.org, logged.reference, form.now, concerned),
        is_open=logged.reference is not None and _may_open(logged.reference),
    )


def _may_open(reference: str) -> bool:
    """After the inquiry was saved, so in a view of the data that begins now."""
    with db.reading() as tx:
        try:
            access.visible_inquiry(tx, me(), reference)
        except NotFound:
            return False
    return True


def _last_receipt() -> Receipt | None:
    kept = session.get(RECEIPT)
    return Receipt(**kept) if kept else None
