"""Saved a sentence too early: ten seconds to take it back, and the number stands."""

from datetime import timedelta

import pytest

from pressedesk import config
from pressedesk.channels.folder import Folder
from pressedesk.clock import FrozenClock
from pressedesk.delivery import deliver_next
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read
from tests.stories.test_put_through import CALL, REFERENCE, the_call


def save(client: PageClient, town: Town, press: str = "", **values: object) -> str:
    """The switchboard saves a call; the page that follows."""
    sign_in(client, town, "sentralbord")
    response = client.submit("/ny", "/ny", press=press, unit=str(town.units["skole"]), **{**CALL, **values})
    return response.headers["Location"]


@pytest.mark.parametrize("press", ["", "neste=1"])
def test_taken_back_and_saved_again(client: PageClient, town: Town, at_noon: FrozenClock, press: str) -> None:
    """From either receipt: nobody heard of it, every word is there, and it becomes the same inquiry."""
    receipt = save(client, town, press, asks=["facts", "images"], email="mari@avis.example")
    at_noon.advance(timedelta(seconds=9))
    response = client.submit(receipt, "/ny/angre")
    assert response.headers["Location"] == f"/ny?kladd={REFERENCE}"
    page = client.get(response.headers["Location"]).text
    assert "Angret. Ingen har fått varsel" in page
    form = the_call(read(page))
    assert {name: form[name].strip() for name in CALL if name != "asks"} == {
        name: value for name, value in CALL.items() if name != "asks"
    }
    assert (form.getlist("asks"), form["email"]) == (["facts", "images"], "mari@avis.example")
    for who in ("leder", "kis", "radmann"):
        sign_in(client, town, who)
        assert REFERENCE not in client.get("/saker").text
        assert client.get(f"/sak/{REFERENCE}").status_code == 404
    sign_in(client, town, "sentralbord")
    client.submit(f"/ny?kladd={REFERENCE}", "/ny", question="Hvor mange elever, sa du?")
    assert f"Lagret som {REFERENCE}" in client.get("/ny/lagret").text
    at_noon.advance(timedelta(seconds=10))
    assert deliver_next(Folder(config.current()), "en arbeider", at_noon.now())
    sign_in(client, town, "leder")
    page = client.get(f"/sak/{REFERENCE}").text
    assert "Hvor mange elever, sa du?" in page
    assert "Henvendelsen ble angret av Siv Eng" in page


def test_too_late(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """After ten seconds the button is gone; on an old page it says kindly that word has gone out, and where it is."""
    receipt = save(client, town)
    page = client.page(receipt)
    form = next(form for form in page.all("form") if form.get("action") == "/ny/angre")
    at_noon.advance(timedelta(seconds=10))
    response = client.post("/ny/angre", data=filled(page, form))
    assert response.status_code == 409
    assert "For sent å angre" in response.text
    assert f"/sak/{REFERENCE}" in response.text
    assert "/ny/angre" not in client.get(receipt).text
    assert client.get(f"/sak/{REFERENCE}").status_code == 200


@pytest.mark.parametrize(
    "chips", [{"accusation": "y"}, {"deadline": "kl 12.45"}, {"capacities": ["private"], "question": ""}]
)
def test_what_has_gone_is_not_offered_back(
    client: PageClient, town: Town, at_noon: FrozenClock, chips: dict[str, object]
) -> None:
    """An accusation, a deadline within the hour, and what is only passed on."""
    assert "/ny/angre" not in client.get(save(client, town, **chips)).text


def test_what_names_nobody_can_be_taken_back(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Also of a restricted call, which the switchboard does not see; too late, its page leads nowhere."""
    receipt = save(client, town, concerned="employee")
    page = client.page(receipt)
    form = next(form for form in page.all("form") if form.get("action") == "/ny/angre")
    at_noon.advance(timedelta(seconds=11))
    late = client.post("/ny/angre", data=filled(page, form)).text
    assert "For sent å angre" in late
    assert f"/sak/{REFERENCE}" not in late


def test_nobody_takes_back_what_another_saved(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """It does not exist for him."""
    page = client.page(save(client, town))
    form = filled(page, next(form for form in page.all("form") if form.get("action") == "/ny/angre"))
    sign_in(client, town, "kis")
    fresh = client.page("/ny")
    form["csrf_token"] = the_call(fresh)["csrf_token"]
    assert client.post("/ny/angre", data=form).status_code == 404
