"""The pages of joining and splitting: buttons, faults, and the second of two."""

import pytest

from pressedesk import clock
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient


@pytest.fixture
def sak(town: Town, at_noon: clock.FrozenClock) -> Sak:
    return call(town, NOON)


BUTTONS = {"leder": True, "kommunalsjef": True, "radmann": True, "kis_adviser": True, "annen_leder": False,
           "sentralbord": False}  # fmt: skip


@pytest.mark.parametrize(("who", "has"), BUTTONS.items())
def test_who_has_the_buttons(town: Town, client: PageClient, sak: Sak, who: str, has: bool) -> None:
    """Those who may, while it is open."""
    sign_in(client, town, who)
    page = client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    assert ("Slå sammen" in page, "Del opp" in page) == (has, has)
    expected = 200 if has else 403
    assert client.get(f"/sak/{sak.reference}/sla-sammen").status_code == expected
    assert client.get(f"/sak/{sak.reference}/del").status_code == expected


FAULTS = {"": "Velg en sak, eller skriv", "PD-2026-9999": "Fant ingen sak", "self": "Velg en annen sak"}


@pytest.mark.parametrize("written", FAULTS)
def test_faults_of_joining(town: Town, client: PageClient, sak: Sak, written: str) -> None:
    """Beside the field; a reference may be written in small letters."""
    sign_in(client, town, "leder")
    address = f"/sak/{sak.reference}/sla-sammen"
    given = sak.reference.lower() if written == "self" else written
    response = client.submit(address, address, reference=given)
    assert response.status_code == 422
    assert FAULTS[written] in response.get_data(as_text=True)


def test_faults_of_splitting(town: Town, client: PageClient, sak: Sak) -> None:
    """Beside the field; nothing is split."""
    sign_in(client, town, "leder")
    address = f"/sak/{sak.reference}/del"
    response = client.submit(address, address, question=" ")
    assert response.status_code == 422
    assert "Skriv det andre spørsmålet." in response.get_data(as_text=True)
    assert client.get("/sak/PD-2026-0002").status_code == 404


def test_the_second_of_two(town: Town, client: PageClient, sak: Sak) -> None:
    """His text is kept beside what the other did; a double click splits once."""
    sign_in(client, town, "leder")
    address = f"/sak/{sak.reference}/del"
    seen = {each.get("name"): each.get("value") for each in client.page(address).all("input")}
    old = {name: seen[name] for name in ("version", "seen")}
    for _ in range(2):
        assert client.submit(address, address, question="Noe annet?", **old).status_code == 303
    assert client.get("/sak/PD-2026-0002").status_code == 200
    assert client.get("/sak/PD-2026-0003").status_code == 404
    sign_in(client, town, "kis_adviser")
    response = client.submit(address, address, question="Enda noe?", **old)
    assert response.status_code == 409
    body = response.get_data(as_text=True)
    assert "Noen andre var først" in body
    assert "Enda noe?" in body


def test_parting_what_is_not_joined(town: Town, client: PageClient, sak: Sak) -> None:
    """The second press of the button does nothing, and says nothing of harm."""
    other = call(town, NOON)
    sign_in(client, town, "leder")
    address = f"/sak/{other.reference}"
    client.submit(f"{address}/sla-sammen", f"{address}/sla-sammen", other=sak.reference)
    page = client.page(address)
    form = next(form for form in page.all("form") if form.get("action") == f"{address}/skill")
    data = {each.get("name"): each.get("value") for each in page.inside(form) if each.get("name")}
    assert [client.post(f"{address}/skill", data=data).status_code for _ in range(2)] == [303, 303]
    assert other.inquiry().joined_into_id is None
