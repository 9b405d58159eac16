"""Slå sammen and Del opp: two inquiries of one journalist become one, or one becomes two."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flask import make_response, render_template, url_for
from werkzeug import Response
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from pressedesk import access, auth, clock, formats
from pressedesk.access import Beside, Case, Do, NotFound, Refused, may_do
from pressedesk.auth import me, requires
from pressedesk.desk import joining
from pressedesk.desk.change import Stale
from pressedesk.desk.chips import PERSONNEL_AND_CLIENT, Concerned
from pressedesk.desk.joining import Second
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Strand
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.vocabulary import Ask
from pressedesk.views import marks
from pressedesk.views.fields import CodeField, CodesField, LineField, TextField
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.sak.forms import SeenForm, seen_form
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.panels import Button, Look, buttons, case_panel
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, press_again, second_press, to_case
from pressedesk.workflow import OPEN

EXCERPT = 110  # characters
ASKS: dict[StrEnum, str] = {ask: formats.capital(ask.label) for ask in Ask}
CONCERNED: dict[StrEnum, str] = {
    concerned: formats.capital(concerned.label) for concerned in Concerned if concerned is not Concerned.LEADER
}


class JoinForm(SeenForm):
    """One of the journalist's other open inquiries, or a reference."""

    other = SelectField("Hvilken sak hører denne sammen med?", validate_choice=False)
    reference = LineField("Eller skriv saksnummeret")

    @property
    def chosen(self) -> str:
        """What was written goes before what was chosen."""
        return (self.reference.data or "").upper() or str(self.other.data or "")

    def validate_reference(self, field: LineField) -> None:
        """One of the two."""
        if not self.chosen:
            raise ValidationError("Velg en sak, eller skriv saksnummeret.")


class SplitForm(SeenForm):
    """The second question, with what is known of it."""

    question = TextField("Det andre spørsmålet", needed="Skriv det andre spørsmålet.")
    unit = SelectField("Hvilken virksomhet gjelder det?", coerce=lambda raw: int(raw) if str(raw).isdigit() else None)
    asks = CodesField(FIELDS["asks"].question, titles=ASKS)
    concerned = CodeField("Gjelder det en enkeltperson?", titles=CONCERNED)

    first_question: str | None = None

    def validate_question(self, field: TextField) -> None:
        """Not the whole call once more."""
        if field.data and field.data == self.first_question:
            raise ValidationError("Dette er hele teksten. La bare det andre spørsmålet stå.")

    def second(self) -> Second:
        """The validated form."""
        personnel, client_case = PERSONNEL_AND_CLIENT[self.concerned.data]
        return Second(self.question.data or "", self.unit.data, frozenset(self.asks.data or ()), personnel, client_case)


@buttons("join")
def ways(look: Look, strand: Strand) -> Iterable[Button]:
    """Both, on an open inquiry, for whoever may."""
    inquiry = look.case.inquiry
    if strand.state in OPEN and may_do(look.who, Do.JOIN, inquiry):
        yield Button("Slå sammen", url_for("sak.join", reference=inquiry.reference))
        yield Button("Del opp", url_for("sak.split", reference=inquiry.reference))


@dataclass(frozen=True)
class Joined:
    """One inquiry that was joined into the one on the page."""

    reference: str
    received: str
    question: str | None
    may_see: bool


@dataclass(frozen=True)
class JoinedPanel:
    """What this was joined with and split from, as far as the person may know of it. `part`: the button that undoes."""

    reference: str
    is_joined: bool
    into: str | None
    origin: str | None
    split_off: list[str]
    joined: list[Joined]
    part: SeenForm | None


@case_panel("slatt_sammen")
def panel(look: Look) -> JoinedPanel | None:
    """Nothing where nothing was joined or split."""
    inquiry = look.case.inquiry
    into, origin, split_off = access.related(look.tx, look.who, inquiry)
    joined = access.joined_into(look.tx, look.who, inquiry)
    is_joined = inquiry.joined_into_id is not None
    if not (is_joined or origin or split_off or joined):
        return None
    may_part = is_joined and may_do(look.who, Do.JOIN, inquiry)
    return JoinedPanel(
        reference=inquiry.reference,
        is_joined=is_joined,
        into=into,
        origin=origin,
        split_off=split_off,
        joined=[_joined(look, each) for each in joined],
        part=seen_form(inquiry.version, last_seen(look.case)) if may_part else None,
    )


def _joined(look: Look, each: Beside) -> Joined:
    received = formats.when(each.inquiry.received_at, look.now)
    try:
        access.visible_inquiry(look.tx, look.who, each.inquiry.reference)
    except NotFound:
        return Joined(each.inquiry.reference, received, each.question, may_see=False)
    return Joined(each.inquiry.reference, received, each.question, may_see=True)


