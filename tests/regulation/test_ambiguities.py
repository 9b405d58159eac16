"""The twenty-seven places where the text of the regulation is unclear, and how each is read (docs/decisions)."""

import json

import pytest

from pressedesk import rules
from pressedesk.regulation.vocabulary import Force, Prohibition
from tests.regulation.telling import Case, an_inquiry, hold

LETTER = {"form": "letter", "asks": [], "level": "area", "letter_error": True}
SEVERAL = {"level": "cross_area"}
ONLY_RADMANN = (["radmann"], "before_answer", "11")

READINGS = {
    "A1": [
        Case(
            "prinsipielt i én sektor: kommunalsjefen eier, rådmannen får vite det og kan like gjerne svare",
            {"level": "area", "principled": True},
            owner="kommunalsjef",
            inform=["radmann"],
            may=["radmann facts", "radmann assessments"],
        ),
        Case("prinsipielt ut over sektoren: rådmannen", {**SEVERAL, "principled": True}, owner="radmann", inform=[]),
    ],
    "A2": [
        Case("politisk på kommunens vegne", {"asks": ["political"]}, owner="ordforer"),
        Case("politisk på egne vegne", {"asks": ["political"], "capacities": ["elected"]}, owner=None, points=[3]),
    ],
    "A3": [
        Case(
            "en viktig sak: ordføreren får vite det og kan gå i front; fakta blir hos linja",
            {"level": "unit", "important": True},
            owner="virksomhetsleder",
            inform=["ordforer"],
            may=["ordforer facts", "virksomhetsleder facts"],
            may_not=["ordforer assessments"],
            shown={"ordforer facts": ("3.3", "kan", False, ())},
            points=[6],
        ),
        Case("ikke viktig: ordføreren har ikke ordet", {"level": "unit"}, inform=[], may_not=["ordforer facts"]),
    ],
    "A4": [
        Case(
            "en krise uten satt kriseledelse: vanlig linje, og ordføreren får vite det",
            {"level": "unit", "important": True, "crisis": False},
            owner="virksomhetsleder",
            inform=["ordforer"],
        ),
        Case("kriseledelsen er satt", {"crisis": True}, owner="kriseledelse", inform=["ordforer"]),
    ],
    "A5": [
        Case("også det som ikke gjelder krisen", {"crisis": True, "level": "unit"}, owner="kriseledelse"),
        Case(
            "kriseledelsen gir det tilbake",
            {"crisis": True, "crisis_released": True, "level": "unit"},
            owner="virksomhetsleder",
            gaps=["crisis_release"],
            rules=["frigitt_av_kriseledelsen", "leder_egen_virksomhet", "leder_i_tvil"],
        ),
    ],
    "A6": [
        Case("bare seksjonen", {"level": "section"}, owner="seksjonsleder"),
        Case("virksomheten", {"level": "unit"}, owner="virksomhetsleder"),
    ],
    "A7": [
        Case(
            "kommunalsjef eller rådmann: hvem som helst av dem",
            {"level": "unit"},
            consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
        ),
        Case(
            "den som er å få tak i, om bare én er det",
            {"level": "unit", "unavailable": ["radmann"]},
            consult={"virksomhetsleder": (["kommunalsjef"], "if_in_doubt", "6")},
        ),
        Case(
            "en stedfortreder er å få tak i",
            {"level": "unit", "unavailable": ["radmann"], "deputised": ["radmann"]},
            consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
        ),
        Case(
            "ingen av dem er å få tak i: da begge",
            {"level": "unit", "unavailable": ["radmann", "kommunalsjef"]},
            consult={"virksomhetsleder": (["radmann", "kommunalsjef"], "if_in_doubt", "6")},
        ),
    ],
    "A8": [
        Case(
            "punkt 12 binder alle i administrasjonen, ikke ordføreren",
            {"client_case": True, "waiver": "written", "asks": ["political"]},
            may_not=["radmann facts", "kommunalsjef facts", "seksjonsleder facts", "ansatt facts"],
            may=["ordforer facts"],
        ),
        Case("loven binder ordføreren også", {"client_case": True, "asks": ["political"]}, may_not=["ordforer facts"]),
    ],
    "A9": [
        Case(
            "bør ikke om saken, men åpent om alt det generelle",
            {"level": "unit", "client_case": True, "waiver": "written", "accusation": True},
            strands={"administrative": ("virksomhetsleder", "limited", "comment")},
            may=["virksomhetsleder general_info"],
            shown={"virksomhetsleder facts": ("12", "bor_ikke", True, ("consultation", "deviation"))},
            guidance=["openness", "loyalty", "line_first", "advice_offered", "meet_accusation"],
        )
    ],
    "A10": [
        Case(
            "en personalsak begrenser kommentaren, ikke innsynet",
            {"asks": ["documents"], "personnel": True},
            strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
            bans=["disclose_confidential_information", "refuse_documents_by_press_rules"],
        )
    ],
    "A11": [
        Case(
            "at stillingen er ledig, kan sies; grunnen aldri",
            {"level": "unit", "personnel": True},
            may=["virksomhetsleder general_info"],
            may_not=["virksomhetsleder facts"],
        )
    ],
    "A12": [
        Case(
            "en personalsak med politikk i: to delspørsmål, ordføreren i generelle vendinger",
            {"level": "unit", "personnel": True, "asks": ["facts", "political"]},
            strands={
                "political": ("ordforer", "limited", "comment"),
                "administrative": ("virksomhetsleder", "decline", "comment"),
            },
            may=["ordforer political"],
            may_not=["ordforer facts", "virksomhetsleder facts"],
        )
    ],
    "A13": [
        Case(
            "om rådmannen: ordføreren",
            {"level": "municipality", "subject": "radmann"},
            owner="ordforer",
            gaps=["subject"],
            may=["ordforer facts", "ordforer assessments"],
            shown={
                "ordforer facts": ("ikke_regulert", "ikke_regulert", False, ()),
                "radmann facts": ("ikke_regulert", "analogi", True, ("deviation",)),
            },
        ),
        Case(
            "rådmannens egen personalsak",
            {"level": "municipality", "subject": "radmann", "personnel": True},
            strands={"administrative": ("ordforer", "decline", "comment")},
            may_not=["ordforer facts"],
        ),
    ],
    "A14": [
        Case(
            "ordføreren er borte: varaordføreren, ikke rådmannen",
            {"asks": ["political"], "unavailable": ["ordforer"]},
            owner="varaordforer",
            gaps=["absence"],
            may=["varaordforer political", "varaordforer facts"],
            may_not=["varaordforer assessments", "radmann political"],
        )
    ],
    "A15": [
        Case(
            "kommunalsjefen er borte: rådmannen",
            {"level": "area", "unavailable": ["kommunalsjef"]},
            owner="radmann",
            gaps=["absence"],
        ),
        Case(
            "kommunalsjefen har stedfortreder",
            {"level": "area", "unavailable": ["kommunalsjef"], "deputised": ["kommunalsjef"]},
            owner="kommunalsjef",
            gaps=[],
        ),
        Case(
            "rådmannen er borte: fortsatt rådmannen, men ingen er å få tak i",
            {"level": "municipality", "unavailable": ["radmann"]},
            owner="radmann",
            gaps=["nobody_reachable"],
        ),
    ],
    "A16": [
        Case(
            "flere sektorer: rådmannen, med kommunalsjefene",
            SEVERAL,
            owner="radmann",
            co_owners=["kommunalsjef"],
            may=["kommunalsjef facts"],
        ),
        Case("hele kommunen: rådmannen alene", {"level": "municipality"}, owner="radmann", co_owners=[]),
    ],
    "A17": [
        Case(
            "til politisk behandling, og noen vil ha en vurdering",
            {"level": "unit", "asks": ["facts", "assessment"], "political_process": True},
            strands={"administrative": ("virksomhetsleder", "limited", "comment")},
            bans=["new_assessment_under_political_process"],
            points=[6],
            may=["virksomhetsleder facts"],
            may_not=["virksomhetsleder assessments"],
            shown={"virksomhetsleder assessments": ("4.2", "analogi", True, ("deviation",))},
            sources=[["6", "4.2"]],
        ),
        Case(
            "til politisk behandling, og noen vil ha fakta",
            {"level": "unit", "political_process": True},
            strands={"administrative": ("virksomhetsleder", "answer", "comment")},
            bans=[],
        ),
    ],
    "A18": [
        Case(
            "hvorfor innstiller rådmannen slik? en faglig vurdering",
            {"level": "municipality", "asks": ["assessment"], "addressed": "radmann"},
            owner="radmann",
            bans=[],
            may=["radmann assessments"],
        )
    ],
    "A19": [
        Case("i avisens leserbrev", LETTER, strands={"letter": ("kommunalsjef", "reply_by_letter", "comment")}),
        Case(
            "i kommunens eget kommentarfelt",
            {"form": "own_account", "letter_error": True},
            strands={"own_account": ("kontoadministrator", "correct", "comment")},
            bans=[],
            sources=[["4.2"]],
        ),
        Case(
            "i en artikkel",
            {"level": "unit", "letter_error": True},
            strands={"administrative": ("virksomhetsleder", "answer", "comment")},
            guidance=["openness", "loyalty", "line_first", "advice_offered", "correct_in_newsroom"],
        ),
        Case(
            "på egen konto uten feil",
            {"form": "own_account"},
            strands={"own_account": ("kontoadministrator", "answer", "comment")},
            may=["kontoadministrator facts"],
            may_not=["kontoadministrator assessments"],
            shown={"kontoadministrator facts": ("4.2", "skal", False, ())},
            guidance=["openness", "loyalty", "line_first", "advice_offered"],
        ),
    ],
    "A20": [
        Case("kommunalsjefen skriver: rådmannen", LETTER, consult={"kommunalsjef": ONLY_RADMANN}),
        Case("et politisk leserbrev er punkt 3", {**LETTER, "letter_political": True}, consult={}, owner="ordforer"),
    ],
    "A21": [
        Case(
            "en leder som er tillitsvalgt: en annen svarer for kommunen",
            {"level": "unit", "capacities": ["official", "union"], "addressed": "virksomhetsleder"},
            bans=["mix_union_and_employee", "require_approval_of_private_statement"],
            points=[6, 10],
        )
    ],
    "A22": [
        Case(
            "journalisten ringer den ansatte direkte: lovlig",
            {"level": "unit", "addressed": "ansatt", "own_field": True},
            owner="ansatt",
            bans=[],
            may=["ansatt facts"],
            consult={},
        )
    ],
    "A23": [
        Case(
            "lederen har rett og plikt til å svare for egen virksomhet: ikke noe avslag av seg selv",
            {"level": "unit"},
            strands={"administrative": ("virksomhetsleder", "answer", "comment")},
            may=["virksomhetsleder facts", "virksomhetsleder assessments"],
            bans=[],
        )
    ],
    "A25": [
        Case(
            "ikke fra medier: en vanlig henvendelse",
            {"form": "not_media"},
            owner=None,
            strands={"not_media": (None, "pass_contact", None)},
            gaps=["media_definition"],
            points=[],
            may=["radmann facts", "folkevalgt political"],
            shown={"radmann facts": ("ikke_regulert", "ikke_regulert", False, ())},
        ),
        Case(
            "ikke fra medier, men et innsynskrav",
            {"form": "not_media", "asks": ["documents"]},
            strands={"documents": ("arkiv_postmottak", "handle_as_innsyn", "innsyn")},
            gaps=[],
        ),
    ],
    "A26": [
        Case(
            "om et interkommunalt selskap: kommunens egen rolle",
            {"level": "external"},
            owner="kommunalsjef",
            strands={"administrative": ("kommunalsjef", "answer", "comment")},
            gaps=["external_body"],
            guidance=["openness", "loyalty", "line_first", "advice_offered", "external_speaks_for_itself"],
            points=[],
            sources=[["ikke_regulert"]],
        ),
        Case(
            "eierpolitikk: ordføreren",
            {"level": "external", "asks": ["political"]},
            owner="ordforer",
        ),
        Case("et leserbrev om selskapet", {**LETTER, "level": "external"}, owner="kommunalsjef"),
        Case("prinsipielt om selskapet", {"level": "external", "principled": True}, owner="kommunalsjef", inform=[]),
    ],
}
TOLD = [pytest.param(case, id=f"{label}-{case}") for label, cases in READINGS.items() for case in cases]


