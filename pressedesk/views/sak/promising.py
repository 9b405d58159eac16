"""«Trenger mer tid»: when the answer comes after all, and that the journalist has heard it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, url_for
from sqlalchemy import func, select
from werkzeug import Response

from pressedesk import access, auth, clock, formats, timephrases
from pressedesk.access import Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import promising
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import Event, EventKind
from pressedesk.models import Restriction, Strand, Task
from pressedesk.regulation.vocabulary import Clock
from pressedesk.timephrases import Read, WithoutTime
from pressedesk.views import marks
from pressedesk.views.fields import LineField
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Button, Look, buttons
from pressedesk.views.sak.routes import (
    Late,
    bp,
    bring_up_to_date,
    is_done,
    late,
    press_again,
    second_press,
    strand_of,
    to_case,
)
from pressedesk.workflow import OPEN

MOST_REASON = 500


class TimeForm(SeenForm):
    """When the answer comes, as it is said, and an optional reason."""

    time = LineField("Når kommer svaret?", needed="Skriv når svaret kommer.")
    reason = LineField("Hvorfor?", most=MOST_REASON)


@bp.route("/sak/<reference>/<int:strand_id>/mer-tid", methods=["GET", "POST"])
@requires(Do.MORE_TIME)
def more_time(reference: str, strand_id: int) -> Response:
    """The form, and the new promise."""
    case = access.open_case(auth.reader(), me(), reference)
    strand, now = strand_of(case, strand_id), clock.now()
    access.demand(me(), Do.MORE_TIME, case.inquiry, strand)
    form = TimeForm(data={"version": strand.version, "seen": last_seen(case)})
    if not form.is_submitted():
        return _open(case, strand, form)
    reading = timephrases.read(form.time.data or "", now) if form.validate() else None
    if not isinstance(reading, Read):
        if reading is not None:
            form.time.errors = [timephrases.EXAMPLES if isinstance(reading, WithoutTime) else reading.sentence]
        return _page(case, strand, form, None, 422)
    words = form.reason.data or ""
    try:
        promising.need_more_time(me().person_id, reference, strand_id, form.made_from, reading.at, words, now)
    except Refused as refused:
        form.time.errors = [refused.reason]
        return _page(case, strand, form, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return _promised(case, reading)


def _open(case: Case, strand: Strand, form: TimeForm) -> Response:
    """The form, unless the due time is not ours to move: then why."""
    try:
        promising.demand_clock(strand)
    except Refused as refused:
        flash(refused.reason, "warning")
        return to_case(case.inquiry.reference)
    return _page(case, strand, form, None, 200)


def _promised(case: Case, reading: Read) -> Response:
    deadline_at, is_ordinary = case.inquiry.deadline_at, case.inquiry.restriction is Restriction.NONE
    if deadline_at is not None and reading.at > deadline_at:
        over = formats.when(deadline_at, clock.now())
        flash(f"Den nye tiden er etter journalistens frist, {over}. Det må sies når journalisten får den.", "warning")
    rings = "Sentralbordet ringer journalisten og sier det." if is_ordinary else "Ring journalisten selv og si det."
    return to_case(case.inquiry.reference, f"Ny tid: {reading.words}. {rings}")


def _too_late(reference: str, strand_id: int, form: TimeForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    if is_done(case, form.last_seen, {EventKind.PROMISED}, strand_id):
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(case: Case, strand: Strand, form: TimeForm, told: Late | None, status: int) -> Response:
    now, deadline_at = clock.now(), case.inquiry.deadline_at
    page = render_template(
        "sak/mer_tid.html",
        case=case,
        strand=strand,
        form=form,
        late=told,
        due=formats.day_and_time(strand.due_at, now) if strand.due_at else "",
        deadline=formats.day_and_time(deadline_at, now) if deadline_at else "",
    )
    return make_response(page, status)


@bp.post("/sak/<reference>/<int:strand_id>/ny-tid-sagt")
@requires(Do.NOTE)
def time_passed_on(reference: str, strand_id: int) -> Response:
    """«Journalisten har fått beskjed» of the new time."""
    form = SeenForm()
    if not form.validate():
        access.visible_inquiry(auth.reader(), me(), reference)
        return press_again(reference)
    try:
        promising.passed_on(me().person_id, reference, strand_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.TASK_DONE}, strand_id)
    flash(f"Notert i {reference}: Journalisten har fått den nye tiden.")
    return redirect(url_for("innboks.show"), 303)


@buttons("more_time")
def offer_more_time(look: Look, strand: Strand) -> Iterable[Button]:
    """The way to the form, while the clock is ours; and the word that the journalist has heard the new time."""
    inquiry = look.case.inquiry
    if strand.state not in OPEN or strand.clock is not Clock.COMMENT:
        return
    if may_do(look.who, Do.MORE_TIME, inquiry, strand):
        yield Button("Trenger mer tid", _at("sak.more_time", strand))
    is_later = strand.due_at != strand.first_due_at
    if is_later and may_do(look.who, Do.NOTE, inquiry, strand) and promising.waits(look.tx, strand):
        yield Button("Journalisten har fått beskjed", _at("sak.time_passed_on", strand), posts=True)


def _at(endpoint: str, strand: Strand) -> str:
    return url_for(endpoint, reference=strand.inquiry.reference, strand_id=strand.id)


@dataclass(frozen=True)
class Line:
    """One new time in the inbox of those who ring."""

    reference: str
    strand_id: int
    heading: str
    caller: str
    phone: str
    time: str
    form: SeenForm


@inbox_section("ny_tid", "Ring journalisten: ny tid", "Den som har saken, trenger mer tid. Si når svaret kommer.")
def new_times(desk: Desk) -> list[Line]:
    """For the switchboard and KIS, until somebody has said it."""
    found = promising.to_pass_on(desk.tx, desk.who)
    last = _last_events(desk, [task.inquiry_id for task in found])
    return [_line(task, task.strand, last[task.inquiry_id], desk) for task in found if task.strand is not None]


def _last_events(desk: Desk, inquiry_ids: list[int]) -> dict[int, int]:
    """The last line of the record of each, as the form of a button carries it."""
    rows = select(Event.inquiry_id, func.max(Event.id)).where(Event.inquiry_id.in_(inquiry_ids))
    found = desk.tx.execute(rows.group_by(Event.inquiry_id)) if inquiry_ids else ()
    return {row[0]: row[1] for row in found if row[0] is not None}


def _line(task: Task, strand: Strand, last_event_id: int, desk: Desk) -> Line:
    inquiry = task.inquiry
    return Line(
        reference=inquiry.reference,
        strand_id=strand.id,
        heading=marks.heading(inquiry.outlet.name if inquiry.outlet else None, inquiry.caller_name),
        caller=inquiry.caller_name,
        phone=inquiry.caller_phone or "",
        time=formats.when(strand.due_at, desk.now) if strand.due_at else "",
        form=seen_form(strand.version, last_event_id),
    )
