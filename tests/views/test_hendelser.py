"""The pages of stories: faults beside their field, the second of two, and what stands on the page of an inquiry."""

import pytest

from pressedesk import clock, db
from pressedesk.desk import stories
from pressedesk.models import Story
from pressedesk.regulation.vocabulary import UNKNOWN, YES
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient

ANSWER = {"text": "Vannet er tilbake klokka 15.", "kinds": "facts", "until": "kl. 15"}


@pytest.fixture
def sak(town: Town, at_noon: clock.FrozenClock) -> Sak:
    """An inquiry of the school in a story."""
    sak = call(town, NOON)
    story_id = stories.make(town.people["kis"], "Flommen", NOON)
    stories.put(town.people["kis"], story_id, sak.reference, sak.inquiry().version, NOON)
    return sak


def test_a_story_needs_a_name(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """Said beside the field; the empty list says what it is for; who makes none has no form."""
    sign_in(client, town, "kis")
    response = client.submit("/hendelser", "/hendelser", title=" ")
    assert response.status_code == 422
    assert "Skriv hva hendelsen skal hete." in response.get_data(as_text=True)
    long = client.submit("/hendelser", "/hendelser", title="x" * 81)
    assert "x" * 81 in long.get_data(as_text=True)
    sign_in(client, town, "leder")
    page = client.get("/hendelser").get_data(as_text=True)
    assert "Ingen åpne hendelser" in page
    assert "Lag hendelsen" not in page


FAULTS = {
    "no text": ({**ANSWER, "text": ""}, "Skriv svaret."),
    "no kind": ({**ANSWER, "kinds": []}, "Velg minst ett av dem."),
    "no end": ({**ANSWER, "until": ""}, "Skriv hvor lenge teksten gjelder"),
    "an end that has gone": ({**ANSWER, "until": "kl. 10"}, "er passert"),
    "no time": ({**ANSWER, "until": "snart"}, "Skriv for eksempel"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_of_a_shared_answer(town: Town, client: PageClient, sak: Sak, fault: str) -> None:
    """Beside the field, with the text kept, and nothing is shared."""
    given, says = FAULTS[fault]
    sign_in(client, town, "leder")
    response = client.submit("/hendelser/1", "/hendelser/1/svar", **given)
    assert response.status_code == 422
    body = response.get_data(as_text=True)
    assert says in body
    assert given["text"] in body
    with db.reading() as tx:
        assert tx.get_one(Story, 1).answer is None


def test_the_second_of_two_keeps_his_text(town: Town, client: PageClient, sak: Sak) -> None:
    """He is told who was first, and can send his own again; a double click is no conflict."""
    sign_in(client, town, "leder")
    page = client.page("/hendelser/1")
    old = next(each.get("value") for each in page.all("input") if each.get("name") == "version")
    assert client.submit("/hendelser/1", "/hendelser/1/svar", **ANSWER).status_code == 303
    again = client.submit("/hendelser/1", "/hendelser/1/svar", **{**ANSWER, "version": old})
    assert again.status_code == 303
    sign_in(client, town, "kis")
    mine = {**ANSWER, "text": "Noe annet.", "version": old}
    response = client.submit("/hendelser/1", "/hendelser/1/svar", **mine)
    assert response.status_code == 409
    body = response.get_data(as_text=True)
    assert "Noen andre var først" in body
    assert "Tone Berg" in body
    assert "Noe annet." in body


def test_nobody_chosen_and_run_out(town: Town, client: PageClient, sak: Sak) -> None:
    """Somebody must have been given it, and it must have held then."""
    sign_in(client, town, "leder")
    client.submit("/hendelser/1", "/hendelser/1/svar", **ANSWER)
    response = client.submit("/hendelser/1", "/hendelser/1/besvart", strands=[])
    assert "Velg dem som har fått svaret." in response.get_data(as_text=True)
    response = client.submit("/hendelser/1", "/hendelser/1/besvart", at="kl. 11.55")
    assert "Det er før henvendelsen kom" in response.get_data(as_text=True)
    assert sak.strand().state is State.TOLD


def test_ending_it(town: Town, client: PageClient, sak: Sak) -> None:
    """Once; the inquiry goes on, nothing more can be shared, and its name stands on its page."""
    sign_in(client, town, "kis_adviser")
    assert client.submit("/hendelser/1", "/hendelser/1/navn", title="Flommen i elva").status_code == 303
    assert client.submit("/hendelser/1", "/hendelser/1/avslutt").status_code == 303
    assert "Avslutt hendelsen" not in client.get("/hendelser/1").get_data(as_text=True)
    assert "Flommen i elva" in client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    assert "Flommen" not in client.get("/hendelser").get_data(as_text=True)
    assert sak.strand().state is State.TOLD


def test_taking_it_out_from_its_page(town: Town, client: PageClient, sak: Sak) -> None:
    """By those who make stories; a leader has no such button, and does not see a story of another's inquiry."""
    address = f"/sak/{sak.reference}"
    sign_in(client, town, "annen_leder")
    assert "Flommen" not in client.get(address).get_data(as_text=True)
    sign_in(client, town, "leder")
    assert "Flommen" in client.get(address).get_data(as_text=True)
    assert "Ta ut av hendelsen" not in client.get(address).get_data(as_text=True)
    sign_in(client, town, "radmann")
    assert client.submit(address, f"{address}/hendelse/ut").status_code == 303
    assert sak.inquiry().story_id is None
    assert "Velg en hendelse" in client.get(client.submit(address, f"{address}/hendelse").location).get_data(
        as_text=True
    )
    assert client.submit(address, f"{address}/hendelse", story="1").status_code == 303
    assert sak.inquiry().story_id == 1


def test_a_restricted_one_has_no_form(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """Nor is a held text shown on the page of the story."""
    restricted = call(town, NOON, personnel=YES)
    sign_in(client, town, "kis")
    assert "Legg til hendelse" not in client.get(f"/sak/{restricted.reference}").get_data(as_text=True)
    held = call(town, NOON, question="Hva med Olas sak?", personnel=UNKNOWN, client_case=UNKNOWN)
    client.submit(f"/sak/{held.reference}", f"/sak/{held.reference}/hendelse", title="Flommen")
    sign_in(client, town, "sentralbord")
    sign_in(client, town, "kis_adviser")
    page = client.get("/hendelser/1").get_data(as_text=True)
    assert held.reference in page
    assert "Olas" not in page
