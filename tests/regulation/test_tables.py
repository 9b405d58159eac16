"""The tables of the contract, row by row: who owns, who steps in, what is prohibited and for whom, who is asked."""

from typing import Any

import pytest

from pressedesk import rules
from pressedesk.regulation import deciding
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import (
    ADMINISTRATION,
    EVERYBODY,
    MUNICIPAL,
    SUBSTANCE,
    Prohibition,
    Role,
    Statement,
)
from tests.regulation.telling import Case, an_inquiry, hold

PASSED = (None, "pass_contact", None)

OWNERS = [
    Case("krise", {"crisis": True}, strands={"crisis": ("kriseledelse", "crisis_leadership", "comment")}),
    Case("privatperson", {"capacities": ["private"]}, strands={"private": PASSED}),
    Case("tillitsvalgt", {"capacities": ["union"]}, strands={"union": PASSED}),
    Case("folkevalgt", {"addressed": "folkevalgt"}, strands={"elected": PASSED}),
    Case("ikke presse", {"form": "not_media"}, strands={"not_media": PASSED}),
    Case(
        "ikke presse, men også dokumenter",
        {"form": "not_media", "asks": ["facts", "documents"]},
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn"), "not_media": PASSED},
        gaps=["media_definition"],
    ),
    Case(
        "privatperson, men også dokumenter",
        {"capacities": ["private"], "asks": ["facts", "documents"]},
        owner="arkiv_postmottak",
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn"), "private": PASSED},
    ),
    Case(
        "bare dokumenter, om en bruker og til politisk behandling",
        {"asks": ["documents"], "client_case": True, "political_process": True},
        strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
        sources=[["offl_3", "offl_29"]],
    ),
    Case(
        "egen konto",
        {"form": "own_account", "level": "municipality"},
        strands={"own_account": ("kontoadministrator", "answer", "comment")},
    ),
    Case(
        "egen konto, ingenting sagt om hva det spørres om",
        {"form": "own_account", "asks": []},
        strands={"own_account": ("kontoadministrator", "answer", "comment")},
        open=["asks"],
    ),
    Case(
        "egen konto, om administratoren selv",
        {"form": "own_account", "subject": "kontoadministrator"},
        strands={"own_account": ("virksomhetsleder", "answer", "comment")},
        gaps=["subject"],
    ),
    Case(
        "egen konto, administratoren er borte",
        {"form": "own_account", "unavailable": ["kontoadministrator"]},
        strands={"own_account": ("virksomhetsleder", "answer", "comment")},
        gaps=["absence"],
    ),
    Case(
        "egen konto, om lederen som svarer for kontoen",
        {"form": "own_account", "subject": "virksomhetsleder"},
        owner="kommunalsjef",
    ),
    Case(
        "egen konto, faktafeil i en brukers sak: bare generelt",
        {"form": "own_account", "client_case": True, "letter_error": True},
        strands={"own_account": ("kontoadministrator", "limited", "comment")},
    ),
    Case(
        "egen konto, faktafeil i en sak til politisk behandling: bare fakta",
        {"form": "own_account", "asks": ["assessment"], "political_process": True, "letter_error": True},
        strands={"own_account": ("kontoadministrator", "limited", "comment")},
    ),
    Case(
        "egen konto, politikk og fakta",
        {"form": "own_account", "asks": ["political", "facts"]},
        owner="ordforer",
        co_owners=["kontoadministrator"],
        strands={
            "political": ("ordforer", "answer", "comment"),
            "own_account": ("kontoadministrator", "answer", "comment"),
        },
        gaps=["mixed_inquiry"],
    ),
    Case(
        "leserbrev, politisk uten faktafeil",
        {"form": "letter", "letter_political": True},
        strands={"letter": ("ordforer", "no_reply", None)},
        may=["ordforer letter"],
    ),
    Case(
        "politisk om en bruker",
        {"asks": ["political"], "client_case": None},
        strands={"political": ("ordforer", "limited", "comment")},
    ),
    Case(
        "politisk, og kanskje om en ansatt",
        {"asks": ["political"], "personnel": None},
        strands={"political": ("ordforer", "limited", "comment")},
    ),
    Case(
        "politisk om en åpen sak",
        {"asks": ["political"], "client_case": True, "case_public": True},
        strands={"political": ("ordforer", "answer", "comment")},
    ),
    Case(
        "politisk til politisk behandling: ikke begrenset",
        {"asks": ["political"], "political_process": True},
        strands={"political": ("ordforer", "answer", "comment")},
    ),
    Case(
        "utenfor kommunen, om en ansatt: avslås som ellers",
        {"level": "external", "personnel": True},
        strands={"administrative": ("kommunalsjef", "decline", "comment")},
        may_not=["kommunalsjef facts"],
    ),
    Case(
        "utenfor kommunen, ingen har sagt om en person er berørt: i generelle vendinger, som ellers",
        {"level": "external", "personnel": None},
        strands={"administrative": ("kommunalsjef", "limited", "comment")},
        may_not=["kommunalsjef facts"],
    ),
    Case(
        "leserbrev med faktafeil og krav om innsyn: arkivet skriver ikke leserbrev, så bare den som skriver, spør",
        {"form": "letter", "asks": ["documents"], "letter_error": True, "level": "cross_area"},
        consult={"radmann": (["kommunalsjef"], "before_answer", "11")},
        guidance=["openness", "loyalty", "line_first", "advice_offered"],
        bans=[
            "reply_to_opinions_in_letter",
            "reply_to_letter_without_consultation",
            "refuse_documents_by_press_rules",
        ],
    ),
    Case(
        "flere sektorer, og det gjelder en kommunalsjef: ingen av dem svarer sammen med rådmannen",
        {"level": "cross_area", "subject": "kommunalsjef"},
        owner="radmann",
        co_owners=[],
    ),
    Case(
        "flere sektorer og politikk",
        {"level": "cross_area", "asks": ["political", "facts"]},
        owner="ordforer",
        co_owners=["radmann", "kommunalsjef"],
    ),
    Case(
        "om rådmannen, politikk og fakta: ordføreren eier begge",
        {"level": "unit", "asks": ["political", "facts"], "subject": "radmann"},
        owner="ordforer",
        co_owners=[],
        gaps=["subject", "mixed_inquiry"],
    ),
]

