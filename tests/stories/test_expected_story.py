"""Story: KIS expects questions about the schools. The employees are told first; then the switchboard can read the text
aloud, until it runs out."""

from pressedesk import clock
from tests.conftest import NOON
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled

TEXT = "Kommunestyret avgjør skolestrukturen torsdag."


def beside(client: PageClient, question: str) -> str:
    """What stands beside the form when this has been typed."""
    page = client.page("/ny")
    form = next(form for form in page.all("form") if form.get("id") == "samtale")
    data = filled(page, form)
    data.setlist("question", [question])
    return client.post("/ny/kladd", data={**data, "fragment": "1"}).get_data(as_text=True)


def test_an_expected_story(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """Written, told the employees, read aloud, run out, ended."""
    sign_in(client, town, "kis_adviser")
    written = {"title": "Ny skolestruktur", "phrases": "skolestruktur\nnedlegge skole", "text": TEXT, "until": "kl. 15"}
    written |= {"office": str(town.offices["kommunalsjef"]), "unit": str(town.units["oppvekst"])}
    assert client.submit("/forventet/ny", "/forventet/ny", **written).status_code == 303

    sign_in(client, town, "sentralbord")
    seen = beside(client, "Hva blir det av skolestrukturen?")
    assert "Forventet sak: Ny skolestruktur" in seen
    assert "Kommunalsjef oppvekst, Arne Moen" in seen
    assert "De ansatte er ikke informert ennå" in seen
    assert TEXT not in seen
    assert "Forventet sak" not in beside(client, "Når åpner biblioteket?")

    sign_in(client, town, "kis")
    assert client.submit("/forventet", "/forventet/1/informert").status_code == 303

    sign_in(client, town, "sentralbord")
    seen = beside(client, "Skal dere nedlegge skolen?")
    assert "Du kan lese:" in seen
    assert TEXT in seen
    assert "Gjelder til i dag kl. 15.00" in seen
    assert "De ansatte ble informert i dag kl. 12.00" in seen
    assert client.get("/forventet/1").status_code == 403

    at_noon.set(NOON.replace(hour=14))
    sign_in(client, town, "sentralbord")
    for page in (beside(client, "Hva med skolestrukturen?"), client.get("/forventet").get_data(as_text=True)):
        assert TEXT not in page
        assert "Teksten gikk ut i dag kl. 15.00 og kan ikke leses opp." in page

    sign_in(client, town, "kis")
    assert client.submit("/forventet", "/forventet/1/avslutt").status_code == 303
    assert "Forventet sak" not in beside(client, "Hva med skolestrukturen?")
