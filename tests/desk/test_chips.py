"""What the switchboard presses, as facts of the regulation."""

from typing import Any

import pytest

from pressedesk import db, organisation
from pressedesk.desk.chips import DONT_KNOW, Chips, Concerned, facts_of, worth_asking
from pressedesk.organisation import Organisation
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Capacity, Form, Level, Role, Waiver
from tests.conftest import NOON
from tests.organisation import Town


@pytest.fixture
def org(town: Town) -> Organisation:
    """The small municipality, now."""
    with db.reading() as tx:
        return organisation.snapshot(tx, NOON)


def test_what_nobody_touched_is_no_answer(org: Organisation) -> None:
    """An empty form is the empty record: every fact has its default, and none of them is a no."""
    assert facts_of(Chips(), org) == Facts()


CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("ingen enkeltperson", {"concerned": Concerned.NOBODY}, {"personnel": NO, "client_case": NO}),
    ("en ansatt", {"concerned": Concerned.EMPLOYEE}, {"personnel": YES, "client_case": NO}),
    ("en bruker", {"concerned": Concerned.CLIENT}, {"personnel": NO, "client_case": YES}),
    ("vet ikke om noen er berørt", {"concerned": Concerned.UNKNOWN}, {"personnel": UNKNOWN, "client_case": UNKNOWN}),
    ("rektor selv", {"concerned": Concerned.LEADER, "unit_id": "skole"},
     {"personnel": YES, "client_case": NO, "subject": Role.VIRKSOMHETSLEDER, "level": Level.UNIT}),
    ("seksjonslederen selv", {"concerned": Concerned.LEADER, "unit_id": "vann"},
     {"personnel": YES, "client_case": NO, "subject": Role.SEKSJONSLEDER, "level": Level.SECTION}),
    ("kommunalsjefen selv", {"concerned": Concerned.LEADER, "unit_id": "oppvekst"},
     {"personnel": YES, "client_case": NO, "subject": Role.KOMMUNALSJEF, "level": Level.AREA}),
    ("rådmannen selv", {"concerned": Concerned.LEADER, "unit_id": "kommune"},
     {"personnel": YES, "client_case": NO, "subject": Role.RADMANN, "level": Level.MUNICIPALITY}),
    ("en leder, ingen vet hvor", {"concerned": Concerned.LEADER}, {"personnel": YES, "client_case": NO}),
    ("virksomheten gir nivået", {"unit_id": "skole"}, {"level": Level.UNIT}),
    ("seksjonen gir nivået", {"unit_id": "vann"}, {"level": Level.SECTION}),
    ("sektoren gir nivået", {"unit_id": "oppvekst"}, {"level": Level.AREA}),
    ("den som logger, overstyrer nivået", {"unit_id": "skole", "level": Level.CROSS_AREA},
     {"level": Level.CROSS_AREA}),
    ("vet ikke hvor bredt, enda virksomheten er valgt", {"unit_id": "skole", "level": DONT_KNOW}, {"level": None}),
    ("en virksomhet som ikke finnes", {"unit_id": 999_999}, {}),
    ("rektor er den det spørres etter", {"addressed_office_id": "rektor"}, {"addressed": Role.VIRKSOMHETSLEDER}),
    ("lederen for KIS", {"addressed_office_id": "kis"}, {"addressed": Role.VIRKSOMHETSLEDER_KIS}),
    ("en ansatt med egen stilling her", {"addressed_office_id": "ingenior"}, {"addressed": Role.ANSATT}),
    ("en ansatt uten", {"is_employee": True}, {"addressed": Role.ANSATT}),
    ("som tillitsvalgt", {"capacities": {Capacity.UNION}}, {"capacities": {Capacity.UNION}}),
    ("som begge deler", {"capacities": {Capacity.UNION, Capacity.OFFICIAL}},
     {"capacities": {Capacity.UNION, Capacity.OFFICIAL}}),
    ("vet ikke som hva", {"capacities": {DONT_KNOW}}, {"capacities": None}),
    ("det som er kjent, gjelder", {"capacities": {DONT_KNOW, Capacity.PRIVATE}}, {"capacities": {Capacity.PRIVATE}}),
    ("prinsipielt", {"principled": YES}, {"principled": YES}),
    ("vet ikke om det er prinsipielt", {"principled": UNKNOWN}, {"principled": UNKNOWN}),
    ("ikke eget fagfelt", {"own_field": NO}, {"own_field": NO}),
    ("leserbrev med feil", {"form": Form.LETTER, "letter_error": True}, {"form": Form.LETTER, "letter_error": True}),
    ("skriftlig fritak", {"waiver": Waiver.WRITTEN}, {"waiver": Waiver.WRITTEN}),
    ("flere ønsker", {"asks": {Ask.FACTS, Ask.POLITICAL}}, {"asks": {Ask.FACTS, Ask.POLITICAL}}),
]  # fmt: skip
PLAIN = ("accusation", "important", "political_process", "children_images", "case_public", "letter_political")
CASES += [(name, {name: True}, {name: True}) for name in PLAIN]


@pytest.mark.parametrize(("told", "pressed", "facts"), CASES, ids=[case[0] for case in CASES])
def test_a_chip_is_a_fact_and_nothing_more(
    town: Town, org: Organisation, told: str, pressed: dict[str, Any], facts: dict[str, Any]
) -> None:
    """Each chip changes the facts it stands for and leaves the others at their defaults."""
    ids = {"unit_id": town.units, "addressed_office_id": town.offices}
    given = {
        name: ids[name].get(value, value) if name in ids else frozenset(value) if isinstance(value, set) else value
        for name, value in pressed.items()
    }
    assert facts_of(Chips(**given), org) == Facts(**facts)


ASKED: list[tuple[str, Facts, list[str], list[str]]] = [  # facts, what comes first, what is not asked
    ("ingenting er kjent", Facts(), ["asks", "level"], ["own_field", "children_images"]),
    ("bilder", Facts(asks=frozenset({Ask.IMAGES})), ["level"], ["asks"]),
    ("ingen person", Facts(level=Level.UNIT, personnel=NO, client_case=NO), ["asks"], ["waiver", "case_public"]),
    ("en bruker", Facts(level=Level.UNIT, personnel=NO, client_case=YES), ["asks"], ["personnel", "level"]),
    ("leserbrev", Facts(form=Form.LETTER, level=Level.UNIT), ["asks", "personnel"], ["political_process"]),
    ("en privatperson", Facts(capacities=frozenset({Capacity.PRIVATE})), [], ["level", "important", "own_field"]),
]


@pytest.mark.parametrize(("told", "facts", "first", "absent"), ASKED, ids=[case[0] for case in ASKED])
def test_only_what_can_change_the_decision_is_asked(
    told: str, facts: Facts, first: list[str], absent: list[str]
) -> None:
    """The most decisive first; a question that no answer to would matter is not put."""
    asked = worth_asking(facts)
    assert asked[: len(first)] == first
    assert not set(absent) & set(asked)
    assert len(asked) == len(set(asked))


def test_images_bring_up_the_children() -> None:
    """Whether children can be recognised is asked when images are wanted, and then only."""
    assert "children_images" in worth_asking(Facts(asks=frozenset({Ask.IMAGES})))
    assert "waiver" in worth_asking(Facts(level=Level.UNIT, personnel=NO, client_case=YES))
