"""«Ikke min»: offering a strand to somebody else, and the answer. Until the receiver takes it, it stays where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug import Response
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats, organisation, topics
from pressedesk.access import Case, Do, NotFound, Refused, Relation, may_do, relations
from pressedesk.auth import me, requires
from pressedesk.desk import offers, passing
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.models import Handover, Strand
from pressedesk.organisation import Organisation
from pressedesk.views import marks
from pressedesk.views.fields import LineField, Needed, TextField
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Button, Look, buttons, strand_panel
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
from pressedesk.views.words import listed
from pressedesk.workflow import OPEN

MOST_NOTE = 500
KIS, UNIT, PERSON = "kis", "virksomhet-", "kollega-"


class OfferForm(SeenForm):
    """To whom, with an optional line, and what the desk can learn of it."""

    to = SelectField("Hvem hører saken til?", [Needed("Velg hvem saken hører til.")], choices=[])
    note = TextField("Beskjed til den som får den", most=MOST_NOTE)
    topic = LineField("Lær pressevakta: et ord som peker dit", most=60)

    def number(self, kind: str) -> int | None:
        """The id of the unit or the colleague that was chosen."""
        chosen = str(self.to.data)
        return int(chosen.removeprefix(kind)) if chosen.startswith(kind) else None


class DeclineForm(SeenForm):
    """Not mine either, with an optional line why."""

    why = LineField("Hvorfor?", most=MOST_NOTE)


# --- Offering -------------------------------------------------------------------------------------------------------


@bp.route("/sak/<reference>/<int:strand_id>/gi-videre", methods=["GET", "POST"])
@requires(Do.HAND_OVER)
def hand_over(reference: str, strand_id: int) -> Response:
    """The form with the unit that the words of the question speak for, and the offer."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    access.demand(me(), Do.HAND_OVER, case.inquiry, strand)
    form, why = _form(case, strand)
    if not form.is_submitted():
        if strand.state not in OPEN:
            raise Refused("Saken er ikke åpen lenger, så den kan ikke gis videre.")
        passing.demand_offer(me(), strand)
        return _page(case, strand, form, why, None, 200)
    if not form.validate():
        return _page(case, strand, form, why, None, 422)
    unit_id, person_id, now = form.number(UNIT), form.number(PERSON), clock.now()
    words = (form.note.data or "", form.topic.data or "")
    try:
        passing.offer(me().person_id, reference, strand_id, form.made_from, unit_id, person_id, *words, now)
    except Refused as refused:
        form.to.errors = [refused.reason]
        return _page(case, strand, form, why, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, ASKED if unit_id or person_id else ASKED_KIS)


ASKED = "Spørsmålet er sendt. Saken blir der den er, til den som fikk spørsmålet, har tatt den."
ASKED_KIS = "KIS har fått beskjed og finner ut hvem saken hører til. Den blir der den er, til noen har tatt den."


def _form(case: Case, strand: Strand) -> tuple[OfferForm, str]:
    """The form, and why its proposal is made."""
    org = organisation.snapshot(auth.reader(), clock.now())
    found = _proposals(case, org)
    is_sure = bool(found) and not topics.in_doubt(found)
    form = OfferForm(
        data={
            "version": strand.version,
            "seen": last_seen(case),
            "to": f"{UNIT}{found[0].unit_id}" if is_sure else "",
        }
    )
    form.to.choices = list(_choices(case, strand, org, [each.unit_id for each in found]))
    words = listed(f"«{word}»" for word in found[0].words) if found else ""
    return form, f"Foreslått ut fra {words}." if words else ""


def _proposals(case: Case, org: Organisation) -> list[topics.Proposal]:
    """The units that the words of the question speak for, without the one it is at."""
    rows = [topics.Topic(row.unit_id, row.phrase, row.weight) for row in organisation.topic_rows(auth.reader())]
    found = topics.propose(case.question or "", rows)
    return [each for each in found if each.unit_id in org.units and each.unit_id != case.inquiry.unit_id]


