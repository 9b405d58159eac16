"""/spurt/<id>: whoever is asked first reads the question on his phone, and replies with a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from sqlalchemy.orm import joinedload
from werkzeug import Response
from wtforms import ValidationError

from pressedesk import access, auth, clock, formats, organisation
from pressedesk.access import Asked, Case, Do, NotFound, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import requests
from pressedesk.desk.change import Stale
from pressedesk.desk.openings import is_noted, note_opening
from pressedesk.desk.whom import employee_office
from pressedesk.models import Inquiry, Request, RequestKind, Strand
from pressedesk.views.fields import CodeField, Form, TextField, VersionField
from pressedesk.views.inbox_sections import Desk, inbox_section
from pressedesk.views.marks import Mark, deadline
from pressedesk.views.sak.ask import replied

bp = Blueprint("spurt", __name__)

MOST_REPLY = 2000
WHY = {  # what the rules say about this kind of asking
    RequestKind.CONSULTATION: "Den som svarer pressen, skal rådføre seg med deg først (punkt 6, 11 og 12). Du gir råd. "
    "Den som spør, svarer fortsatt selv, og venter på deg.",
    RequestKind.AGREEMENT: "En ansatt kan gi vurderinger når det er særskilt avtalt med nærmeste leder (punkt 7). "
    "Avtalen gjelder bare denne saken, og bare det som står her. Du kan si ja eller nei.",
    RequestKind.ADVICE: "Råd fra KIS er et tilbud til den som ønsker det (punkt 14). Det kommer ikke i stedet for "
    "plikten til å rådføre seg med en overordnet.",
    RequestKind.FACTS: "En kollega svarer journalisten og samordner svaret (kommunikasjonsstrategien 3.1.4). Gi fakta "
    "fra ditt fagfelt. Du trenger ikke snakke med journalisten.",
}
ASKS = {
    RequestKind.CONSULTATION: "spør deg til råds",
    RequestKind.AGREEMENT: "ber om en særskilt avtale",
    RequestKind.ADVICE: "vil ha råd",
    RequestKind.FACTS: "trenger fakta fra deg",
}


class Verdict(StrEnum):
    """What is said to an agreement."""

    YES = "ja"
    NO = "nei"


VERDICTS: dict[StrEnum, str] = {Verdict.YES: "Ja, avtalt", Verdict.NO: "Nei"}


class ReplyForm(Form):
    """A line of text, and for an agreement which button was pressed."""

    version = VersionField()
    text = TextField("Svaret ditt", most=MOST_REPLY)
    verdict = CodeField("Er det avtalt?", titles=VERDICTS)

    kind: RequestKind | None = None

    @property
    def agreed(self) -> bool | None:
        return None if self.verdict.data is None else self.verdict.data is Verdict.YES

    def validate_text(self, field: TextField) -> None:
        """A bare yes or no is a reply to an agreement; everything else takes a line."""
        if self.kind is not RequestKind.AGREEMENT and not field.data:
            raise ValidationError("Skriv svaret med en linje.")


@dataclass(frozen=True)
class Shown:
    """A question as whoever is asked reads it. `question` is None for one who is not in the inquiry."""

    request: Request
    title: str
    why: str
    text: str
    facts: list[tuple[str, str]]
    phone: str | None
    question: str | None
    is_in_case: bool
    replied: str
    reply: str | None
    is_agreement: bool


@bp.get("/spurt/<int:request_id>")
@requires(Do.SEE)
def show(request_id: int) -> Response:
    """The question, and the form to reply with."""
    try:
        asked = access.open_request(auth.reader(), me(), request_id)
    except NotFound:
        return _withdrawn(request_id, "", 410)
    return _page(asked, ReplyForm(formdata=None, data={"version": asked.request.version}), 200)


@bp.post("/spurt/<int:request_id>")
@requires(Do.SEE)
def reply(request_id: int) -> Response:
    """Reply. Whoever comes second sees what was replied, with his own text kept."""
    form = ReplyForm()
    try:
        asked = access.open_request(auth.reader(), me(), request_id)
    except NotFound:
        return _withdrawn(request_id, form.text.data or "", 409)
    form.kind = asked.request.kind
    if not form.validate():
        return _page(asked, form, 422)
    text, seen = form.text.data or "", form.version.data or 0
    try:
        requests.reply(me().person_id, request_id, seen, text, form.agreed, clock.now())
    except Refused as refused:
        form.text.errors = [refused.reason]
        return _page(asked, form, 422)
    except Stale:
        return _too_late(request_id, form)
    flash(f"Svaret er sendt til {asked.request.asked_by.name}.")
    return _back(request_id)


def _withdrawn(request_id: int, text: str, status: int) -> Response:
    """Nobody waits for the reply any longer; what was being typed is kept. Raises NotFound: he was never asked."""
    if not access.was_withdrawn(auth.read_again(), me(), request_id):
        raise NotFound(request_id)
    return make_response(render_template("spurt/trukket.html", text=text), status)


def _back(request_id: int) -> Response:
    return redirect(url_for("spurt.show", request_id=request_id), 303)


def _too_late(request_id: int, form: ReplyForm) -> Response:
    """The second press of a double click is done already; another's reply stands, and the own text is shown."""
    try:
        asked = access.open_request(auth.read_again(), me(), request_id)
    except NotFound:
        return _withdrawn(request_id, form.text.data or "", 409)
    if asked.request.replied_by_id == me().person_id and asked.reply == (form.text.data or ""):
        return _back(request_id)
    return _page(asked, form, 409)


