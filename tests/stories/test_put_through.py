"""The switchboard puts the journalist through; whether they speak is known within the minute."""

from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from pressedesk import config, reminders
from pressedesk.channels.folder import Folder
from pressedesk.clock import FrozenClock
from pressedesk.delivery import deliver_next
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, filled

CALL = {
    "caller_name": "Mari Nygård",
    "outlet": "Granliposten",
    "phone": "400 00 123",
    "question": "Hvor mange elever går på skolen?",
    "deadline": "kl 14.30",
    "concerned": "nobody",
    "asks": ["facts"],
}
REFERENCE = "PD-2026-0001"


def the_call(page: Page) -> MultiDict[str, str]:
    """The form of the call as it stands on the page."""
    return filled(page, next(form for form in page.all("form") if form.get("id") == "samtale"))


def put_through(client: PageClient, town: Town) -> str:
    """The switchboard saves and puts through; the receipt."""
    sign_in(client, town, "sentralbord")
    response = client.submit("/ny", "/ny", press="satt_over=1", unit=str(town.units["skole"]), **CALL)
    assert response.headers["Location"] == "/ny/lagret"
    return client.get("/ny/lagret").text


def letters(at_noon: FrozenClock) -> list[str]:
    """What leaves now, as it is read."""
    folder = Folder(config.current())
    while deliver_next(folder, "en arbeider", at_noon.now()):
        pass
    return [file.read_text() for file in sorted(config.current().instance_path.rglob("*.eml"))]


def test_they_speak(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The head is told at once, the receipt asks, and «ja» gives her the inquiry."""
    page = put_through(client, town)
    assert "Jeg prøver å sette deg over til Rektor Tone Berg. Får du ikke svar, ringer vi deg innen kl. 14.30." in page
    assert "Snakker de sammen?" in page
    assert "Snakker de sammen?" in client.get("/innboks").text
    assert "Angre" not in page
    response = client.submit("/ny/lagret", "/ny/snakker", press="spoke=yes")
    page = client.get(response.headers["Location"]).text
    assert "Notert at de snakker sammen." in page
    assert "Snakker de sammen?" not in page
    sign_in(client, town, "leder")
    inbox = client.get("/innboks").text
    assert REFERENCE in inbox
    assert "Jeg tar den" not in inbox
    page = client.get(f"/sak/{REFERENCE}").text
    assert "Siv Eng satte journalisten over til Tone Berg" in page
    assert "Tone Berg fikk journalisten på telefonen og har saken. Notert av Siv Eng" in page


def test_nobody_answered(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """«Nei»: what to say now, and in the same minute the head and her superior know."""
    put_through(client, town)
    assert any("settes over til deg" in text for text in letters(at_noon))
    response = client.submit("/ny/lagret", "/ny/snakker", press="spoke=no")
    page = client.get(response.headers["Location"]).text
    assert "Tone Berg ringer deg innen kl. 14.30." in page
    sign_in(client, town, "kommunalsjef")
    assert "Ingen svarte da journalisten ble satt over. Varsel til Tone Berg og Arne Moen" in (
        client.get(f"/sak/{REFERENCE}").text
    )


def test_nobody_says_anything(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """After a minute the alert goes by itself; the question is gone from the receipt and the inbox."""
    put_through(client, town)
    at_noon.advance(timedelta(minutes=1))
    reminders.tick(at_noon.now())
    assert "Snakker de sammen?" not in client.get("/ny/lagret").text
    assert "Snakker de sammen?" not in client.get("/innboks").text
    assert "Ingen svarte da journalisten ble satt over" in client.get(f"/sak/{REFERENCE}").text


def test_asked_where_the_inquiry_is(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Whoever put him through is asked in the inquiry as well; others see only that he was."""
    put_through(client, town)
    assert "Snakker de sammen?" in client.get(f"/sak/{REFERENCE}").text
    sign_in(client, town, "leder")
    page = client.get(f"/sak/{REFERENCE}").text
    assert "Journalisten ble satt over til Tone Berg i dag kl. 12.00." in page
    assert "Snakker de sammen?" not in page


@pytest.mark.parametrize(("chips", "why"), [
    ({"concerned": "employee"}, "Her skal verken enhet eller navn nevnes"),
    ({"asks": ["documents"]}, "Dette besvares ikke på direkten"),
])  # fmt: skip
def test_where_nobody_is_put_through(
    client: PageClient, town: Town, at_noon: FrozenClock, chips: dict[str, object], why: str
) -> None:
    """Said beside the button; nothing is saved, everything stands, and the button is gone."""
    sign_in(client, town, "sentralbord")
    values = {**CALL, "unit": str(town.units["skole"]), **chips}
    response = client.submit("/ny", "/ny", press="satt_over=1", **values)
    assert response.status_code == 422
    assert why in response.text
    assert CALL["question"] in response.text
    assert 'name="satt_over"' not in response.text
    assert client.get(f"/sak/{REFERENCE}").status_code == 404