def _choices(case: Case, strand: Strand, org: Organisation, proposed: list[int]) -> Iterable[SelectChoice]:
    yield SelectChoice("", "Velg")
    for unit_id in proposed:
        yield SelectChoice(f"{UNIT}{unit_id}", org.units[unit_id].name, optgroup="Foreslått")
    if not relations(me(), case.inquiry, strand) & passing.FINDS_OUT:
        yield SelectChoice(KIS, "Vet ikke. La KIS finne ut av det", optgroup="Vet ikke")
    for colleague in passing.colleagues(org, me(), strand):
        yield SelectChoice(f"{PERSON}{colleague.id}", colleague.name, optgroup="Kolleger på samme stilling")
    out = {str(unit_id) for unit_id in (*proposed, case.inquiry.unit_id)}
    for choice in unit_choices(org):
        if choice.value not in out:
            yield SelectChoice(f"{UNIT}{choice.value}", choice.label, optgroup=choice.optgroup)


def _too_late(reference: str, strand_id: int, form: OfferForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    if is_done(case, form.last_seen, {EventKind.OFFERED}, strand_id):
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    return _page(case, strand, form, "", told, 409)


def _page(case: Case, strand: Strand, form: OfferForm, why: str, told: Late | None, status: int) -> Response:
    page = render_template(
        "sak/gi_videre.html",
        case=case,
        strand=strand,
        form=form,
        why=why,
        late=told,
        may_teach=passing.may_teach(case.inquiry),
    )
    return make_response(page, status)


@buttons("not_mine")
def not_mine(look: Look, strand: Strand) -> Iterable[Button]:
    """The way to the form, for whoever may offer it as it stands; where KIS was asked the panel leads there."""
    inquiry = look.case.inquiry
    is_free = strand.state in OPEN and offers.open_offer(strand) is None
    if not is_free or not may_do(look.who, Do.HAND_OVER, inquiry, strand):
        return
    try:
        passing.demand_offer(look.who, strand)
    except Refused:
        return
    owns = Relation.OWNER in relations(look.who, inquiry, strand)
    url = url_for("sak.hand_over", reference=inquiry.reference, strand_id=strand.id)
    yield Button("Ikke min" if owns else "Gi videre", url)


# --- The answer -----------------------------------------------------------------------------------------------------


@bp.post("/sak/<reference>/<int:strand_id>/gi-videre/<int:handover_id>/ta")
@requires(Do.SEE)
def receive_offer(reference: str, strand_id: int, handover_id: int) -> Response:
    """«Jeg tar den»: it is the receiver's from now."""
    form = SeenForm()
    if not form.validate():
        return _again(reference)
    try:
        passing.receive(me().person_id, reference, strand_id, handover_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.RECEIVED}, strand_id)
    return to_case(reference, "Saken er din. Den som hadde den, får vite det.")


@bp.post("/sak/<reference>/<int:strand_id>/gi-videre/<int:handover_id>/avsla")
@requires(Do.SEE)
def decline_offer(reference: str, strand_id: int, handover_id: int) -> Response:
    """«Ikke min heller». Whoever may not see it any longer goes to his inbox."""
    form = DeclineForm()
    if not form.validate():
        return _again(reference)
    person_id, why = me().person_id, form.why.data or ""
    try:
        passing.decline(person_id, reference, strand_id, handover_id, form.made_from, why, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.DECLINED}, strand_id)
    except NotFound:
        if not passing.is_settled_by(auth.read_again(), handover_id, person_id):
            raise
        return redirect(url_for("innboks.show"), 303)
    return _to_case_or_inbox(reference, "Notert. Saken blir der den var, og den som spurte, får vite det.")


