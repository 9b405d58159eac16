"""Opplysninger: what is known of the question. Corrected facts make a new decision beside the old one."""

from typing import Any

from flask import make_response, render_template
from sqlalchemy import select
from werkzeug import Response
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from pressedesk import access, auth, clock, formats, organisation, rules
from pressedesk.access import Case, Do, Refused
from pressedesk.auth import me, requires
from pressedesk.desk import handling
from pressedesk.desk.change import Stale
from pressedesk.desk.handling import Correction
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Office
from pressedesk.regulation import facts
from pressedesk.regulation.facts import FIELDS, Facts, FactsError
from pressedesk.regulation.vocabulary import Role
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.sak.forms import SeenForm
from pressedesk.views.sak.page import last_seen
from pressedesk.views.sak.routes import Late, bp, bring_up_to_date, is_done, late, to_case

ALWAYS_SHOWN = ("asks", "level", "personnel", "client_case", "principled")
FOLDED = (
    "in_doubt",
    "accusation",
    "important",
    "political_process",
    "capacities",
    "own_field",
    "subject",
    "waiver",
    "case_public",
    "children_images",
    "form",
    "letter_error",
    "letter_political",
    "letter_author",
)  # unless they still matter; the organisation and crisis leadership know the rest
NULL = "null"
JSON = {"true": True, "false": False, NULL: None}
WORDS = (SelectChoice("true", "Ja"), SelectChoice("false", "Nei"))
OFFICE, ROLE = "stilling-", "rolle-"


class FactsForm(SeenForm):
    """One field for each fact that a person can know, with the regulation's own question; and where it belongs."""

    unit = SelectField("Hvilken virksomhet gjelder det?", choices=[])
    addressed = SelectField("Hvem ba journalisten om?", choices=[])

    def answers(self) -> dict[str, Any]:
        """The facts as JSON holds them."""
        given = {name: _read(FIELDS[name], self[name].data) for name in (*ALWAYS_SHOWN, *FOLDED)}
        chosen = str(self.addressed.data)
        if chosen.startswith(ROLE):
            given["addressed"] = chosen.removeprefix(ROLE)
        elif not chosen:
            given["addressed"] = None
        return given


def _field(fact: facts.Field) -> Field:
    """The form field of a fact. What stands in it is JSON, as text."""
    if fact.many and fact.codes:
        choices = [SelectChoice(code.value, formats.capital(code.label)) for code in fact.codes]
        widgets = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(fact.question, choices=choices, **widgets)
    open_choice = [SelectChoice(NULL, formats.capital(fact.null))] if fact.null else []
    if fact.codes:
        choices = [SelectChoice(code.value, formats.capital(code.label)) for code in fact.codes]
        return SelectField(fact.question, choices=[*open_choice, *choices])
    return RadioField(fact.question, choices=[*WORDS, *open_choice])


for _name in (*ALWAYS_SHOWN, *FOLDED):
    setattr(FactsForm, _name, _field(FIELDS[_name]))


def _shown(value: Any) -> Any:
    """A fact in JSON as the form field holds it."""
    if isinstance(value, list):
        return value
    return next((text for text, meant in JSON.items() if value is meant), value)


def _read(fact: facts.Field, given: Any) -> Any:
    """The way back. No box ticked is «vet ikke» where the fact knows that."""
    if fact.many:
        return list(given or []) or (None if fact.null else [])
    return JSON.get(given, given)


@bp.route("/sak/<reference>/opplysninger", methods=["GET", "POST"])
@requires(Do.EDIT_FACTS)
def correct(reference: str) -> Response:
    """The form as things stand, and the correction."""
    case = access.open_case(auth.reader(), me(), reference)
    form = _form(case)
    if form.is_submitted() and _is_done(form, case):
        return to_case(reference)
    access.demand(me(), Do.EDIT_FACTS, case.inquiry)
    if not form.is_submitted():
        return _page(case, form, None, 200)
    return _save(case, form) if form.validate() else _page(case, form, None, 422)


def _save(case: Case, form: FactsForm) -> Response:
    reference, correction = case.inquiry.reference, _correction(form, case.inquiry)
    try:
        handling.correct_facts(me().person_id, reference, form.made_from, correction, clock.now())
    except (Refused, FactsError) as wrong:
        form.form_errors.append(str(wrong))
        return _page(case, form, None, 422)
    except Stale as error:
        case = access.open_case(auth.read_again(), me(), reference)
        if _is_done(form, case):
            return to_case(reference)
        told = late(case, form.last_seen, error)
        bring_up_to_date(form, case)
        return _page(case, form, told, 409)
    return to_case(reference, "Opplysningene er rettet, og reglementet er brukt på nytt.")


def _form(case: Case) -> FactsForm:
    inquiry = case.inquiry
    data = {name: _shown(value) for name, value in inquiry.facts.items() if name != "addressed"}
    form = FactsForm(
        data={
            **data,
            "version": inquiry.version,
            "seen": last_seen(case),
            "unit": str(inquiry.unit_id or ""),
            "addressed": _addressed(inquiry),
        }
    )
    form.unit.choices = [SelectChoice("", "Vet ikke"), *unit_choices(organisation.snapshot(auth.reader(), clock.now()))]
    form.addressed.choices = [SelectChoice("", "Ingen bestemt"), *_offices(), *_roles()]
    return form


def _addressed(inquiry: Inquiry) -> str:
    if inquiry.addressed_office_id is not None:
        return f"{OFFICE}{inquiry.addressed_office_id}"
    role = inquiry.facts.get("addressed")
    return f"{ROLE}{role}" if role else ""


def _offices() -> list[SelectChoice]:
    rows = auth.reader().execute(
        select(Office.id, Office.title).where(Office.closed_on.is_(None)).order_by(Office.title)
    )
    return [SelectChoice(f"{OFFICE}{row.id}", row.title, optgroup="Stillinger") for row in rows]


def _roles() -> list[SelectChoice]:
    return [SelectChoice(f"{ROLE}{role.value}", formats.capital(role.label), optgroup="Roller") for role in Role]


def _correction(form: FactsForm, inquiry: Inquiry) -> Correction:
    """What was sent, with the office asked for and the role it has."""
    given, chosen = form.answers(), str(form.addressed.data)
    office_id = int(chosen.removeprefix(OFFICE)) if chosen.startswith(OFFICE) else None
    if office_id is not None and office_id != inquiry.addressed_office_id:
        role = auth.reader().scalar(select(Office.role).where(Office.id == office_id))
        given["addressed"] = role.value if role else None
    unit_id = int(form.unit.data) if form.unit.data else None
    return Correction(facts=given, unit_id=unit_id, addressed_office_id=office_id)


def _is_done(form: FactsForm, case: Case) -> bool:
    """Whether this is the second press of a double click. The first may have moved the inquiry to somebody else."""
    as_given = all(case.inquiry.facts[name] == value for name, value in form.answers().items())
    return as_given and is_done(case, form.last_seen, {EventKind.FACTS_CHANGED})


def _page(case: Case, form: FactsForm, told: Late | None, status: int) -> Response:
    matters = rules.still_matters(Facts.from_json(case.inquiry.facts))
    first = [*ALWAYS_SHOWN, *(name for name in FOLDED if name in matters)]
    page = render_template(
        "sak/opplysninger.html",
        case=case,
        form=form,
        late=told,
        first=[(form[name], FIELDS[name].hint) for name in first],
        rest=[(form[name], FIELDS[name].hint) for name in FOLDED if name not in matters],
        rest_is_open=any(form[name].errors for name in FOLDED),
    )
    return make_response(page, status)
