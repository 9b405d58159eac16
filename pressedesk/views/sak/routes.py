"""What every action on an inquiry shares: the blueprint, the way back, and the page for whoever came second."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from werkzeug import Response

from pressedesk import access, auth, clock
from pressedesk.access import Case, NotFound, Refused
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.models import Strand
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.timeline import names, sentence_of

bp = Blueprint("sak", __name__)


def to_case(reference: str, message: str = "") -> Response:
    """Back to the inquiry, after something was done (or was done already)."""
    if message:
        flash(message)
    return redirect(url_for("sak.show", reference=reference), 303)


def press_again(reference: str) -> Response:
    """A button that was pressed on a page too old to act from, or by somebody who had to log in first."""
    flash("Ingenting er gjort ennå. Trykk på knappen én gang til.", "warning")
    return redirect(url_for("sak.show", reference=reference), 303)


def strand_of(case: Case, strand_id: int) -> Strand:
    """A strand of the case. Raises NotFound, also for a strand of another."""
    for strand in case.inquiry.strands:
        if strand.id == strand_id:
            return strand
    raise NotFound(strand_id)


@dataclass(frozen=True)
class Late:
    """What somebody should know who came second: what was done meanwhile, or why it cannot be done any more."""

    since: list[str]
    why: str


def late(case: Case, seen: int, error: Stale | NotNow) -> Late:
    """What happened after the line of the record that the person had seen."""
    events = [event for event in case.events if event.id > seen]
    named, now = names(auth.reader(), events), clock.now()
    why = ""
    if isinstance(error, NotNow):
        why = f"Dette kan ikke gjøres når status er «{error.state.label.lower()}»."
    return Late([sentence_of(event, named, now) for event in events], why)


def is_done(case: Case, seen: int, kinds: Collection[EventKind], strand_id: int | None = None) -> bool:
    """Whether the person did this himself already: the second press of a double click."""
    me = auth.me().person_id
    return any(
        event.kind in kinds and event.person_id == me and event.strand_id == strand_id
        for event in case.events
        if event.id > seen
    )


def second_press(
    reference: str,
    form: SeenForm,
    error: Stale | NotNow | Refused,
    kinds: Collection[EventKind],
    strand_id: int | None = None,
) -> Response:
    """The answer to a button that came too late: nothing new for a double click, else what the other did.

    Refused: what the first press did may have moved the inquiry to somebody else."""
    case = access.open_case(auth.read_again(), auth.me(), reference)
    if is_done(case, form.last_seen, kinds, strand_id):
        return to_case(reference)
    if isinstance(error, Refused):
        raise error
    page = render_template("sak/for_sent.html", case=case, late=late(case, form.last_seen, error))
    return make_response(page, 409)


def bring_up_to_date(form: SeenForm, case: Case, strand: Strand | None = None) -> None:
    """Let a form with a text be sent again from what stands now."""
    form.bring_up_to(strand.version if strand else case.inquiry.version, last_seen(case))
