"""/reglement: every point in our words, and a form that says what the rules say, neither more nor less."""

import json
import random
import re
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from werkzeug.datastructures import MultiDict

from pressedesk import rules
from pressedesk.cli import main as command
from pressedesk.clock import FrozenClock
from pressedesk.regulation import explained
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Capacity, Gap, Level, Role, Statement, Waiver
from pressedesk.views.reglement.facts_form import GROUPS, query_of, read
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient
from tests.regulation.domains import domain

SEED = 17


@pytest.fixture
def leader(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    sign_in(client, town, "leder")
    return client


def words(page: Page, within: str = "main") -> str:
    return " ".join(page.all(within)[0].text.split())


def facts_at_random(number: int) -> list[Facts]:
    """Any combination at all, from the domains that the proof enumerates."""
    chance = random.Random(SEED)
    return [Facts(**{name: chance.choice(domain(name)) for name in FIELDS}) for _ in range(number)]


# The text


def test_every_point_stands_on_the_page(leader: PageClient) -> None:
    """In order, with an anchor, its own words, its force and what it does."""
    page = leader.page("/reglement")
    sections = [each for each in page.all("section") if each.get("id").startswith("punkt-")]
    assert [each.get("id") for each in sections] == [f"punkt-{number}" for number in range(1, 16)]
    for section, point in zip(sections, explained.POINTS, strict=True):
        text = " ".join(section.text.split())
        for clause in point.clauses:
            assert f"{clause.text} {clause.force.label}" in text
        assert point.title in text
        assert point.binds in text
        assert point.effect in text


def test_law_strategy_and_gaps_follow(leader: PageClient) -> None:
    """What stands above, what fills in, what nobody has regulated; the last also that there are no times."""
    text = words(leader.page("/reglement"))
    for each in (*explained.LAW, *explained.STRATEGY):
        assert each.title in text
        assert each.text in text
    for gap in Gap:
        assert explained.FILLED_BY[gap] in text
    assert explained.NO_TIMES in text
    assert f"versjon {rules.VERSION}" in text


def test_a_gap_of_a_point_leads_to_what_fills_it(leader: PageClient) -> None:
    """The page checks that every such link has its target; here that each point's gaps are links at all."""
    page = leader.page("/reglement")
    for point in explained.POINTS:
        section = next(each for each in page.all("section") if each.get("id") == f"punkt-{point.source}")
        links = [each.get("href") for each in page.inside(section) if each.tag == "a"]
        assert links == [f"#ikke-regulert-{gap.value.replace('_', '-')}" for gap in point.gaps]


def decided(page: Page, source: str) -> str:
    section = next(each for each in page.all("section") if each.get("id") == f"punkt-{source}")
    return next((text for text in re.findall(r"Avgjorde\s*(I .*?henvendelser)", section.text)), "")


def test_how_often_a_point_decided(leader: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Of the latest decision of each inquiry; below five it is not told how few."""
    for _ in range(6):
        call(town, at_noon.now())
    call(town, at_noon.now(), unit=None, level=Level.MUNICIPALITY)
    page = leader.page("/reglement")
    assert decided(page, "6") == "I 6 av 7 henvendelser"
    assert decided(page, "4") == "I færre enn 5 av 7 henvendelser"
    assert decided(page, "15") == ""


def test_a_corrected_inquiry_counts_as_it_stands(leader: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The earlier decision is not counted beside the later one."""
    for _ in range(5):
        call(town, at_noon.now())
    wide = call(town, at_noon.now())
    wide.correct("kommunalsjef", at_noon.now(), unit=None, level="municipality")
    assert decided(leader.page("/reglement"), "6") == "I 5 av 6 henvendelser"


def test_the_figures_are_the_same_with_and_without_a_restricted_inquiry(
    client: PageClient, town: Town, at_noon: FrozenClock
) -> None:
    """Nobody can tell from them that there is one: not whoever may not see it, and not whoever may."""
    for _ in range(6):
        call(town, at_noon.now())
    before = {}
    for name in ("annen_leder", "leder", "radmann", "kis"):
        sign_in(client, town, name)
        before[name] = words(client.page("/reglement"))
    for _ in range(6):
        call(town, at_noon.now(), personnel=YES)
    for name, text in before.items():
        sign_in(client, town, name)
        assert words(client.page("/reglement")) == text


@pytest.mark.parametrize("name", ["ansatt", "admin", "auditor"])
def test_whoever_sees_no_inquiries_gets_no_figures(
    name: str, client: PageClient, town: Town, at_noon: FrozenClock
) -> None:
    """The text is everybody's, the figures are of what one may see."""
    for _ in range(6):
        call(town, at_noon.now())
    sign_in(client, town, name)
    page = client.page("/reglement")
    assert [decided(page, point.source) for point in explained.POINTS] == [""] * 15


def test_speech_has_no_figure(leader: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """What people say for themselves or for their union is not counted, and advice decides nothing."""
    for _ in range(6):
        call(town, at_noon.now(), capacities={Capacity.OFFICIAL, Capacity.PRIVATE, Capacity.UNION})
    page = leader.page("/reglement")
    assert decided(page, "6")
    assert [decided(page, source) for source in ("2", "8", "9", "10")] == [""] * 4


# The form


def test_the_form_holds_every_fact_once(leader: PageClient) -> None:
    """Whatever the rules can read, somebody can try; untouched it stands as the contract says."""
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(FIELDS)
    page = leader.page("/reglement/prov")
    form = next(each for each in page.all("form") if each.get("method") == "get")
    assert {each.get("name") for each in page.inside(form) if each.get("name")} == {*FIELDS, "rolle", "utsagn"}
    checked = {(each.get("name"), each.get("value")) for each in page.inside(form) if "checked" in each.attributes}
    assert ("capacities", "official") in checked
    assert ("personnel", "null") in checked
    assert ("form", "press") in checked
    assert not any(name == "asks" for name, _ in checked)


def test_an_empty_address_shows_the_form_alone(leader: PageClient) -> None:
    """Nothing has been asked yet."""
    assert "Regelsvaret" not in words(leader.page("/reglement/prov"))


def test_a_form_left_alone_asks_about_facts_left_alone(leader: PageClient) -> None:
    """Pressing the button at once is the empty record."""
    page = leader.page("/reglement/prov")
    form = next(each for each in page.all("form") if each.get("method") == "get")
    pairs = [
        (each.get("name"), each.get("value"))
        for each in page.inside(form)
        if each.tag == "input" and (each.get("type") not in ("radio", "checkbox") or "checked" in each.attributes)
    ]
    assert read(MultiDict(pairs)).facts == Facts()


@pytest.mark.parametrize("facts", facts_at_random(200))
def test_an_address_says_exactly_the_facts_it_was_made_of(facts: Facts) -> None:
    """Also «vet ikke», an empty list, and what is untouched."""
    pairs = [(name, value) for name, values in parse_qs(query_of(facts), True).items() for value in values]
    assert read(MultiDict(pairs)).facts == facts


@pytest.mark.parametrize("facts", facts_at_random(20))
def test_the_page_says_what_the_rules_say(facts: Facts, leader: PageClient) -> None:
    """Owner, co-owners, each strand with its outcome and clock, and what still matters."""
    page = leader.page(f"/reglement/prov?{query_of(facts)}")
    decision = rules.route(facts)
    shown = [dict(pairs(page, each)) for each in page.all("section") if each.get("class") == "pd-try-strand"]
    assert [(each["Ansvarlig"].lower(), each["Hva som gjøres"].lower(), each["Klokke"].lower()) for each in shown] == [
        (
            strand.owner.label.lower() if strand.owner else "ingen",
            strand.outcome.label.lower(),
            strand.clock.label.lower() if strand.clock else "ingen",
        )
        for strand in decision.strands
    ]
    answer = next(each for each in page.all("section") if each.get("aria-labelledby") == "regelsvaret")
    top = dict(pairs(page, answer))
    assert decision.owner is None or top["Ansvarlig"].lower() == decision.owner.label.lower()
    assert [
        role.label.lower() for role in decision.co_owners if role.label.lower() not in top["Svarer sammen"].lower()
    ] == []
    still = next(each for each in page.all("section") if each.get("aria-labelledby") == "fortsatt")
    links = [each.text.strip() for each in page.inside(still) if each.tag == "a"]
    assert links == [FIELDS[name].question for name in rules.still_matters(facts)]
    text = words(page)
    for reason in decision.reasons:
        assert reason.text in text


def pairs(page: Page, around) -> list[tuple[str, str]]:
    """Terms and what they are, the first of each."""
    inside = page.inside(around)
    terms = [each.text.strip() for each in inside if each.tag == "dt"]
    values = [each.text.strip() for each in inside if each.tag == "dd"]
    return list(dict(reversed(list(zip(terms, values, strict=True)))).items())


@pytest.mark.parametrize("facts", facts_at_random(10))
def test_the_json_is_what_the_command_prints(facts: Facts, leader: PageClient) -> None:
    """Byte for byte."""
    page = leader.page(f"/reglement/prov?{query_of(facts)}")
    link = next(each.get("href") for each in page.all("a") if each.text == "Se alt som JSON")
    printed = CliRunner().invoke(command, ["route"], input=json.dumps(facts.to_json()))
    answer = leader.get(link)
    assert answer.mimetype == "application/json"
    assert answer.data == printed.stdout_bytes


@pytest.mark.parametrize(
    ("role", "facts", "kind", "verdict", "needs"),
    [
        (Role.VIRKSOMHETSLEDER, Facts(level=Level.UNIT, personnel=NO, client_case=NO), Statement.FACTS, "Kan sies", ""),
        (Role.ANSATT, Facts(personnel=NO, client_case=NO), Statement.ASSESSMENTS, "Kan ikke sies", "særskilt avtale"),
        (
            Role.VIRKSOMHETSLEDER,
            Facts(level=Level.UNIT, personnel=NO, client_case=YES, waiver=Waiver.WRITTEN),
            Statement.FACTS,
            "Bare som avvik",
            "begrunnet avvik",
        ),
        (
            Role.VIRKSOMHETSLEDER,
            Facts(level=Level.UNIT, personnel=UNKNOWN, client_case=NO),
            Statement.FACTS,
            "Kan ikke sies",
            "Avklar først om det gjelder en ansatt",
        ),
    ],
    ids=["a leader's own unit", "an employee's assessment", "a client with a waiver", "nobody has said"],
)
def test_what_a_role_may_state(
    role: Role, facts: Facts, kind: Statement, verdict: str, needs: str, leader: PageClient
) -> None:
    """Yes, no, or no unless; with the finding and what is lacking."""
    page = leader.page(f"/reglement/prov?{query_of(facts)}&rolle={role}&utsagn={kind}")
    card = next(each for each in page.all("section") if each.get("aria-labelledby") == "rollen")
    text = " ".join(card.text.split())
    assert verdict in text
    assert needs in text
    assert rules.may_state(role, facts, kind).finding.text in text


def test_a_role_without_a_statement_shows_them_all(leader: PageClient) -> None:
    """One look at everything that the role may say."""
    page = leader.page("/reglement/prov?level=unit&rolle=ordforer")
    card = next(each for each in page.all("section") if each.get("aria-labelledby") == "rollen")
    assert all(kind.label in card.text.lower() for kind in Statement)


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("level=unti", "level", "«level» kan ikke være «unti». Lovlig:"),
        ("level=unti", "level", "Mente du «unit»?"),
        ("crisis=kanskje", "crisis", "«crisis» kan ikke være «kanskje»"),
        ("asks=facts&asks=null", "asks", "«asks» kan ikke være «null»"),
        ("personnel=true&personnel=false", "personnel", "«personnel» kan ikke være en liste"),
        ("subject=rektor", "subject", "«subject» kan ikke være «rektor»"),
        ("rolle=sjef", "rolle", "«sjef» er ikke i lista."),
        ("utsagn=facts", "rolle", "Velg hvem som skal si det."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(query: str, field: str, message: str, leader: PageClient) -> None:
    """No result is guessed; the rest of the form stands as it was."""
    answer = leader.get(f"/reglement/prov?{query}&important=true")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-error"[^>]*>([^<]*)<', text)
    assert beside
    assert message in beside.group(1)
    assert "Regelsvaret" not in text
    assert re.search(r'checked[^>]*id="important"|id="important"[^>]*checked', text)


def test_an_unknown_name_is_not_passed_over(leader: PageClient) -> None:
    """A mistyped fact would otherwise read as untouched; the JSON says the same."""
    for address in ("/reglement/prov", "/reglement/prov.json"):
        answer = leader.get(f"{address}?adressed=ansatt")
        assert answer.status_code == 422
        assert "Mente du «addressed»?" in answer.get_data(as_text=True)


def test_the_examples_lead_to_results(leader: PageClient) -> None:
    """Each has its address, and an owner or a contact that is passed on."""
    page = leader.page("/reglement/prov")
    examples = next(each for each in page.all("section") if each.get("aria-labelledby") == "eksempler")
    links = [each.get("href") for each in page.inside(examples) if each.tag == "a"]
    assert len(links) >= 3
    assert all("Regelsvaret" in words(leader.page(link)) for link in links)
    assert Ask.FACTS in (read(MultiDict(parse_qs(links[0].partition("?")[2]))).facts or Facts()).asks