@bp.post("/sak/<reference>/<int:strand_id>/gi-videre/<int:handover_id>/trekk")
@requires(Do.SEE)
def withdraw_offer(reference: str, strand_id: int, handover_id: int) -> Response:
    """The sender or the owner keeps it after all."""
    form = SeenForm()
    if not form.validate():
        return _again(reference)
    try:
        passing.withdraw(me().person_id, reference, strand_id, handover_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.OFFER_WITHDRAWN}, strand_id)
    return to_case(reference, "Tilbudet er trukket.")


def _again(reference: str) -> Response:
    access.visible_inquiry(auth.reader(), me(), reference)
    return press_again(reference)


def _to_case_or_inbox(reference: str, message: str) -> Response:
    """To the inquiry, or to the inbox for somebody who saw it only because it was offered to him."""
    try:
        access.visible_inquiry(auth.read_again(), me(), reference)
    except NotFound:
        flash(message)
        return redirect(url_for("innboks.show"), 303)
    return to_case(reference, message)


# --- What is shown --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """An open offer in the card of its strand, and what this person may do. `to` is empty where nobody knows."""

    reference: str
    strand_id: int
    handover_id: int
    sender: str
    to: str
    when: str
    note: str
    is_mine: bool
    finds_out: bool
    may_withdraw: bool
    form: SeenForm
    decline: DeclineForm


@strand_panel("overlevering")
def waiting(look: Look, strand: Strand) -> Waiting | None:
    """The open offer, for everybody who sees the inquiry."""
    handover = offers.open_offer(strand)
    if handover is None:
        return None
    found = relations(look.who, look.case.inquiry, strand)
    hidden = {"version": strand.version, "seen": last_seen(look.case)}
    decline = DeclineForm(formdata=None, data=hidden)
    decline.why.id = f"hvorfor-{handover.id}"
    decline.why.label.field_id = decline.why.id
    to = " ".join(filter(None, (_office(handover), _person(look, handover))))
    return Waiting(
        reference=look.case.inquiry.reference,
        strand_id=strand.id,
        handover_id=handover.id,
        sender=handover.from_person.name,
        to=to,
        when=formats.when(handover.offered_at, look.now),
        note=look.case.handed.get(handover.id, ""),
        is_mine=Relation.OFFERED in found,
        finds_out=not to and bool(found & passing.FINDS_OUT),
        may_withdraw=passing.may_withdraw(look.who, strand, handover),
        form=seen_form(strand.version, last_seen(look.case)),
        decline=decline,
    )


def _office(handover: Handover) -> str:
    return f"{handover.to_office.title}," if handover.to_office else ""


def _person(look: Look, handover: Handover) -> str:
    found = access.people(look.tx, [handover.to_person_id] if handover.to_person_id else [])
    return next((person.name for person in found.values()), "")


@dataclass(frozen=True)
class Line:
    """One offer in an inbox."""

    reference: str
    strand_id: int
    heading: str
    sender: str
    when: str
    due: str


@inbox_section("overlevering", "Noen vil gi deg disse", "De er hos avsenderen til du tar dem.")
def offered(desk: Desk) -> list[Line]:
    """What waits for this person's yes or no."""
    return [_line(handover, desk.now) for handover in passing.offered_to(desk.tx, desk.who)]


@inbox_section("ikke_min", "Hvem sin er denne?", "Den som fikk saken, sier at den hører hjemme et annet sted.")
def nobodys(desk: Desk) -> list[Line]:
    """What KIS is to find the owner of."""
    return [_line(handover, desk.now) for handover in passing.nobody_knows(desk.tx, desk.who)]


def _line(handover: Handover, now: datetime) -> Line:
    strand, inquiry = handover.strand, handover.strand.inquiry
    return Line(
        reference=inquiry.reference,
        strand_id=strand.id,
        heading=marks.heading(inquiry.outlet.name if inquiry.outlet else None, inquiry.caller_name),
        sender=handover.from_person.name,
        when=formats.when(handover.offered_at, now),
        due=formats.when(strand.due_at, now) if strand.due_at else "",
    )