@bp.route("/sak/<reference>/sla-sammen", methods=["GET", "POST"])
@requires(Do.JOIN)
def join(reference: str) -> Response:
    """The form with the journalist's other inquiries, and joining."""
    case = access.open_case(auth.reader(), me(), reference)
    form = JoinForm(data={"version": case.inquiry.version, "seen": last_seen(case)})
    if form.is_submitted() and is_done(case, form.last_seen, {EventKind.JOINED}):
        return to_case(reference)
    access.demand(me(), Do.JOIN, case.inquiry)
    if not form.is_submitted():
        return _join_page(case, form, None, 200)
    if not form.validate():
        return _join_page(case, form, None, 422)
    try:
        older = joining.join(me().person_id, reference, form.chosen, form.made_from, clock.now())
    except (NotFound, Refused) as wrong:
        form.reference.errors = [wrong.reason if isinstance(wrong, Refused) else "Fant ingen sak med det nummeret."]
        return _join_page(case, form, None, 422)
    except Stale as error:
        case = access.open_case(auth.read_again(), me(), reference)
        told = late(case, form.last_seen, error)
        bring_up_to_date(form, case)
        return _join_page(case, form, told, 409)
    return to_case(older, f"Sakene er slått sammen. {older} gjelder, med sin egen frist.")


@bp.post("/sak/<reference>/skill")
@requires(Do.JOIN)
def part(reference: str) -> Response:
    """Undo the joining."""
    form = SeenForm()
    if not form.validate():
        access.demand(me(), Do.JOIN, access.visible_inquiry(auth.reader(), me(), reference))
        return press_again(reference)
    try:
        joining.part(me().person_id, reference, form.made_from, clock.now())
    except (Stale, Refused) as error:
        return second_press(reference, form, error, {EventKind.SPLIT})
    return to_case(reference, "Saken står for seg selv igjen.")


@bp.route("/sak/<reference>/del", methods=["GET", "POST"])
@requires(Do.JOIN)
def split(reference: str) -> Response:
    """The form as the inquiry stands, and splitting."""
    case = access.open_case(auth.reader(), me(), reference)
    form = _split_form(case)
    if form.is_submitted() and is_done(case, form.last_seen, {EventKind.SPLIT}):
        return to_case(reference)
    access.demand(me(), Do.JOIN, case.inquiry)
    if not form.is_submitted():
        return _split_page(case, form, None, 200)
    if not form.validate():
        return _split_page(case, form, None, 422)
    try:
        new = joining.split(me().person_id, reference, form.made_from, form.second(), clock.now())
    except Stale as error:
        case = access.open_case(auth.read_again(), me(), reference)
        if is_done(case, form.last_seen, {EventKind.SPLIT}):
            return to_case(reference)
        told = late(case, form.last_seen, error)
        bring_up_to_date(form, case)
        return _split_page(case, form, told, 409)
    return to_case(reference, f"Det andre spørsmålet er nå sak {new}, og den som svarer, får beskjed.")


def _split_form(case: Case) -> SplitForm:
    inquiry = case.inquiry
    facts = Facts.from_json(inquiry.facts)
    data = {
        "version": inquiry.version,
        "seen": last_seen(case),
        "question": case.question or "",
        "unit": inquiry.unit_id,
        "asks": list(facts.asks),
        "concerned": _concerned(facts),
    }
    form = SplitForm(data=data)
    form.first_question = case.question
    form.unit.choices = [SelectChoice("", "Vet ikke"), *unit_choices(auth.organisation_now())]
    return form


def _concerned(facts: Facts) -> Concerned:
    """The chip that says what the facts say."""
    said = (facts.personnel, facts.client_case)
    return next((each for each in Concerned if PERSONNEL_AND_CLIENT[each] == said), Concerned.UNKNOWN)


def _join_page(case: Case, form: JoinForm, told: Late | None, status: int) -> Response:
    proposed = access.joinable(auth.reader(), me(), case.inquiry)
    form.other.choices = [
        SelectChoice("", "Velg"),
        *(SelectChoice(each.inquiry.reference, _title(each)) for each in proposed),
    ]
    page = render_template("sak/sla_sammen.html", case=case, form=form, late=told, has_proposals=bool(proposed))
    return make_response(page, status)


def _title(each: Beside) -> str:
    inquiry: Inquiry = each.inquiry
    who = marks.heading(inquiry.outlet.name if inquiry.outlet else None, inquiry.caller_name)
    what = f": {formats.excerpt(each.question, EXCERPT)}" if each.question is not None else ""
    return f"{inquiry.reference}, {who}, {formats.when(inquiry.received_at, clock.now())}{what}"


def _split_page(case: Case, form: SplitForm, told: Late | None, status: int) -> Response:
    return make_response(render_template("sak/del.html", case=case, form=form, late=told), status)