STEPS = [
    Case("om seksjonslederen", {"level": "section", "subject": "seksjonsleder"}, owner="virksomhetsleder"),
    Case("om rektor", {"level": "unit", "subject": "virksomhetsleder"}, owner="kommunalsjef"),
    Case("om rektor, i en seksjon", {"level": "section", "subject": "virksomhetsleder"}, owner="kommunalsjef"),
    Case("om kommunalsjefen", {"level": "section", "subject": "kommunalsjef"}, owner="radmann", gaps=["subject"]),
    Case("om kommunalsjefen, på hans eget nivå", {"level": "area", "subject": "kommunalsjef"}, owner="radmann"),
    Case("om rådmannen", {"level": "section", "subject": "radmann"}, owner="ordforer", gaps=["subject"]),
    Case("om seksjonslederen, på virksomhetens nivå", {"level": "unit", "subject": "seksjonsleder"}, gaps=[]),
    Case("om ordføreren, administrativt", {"level": "unit", "subject": "ordforer"}, owner="virksomhetsleder", gaps=[]),
    Case("om ordføreren", {"asks": ["political"], "subject": "ordforer"}, owner="varaordforer", gaps=["subject"]),
    Case("om varaordføreren", {"asks": ["political"], "subject": "varaordforer"}, owner="ordforer", gaps=[]),
    Case("om arkivet", {"asks": ["documents"], "subject": "arkiv_postmottak"}, owner="arkiv_postmottak", gaps=[]),
    Case("om en folkevalgt", {"level": "unit", "subject": "folkevalgt"}, owner="virksomhetsleder", bans=[]),
    Case(
        "om den ansatte som er spurt",
        {"level": "section", "addressed": "ansatt", "own_field": True, "subject": "ansatt"},
        owner="seksjonsleder",
        bans=["holder_answers_about_self"],
        gaps=["subject"],
    ),
    Case(
        "om den ansatte som er spurt, i virksomheten",
        {"level": "unit", "addressed": "ansatt", "own_field": True, "subject": "ansatt"},
        owner="virksomhetsleder",
    ),
    Case("om en ansatt ingen har spurt", {"level": "unit", "subject": "ansatt"}, owner="virksomhetsleder", bans=[]),
    Case(
        "en ansatt svarer ikke om lederen sin",
        {"level": "unit", "addressed": "ansatt", "own_field": True, "subject": "virksomhetsleder"},
        owner="kommunalsjef",
    ),
    Case(
        "en ansatt svarer ikke om seksjonslederen",
        {"level": "unit", "addressed": "ansatt", "own_field": True, "subject": "seksjonsleder"},
        owner="virksomhetsleder",
    ),
    Case("seksjonslederen er borte", {"level": "section", "unavailable": ["seksjonsleder"]}, owner="virksomhetsleder"),
    Case(
        "alle i linja er borte",
        {"level": "section", "unavailable": ["seksjonsleder", "virksomhetsleder", "kommunalsjef", "radmann"]},
        owner="radmann",
        gaps=["absence", "nobody_reachable"],
    ),
    Case(
        "den ansatte er borte, i seksjonen",
        {"level": "section", "addressed": "ansatt", "own_field": True, "unavailable": ["ansatt"]},
        owner="seksjonsleder",
        gaps=["absence"],
    ),
    Case(
        "den ansatte er borte, i virksomheten",
        {"level": "unit", "addressed": "ansatt", "own_field": True, "unavailable": ["ansatt"]},
        owner="virksomhetsleder",
    ),
    Case(
        "hele politikken er borte: ordføreren, aldri administrasjonen",
        {"asks": ["political"], "unavailable": ["ordforer", "varaordforer"]},
        owner="ordforer",
        gaps=["nobody_reachable"],
    ),
    Case(
        "ordføreren er borte, og saken gjelder varaordføreren",
        {"asks": ["political"], "unavailable": ["ordforer"], "subject": "varaordforer"},
        owner="ordforer",
        gaps=["nobody_reachable"],
    ),
    Case(
        "saken gjelder ordføreren, og varaordføreren er borte",
        {"asks": ["political"], "unavailable": ["varaordforer"], "subject": "ordforer"},
        owner="varaordforer",
        gaps=["subject", "nobody_reachable"],
    ),
    Case(
        "saken gjelder rådmannen, og ordføreren er borte",
        {"level": "unit", "unavailable": ["ordforer"], "subject": "radmann"},
        owner="varaordforer",
        gaps=["subject", "absence"],
        may=["varaordforer facts", "varaordforer assessments"],
        may_not=["varaordforer political", "varaordforer letter"],
    ),
    Case(
        "arkivet er borte: innsyn klatrer ikke",
        {"asks": ["documents"], "unavailable": ["arkiv_postmottak"]},
        owner="arkiv_postmottak",
        gaps=[],
    ),
    Case(
        "rådmannen det gjelder, i et leserbrev med feil: ordføreren kan svare, etter samråd",
        {"form": "letter", "letter_error": True, "level": "unit", "subject": "radmann"},
        owner="ordforer",
        may=["ordforer letter"],
        shown={"ordforer letter": ("ikke_regulert", "ikke_regulert", False, ("consultation",))},
        consult={"ordforer": (["kommunalsjef"], "before_answer", "11")},
    ),
    Case(
        "en ansatt ville svart, men saken gjelder rådmannen: ordføreren kan si det lederen kunne",
        {"level": "unit", "addressed": "ansatt", "own_field": True, "subject": "radmann"},
        owner="ordforer",
        may=["ordforer facts", "ordforer assessments"],
    ),
]

