"""What the switchboard pressed and chose, as the facts it stands for.

An untouched chip is not an answer: the fact keeps its default. «Vet ikke» is an answer, and means null.
"""

from dataclasses import dataclass
from enum import Enum

from pressedesk import rules
from pressedesk.models import UnitKind
from pressedesk.organisation import LEADS, Organisation
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.vocabulary import (
    N_,
    NO,
    UNKNOWN,
    YES,
    Ask,
    Capacity,
    Code,
    Form,
    Known,
    Level,
    Role,
    Waiver,
)


class Concerned(Code):
    """«Gjelder det en enkeltperson?»"""

    NOBODY = "nobody", N_("nei")
    EMPLOYEE = "employee", N_("en ansatt")
    CLIENT = "client", N_("en bruker, elev eller pasient")
    LEADER = "leader", N_("lederen selv")
    UNKNOWN = "unknown", N_("vet ikke")


class DontKnow(Enum):
    """The chip «vet ikke» of a fact that is a code or a set of codes."""

    DONT_KNOW = "unknown"


DONT_KNOW = DontKnow.DONT_KNOW

PERSONNEL_AND_CLIENT: dict[Concerned | None, tuple[Known, Known]] = {
    None: (UNKNOWN, UNKNOWN),
    Concerned.UNKNOWN: (UNKNOWN, UNKNOWN),
    Concerned.NOBODY: (NO, NO),
    Concerned.EMPLOYEE: (YES, NO),
    Concerned.CLIENT: (NO, YES),
    Concerned.LEADER: (YES, NO),
}
LEVEL_OF = {
    UnitKind.MUNICIPALITY: Level.MUNICIPALITY,
    UnitKind.AREA: Level.AREA,
    UnitKind.UNIT: Level.UNIT,
    UnitKind.SECTION: Level.SECTION,
}


@dataclass(frozen=True)
class Chips:
    """The form as it was left. None: untouched. `is_employee`: an employee who has no office here was asked for."""

    asks: frozenset[Ask] = frozenset()
    concerned: Concerned | None = None
    unit_id: int | None = None
    level: Level | DontKnow | None = None
    addressed_office_id: int | None = None
    is_employee: bool = False
    capacities: frozenset[Capacity | DontKnow] = frozenset()
    own_field: Known | None = None
    principled: Known | None = None
    form: Form | None = None
    letter_error: bool = False
    letter_political: bool = False
    political_process: bool = False
    accusation: bool = False
    important: bool = False
    children_images: bool = False
    waiver: Waiver | None = None
    case_public: bool = False


def facts_of(chips: Chips, org: Organisation) -> Facts:
    """The facts that the chips stand for. The chosen unit proposes the level; a level that was pressed beats it."""
    personnel, client_case = PERSONNEL_AND_CLIENT[chips.concerned]
    return Facts(
        asks=chips.asks,
        form=chips.form or Form.PRESS,
        level=_level(chips, org),
        principled=NO if chips.principled is None else chips.principled,
        addressed=_addressed(chips, org),
        capacities=_capacities(chips.capacities),
        own_field=UNKNOWN if chips.own_field is None else chips.own_field,
        personnel=personnel,
        client_case=client_case,
        waiver=chips.waiver or Waiver.NONE,
        case_public=chips.case_public,
        subject=_leader_of(chips.unit_id, org) if chips.concerned is Concerned.LEADER else None,
        letter_error=chips.letter_error,
        letter_political=chips.letter_political,
        political_process=chips.political_process,
        accusation=chips.accusation,
        important=chips.important,
        children_images=chips.children_images,
    )


def _level(chips: Chips, org: Organisation) -> Level | None:
    if chips.level is DONT_KNOW:
        return None
    unit = org.units.get(chips.unit_id or 0)
    return chips.level or (LEVEL_OF[unit.kind] if unit else None)


def _leader_of(unit_id: int | None, org: Organisation) -> Role | None:
    unit = org.units.get(unit_id or 0)
    return LEADS[unit.kind] if unit else None


def _addressed(chips: Chips, org: Organisation) -> Role | None:
    office = org.offices.get(chips.addressed_office_id or 0)
    if office is None:
        return Role.ANSATT if chips.is_employee else None
    return Role.VIRKSOMHETSLEDER_KIS if office == org.kis_leader else office.role


def _capacities(pressed: frozenset[Capacity | DontKnow]) -> frozenset[Capacity] | None:
    """«Vet ikke» alone is null; beside something that is known, what is known holds."""
    known = frozenset(each for each in pressed if isinstance(each, Capacity))
    if known:
        return known
    return None if pressed else Facts().capacities


FURTHER = (
    "accusation",
    "important",
    "political_process",
    "children_images",
    "waiver",
    "case_public",
    "letter_error",
    "letter_political",
)
"""Facts that are never open, in the order they are asked."""


def worth_asking(facts: Facts) -> list[str]:
    """The facts that can still change the decision: the open ones first, the most decisive of them foremost."""
    decision = rules.route(facts)
    still = rules.still_matters(facts)
    return still + [
        name
        for name in FURTHER
        if any(rules.route(facts.but(**{name: answer})) != decision for answer in _others(facts, name))
    ]


def _others(facts: Facts, name: str) -> list[object]:
    """What else the fact could be."""
    given = getattr(facts, name)
    domain: tuple[object, ...] = tuple(FIELDS[name].codes or (True, False))
    return [value for value in domain if value != given]
