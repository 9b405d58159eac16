"""/snakket: what was said is noted in a few taps, and what is open already is offered first."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from pressedesk.clock import FrozenClock
from pressedesk.regulation.vocabulary import Role
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read

HOUR = timedelta(hours=1)


@pytest.fixture
def leader(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    """The head of the school, logged in, at noon on a Tuesday."""
    sign_in(client, town, "leder")
    return client


def note(client: PageClient, press: str = "", **values: object) -> TestResponse:
    """Four taps and a sentence."""
    told = {"caller_name": "Mari Nygård", "text": "Vi har 214 elever.", "kinds": ["facts"], "concerned": "nobody"}
    return client.submit("/snakket", action="/snakket", press=press, **{**told, **values})


def noted(town: Town, number: int = 1) -> Sak:
    return Sak(town, f"PD-2026-{number:04}")


def test_four_taps_and_a_sentence(leader: PageClient, town: Town) -> None:
    """A name, a sentence, what kind, and that nobody is concerned: the rest is known."""
    response = note(leader)
    assert response.status_code == 303
    strand, answer = noted(town).strand(), noted(town).answers()[0]
    assert (strand.received_at, strand.answered_at) == (NOON, NOON)
    assert (answer.spoken_by_role, answer.spoken_by) == (Role.VIRKSOMHETSLEDER, "Tone Berg")
    assert "Samtalen er notert som PD-2026-0001" in leader.get(response.location).get_data(as_text=True)


@pytest.mark.parametrize(
    ("when", "at", "received", "answered_at", "received_at"),
    [
        ("nå", "", "", NOON, NOON),
        ("nå", "", "kl. 10", NOON, NOON - 2 * HOUR),
        ("i dag", "11", "", NOON - HOUR, NOON - HOUR),
        ("i går", "kl. 14.00", "i går kl. 12", NOON - 22 * HOUR, NOON - 24 * HOUR),
        ("nå", "23.11. kl. 12", "", NOON - 24 * HOUR, NOON - 24 * HOUR),
    ],
)
def test_times_of_its_own(
    when: str, at: str, received: str, answered_at: object, received_at: object, leader: PageClient, town: Town
) -> None:
    """As it was: a chip, a clock, or words. What came in is when it was answered unless somebody says otherwise."""
    assert note(leader, when=when, at=at, received=received).status_code == 303
    strand = noted(town).strand()
    assert (strand.answered_at, strand.received_at) == (answered_at, received_at)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"caller_name": ""}, "Skriv navnet på journalisten eller redaksjonen."),
        ({"text": " "}, "Skriv med en setning hva du sa."),
        ({"kinds": []}, "Velg minst ett av dem."),
        ({"when": "i dag"}, "Skriv omtrent når"),
        ({"at": "kl. 15"}, "Tidspunktet er ikke kommet ennå"),
        ({"at": "en gang"}, "Forstår ikke tidspunktet"),
        ({"when": "i dag", "at": "10", "received": "kl. 11"}, "Det er etter at du svarte."),
        ({"unit": ""}, "Velg hvilken virksomhet det gjaldt."),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    wrong: dict[str, object], said: str, leader: PageClient, town: Town
) -> None:
    """And nothing typed is lost."""
    response = note(leader, **{"outlet": "", "text": "Det jeg sa.", **wrong})
    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert said in page
    assert wrong.get("text") or "Det jeg sa." in page


def test_the_newsroom_is_enough(leader: PageClient, town: Town) -> None:
    """Not everybody asks for the name."""
    note(leader, caller_name="", outlet="Granliposten")
    assert noted(town).inquiry().caller_name == "Granliposten"


def test_what_is_open_with_oneself_is_offered_at_once(leader: PageClient, town: Town) -> None:
    """Before anything is typed: one tap to the answer of it."""
    sak = call(town, NOON)
    call(town, NOON, unit="barnehage", caller="Ola Vik")
    page = leader.get("/snakket").get_data(as_text=True)
    assert f'href="/sak/{sak.reference}/{sak.strand().id}/svar"' in page
    assert "Ola Vik" not in page


def test_what_the_caller_has_open_is_offered_with_what_was_typed(leader: PageClient, town: Town) -> None:
    """The words go along to the answer of that sak, where nothing is sent before it is looked at."""
    sak = call(town, NOON)
    offered = note(leader, caller_name="mari nygaard")
    page = offered.get_data(as_text=True)
    assert "Gjelder det denne?" in page
    parsed = read(page, "/snakket")
    action = f"/sak/{sak.reference}/{sak.strand().id}/svar"
    form = next(each for each in parsed.all("form") if each.get("action") == action)
    answer = leader.post(action, data=filled(parsed, form)).get_data(as_text=True)
    assert "Ingenting er sendt ennå" in answer
    assert "Vi har 214 elever." in answer
    sent = read(answer, action)
    form = next(each for each in sent.all("form") if each.get("action") == action and each.get("method") == "post")
    assert leader.post(action, data=filled(sent, form)).status_code == 303
    assert len(sak.answers()) == 1


def test_no_is_an_answer(leader: PageClient, town: Town) -> None:
    """It was about something else: a sak of its own, and the open one untouched."""
    sak = call(town, NOON)
    note(leader)
    page = note(leader, press="ny=1")
    assert page.status_code == 303
    assert not sak.answers()
    assert noted(town, 2).inquiry().is_afterwards


def test_an_open_one_that_is_anothers_is_not_offered(leader: PageClient, town: Town) -> None:
    """Only what one may answer."""
    call(town, NOON, unit="barnehage")
    assert note(leader).status_code == 303


def test_an_employee_notes_it_and_need_not_see_it(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The sak stands with the leader; the employee is told its number."""
    sign_in(client, town, "ansatt")
    response = note(client)
    assert (response.status_code, response.location) == (303, "/snakket")
    assert "PD-2026-0001" in client.get("/snakket").get_data(as_text=True)
    assert noted(town).answers()[0].spoken_by_role is Role.ANSATT


def test_private_and_union_talks_are_nobodys(leader: PageClient) -> None:
    """The page says that nobody has to note them."""
    page = leader.get("/snakket").get_data(as_text=True)
    assert "Det du har sagt som privatperson, som tillitsvalgt eller som folkevalgt, er ditt eget" in page


def test_pressed_twice_it_is_noted_once(leader: PageClient, town: Town) -> None:
    """The form has a number of its own."""
    page = leader.page("/snakket")
    data = filled(page, next(form for form in page.all("form") if form.get("action") == "/snakket"))
    for name, value in {"caller_name": "Mari", "text": "Ja.", "concerned": "nobody", "kinds": "facts"}.items():
        data.setlist(name, [value])
    first, second = (leader.post("/snakket", data=data) for _ in range(2))
    assert first.location == second.location == "/sak/PD-2026-0001"