LETTER_ERROR = {"form": "letter", "letter_error": True}
ASKED = [
    Case(
        "kommunalsjefen skriver, og saken gjelder rådmannen: ordføreren",
        {**LETTER_ERROR, "level": "area", "subject": "radmann", "letter_author": "kommunalsjef"},
        consult={"kommunalsjef": (["ordforer"], "before_answer", "11")},
    ),
    Case(
        "rådmannen skriver, og saken gjelder kommunalsjefen: ordføreren",
        {"form": "letter", "letter_error": True, "level": "area", "subject": "kommunalsjef"},
        consult={"radmann": (["ordforer"], "before_answer", "11")},
    ),
    Case(
        "rektor er spurt, og saken gjelder kommunalsjefen",
        {"level": "unit", "addressed": "virksomhetsleder", "subject": "kommunalsjef"},
        consult={"virksomhetsleder": (["radmann"], "if_in_doubt", "6")},
    ),
    Case(
        "rektor er spurt om seg selv: den det gjelder, rådfører seg ikke",
        {"level": "unit", "addressed": "virksomhetsleder", "subject": "virksomhetsleder"},
        consult={},
        points=[6],
    ),
    Case(
        "den ansattes nærmeste leder er den det gjelder: neste over",
        {"level": "section", "addressed": "ansatt", "asks": ["assessment"], "subject": "seksjonsleder"},
        consult={
            "virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6"),
            "ansatt": (["virksomhetsleder"], "before_answer", "7"),
        },
    ),
    Case(
        "den ansattes nærmeste leder er borte: fortsatt den",
        {"level": "area", "addressed": "ansatt", "asks": ["assessment"], "unavailable": ["virksomhetsleder"]},
        consult={"ansatt": (["virksomhetsleder"], "before_answer", "7")},
    ),
    Case("uten faktafeil skrives ingenting", {"form": "letter", "level": "area"}, consult={}),
    Case(
        "viktig og prinsipielt",
        {"level": "unit", "important": True, "principled": True},
        inform=["ordforer", "radmann"],
    ),
    Case(
        "viktig, og om ordføreren selv: ordføreren får det ikke herfra",
        {"level": "unit", "important": True, "subject": "ordforer"},
        inform=[],
    ),
    Case("viktig, men til en privatperson", {"capacities": ["private"], "important": True}, inform=[]),
    Case("bilder: reglementet tier", {"level": "unit", "asks": ["images"]}, gaps=["images"], bans=[]),
]


