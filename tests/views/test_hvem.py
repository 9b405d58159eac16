"""/hvem-kan-si-hva: who it is, and what the rules say he may say right now; no second copy of them."""

import re
from datetime import timedelta

import pytest

from pressedesk import db, organisation, rules
from pressedesk.administration import absence
from pressedesk.clock import FrozenClock
from pressedesk.models import Crisis
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Role
from pressedesk.views.hvem.saying import Speaker, facts_of, lines, situations, speaker_in
from tests.organisation import OFFICES, SYSTEM, Town, sign_in
from tests.pages import Page, PageClient


@pytest.fixture
def desk(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    sign_in(client, town, "sentralbord")
    return client


def words(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def cards(page: Page) -> list[str]:
    return [each.text.strip() for each in page.all("h2") if each.get("id").startswith("treff-")]


def part_of(page: Page, title: str) -> str:
    """What stands of one situation."""
    found = [each for each in page.all("section") if each.get("class") == "pd-say" and title in each.text]
    return " ".join(found[0].text.split())


def away(town: Town, name: str, at_noon: FrozenClock) -> None:
    now = at_noon.now()
    absence.register(SYSTEM, town.people[name], now - timedelta(hours=1), now + timedelta(days=3), now)


def start_crisis(town: Town, at_noon: FrozenClock) -> None:
    with db.writing() as tx:
        tx.add(
            Crisis(
                started_at=at_noon.now() - timedelta(hours=1),
                started_by_id=town.people["radmann"],
                reason="Flom i elva",
            )
        )


# Search


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tone", ["Tone Berg"]),
        ("tone BERG", ["Tone Berg"]),
        ("rektor", ["Rektor"]),
        ("rektor tone", ["Rektor"]),
        ("barnehage", ["Styrer"]),
        ("kommunalsjef", ["Kommunalsjef lokalsamfunn", "Kommunalsjef oppvekst"]),
        ("skole", ["Rektor"]),
        ("drikkevann", ["Seksjonsleder vann og avløp"]),
        ("finnes ikke", []),
    ],
)
def test_a_person_an_office_a_unit_or_a_topic_is_found(text: str, found: list[str], desk: PageClient) -> None:
    """One field, whatever the switchboard heard."""
    assert cards(desk.page(f"/hvem-kan-si-hva?q={text}")) == found


def test_nothing_found_helps_on(desk: PageClient) -> None:
    """What to try, and the units."""
    text = words(desk.page("/hvem-kan-si-hva?q=<b>zzz"))
    assert "Ingen treff på «<b>zzz»" in text
    assert "Prøv et fornavn" in text
    assert "Bjerke skole" in text


def test_an_empty_field_shows_the_units(desk: PageClient) -> None:
    """Each with its page to print."""
    page = desk.page("/hvem-kan-si-hva")
    links = [each.get("href") for each in page.all("a") if each.get("href").startswith("/hvem-kan-si-hva/")]
    assert len(links) == 8
    assert all(desk.get(link).status_code == 200 for link in links)


def test_many_hits_are_cut_and_said(desk: PageClient) -> None:
    """More than one can look at while somebody waits."""
    page = desk.page("/hvem-kan-si-hva?q=e")
    assert len(cards(page)) == 10
    assert re.search(r"\d+ til passer også", words(page))


# Who it is now


def test_the_holder_answers_when_he_is_there(desk: PageClient) -> None:
    """Office, unit, telephone and deputies."""
    text = words(desk.page("/hvem-kan-si-hva?q=tone"))
    for told in ("Rektor", "Bjerke skole", "Svarer nå Tone Berg", "59 01 10 01", "Mona Fjeld"):
        assert told.replace(" ", "") in text.replace(" ", "")