def _page(asked: Asked, form: ReplyForm, status: int) -> Response:
    now, request = clock.now(), asked.request
    case = _case(request.strand.inquiry, now)
    shown = Shown(
        request=request,
        title=f"{request.asked_by.name} {ASKS[request.kind]}",
        why=WHY[request.kind],
        text=asked.text,
        facts=_facts(request, case, now),
        phone=request.asked_by.phone,
        question=case.question if case else None,
        is_in_case=case is not None,
        replied=replied(request, now),
        reply=asked.reply,
        is_agreement=request.kind is RequestKind.AGREEMENT,
    )
    return make_response(render_template("spurt/spurt.html", shown=shown, form=form, is_late=status == 409), status)


def _case(inquiry: Inquiry, now: datetime) -> Case | None:
    """The inquiry, for one who is in it; that he opens a restricted one is written down."""
    try:
        case = access.open_case(auth.reader(), me(), inquiry.reference)
    except NotFound:
        return None
    if is_noted(access.relations(me(), case.inquiry), case.inquiry):
        note_opening(me().person_id, inquiry.reference, now)
    return case


def _facts(request: Request, case: Case | None, now: datetime) -> list[tuple[str, str]]:
    """What stands above the question."""
    outlet = case.inquiry.outlet.name if case and case.inquiry.outlet else ""
    return [
        ("Til", request.office.title),
        ("Skal uttale seg", _who_may_speak(request, now) if request.kind is RequestKind.AGREEMENT else ""),
        ("Spurt", formats.when(request.asked_at, now)),
        ("Svar innen", "" if request.replied_at else formats.when(request.due_at, now)),
        ("Sak", request.strand.inquiry.reference),
        ("Redaksjon", outlet),
    ]


def _who_may_speak(request: Request, now: datetime) -> str:
    org = organisation.snapshot(auth.reader(), now)
    office = employee_office(org, request.strand)
    names = [org.people[each].name for each in org.holders.get(office.id, ())] if office else []
    return ", ".join([office.title, *names]) if office else ""


@dataclass(frozen=True)
class Line:
    """One question in an inbox."""

    request_id: int
    asker: str
    title: str
    about: str
    due: str
    mark: Mark


@inbox_section("spurt", "Du er spurt", "En kollega venter på deg før journalisten får svar.")
def asked_of(desk: Desk) -> Sequence[Line]:
    """What waits for a reply from this person, most urgent first; never what he asked himself."""
    found = access.requests_to(desk.who).where(Request.replied_at.is_(None), Request.asked_by_id != desk.who.person_id)
    with_names = found.options(joinedload(Request.asked_by), joinedload(Request.strand).joinedload(Strand.inquiry))
    return [
        Line(
            request_id=request.id,
            asker=request.asked_by.name,
            title=f"{request.asked_by.name} {ASKS[request.kind]}",
            about=request.strand.inquiry.reference,
            due=formats.when(request.due_at, desk.now),
            mark=deadline(request.due_at, desk.now),
        )
        for request in desk.tx.scalars(with_names.order_by(Request.due_at, Request.id))
    ]