@pytest.mark.parametrize("case", [*OWNERS, *STEPS, *ASKED], ids=str)
def test_the_row_holds(case: Case) -> None:
    """Each row of who owns, who steps in, who is asked and who is told."""
    hold(case)


# code: (facts under which it stands, facts under which it does not, force, source, whom it binds, what it takes away)
SPEAKING = SUBSTANCE - {Statement.LETTER}
ABOUT_SELF = SUBSTANCE | {Statement.POLITICAL}
LETTER = frozenset({Statement.LETTER})
IMAGES_OF_CHILDREN = {"children_images": True, "asks": ["images"]}
LEADER_ASKED = {"addressed": "virksomhetsleder"}
PROHIBITED: dict[str, tuple[dict[str, Any], list[dict[str, Any]], str, str, frozenset[Role], frozenset[Statement]]] = {
    "disclose_confidential_information": (
        {"personnel": True},
        [{}, {"client_case": True, "waiver": "written"}, {"client_case": True, "case_public": True}],
        "lov",
        "fvl_13",
        EVERYBODY,
        SUBSTANCE,
    ),
    "confirm_client_relationship": (
        {"client_case": None},
        [{"personnel": True}, {"client_case": True, "waiver": "written"}, {"client_case": None, "case_public": True}],
        "lov",
        "fvl_13",
        EVERYBODY,
        SUBSTANCE,
    ),
    "comment_client_case": (
        {"client_case": True, "waiver": "written"},
        [{}, {"client_case": True, "case_public": True}, {"client_case": True, "crisis": True}],
        "bor_ikke",
        "12",
        ADMINISTRATION,
        SUBSTANCE,
    ),
    "comment_personnel_case": (
        {"personnel": None},
        [{}, {"personnel": True, "asks": ["documents"]}, {"personnel": True, "crisis": True}],
        "skal_ikke",
        "13",
        MUNICIPAL,
        SUBSTANCE,
    ),
    "political_comment_by_administration": (
        {"asks": ["political"]},
        [{}, {"asks": ["political"], "form": "letter"}, {"asks": ["political"], "form": "not_media"}],
        "motsetningsvis",
        "3",
        ADMINISTRATION,
        frozenset({Statement.POLITICAL}),
    ),
    "assessment_by_employee": (
        {"asks": ["assessment"], "addressed": "ansatt"},
        [
            {"asks": ["assessment"]},
            {"addressed": "ansatt"},
            {"asks": ["assessment"], "addressed": "ansatt", "agreement": "specific"},
        ],
        "skal_ikke",
        "7",
        frozenset({Role.ANSATT}),
        frozenset({Statement.ASSESSMENTS}),
    ),
    "facts_outside_own_field": (
        {"addressed": "ansatt", "own_field": None},
        [{"addressed": "ansatt", "own_field": True}, {}],
        "motsetningsvis",
        "7",
        frozenset({Role.ANSATT}),
        frozenset({Statement.FACTS}),
    ),
    "speak_outside_own_area": (
        {**LEADER_ASKED, "level": "area"},
        [{**LEADER_ASKED, "level": "unit"}, {"level": "area"}, {"addressed": "radmann", "level": "municipality"}],
        "motsetningsvis",
        "6",
        frozenset({Role.VIRKSOMHETSLEDER}),
        SPEAKING,
    ),
    "speak_for_other_units": (
        {"addressed": "virksomhetsleder_kis", "level": "unit"},
        [{"addressed": "virksomhetsleder_kis", "level": "unit", "own_field": True}, {"level": "unit"}],
        "motsetningsvis",
        "14",
        frozenset({Role.VIRKSOMHETSLEDER_KIS}),
        SPEAKING,
    ),
    "reply_to_letter": (
        {"form": "letter"},
        [{}, {"form": "letter", "letter_error": True}],
        "skal_som_hovedregel_ikke",
        "11",
        ADMINISTRATION,
        LETTER,
    ),
    "reply_to_opinions_in_letter": (
        {"form": "letter", "letter_error": True},
        [{"letter_error": True}, {"form": "letter"}],
        "skal_som_hovedregel_ikke",
        "11",
        ADMINISTRATION,
        frozenset(),
    ),
    "reply_to_letter_without_consultation": (
        {"form": "letter", "letter_error": True},
        [{"letter_error": True}, {"form": "letter"}],
        "kun_etter",
        "11",
        ADMINISTRATION,
        frozenset(),
    ),
    "refuse_documents_by_press_rules": (
        {"asks": ["documents"]},
        [{}],
        "lov",
        "offl_3",
        MUNICIPAL,
        frozenset(),
    ),
    "mix_union_and_employee": (
        {"capacities": ["union", "official"]},
        [{"capacities": ["union"]}, {}, {"capacities": ["private", "official"]}, {"capacities": None}],
        "skal",
        "10",
        frozenset({Role.ANSATT, Role.TILLITSVALGT}),
        frozenset(),
    ),
    "require_approval_of_private_statement": (
        {"capacities": ["private"]},
        [{"capacities": ["elected"]}, {}],
        "lov",
        "Grl_100",
        MUNICIPAL,
        frozenset(),
    ),
    "new_assessment_under_political_process": (
        {"political_process": True, "asks": ["assessment"]},
        [{"political_process": True}, {"asks": ["assessment"]}],
        "analogi",
        "4.2",
        ADMINISTRATION,
        frozenset({Statement.ASSESSMENTS}),
    ),
    "holder_answers_about_self": (
        {"subject": "kommunalsjef"},
        [{}, {"subject": "ansatt"}, {"subject": "kommunalsjef", "capacities": ["private"]}],
        "analogi",
        "ikke_regulert",
        frozenset({Role.KOMMUNALSJEF}),
        ABOUT_SELF,
    ),
    "images_of_children_without_consent": (
        IMAGES_OF_CHILDREN,
        [{"children_images": True}, {"asks": ["images"]}, {**IMAGES_OF_CHILDREN, "form": "letter"}],
        "lov",
        "gdpr_6",
        MUNICIPAL,
        frozenset(),
    ),
    "normal_press_routing": (
        {"crisis": True},
        [{}, {"crisis": True, "crisis_released": True}, {"crisis": True, "capacities": ["union"]}],
        "skal",
        "15",
        MUNICIPAL,
        frozenset(),
    ),
}


