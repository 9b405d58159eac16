"""Calls that are not written down yet: kept while typing, parked, thrown away, and taken over when they are red."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug import Response
from wtforms import HiddenField

from pressedesk import access, auth, clock, formats
from pressedesk.access import Do
from pressedesk.auth import me, requires
from pressedesk.desk import drafts, intake
from pressedesk.desk.chips import Concerned
from pressedesk.desk.drafts import Standing
from pressedesk.models import Draft
from pressedesk.views.fields import Form
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.ny.form import CallForm
from pressedesk.views.ny.routes import ReferenceForm, bp, reference_form

NOT_KEPT = frozenset(
    {"csrf_token", "token", "carried", "fragment", "neste", "satt_over", "svart", "legg_til", "not_there", "is_there"}
)
MINUTE_SECONDS = 60


class DiscardForm(Form):
    """Throw a draft away."""

    token = HiddenField()


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: who waits, at which number, since when; never what it is about."""

    reference: str
    caller: str
    phone: str
    opened: str
    waited: str
    is_parked: bool
    is_red: bool
    by: str  # who has it, where that is another
    begun_by: str  # who took the call, where somebody took over since
    discard: DiscardForm
    take_over: ReferenceForm


@bp.post("/ny/parker")
@requires(Do.LOG)
def park() -> Response:
    """Put the call aside; an empty form for the next one."""
    form = CallForm(auth.organisation_now(), clock.now())
    if form.is_empty or form.carried:
        flash("Det er ikke skrevet noe å parkere.", "warning")
        return redirect(url_for(".show"), 303)
    if Form().validate():
        drafts.park(me().person_id, form.token.data or "", typed(form), form.now, _standing(form))
        flash("Samtalen er parkert. Den står øverst til du fortsetter.")
    return redirect(url_for(".show"), 303)


@bp.post("/ny/overta")
@requires(Do.LOG)
def take_over() -> Response:
    """Go on with a red draft that a colleague began."""
    form = ReferenceForm()
    if not form.validate():
        return redirect(url_for("innboks.show"), 303)
    reference = form.reference.data or ""
    drafts.take_over(me().person_id, reference, clock.now())
    flash("Kladden er din nå.")
    return redirect(url_for(".show", kladd=reference), 303)


@bp.post("/ny/kast")
@requires(Do.LOG)
def discard() -> Response:
    """Throw a draft away."""
    form = DiscardForm()
    if form.validate():
        drafts.discard_draft(me().person_id, form.token.data or "")
        flash("Kladden er kastet.")
    return redirect(url_for(".show"), 303)


def typed(form: CallForm) -> dict[str, list[str]]:
    """What stands in the form. Of a call that is only passed on, nothing of what it is about."""
    fields = {name: request.form.getlist(name) for name in request.form if name not in NOT_KEPT}
    fields["unit"] = ["" if form.unit.data is None else str(form.unit.data)]
    fields["proposed_unit"] = [form.proposed_unit.data or ""]
    fields["passed_by"] = [form.passed_by.data or ""]
    if form.is_passed_on:
        fields.pop("question", None)
        fields.pop("answer_text", None)
    return fields


def keep(form: CallForm) -> Draft | None:
    """The draft with what has been typed; none of an empty form."""
    if form.is_empty:
        return None
    return drafts.save_draft(me().person_id, form.token.data or "", typed(form), form.now, _standing(form))


def _standing(form: CallForm) -> Standing:
    is_passed_on = form.is_passed_on
    about: frozenset[int] = frozenset()
    if form.concerned.data is Concerned.LEADER:
        about = intake.preview(auth.reader(), form.org, form.call(), form.now).excluded
    return Standing(bool(form.caller_name.data and form.phone.data) and not is_passed_on, is_passed_on, about)


# Lists


def own_drafts(tx: Session, now: datetime) -> list[Draft]:
    """The drafts of whoever is logged in."""
    return drafts.drafts_of(tx, me().person_id, now)


def draft_line(draft: Draft, now: datetime, by: str = "", begun_by: str = "") -> DraftLine:
    """One draft in a list."""

    def first(name: str) -> str:
        return next(iter(draft.fields.get(name, ())), "")

    return DraftLine(
        reference=draft.reference,
        caller=", ".join(filter(None, map(first, ("caller_name", "outlet")))),
        phone=first("phone"),
        opened=formats.when(draft.opened_at, now),
        waited=formats.duration(int((now - draft.opened_at).total_seconds()) // MINUTE_SECONDS),
        is_parked=draft.parked_at is not None,
        is_red=drafts.is_red(draft, now),
        by=by,
        begun_by=begun_by,
        discard=DiscardForm(formdata=None, data={"token": draft.token}),
        take_over=reference_form(draft.reference),
    )


RED = "Noen har ringt, og henvendelsen er ikke skrevet ferdig på et kvarter. Fortsett, så den kommer fram."


@inbox_section("kladder", "Ikke skrevet ferdig", RED)
def red(desk: Desk) -> list[DraftLine]:
    """Red drafts, the own and those of colleagues."""
    found = drafts.red_drafts(desk.tx, desk.who, desk.now)
    wanted = {each.person_id for each in found} | {begun for each in found if (begun := drafts.begun_by(each))}
    people = access.people(desk.tx, wanted) if found else {}
    names = {person_id: person.name for person_id, person in people.items() if person_id != desk.who.person_id}

    def name(person_id: int | None) -> str:
        return names.get(person_id or 0, "")

    return [draft_line(each, desk.now, name(each.person_id), name(drafts.begun_by(each))) for each in found]
