"""The switchboard answers itself where an employee may, and is stopped where he may not."""

import pytest

from pressedesk.clock import FrozenClock
from tests.organisation import Town, sign_in
from tests.pages import PageClient, read
from tests.stories.test_put_through import CALL, REFERENCE, the_call

ANSWER = "Det er 214 elever, og tallet står på nettsiden."


def test_a_fact_is_given_at_once(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Logged, answered and closed; the head finds it among all inquiries, with nothing to do."""
    sign_in(client, town, "sentralbord")
    unit = str(town.units["skole"])
    response = client.submit("/ny", "/ny", press="svart=1", unit=unit, answer_text=ANSWER, **CALL)
    page = client.get(response.headers["Location"]).text
    assert "Saken er notert som besvart. Ingen trenger å gjøre noe mer." in page
    assert f"Nummeret er {REFERENCE}" in page.replace('<span class="pd-nowrap">', "").replace("</span>", "")
    sign_in(client, town, "leder")
    assert REFERENCE not in client.get("/innboks").text
    assert REFERENCE in client.get("/saker").text
    page = client.get(f"/sak/{REFERENCE}").text
    assert ANSWER in page
    assert "Siv Eng" in page


def test_without_an_answer(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """What was said is asked for beside its field."""
    sign_in(client, town, "sentralbord")
    response = client.submit("/ny", "/ny", press="svart=1", unit=str(town.units["skole"]), **CALL)
    assert response.status_code == 422
    assert "Skriv hva du svarte." in response.text


@pytest.mark.parametrize(
    ("chips", "why", "source"),
    [
        ({"asks": ["assessment"]}, "En ansatt vurderer ikke uten særskilt avtale.", "Punkt 7"),
        ({"asks": ["political"]}, "Administrasjonen gir ikke politiske kommentarer.", "Punkt 3"),
        ({"concerned": "unknown"}, "Svar først på om det gjelder en enkeltperson.", "Forvaltningsloven § 13"),
        ({"asks": ["documents"]}, "en del som andre må svare på", ""),
    ],
)
def test_what_is_refused_is_one_press_from_being_told(
    client: PageClient, town: Town, at_noon: FrozenClock, chips: dict[str, object], why: str, source: str
) -> None:
    """The sentence and the point stand beside the button, every word is kept, and «Lagre og varsle» saves it."""
    sign_in(client, town, "sentralbord")
    values = {**CALL, "unit": str(town.units["skole"]), "answer_text": ANSWER, **chips}
    response = client.submit("/ny", "/ny", press="svart=1", **values)
    assert response.status_code == 422
    assert why in response.text
    assert source in response.text
    assert client.get("/saker").text.count(REFERENCE) == 0
    page = read(response.text, "/ny")
    form = the_call(page)
    assert (form["question"], form["answer_text"]) == (CALL["question"], ANSWER)
    assert client.post("/ny", data=form).headers["Location"] == "/ny/lagret"
    assert f"Lagret som {REFERENCE}" in client.get("/ny/lagret").text