@pytest.mark.parametrize("case", TOLD)
def test_the_reading_holds(case: Case) -> None:
    """Each unclear place is read as agreed."""
    hold(case)


def test_titles_are_words_on_the_screen_only() -> None:
    """A24: the rådmann stays the rådmann in every code, whatever the municipality calls the office on the screen."""
    decision = rules.route(an_inquiry(level="municipality"))
    assert json.loads(json.dumps(decision.to_json()))["owner"] == "radmann"


def test_force_is_shown_as_it_is_written_and_only_soft_bars_can_be_deviated_from() -> None:
    """A27: the regulation guides, yet its points say «skal»: each is shown as written; law and «skal ikke» stand."""
    facts = an_inquiry(level="unit", client_case=True, waiver="written", personnel=True, asks=["political", "facts"])
    assert {row.what: row.force for row in rules.route(facts).prohibited} == {
        Prohibition.DISCLOSE_CONFIDENTIAL_INFORMATION: Force.LOV,
        Prohibition.COMMENT_CLIENT_CASE: Force.BOR_IKKE,
        Prohibition.COMMENT_PERSONNEL_CASE: Force.SKAL_IKKE,
        Prohibition.POLITICAL_COMMENT_BY_ADMINISTRATION: Force.MOTSETNINGSVIS,
    }


def test_every_unclear_place_has_a_test() -> None:
    """All of A1–A27 are told; A24 and A27 are about words, and stand above."""
    assert {*READINGS, "A24", "A27"} == {f"A{number}" for number in range(1, 28)}
