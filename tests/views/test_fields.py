"""Forms: what is cleaned, what is said, and what is never a reason to lose a text."""

import pytest
from flask import Flask

from tests import gallery
from tests.pages import PageClient

FILLED = {"who": "Kåre Hansen", "what": "Hvorfor?", "level": "yes"}


@pytest.fixture
def app(app: Flask) -> Flask:
    """With the gallery's form."""
    app.register_blueprint(gallery.bp)
    gallery.received.clear()
    return app


def test_a_filled_form_arrives_cleaned(client: PageClient) -> None:
    """Control characters, odd line ends and double blanks go; letters, emoji and line breaks stay."""
    odd = {"who": "  Kåre\x00\u202e   Hansen\n", "what": "Én\r\nto\u2028tre 🙂", "person": "unknown", "asks": ["no"]}
    response = client.submit("/galleri", "/galleri", **{**FILLED, **odd})
    assert response.status_code == 200
    data = gallery.received[0]
    assert (data["who"], data["what"]) == ("Kåre Hansen", "Én\nto\ntre 🙂")
    assert (data["person"], data["asks"]) == (gallery.Colour.UNKNOWN, [gallery.Colour.NO])


def test_what_nobody_touched_is_not_an_answer(client: PageClient) -> None:
    """An untouched chip is None, never «no»."""
    client.submit("/galleri", "/galleri", **FILLED)
    assert gallery.received[0]["person"] is None
    assert gallery.received[0]["asks"] == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"who": " \t\x00 "}, "Skriv hvem som ringer."),
        ({"what": ""}, "Skriv hva journalisten lurer på."),
        ({"what": "å" * 101}, "Teksten er på 101 tegn. Kort den ned til 100."),
        ({"person": "purple"}, "Ugyldig valg"),
        ({"version": "one"}, "Siden er for gammel. Last den på nytt."),
    ],
)
def test_bad_input_is_said_beside_the_field(client: PageClient, values: dict[str, str], says: str) -> None:
    """In Norwegian, with a link from the top of the form; what was typed stands where it stood."""
    response = client.submit("/galleri", "/galleri", **{**FILLED, **values, "phone": "abc <i> 🙂"})
    assert response.status_code == 422
    assert says in response.text
    assert "abc &lt;i&gt; 🙂" in response.text
    assert gallery.received == []