def test_a_deputy_answers_when_the_holder_is_away(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The way to him is told, and he is found under his own name as who acts."""
    away(town, "leder", at_noon)
    text = words(desk.page("/hvem-kan-si-hva?q=rektor"))
    assert "Tone Berg er borte til 27.11., Mona Fjeld er stedfortreder." in text
    assert "Stedfortreder nå for: Rektor." in words(desk.page("/hvem-kan-si-hva?q=mona"))
    assert "Borte til" in words(desk.page("/hvem-kan-si-hva?q=tone"))


def test_a_deputy_who_does_not_act_is_an_employee(desk: PageClient) -> None:
    """With a word on where he would step in."""
    text = words(desk.page("/hvem-kan-si-hva?q=mona"))
    assert "Trer inn ved fravær for: Rektor." in text
    assert "Eget fagfelt" in text


def test_whoever_steps_in_may_say_what_the_office_may(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Nobody at the kindergarten: its own questions go one up, as the rules say."""
    away(town, "annen_leder", at_noon)
    own = part_of(desk.page("/hvem-kan-si-hva?q=styrer"), "Egen virksomhet")
    assert "Svarer: Kommunalsjef oppvekst, Arne Moen" in own


# What he may say


def test_a_leader_speaks_for_his_own_unit(desk: PageClient) -> None:
    """Point 6: facts and assessments; in doubt he asks; what is wider is another's."""
    page = desk.page("/hvem-kan-si-hva?q=tone")
    own = part_of(page, "Egen virksomhet")
    assert "Kan sies Fakta og faglig vurdering for egen virksomhet Punkt 6" in own
    assert "Ved tvil: spør rådmann eller kommunalsjef. Punkt 6" in own
    wider = part_of(page, "Flere i samme sektor")
    assert "Svarer: Kommunalsjef oppvekst, Arne Moen" in wider
    assert "Kan ikke sies" in wider


def test_an_employee_gives_facts_and_agrees_before_assessing(desk: PageClient) -> None:
    """Point 7: facts in the own field without asking; assessments only by a specific agreement."""
    page = desk.page("/hvem-kan-si-hva?q=jon bakke")
    own = part_of(page, "Eget fagfelt")
    assert "Kan sies Fakta innenfor eget fagfelt Punkt 7" in own
    assert "Kan ikke sies Faglig vurdering" in own
    assert "Krever særskilt avtale om denne saken." in own


def test_the_mayor_answers_politics_and_nobody_else(desk: PageClient) -> None:
    """Point 3."""
    assert "Kan sies Politisk kommentar Punkt 3" in part_of(desk.page("/hvem-kan-si-hva?q=ola haugen"), "Politikk")
    told = part_of(desk.page("/hvem-kan-si-hva?q=randi"), "Politikk")
    assert "Svarer: Ordfører, Ola Haugen" in told
    assert "Kan ikke sies Politisk kommentar" in told


def test_nobody_comments_on_a_person(desk: PageClient) -> None:
    """13 and 12 with the law; a waiver leaves a deviation, and general information always remains."""
    page = desk.page("/hvem-kan-si-hva?q=randi")
    personnel = part_of(page, "personalsak")
    assert "Kan ikke sies Fakta og faglig vurdering" in personnel
    assert "Også etter punkt 13" in personnel
    assert "Kan sies Generell informasjon" in personnel
    assert "Bare som avvik" in part_of(page, "skriftlig fritak")


def test_the_leader_of_kis_speaks_for_kis_alone(desk: PageClient) -> None:
    """Point 14: an adviser for the others."""
    page = desk.page("/hvem-kan-si-hva?q=kari dahl")
    assert "Kan sies Fakta og faglig vurdering" in part_of(page, "Egen virksomhet")
    assert "Kan ikke sies" in part_of(page, "Andre virksomheter")
    assert "Punkt 14" in part_of(page, "Andre virksomheter")


def test_in_a_crisis_it_is_crisis_leadership_that_speaks(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Point 15 instead of all the rest, for as long as it stands."""
    start_crisis(town, at_noon)
    page = desk.page("/hvem-kan-si-hva?q=tone")
    text = words(page)
    assert "Kriseledelsen er satt." in text
    told = part_of(page, "Alt fra pressen")
    assert "Svarer: Kriseledelsen, Randi Aas" in told
    assert "Kan sies Generell informasjon" in told
    assert "Egen virksomhet" not in text
    crisis = part_of(desk.page("/hvem-kan-si-hva?q=kriseledelsen"), "Alt fra pressen")
    assert "Kan sies Fakta og faglig vurdering" in crisis


@pytest.mark.parametrize("text", ["tone", "mona", "ola haugen", "rektor"])
def test_free_speech_stands_under_every_result(text: str, desk: PageClient) -> None:
    """As a fact, not as something granted, and nothing of it is kept."""
    told = words(desk.page(f"/hvem-kan-si-hva?q={text}"))
    assert "På egne vegne snakker alle fritt. Kommunen har ingen rolle i det." in told
    assert "Pressedesk holder ikke rede på noe av det." in told
    assert not re.search(r"godkjen|tillatelse|har lov|får lov", told, re.IGNORECASE)


@pytest.mark.parametrize("office", OFFICES)
def test_every_line_is_what_the_rules_say(office: str, town: Town, at_noon: FrozenClock) -> None:
    """For each office and each situation: verdict and ground are `may_state`, the owner is `route`."""
    with db.reading() as tx:
        org = organisation.snapshot(tx, at_noon.now())
    speaker = speaker_in(org, org.offices[town.offices[office]])
    for situation in situations(speaker, org):
        facts = facts_of(speaker, org, **situation.changes)
        told = {kind: line for line in lines(speaker.role, facts, situation.kinds) for kind in kinds_of(line.kinds)}
        for kind in situation.kinds:
            permission = rules.may_state(speaker.role, facts, kind)
            line = told[kind.label]
            assert line.is_allowed is (permission.allowed and not permission.needs)
            assert line.basis.text == permission.finding.text


def kinds_of(told: str) -> list[str]:
    return re.split(r", | og ", told)


def test_every_office_can_be_asked_about(town: Town, at_noon: FrozenClock) -> None:
    """The role that the regulation names, so that the leader of KIS is told from other leaders."""
    with db.reading() as tx:
        org: Organisation = organisation.snapshot(tx, at_noon.now())
    roles = {key: speaker_in(org, org.offices[town.offices[key]]).role for key in OFFICES}
    assert roles["kis"] is Role.VIRKSOMHETSLEDER_KIS
    assert {key: role for key, role in roles.items() if key != "kis"} == {
        key: role for key, (_, role, *_) in OFFICES.items() if key != "kis"
    }
    assert isinstance(speaker_in(org, org.offices[town.offices["kis"]]), Speaker)


# The sheet


def sheet(desk: PageClient, town: Town, unit: str) -> str:
    return words(desk.page(f"/hvem-kan-si-hva/{town.units[unit]}"))


def test_the_sheet_of_a_school(desk: PageClient, town: Town) -> None:
    """Who answers, what to do, what may be said, whom to ask, what nobody comments on, when, and KIS."""
    text = sheet(desk, town, "skole")
    for told in (
        "Når journalisten ringer",
        "Rektor: Tone Berg, 59 01 10 01",
        "Stedfortreder: Mona Fjeld.",
        "Kommunalsjef oppvekst: Arne Moen",
        "Rådmann: Randi Aas",
        "Du som er rektor",
        "Du som er ansatt",
        "Fakta og faglig vurdering for egen virksomhet Punkt 6, kan",
        "Ved tvil: spør rådmann eller kommunalsjef. Punkt 6, plikter",
        "Faglig vurdering: Krever særskilt avtale om denne saken. Punkt 7",
        "Politikk: Ordfører, Ola Haugen",
        "avslås høflig, med grunn",
        "punkt 13",
        "Kommunens eget svarmål er 4 t i åpningstiden, og 1 t når det haster.",
        "Leder for KIS: Kari Dahl, 59 01 10 05",
        "På egne vegne snakker alle fritt.",
        f"versjon {rules.VERSION}",
    ):
        assert told in text


def test_the_sheet_says_each_thing_once(desk: PageClient, town: Town) -> None:
    """It must fit on one page."""
    text = sheet(desk, town, "skole")
    assert text.count("Ved tvil: spør") == 1
    assert text.count("Krever særskilt avtale") == 1


def test_the_sheet_of_an_area_names_the_units_under_it(desk: PageClient, town: Town) -> None:
    """Their leaders and where to ring, and the line above."""
    text = sheet(desk, town, "oppvekst")
    for told in ("Kommunalsjef oppvekst: Arne Moen", "Rektor: Tone Berg", "Styrer: Hanne Lie", "Rådmann: Randi Aas"):
        assert told in text


def test_the_sheet_of_the_whole_municipality(desk: PageClient, town: Town) -> None:
    """Mayor and rådmann; everybody employed in it finds his own unit's."""
    text = sheet(desk, town, "kommune")
    assert "Ordfører: Ola Haugen" in text
    assert "Du som er rådmann" in text
    assert "Du som er ansatt" not in text


def test_the_sheet_says_who_steps_in(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The name on the wall is not the one who answers today."""
    away(town, "leder", at_noon)
    away(town, "annen_leder", at_noon)
    assert "Nå: Mona Fjeld." in sheet(desk, town, "skole")
    assert "Nå: ingen er å få tak i." in sheet(desk, town, "barnehage")


def test_a_unit_that_does_not_exist(desk: PageClient) -> None:
    """404, as for everything else."""
    assert desk.get("/hvem-kan-si-hva/999999").status_code == 404


def test_neither_page_reads_an_inquiry(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """They are made of the organisation and the rules: everybody who is logged in may open them."""
    for name in ("ansatt", "admin", "auditor"):
        sign_in(desk, town, name)
        assert desk.get("/hvem-kan-si-hva?q=tone").status_code == 200
        assert desk.get(f"/hvem-kan-si-hva/{town.units['skole']}").status_code == 200
