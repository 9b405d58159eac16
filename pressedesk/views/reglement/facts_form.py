"""The facts of the regulation as an address and as a form.

They stand in the address under their own names, written as JSON writes them, so that a result can be sent to somebody,
and each is read through the one gate for facts that come from outside.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from pressedesk import formats
from pressedesk.regulation.facts import FIELDS, Facts, FactsError, Field, nearest_to
from pressedesk.regulation.vocabulary import Code, Role, Statement

NULL = "null"
UNTOUCHED = Facts().to_json()
GROUPS = {  # heading: facts; each fact once
    "Spørsmålet": ("asks", "form", "level", "principled", "political_process"),
    "Hvem journalisten ba om": ("addressed", "capacities", "own_field", "agreement", "in_doubt"),
    "Enkeltpersoner": ("personnel", "client_case", "waiver", "case_public", "subject"),
    "Leserbrev og faktafeil": ("letter_error", "letter_political", "letter_author"),
    "Hvor viktig det er": ("accusation", "important", "children_images", "crisis", "crisis_released"),
    "Hvem som er borte": ("unavailable", "deputised"),
}


# ── The address: facts as a query, and back ──────────────────────────────────────────────────────────────────────────


def query_of(facts: Facts) -> str:
    """The facts as they stand in an address: those that somebody has touched, or an empty list where nobody has."""
    given = {name: value for name, value in facts.to_json().items() if value != UNTOUCHED[name]}
    return urlencode({name: _written(value) for name, value in (given or {"asks": []}).items()}, doseq=True)


def _written(value: object) -> list[str]:
    """A JSON value as fields of a form: an empty list is one empty field, so that it is not taken for untouched."""
    values = value if isinstance(value, list) else [value]
    return [each if isinstance(each, str) else json.dumps(each) for each in values] or [""]


def _json(fact: Field, raw: list[str]) -> object:
    """What one field of the address says, as JSON. An empty one is untouched, or an empty list."""
    values = [each for each in raw if each]
    if fact.many:
        return None if values == [NULL] else values
    if len(values) != 1:
        return values or UNTOUCHED[fact.name]
    words: dict[str, object] = {NULL: None} if fact.codes else {NULL: None, "true": True, "false": False}
    return words.get(values[0], values[0])


@dataclass(frozen=True)
class Asked:
    """What an address asks: the facts, and perhaps a role and a statement. `wrong`: a message by the name of a field,
    with "" for what has no field. `facts` is None where one of them cannot be read."""

    facts: Facts | None
    role: Role | None = None
    statement: Statement | None = None
    wrong: dict[str, str] = field(default_factory=dict)


def read(args: MultiDict[str, str]) -> Asked:
    """The address as facts. Every field that cannot be read has its message."""
    record: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for name in dict.fromkeys(args):
        if name in FIELDS:
            record[name] = _json(FIELDS[name], args.getlist(name))
        elif name not in ("rolle", "utsagn"):
            nearest = nearest_to(name, FIELDS)
            wrong[""] = f"Opplysningen «{formats.excerpt(name, 40)}» er ukjent." + (
                f" Mente du «{nearest}»?" if nearest else ""
            )
    for name, value in record.items():
        try:
            FIELDS[name].read(value)
        except FactsError as error:
            wrong[name] = str(error)
    role, statement = _code(Role, args, "rolle", wrong), _code(Statement, args, "utsagn", wrong)
    if statement and not role and "rolle" not in wrong:
        wrong["rolle"] = "Velg hvem som skal si det."
    return Asked(None if wrong else Facts.from_json(record), role, statement, wrong)


def _code(codes: Any, args: MultiDict[str, str], name: str, wrong: dict[str, str]) -> Any:
    """The code that a field names; None for an empty one."""
    text = args.get(name, "")
    if text and text not in set(codes):
        nearest = nearest_to(text, codes)
        wrong[name] = f"«{formats.excerpt(text, 40)}» er ikke i lista." + (f" Mente du «{nearest}»?" if nearest else "")
        return None
    return codes(text) if text else None


# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Checked(SelectMultipleField):
    """Check boxes. A hidden empty field goes with them, so that «none of them» is told from «untouched»."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _Yes(BooleanField):
    def _value(self) -> str:
        return "true"


def _choices(fact: Field) -> list[SelectChoice]:
    own = _codes(fact.codes) if fact.codes else [SelectChoice("true", "Ja"), SelectChoice("false", "Nei")]
    return own + ([SelectChoice(NULL, formats.capital(fact.null))] if fact.null else [])


def _codes(codes: type[Code]) -> list[SelectChoice]:
    return [SelectChoice(code.value, formats.capital(code.label)) for code in codes]


def _field(fact: Field) -> Any:
    if fact.many:
        return _Checked(fact.question, choices=_choices(fact), validate_choice=False)
    if fact.codes is Role:
        choices = _choices(fact)
        return SelectField(fact.question, choices=[choices[-1], *choices[:-1]], validate_choice=False)
    if fact.codes is None and not fact.null:
        return _Yes(fact.question)
    return RadioField(fact.question, choices=_choices(fact), validate_choice=False)


def _picked(codes: type[Code], label: str, nothing: str) -> SelectField:
    return SelectField(label, choices=[SelectChoice("", nothing), *_codes(codes)], validate_choice=False)


TryForm: Any = type(
    "TryForm",
    (PlainForm,),
    {
        **{name: _field(fact) for name, fact in FIELDS.items()},
        "rolle": _picked(Role, "Hvem skal uttale seg?", "Ikke valgt"),
        "utsagn": _picked(Statement, "Hva slags utsagn?", "Alle"),
    },
)
"""Every fact as a field, and a role and a statement to ask about."""


def form_of(args: MultiDict[str, str], wrong: dict[str, str]) -> Any:
    """The form as the address has it, the rest untouched, each message beside its field."""
    shown: MultiDict[str, str] = MultiDict()
    for name in (*FIELDS, "rolle", "utsagn"):
        given = args.getlist(name) or _written(UNTOUCHED.get(name, ""))
        shown.setlist(name, [each for each in given if each])
    form = TryForm(shown)
    for name, message in wrong.items():
        if name:
            form[name].errors = [message]
    return form
