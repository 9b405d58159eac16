"""«Kan ikke nå» and «Svarer ikke»: one press, and the next one is told."""

from collections.abc import Callable, Iterable
from datetime import datetime

from flask import url_for
from werkzeug import Response

from pressedesk import access, auth, clock, organisation
from pressedesk.access import Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import silence
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.panels import Button, Look, buttons
from pressedesk.views.sak.routes import bp, press_again, second_press, to_case
from pressedesk.workflow import UNTAKEN, Action, after

Skip = Callable[[int, str, int, int, datetime], int | None]


@bp.post("/sak/<reference>/<int:strand_id>/kan-ikke-na")
@requires(Do.CANNOT_NOW)
def cannot_now(reference: str, strand_id: int) -> Response:
    """Whoever has it cannot just now."""
    form = SeenForm()
    return _skip(silence.cannot_now, reference, strand_id, form) if form.validate() else press_again(reference)


@bp.post("/sak/<reference>/<int:strand_id>/svarer-ikke")
@requires(Do.NOT_ANSWERING)
def not_answering(reference: str, strand_id: int) -> Response:
    """The desk rang, and nobody answered."""
    form = SeenForm()
    return _skip(silence.not_answering, reference, strand_id, form) if form.validate() else press_again(reference)


def _skip(skip: Skip, reference: str, strand_id: int, form: SeenForm) -> Response:
    try:
        told = skip(me().person_id, reference, strand_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.PASSED_BY}, strand_id)
    if told is None:
        return to_case(reference, "Notert, men ingen andre er å få tak i. Ring noen som kan svare.")
    tx = auth.read_again()
    name = access.people(tx, [told])[told].name
    is_in_office = access.visible_strand(tx, me(), reference, strand_id).acting_id == told
    alone = "" if is_in_office else "Ingen andre i stillingen er å få tak i. "
    return to_case(reference, f"{alone}{name} har fått beskjed nå.")


@buttons("cannot_now")
def offer_cannot_now(look: Look, strand: Strand) -> Iterable[Button]:
    """For whoever has it, until he has said so."""
    is_his = look.who.person_id == (strand.taken_by_id or strand.acting_id)
    is_possible = after(strand.state, Action.SKIP) is not None
    if is_his and is_possible and may_do(look.who, Do.CANNOT_NOW, look.case.inquiry, strand):
        yield from _button(look, strand, look.who.person_id, "Kan ikke nå", "sak.cannot_now")


@buttons("not_answering")
def offer_not_answering(look: Look, strand: Strand) -> Iterable[Button]:
    """For the desk, while nobody has taken it and whoever was told may be rung."""
    may_be_rung = strand.state in UNTAKEN and strand.acting_id not in (None, look.who.person_id)
    if may_be_rung and may_do(look.who, Do.NOT_ANSWERING, look.case.inquiry, strand):
        yield from _button(look, strand, strand.acting_id, "Svarer ikke", "sak.not_answering")


def _button(look: Look, strand: Strand, person_id: int | None, text: str, endpoint: str) -> Iterable[Button]:
    inquiry = look.case.inquiry
    if person_id not in organisation.passed_by(look.tx, inquiry.id, look.now):
        yield Button(text, url_for(endpoint, reference=inquiry.reference, strand_id=strand.id), posts=True)
