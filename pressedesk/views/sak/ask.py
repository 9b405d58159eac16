"""«Må spørre først»: which ways are open here and to whom, what was asked already, and taking a question back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats, organisation, timephrases
from pressedesk.access import Case, Do, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import requests
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.requests import Question
from pressedesk.desk.whom import Asking, Way, ways
from pressedesk.events import EventKind
from pressedesk.models import Request, Restriction, Strand
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.timephrases import Past, Read
from pressedesk.views.fields import LineField, Needed, TextField
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
from pressedesk.workflow import OPEN

MOST_ASKED = 1000
DUTIES = {  # why somebody is asked, as it stands behind the office
    Way.DOUBT: "plikt ved tvil, punkt 6",
    Way.LETTER: "samråd før leserbrev, punkt 11",
    Way.DEVIATION: "før et begrunnet unntak",
    Way.AGREEMENT: "særskilt avtale, punkt 7",
    Way.ADVICE: "råd fra KIS, punkt 14",
}
FACTS = Way.FACTS.value


class WhomField(RadioField):
    """One of what is offered, or None: what nobody touched is not a choice."""

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            super().pre_validate(form)


class AskForm(SeenForm):
    """Whom, what, and by when."""

    whom = WhomField("Hvem spør du?", [Needed("Velg hvem du spør.")], coerce=lambda raw: raw or None)
    facts_from = SelectField("Hvem har fakta?", coerce=lambda raw: int(raw) if raw else None)
    text = TextField("Hva spør du om?", needed="Skriv hva du spør om.", most=MOST_ASKED)
    due = LineField("Svar innen")

    due_at: datetime | None = None

    def offer(self, org: Organisation, open_ways: dict[Way, list[OfficeRow]]) -> None:
        """Only what applies here can be chosen."""
        self.whom.choices = [
            SelectChoice(f"{way.value}:{office.id}", f"{office.title} ({DUTIES[way]})")
            for way, offices in open_ways.items()
            if way is not Way.FACTS
            for office in offices
        ]
        leaders = open_ways.get(Way.FACTS, [])
        if leaders:
            self.whom.choices.append(SelectChoice(FACTS, "En annen leder (fakta fra andre)"))
        names = [SelectChoice(str(each.id), f"{each.title}, {org.units[each.unit_id].name}") for each in leaders]
        self.facts_from.choices = [SelectChoice("", "Velg"), *names]

    def validate_facts_from(self, field: SelectField) -> None:
        """Facts are asked of somebody."""
        if self.whom.data == FACTS and field.data is None:
            raise ValidationError("Velg hvem som har fakta.")

    def validate_due(self, field: LineField) -> None:
        """A time to come, as it is said; empty is our own reckoning."""
        if not field.data:
            return
        reading = timephrases.read(field.data, clock.now())
        if isinstance(reading, Read):
            self.due_at = reading.at
        elif isinstance(reading, Past):
            raise ValidationError(reading.sentence)
        else:
            raise ValidationError("Forstår ikke tidspunktet. Skriv for eksempel «kl. 14» eller «i morgen kl. 10».")

    def question(self) -> Question:
        """The validated form."""
        way, _, office_id = str(self.whom.data).partition(":")
        chosen = int(office_id) if office_id else self.facts_from.data
        return Question(Way(way), chosen or 0, self.text.data or "", self.due_at)


@bp.route("/sak/<reference>/<int:strand_id>/spor", methods=["GET", "POST"])
@requires(Do.ASK)
def ask(reference: str, strand_id: int) -> Response:
    """The form, and asking."""
    case = access.open_case(auth.reader(), me(), reference)
    strand = strand_of(case, strand_id)
    access.demand(me(), Do.ASK, case.inquiry, strand)
    form = AskForm(data={"version": strand.version, "seen": last_seen(case)})
    _offer(form, case, strand)
    if not form.is_submitted():
        return _page(case, strand, form, None, 200)
    if not form.validate():
        return _page(case, strand, form, None, 422)
    try:
        requests.ask(me().person_id, reference, strand_id, form.made_from, form.question(), clock.now())
    except Refused as refused:
        form.whom.errors = [refused.reason]
        return _page(case, strand, form, None, 422)
    except (Stale, NotNow) as error:
        return _too_late(reference, strand_id, form, error)
    return to_case(reference, "Spørsmålet er sendt. Du ser svaret her med en gang det kommer.")


def _offer(form: AskForm, case: Case, strand: Strand) -> None:
    now = clock.now()
    org = organisation.snapshot(auth.reader(), now)
    form.offer(org, ways(Asking(me(), org, strand, case.decision, now)))


def _too_late(reference: str, strand_id: int, form: AskForm, error: Stale | NotNow) -> Response:
    case = access.open_case(auth.read_again(), me(), reference)
    strand = strand_of(case, strand_id)
    mine = [case.asked.get(each.id) for each in strand.requests if each.asked_by_id == me().person_id]
    if is_done(case, form.last_seen, {EventKind.ASKED}, strand_id) and form.text.data in mine:
        return to_case(reference)
    told = late(case, form.last_seen, error)
    bring_up_to_date(form, case, strand)
    _offer(form, case, strand)
    return _page(case, strand, form, told, 409)


def _page(case: Case, strand: Strand, form: AskForm, told: Late | None, status: int) -> Response:
    now = clock.now()
    due_at = requests.due_by_default(auth.reader(), strand, now)
    offered = [str(choice.value).partition(":")[0] for choice in form.whom.choices]
    page = render_template(
        "sak/spor.html",
        case=case,
        strand=strand,
        form=form,
        late=told,
        due=formats.day_and_time(due_at, now),
        asks_agreement=Way.AGREEMENT in offered,
        asks_facts=FACTS in offered,
        is_restricted=case.inquiry.restriction is not Restriction.NONE,
    )
    return make_response(page, status)


@bp.post("/sak/<reference>/<int:strand_id>/spor/<int:request_id>/trekk")
@requires(Do.ASK)
def withdraw_request(reference: str, strand_id: int, request_id: int) -> Response:
    """«Trekk»: what was asked is asked no longer."""
    form = SeenForm()
    if not form.validate():
        return press_again(reference)
    try:
        requests.withdraw(me().person_id, reference, strand_id, request_id, form.made_from, clock.now())
    except (Stale, NotNow, Refused) as error:
        return second_press(reference, form, error, {EventKind.WITHDRAWN}, strand_id)
    return to_case(reference, "Spørsmålet er trukket.")


@buttons("ask")
def ask_first(look: Look, strand: Strand) -> Iterable[Button]:
    """The way to it, for whoever may, while it is open."""
    if strand.state in OPEN and may_do(look.who, Do.ASK, look.case.inquiry, strand):
        url = url_for("sak.ask", reference=look.case.inquiry.reference, strand_id=strand.id)
        yield Button("Må spørre først", url, is_main=True)


@dataclass(frozen=True)
class Dealt:
    """One question that was asked first, as others read it: of whom, and what came of it. Texts are None where
    held."""

    head: str
    text: str | None
    waits: str
    replied: str
    reply: str | None
    withdraw_url: str


@dataclass(frozen=True)
class Asked:
    """What the panel prints."""

    dealt: list[Dealt]
    form: SeenForm


@strand_panel("spurt")
def panel(look: Look, strand: Strand) -> Asked | None:
    """Everything that was asked first of one strand, but for what was taken back."""
    standing = [request for request in strand.requests if request.withdrawn_at is None]
    if not standing:
        return None
    named = access.people(look.tx, [each.person_id for each in standing if each.person_id])
    may_withdraw = strand.state in OPEN and may_do(look.who, Do.ASK, look.case.inquiry, strand)
    dealt = []
    for request in standing:
        person = named[request.person_id].name if request.person_id else ""
        url = _way_to_withdraw(look.case, strand, request) if may_withdraw and request.is_waiting else ""
        dealt.append(_dealt(look.case, request, person, url, look.now))
    return Asked(dealt, seen_form(strand.version, last_seen(look.case)))


def _way_to_withdraw(case: Case, strand: Strand, request: Request) -> str:
    reference = case.inquiry.reference
    return url_for("sak.withdraw_request", reference=reference, strand_id=strand.id, request_id=request.id)


def _dealt(case: Case, request: Request, person: str, withdraw_url: str, now: datetime) -> Dealt:
    to = ", ".join(filter(None, [request.office.title, person]))
    head = f"{formats.capital(request.kind.label)}: {request.asked_by.name} spurte {to}"
    waits = ""
    if request.is_waiting:
        since, due = formats.when(request.asked_at, now), formats.when(request.due_at, now)
        waits = f"Venter siden {since}. Svar innen {due}."
    reply = case.replied.get(request.id) or None
    return Dealt(head, case.asked.get(request.id), waits, replied(request, now), reply, withdraw_url)


def replied(request: Request, now: datetime) -> str:
    """Who replied when, and whether it was agreed; nothing where nobody has."""
    if request.replied_at is None or request.replied_by is None:
        return ""
    verdict = {True: ", ja: avtalt", False: ", nei", None: ""}[request.agreed]
    return f"{request.replied_by.name} svarte {formats.when(request.replied_at, now)}{verdict}."
