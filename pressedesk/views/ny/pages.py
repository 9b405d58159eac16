"""The form of /ny: empty or from a draft, the preview while typing, and saving in its three shapes."""

import secrets
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from pressedesk import access, auth, clock
from pressedesk.access import Do, NotFound, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import chips, intake, transfers
from pressedesk.desk.intake import Logged, Undone
from pressedesk.desk.on_the_spot import Barred, answer_on_the_spot
from pressedesk.models import Draft, Inquiry, Outlet
from pressedesk.views.fields import Form
from pressedesk.views.ny import after, drafts, panel
from pressedesk.views.ny.after import Act
from pressedesk.views.ny.beside import Typed, pieces
from pressedesk.views.ny.form import CallForm
from pressedesk.views.ny.routes import bp
from pressedesk.views.words import Cited, cited

RECENT_CALLERS = 400


@bp.get("/ny")
@requires(Do.LOG)
def show() -> Response:
    """An empty form, or a draft to go on with (`?kladd=<reference>`)."""
    org, now = auth.organisation_now(), clock.now()
    wanted = request.args.get("kladd")
    draft = next((each for each in drafts.own_drafts(auth.reader(), now) if each.reference == wanted), None)
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
    """Keep the form as it stands and show who answers: a piece of the page while typing, or the whole page.

    Also «Svarer ikke» of somebody it shows, and that he is there after all."""
    form = CallForm(auth.organisation_now(), clock.now())
    form.hear_who_is_there(request.form.get("not_there", ""), request.form.get("is_there", ""))
    unit_note = panel.propose_unit(auth.reader(), form)
    draft = drafts.keep(form) if Form().validate() else None
    if "fragment" in request.form:
        return make_response(render_template("ny/_regions.html", **_regions(form, draft, unit_note)))
    return _page(form, draft, unit_note=unit_note)


@bp.post("/ny")
@requires(Do.LOG)
def save() -> Response:
    """Save the call: its owners are told, or the caller is put through, or he has had his answer. Then what to say, or
    the next call."""
    form = CallForm(auth.organisation_now(), clock.now())
    if not form.validate():
        return _page(form, None if form.carried else _kept(form), 422)
    act = Act.PUT_THROUGH if "satt_over" in request.form else Act.ANSWER if "svart" in request.form else Act.TELL
    try:
        logged = _save(form, act)
    except Undone as undone:
        flash("Du angret denne. Her er den igjen, så du kan lagre på nytt.", "warning")
        return redirect(url_for(".show", kladd=undone.reference), 303)
    except Refused as refused:
        return _page(form, _kept(form), 422, refused=refused)
    after.remember(logged, form, act)
    is_next = "neste" in request.form
    return redirect(url_for(".show", lagret=1) if is_next else url_for(".saved"), 303)


def _save(form: CallForm, act: Act) -> Logged:
    person_id, token = me().person_id, form.token.data or ""
    match act:
        case Act.PUT_THROUGH:
            return transfers.put_through(person_id, token, form.call(), form.concerned.data, form.now)
        case Act.ANSWER:
            return answer_on_the_spot(person_id, token, form.call(), form.answer_text.data or "", form.now)
        case Act.TELL:
            return intake.log_call(person_id, token, form.call(), form.now, drafts.typed(form))


def _kept(form: CallForm) -> Draft | None:
    """The draft of a form that could not be saved; none where somebody else has it by now."""
    try:
        return drafts.keep(form)
    except NotFound:
        return None


# What the page shows


def _regions(form: CallForm, draft: Draft | None, unit_note: panel.Note | None = None) -> dict[str, Any]:
    """The parts of the page that follow what is typed."""
    call = form.call(draft.opened_at if draft else None)
    has_begun = not form.is_empty or bool(form.unit.data) or any(form.data[name] for name in ("asks", "capacities"))
    placement = intake.preview(auth.reader(), form.org, call, form.now)
    reference = draft.reference if draft and placement.strands else None
    return {
        "form": form,
        "pieces": pieces(Typed(auth.reader(), me(), form, form.now)),
        "panel": panel.panel(placement, form.org, reference, form.now, form.concerned.data, call.passed_by)
        if has_begun
        else None,
        "silent": [form.org.people[person_id] for person_id in form.silent],
        "may_put_through": not has_begun or not transfers.why_not(placement, form.concerned.data, me().person_id),
        "reference": reference,
        "deadline_note": panel.deadline_note(form.reading),
        "unit_note": unit_note or panel.Note(),
        "worth_asking": chips.worth_asking(placement.asked),
    }


def _page(
    form: CallForm,
    draft: Draft | None,
    status: int = 200,
    *,
    unit_note: panel.Note | None = None,
    refused: Refused | None = None,
) -> Response:
    others = [each for each in drafts.own_drafts(auth.reader(), form.now) if each.token != form.token.data]
    callers, outlets = _suggestions()
    regions = _regions(form, draft, unit_note)
    further = form.further(regions["worth_asking"])
    receipt = after.last_receipt() if "lagret" in request.args else None
    return make_response(
        render_template(
            "ny/ny.html",
            **regions,
            further=further,
            has_further=any(each.is_answered or each.field.errors for each in further),
            drafts=[drafts.draft_line(each, form.now) for each in others],
            callers=callers,
            outlets=outlets,
            receipt=receipt,
            undo=after.undo_button(receipt, form.now),
            refusal=_why(refused) if refused else None,
        ),
        status,
    )


def _why(refused: Refused) -> Cited:
    """The sentence beside the button, with the point where one decides."""
    source = refused.source if isinstance(refused, Barred) else ""
    return cited(refused.reason, source, "") if source else Cited(refused.reason, "", "", "")


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