def prohibited(facts: Facts) -> dict[str, tuple[str, str]]:
    """What is prohibited, by code, with its force and source."""
    return {row.what: (row.force, row.source) for row in rules.route(facts).prohibited}


@pytest.mark.parametrize("code", PROHIBITED)
def test_the_prohibition_stands_when_its_row_says_so(code: str) -> None:
    """It stands with its force and source where its row says, and nowhere beside."""
    stands, stands_not, force, source, _, _ = PROHIBITED[code]
    assert prohibited(an_inquiry(**stands))[code] == (force, source)
    assert [known for known in stands_not if code in prohibited(an_inquiry(**known))] == []


@pytest.mark.parametrize("code", PROHIBITED)
def test_the_prohibition_binds_and_takes_what_its_row_says(code: str) -> None:
    """It binds exactly these roles, and takes exactly these statements from them."""
    stands, _, _, _, binds, takes = PROHIBITED[code]
    weighed = deciding.weigh(rules.REGULATION, an_inquiry(**stands))
    assert {(bar.roles, bar.kinds) for _, bar in weighed.bars if bar.what == code} == {(binds, takes)}


def test_confidentiality_about_a_user_binds_everybody() -> None:
    """Both what is known of a user, and that he is one: it binds everybody, and takes all substance."""
    weighed = deciding.weigh(rules.REGULATION, an_inquiry(client_case=True))
    bars = {(bar.what, bar.roles, bar.kinds) for _, bar in weighed.bars if bar.roles == EVERYBODY}
    assert bars == {
        (Prohibition.DISCLOSE_CONFIDENTIAL_INFORMATION, EVERYBODY, SUBSTANCE),
        (Prohibition.CONFIRM_CLIENT_RELATIONSHIP, EVERYBODY, SUBSTANCE),
    }


