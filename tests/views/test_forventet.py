"""The pages of expected stories: faults, changes, the second of two, and a list that never shows what has run out."""

import pytest

from pressedesk import clock
from tests.conftest import NOON
from tests.organisation import Town, sign_in
from tests.pages import PageClient

WRITTEN = {"title": "Ny skolestruktur", "phrases": "skolestruktur", "text": "Avgjøres torsdag.", "until": "kl. 15"}


@pytest.fixture
def written(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """One, by KIS."""
    sign_in(client, town, "kis")
    assert client.submit("/forventet/ny", "/forventet/ny", **WRITTEN).status_code == 303


FAULTS = {"title": "Skriv hva vi venter", "phrases": "Skriv minst ett ord.", "text": "Skriv hva som kan leses opp."}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_missing(town: Town, client: PageClient, at_noon: clock.FrozenClock, name: str) -> None:
    """Beside its field; the rest is kept."""
    sign_in(client, town, "kis")
    response = client.submit("/forventet/ny", "/forventet/ny", **{**WRITTEN, name: ""})
    assert response.status_code == 422
    body = response.get_data(as_text=True)
    assert FAULTS[name] in body
    assert all(value in body for other, value in WRITTEN.items() if other != name)


@pytest.mark.parametrize(("until", "says"), [("", "Skriv hvor lenge"), ("kl. 10", "er passert"), ("snart", "eksempel")])
def test_it_always_runs_out(town: Town, client: PageClient, at_noon: clock.FrozenClock, until: str, says: str) -> None:
    """At a time to come."""
    sign_in(client, town, "kis")
    response = client.submit("/forventet/ny", "/forventet/ny", **{**WRITTEN, "until": until})
    assert response.status_code == 422
    assert says in response.get_data(as_text=True)


@pytest.mark.usefixtures("written")
def test_everybody_who_logs_reads_the_list(town: Town, client: PageClient) -> None:
    """And only KIS has buttons; before the employees know, the text is not there."""
    for who, may in {"sentralbord": False, "leder": False, "kis_adviser": True}.items():
        sign_in(client, town, who)
        page = client.get("/forventet").get_data(as_text=True)
        assert "Ny skolestruktur" in page
        assert WRITTEN["text"] not in page
        assert ("De ansatte er informert" in page) is may


@pytest.mark.usefixtures("written")
def test_changing_it(town: Town, client: PageClient) -> None:
    """The form stands as it was written; another text has to be told the employees again."""
    client.submit("/forventet", "/forventet/1/informert")
    assert WRITTEN["text"] in client.get("/forventet").get_data(as_text=True)
    assert client.submit("/forventet/1", "/forventet/1", title="Skolene").status_code == 303
    page = client.get("/forventet").get_data(as_text=True)
    assert "Skolene" in page
    assert WRITTEN["text"] in page
    client.submit("/forventet/1", "/forventet/1", text="Avgjøres fredag.")
    assert "Avgjøres" not in client.get("/forventet").get_data(as_text=True)


@pytest.mark.usefixtures("written")
def test_the_second_of_two_keeps_his_text(town: Town, client: PageClient) -> None:
    """He is told who was first; a double click is no conflict."""
    mine = {"text": "Avgjøres fredag.", "version": "1"}
    assert client.submit("/forventet/1", "/forventet/1", **mine).status_code == 303
    assert client.submit("/forventet/1", "/forventet/1", **mine).status_code == 303
    sign_in(client, town, "kis_adviser")
    response = client.submit("/forventet/1", "/forventet/1", text="Avgjøres lørdag.", version="1")
    assert response.status_code == 409
    body = response.get_data(as_text=True)
    assert "Noen andre var først" in body
    assert "Kari Dahl" in body
    assert "Avgjøres lørdag." in body


@pytest.mark.usefixtures("written")
def test_what_is_ended_is_a_line(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """Under the rest, without its text; what has run out says so, and can be given a new time."""
    client.submit("/forventet", "/forventet/1/informert")
    at_noon.set(NOON.replace(hour=15))
    sign_in(client, town, "kis")
    assert "Teksten er gått ut" in client.get("/forventet").get_data(as_text=True)
    assert client.submit("/forventet/1", "/forventet/1", until="i morgen kl. 10").status_code == 303
    assert WRITTEN["text"] in client.get("/forventet").get_data(as_text=True)
    client.submit("/forventet", "/forventet/1/avslutt")
    page = client.get("/forventet").get_data(as_text=True)
    assert WRITTEN["text"] not in page
    assert "Avsluttet i dag" in page
    assert client.get("/forventet/9").status_code == 404
