"""The form of a call, in the order a call is spoken, and what was written in it as a `Call`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import DateTimeLocalInput

from pressedesk import formats, timephrases
from pressedesk.desk import intake
from pressedesk.desk.chips import DONT_KNOW, Chips, Concerned, facts_of
from pressedesk.desk.intake import Call
from pressedesk.organisation import Organisation, UnitRow
from pressedesk.regulation import vocabulary
from pressedesk.regulation.facts import FIELDS
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Capacity, Known, Level, Waiver
from pressedesk.timephrases import NotUnderstood, Past, Read, Reading
from pressedesk.views.fields import CodeField, CodesField, Form, LineField, TextField

NOT_KNOWN_WHERE = 0  # the unit, where somebody has said that he does not know
AN_EMPLOYEE = "ansatt"  # asked for, without an office of his own here
KNOWN = {"yes": (YES, "Ja"), "no": (NO, "Nei"), "unknown": (UNKNOWN, "Vet ikke")}


class _OrUnknown:
    """With the chip «vet ikke», which is DONT_KNOW."""

    coerce: Any
    choices: Any

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.choices = [*self.choices, SelectChoice(DONT_KNOW.value, "Vet ikke")]
        code_of = self.coerce
        self.coerce = lambda raw: DONT_KNOW if raw in (DONT_KNOW, DONT_KNOW.value) else code_of(raw)


class CodeOrUnknownField(_OrUnknown, CodeField):
    """A code, DONT_KNOW, or None."""


class CodesOrUnknownField(_OrUnknown, CodesField):
    """Any of some codes and DONT_KNOW."""


class KnownField(RadioField):
    """Ja, nei, vet ikke; None is untouched."""

    def __init__(self, label: str = "", **rest: Any) -> None:
        choices = [SelectChoice(value, title) for value, (_, title) in KNOWN.items()]
        super().__init__(label, coerce=_known, choices=choices, **rest)

    def pre_validate(self, form: Any) -> None:
        """Any of the three, or untouched."""


def _known(raw: Any) -> Known | None:
    return raw if isinstance(raw, Known) else KNOWN[raw][0] if raw in KNOWN else None


def _number(raw: Any) -> int | None:
    return int(raw) if str(raw).isascii() and str(raw).isdigit() else None


def _question(name: str) -> str:
    return FIELDS[name].question


def _titles(codes: type[vocabulary.Code]) -> dict[Any, str]:
    return {code: formats.capital(code.label) for code in codes}


FURTHER = {  # fact: field, in the order they are asked when none is more decisive
    "level": "level",
    "addressed": "addressed",
    "capacities": "capacities",
    "contact_person": "contact_person",
    "own_field": "own_field",
    "accusation": "accusation",
    "principled": "principled",
    "important": "important",
    "political_process": "political_process",
    "form": "came_as",
    "letter_error": "letter_error",
    "letter_political": "letter_political",
    "children_images": "children_images",
    "waiver": "waiver",
    "case_public": "case_public",
    "email": "email",
}
ALWAYS_ASKED = frozenset({"level", "addressed", "capacities", "principled", "form", "email"})
HINTS = {
    "level": "Følger av virksomheten hvis du ikke sier noe annet.",
    "accusation": FIELDS["accusation"].hint,
    "contact_person": "Bare når noen skal svare for seg selv. Beskjeden slettes når den er levert.",
}


@dataclass(frozen=True)
class Further:
    """A question under «Flere opplysninger». `is_always`: also where the answer changes nothing yet."""

    fact: str
    field: Any
    hint: str
    is_always: bool

    @property
    def is_answered(self) -> bool:
        """Whether somebody has touched it."""
        return self.field.data not in (None, "", False, [])


class CallForm(Form):
    """Who, what, when; two rows of chips; the unit; and the rest."""

    token = HiddenField()
    proposed_unit = HiddenField()
    passed_by = HiddenField()  # ids of those who did not answer when the desk rang
    caller_name = LineField("Journalist")
    outlet = LineField("Redaksjon")
    phone = LineField("Telefon")
    question = TextField("Spørsmål")
    deadline = LineField("Frist")
    deadline_picked = LineField("Eller velg tidspunkt", widget=DateTimeLocalInput())
    asks = CodesField(_question("asks"), titles=_titles(Ask))
    concerned = CodeField("Gjelder det en enkeltperson?", titles=_titles(Concerned))
    unit = SelectField("Hvilken virksomhet gjelder det?", coerce=_number)
    story = SelectField("Hører samtalen til en hendelse?", coerce=_number, choices=[], validate_choice=False)

    level = CodeOrUnknownField(_question("level"), titles=_titles(Level))
    addressed = SelectField(_question("addressed"))
    capacities = CodesOrUnknownField(_question("capacities"), titles=_titles(Capacity))
    contact_person = SelectField("Hvem skal ha beskjed om at journalisten har ringt?", coerce=_number)
    own_field = KnownField(_question("own_field"))
    principled = KnownField(_question("principled"))
    accusation = BooleanField(_question("accusation"))
    important = BooleanField(_question("important"))
    political_process = BooleanField(_question("political_process"))
    came_as = CodeField(_question("form"), titles=_titles(vocabulary.Form))
    letter_error = BooleanField(_question("letter_error"))
    letter_political = BooleanField(_question("letter_political"))
    children_images = BooleanField(_question("children_images"))
    waiver = CodeField(_question("waiver"), titles=_titles(Waiver))
    case_public = BooleanField(_question("case_public"))
    email = LineField("E-post")
    answer_text = TextField("Hva svarte du?")

    def __init__(self, org: Organisation, now: datetime, **rest: Any) -> None:
        super().__init__(**rest)
        self.org, self.now = org, now
        self.unit.choices = [
            SelectChoice("", "Ikke valgt"),
            SelectChoice(str(NOT_KNOWN_WHERE), "Vet ikke"),
            *unit_choices(org),
        ]
        self.addressed.choices = [
            SelectChoice("", "Ingen bestemt"),
            SelectChoice(AN_EMPLOYEE, "En ansatt som ikke står i lista"),
            *_office_choices(org),
        ]
        self.contact_person.choices = [SelectChoice("", "Ingen"), *_person_choices(org)]

    # What was written

    @property
    def silent(self) -> list[int]:
        """Those who did not answer when the desk rang, in that order."""
        ids = [_number(each) for each in (self.passed_by.data or "").split()]
        return [each for each in dict.fromkeys(ids) if each in self.org.people]

    def hear_who_is_there(self, not_there: str, is_there: str) -> None:
        """«Svarer ikke» of one person, or that he is there after all."""
        ids = {**dict.fromkeys(map(str, self.silent)), **dict.fromkeys([not_there] if not_there else [])}
        self.passed_by.data = " ".join(each for each in ids if each != is_there)

    @property
    def reading(self) -> Reading | None:
        """What the deadline was understood as: the picked time where there is one; None where nothing was written."""
        text = self.deadline_picked.data or self.deadline.data
        return timephrases.read(text, self.now) if text else None

    @property
    def chips(self) -> Chips:
        return Chips(
            asks=frozenset(self.asks.data or ()),
            concerned=self.concerned.data,
            unit_id=self.unit.data or None,
            level=self.level.data,
            addressed_office_id=_number(self.addressed.data),
            is_employee=self.addressed.data == AN_EMPLOYEE,
            capacities=frozenset(self.capacities.data or ()),
            own_field=self.own_field.data,
            principled=self.principled.data,
            form=self.came_as.data,
            letter_error=self.letter_error.data,
            letter_political=self.letter_political.data,
            political_process=self.political_process.data,
            accusation=self.accusation.data,
            important=self.important.data,
            children_images=self.children_images.data,
            waiver=self.waiver.data,
            case_public=self.case_public.data,
        )

    def call(self, received_at: datetime | None = None) -> Call:
        """The call as it stands, whether it can be saved or not."""
        reading = self.reading
        chips = self.chips
        return Call(
            caller_name=self.caller_name.data or "",
            question=self.question.data or "",
            facts=facts_of(chips, self.org),
            outlet_name=self.outlet.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            deadline_at=reading.at if isinstance(reading, Read) else None,
            deadline_words=self.deadline.data or "",
            unit_id=chips.unit_id if chips.unit_id in self.org.units else None,
            addressed_office_id=chips.addressed_office_id if chips.addressed_office_id in self.org.offices else None,
            contact_person_id=self.contact_person.data if self.contact_person.data in self.org.people else None,
            received_at=received_at,
            passed_by=frozenset(self.silent),
            story_id=self.story.data,
        )

    @property
    def is_passed_on(self) -> bool:
        """Whether nothing of the call is the municipality's to answer, and so nothing of it is written down."""
        return intake.is_passed_on(facts_of(self.chips, self.org))

    def further(self, worth_asking: list[str]) -> list[Further]:
        """The questions under «Flere opplysninger»: the most decisive first."""
        rank = {name: at for at, name in enumerate(worth_asking)}
        questions = [
            Further(fact, self[name], HINTS.get(fact, ""), fact in ALWAYS_ASKED) for fact, name in FURTHER.items()
        ]
        return sorted(questions, key=lambda question: rank.get(question.fact, len(rank)))

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written yet; chips alone are no call."""
        texts = (self.caller_name, self.outlet, self.phone, self.question, self.deadline, self.deadline_picked)
        return not any(field.data for field in texts)

    # What is wrong

    def validate_caller_name(self, field: Any) -> None:
        """Not needed where nobody is to have a message."""
        if not field.data and not (self.is_passed_on and not self.contact_person.data):
            raise ValidationError("Skriv hvem som ringer.")

    def validate_question(self, field: Any) -> None:
        """Not wanted where the call is only passed on."""
        if not field.data and not self.is_passed_on:
            raise ValidationError("Skriv hva journalisten lurer på.")

    def validate_answer_text(self, field: Any) -> None:
        """Needed where the desk has answered itself."""
        if "svart" in request.form and not field.data:
            raise ValidationError("Skriv hva du svarte.")

    def validate_deadline(self, field: Any) -> None:
        """Said beside the field that was read."""
        if not self.deadline_picked.data:
            self._check_deadline()

    def validate_deadline_picked(self, field: Any) -> None:
        """As `validate_deadline`."""
        if self.deadline_picked.data:
            self._check_deadline()

    def _check_deadline(self) -> None:
        reading = self.reading
        if isinstance(reading, Past):
            raise ValidationError(reading.sentence)
        if isinstance(reading, NotUnderstood):
            raise ValidationError(f"{reading.sentence} Du kan også velge tidspunktet i feltet ved siden av.")


def unit_choices(org: Organisation) -> Iterator[SelectChoice]:
    """Every unit, under its area; sections under their unit."""
    children: dict[int | None, list[UnitRow]] = {}
    for unit in sorted(org.units.values(), key=lambda unit: unit.name):
        children.setdefault(unit.parent_id, []).append(unit)

    def below(unit: UnitRow, depth: int, area: str) -> Iterator[SelectChoice]:
        for child in children.get(unit.id, ()):
            yield SelectChoice(str(child.id), f"{'– ' * depth}{child.name}", optgroup=area)
            yield from below(child, depth + 1, area)

    for root in children.get(None, ()):
        yield SelectChoice(str(root.id), "Hele kommunen", optgroup=root.name)
        for area in children.get(root.id, ()):
            yield SelectChoice(str(area.id), f"Flere i {area.name.lower()}", optgroup=area.name)
            yield from below(area, 0, area.name)


def _office_choices(org: Organisation) -> Iterator[SelectChoice]:
    """Every office with whoever holds it, under its unit."""
    for unit in sorted(org.units.values(), key=lambda unit: (unit.parent_id is not None, unit.name)):
        for office in org.offices.values():
            if office.unit_id == unit.id:
                holders = ", ".join(org.people[person_id].name for person_id in org.holders.get(office.id, ()))
                label = f"{office.title} ({holders})" if holders else office.title
                yield SelectChoice(str(office.id), label, optgroup=unit.name)


def _person_choices(org: Organisation) -> Iterator[SelectChoice]:
    for person in sorted(org.people.values(), key=lambda person: person.name):
        yield SelectChoice(str(person.id), person.name)