def test_every_prohibition_has_a_row() -> None:
    """All nineteen are told."""
    assert set(PROHIBITED) == set(Prohibition)


def test_a_client_waiver_covers_nobody_else() -> None:
    """A written waiver from a user says nothing of an employee; a personnel ban stands whatever is waived."""
    waived = an_inquiry(client_case=True, waiver="written", personnel=True)
    assert "comment_personnel_case" in prohibited(waived)
    assert "disclose_confidential_information" in prohibited(waived)


def test_the_grant_shown_is_the_first_of_the_lists() -> None:
    """Law before the points, whichever strand it was said of."""
    rows = rules.route(an_inquiry(level="unit", asks=["facts", "documents"])).may_state
    assert [(row.kinds, row.source) for row in rows if row.role == "arkiv_postmottak"] == [
        (("general_info", "decline"), "offl_3")
    ]


def test_the_rows_of_may_state() -> None:
    """Rows for owner, the line above him, the ordfører who is told, and the one who was asked; kinds by grant."""
    facts = an_inquiry(level="unit", addressed="arkiv_postmottak", important=True, asks=["facts"], personnel=False)
    rows = [(row.role, row.kinds, row.condition, row.force, row.source) for row in rules.route(facts).may_state]
    general = ("general_info", "decline"), None, "skal", "1"
    assert rows == [
        ("ordforer", ("facts",), None, "kan", "3.3"),
        ("ordforer", ("political",), None, "skal", "3"),
        ("ordforer", *general),
        ("radmann", ("facts", "assessments"), None, "kan", "4"),
        ("radmann", *general),
        ("kommunalsjef", ("facts", "assessments"), "own_area", "kan", "5"),
        ("kommunalsjef", *general),
        ("virksomhetsleder", ("facts", "assessments"), "own_unit", "kan", "6"),
        ("virksomhetsleder", *general),
        ("arkiv_postmottak", *general),
    ]


@pytest.mark.parametrize(
    ("known", "speakers"),
    [
        ({"level": "municipality"}, ["radmann"]),
        ({"asks": ["political"]}, ["ordforer"]),
        ({"level": "municipality", "subject": "radmann"}, ["ordforer"]),
        ({"level": "section"}, ["radmann", "kommunalsjef", "virksomhetsleder", "seksjonsleder"]),
        (
            {"level": "section", "addressed": "ansatt", "own_field": True},
            ["radmann", "kommunalsjef", "virksomhetsleder", "seksjonsleder", "ansatt"],
        ),
        (
            {"level": "unit", "addressed": "ansatt", "own_field": True},
            ["radmann", "kommunalsjef", "virksomhetsleder", "ansatt"],
        ),
        ({"form": "own_account"}, ["radmann", "kommunalsjef", "virksomhetsleder", "kontoadministrator"]),
        ({"asks": ["documents"]}, ["arkiv_postmottak"]),
        ({"asks": ["documents"], "subject": "radmann"}, ["ordforer", "arkiv_postmottak"]),
        ({"crisis": True}, ["ordforer", "kriseledelse"]),
        ({"crisis": True, "addressed": "ansatt"}, ["ordforer", "ansatt", "kriseledelse"]),
        ({"capacities": ["private"], "addressed": "ansatt"}, []),
        ({"level": "municipality", "addressed": "folkevalgt", "capacities": ["official", "union"]}, ["radmann"]),
        ({"asks": ["political"], "unavailable": ["ordforer"]}, ["varaordforer"]),
        ({"level": "cross_area"}, ["radmann", "kommunalsjef"]),
    ],
    ids=str,
)
def test_whose_rows_stand(known: dict[str, Any], speakers: list[str]) -> None:
    """Owners and co-owners, the administrative line above them, the ordfører in his cases, and the one asked."""
    assert list(dict.fromkeys(row.role for row in rules.route(an_inquiry(**known)).may_state)) == speakers


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"personnel": None}, [("political", "general_information_only")]),
        ({"client_case": None}, [("political", "general_information_only")]),
        ({"client_case": None, "case_public": True}, [("facts", None), ("political", None)]),
        ({}, [("facts", None), ("political", None)]),
    ],
    ids=str,
)
def test_politics_around_a_person_is_answered_in_general_terms(
    known: dict[str, Any], expected: list[tuple[str, str | None]]
) -> None:
    """The ordfører keeps the word on politics; where a person may be concerned, in general terms only."""
    rows = rules.route(an_inquiry(asks=["political"], **known)).may_state
    assert [
        (kind, row.condition) for row in rows for kind in row.kinds if kind not in ("general_info", "decline")
    ] == expected
