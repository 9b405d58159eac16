"""What people see when something goes wrong, and that nothing they typed is lost."""

import pytest
from flask import Flask
from werkzeug.exceptions import Conflict, Forbidden, TooManyRequests

from pressedesk.views import errors
from pressedesk.views.addresses import own_address
from tests import gallery
from tests.pages import PageClient, read

TYPED = {"who": "Kåre  Hansen", "what": "«Hvorfor?»\r\n<b>Nå</b> 🙂", "person": "no", "asks": ["yes", "no"]}


@pytest.fixture
def app(app: Flask) -> Flask:
    """With the gallery's form, and a page for each error."""
    app.register_blueprint(gallery.bp)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    gallery.received.clear()
    for error in (Forbidden, Conflict, TooManyRequests):
        app.add_url_rule(f"/{error.code}", str(error.code), _raises(error))
    return app


def _raises(error: type[Exception]):
    def view() -> str:
        raise error

    return view


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/finnes-ikke", 404, "Fant ikke siden"),
        ("/galleri/knapp", 405, "Siden kan ikke åpnes slik"),
        ("/403", 403, "Du har ikke tilgang til dette"),
        ("/409", 409, "Noen andre var først"),
        ("/429", 429, "Det gikk litt for fort"),
        ("/galleri/feil", 500, "Noe gikk galt hos oss"),
    ],
)
def test_an_error_has_a_page_of_ours(client: PageClient, address: str, status: int, says: str) -> None:
    """In Norwegian, with what to do now, and with nothing of what failed."""
    response = client.get(address)
    assert response.status_code == status
    assert says in response.text
    assert "hemmelig" not in response.text


def test_the_log_tells_where_and_not_what(client: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    """The kind of error and the line of code; not its message, which may quote somebody, nor the query."""
    client.get("/galleri/feil?navn=Kåre")
    assert [word for word in ("/galleri/feil", "RuntimeError", "gallery/__init__.py") if word not in caplog.text] == []
    assert [word for word in ("hemmelig innhold", "Kåre", "navn=") if word in caplog.text] == []


def test_a_program_gets_a_problem_document(client: PageClient) -> None:
    """RFC 9457, for whoever asks for JSON; a browser's `*/*` is not that."""
    response = client.get("/finnes-ikke", headers={"Accept": "application/json"})
    assert response.mimetype == "application/problem+json"
    assert response.get_json(force=True)["status"] == 404
    assert client.get("/finnes-ikke", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_too_much_is_said_as_such(client: PageClient) -> None:
    """A body above the limit; 10 000 characters of four bytes are far below it."""
    assert client.post("/galleri", data={"what": "🙂" * 10_000}).status_code == 400  # only the token is missing
    response = client.post("/galleri", data={"what": "x" * 2_000_000})
    assert response.status_code == 413
    assert "Det ble for mye" in response.text


@pytest.mark.parametrize("host", ["evil.example", "localhost.example", "localhost@evil.example", "localhost:x", ""])
def test_another_name_is_not_answered(client: PageClient, host: str) -> None:
    """A request under a host that is not ours gets no page, so that no link is ever made from it."""
    response = client.get("/galleri", headers={"Host": host})
    assert (response.status_code, response.mimetype) == (400, "text/plain")
    assert "evil" not in response.text


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL"])
def test_a_name_in_another_header_changes_nothing(client: PageClient, header: str) -> None:
    """Nobody is our proxy unless the installer says so."""
    plain, told = client.get("/finnes-ikke"), client.get("/finnes-ikke", headers={header: "host=evil.example"})
    assert (plain.status_code, plain.text) == (told.status_code, told.text)


def test_a_form_with_an_old_token_comes_back_whole(client: PageClient) -> None:
    """It is not carried out; one button leads to the form with every field as it was typed; then it can be sent."""
    back = client.post("/galleri?fra=1", data={**TYPED, "csrf_token": "old"})
    assert back.status_code == 400
    assert gallery.received == []
    assert "Det du skrev, er tatt vare på" in back.text

    page = read(back.text)
    form = page.all("form")[0]
    carried = {each.get("name"): each.get("value") for each in page.inside(form) if each.tag == "input"}
    assert form.get("action") == "/galleri?fra=1"
    assert carried["what"].splitlines() == TYPED["what"].splitlines()
    sent = [(each.get("name"), each.get("value")) for each in page.inside(form) if each.tag == "input"]
    assert [value for name, value in sent if name == "asks"] == ["yes", "no"]

    again = client.post("/galleri", data=_dict_of_lists(sent))
    assert again.status_code == 422
    assert gallery.received == []
    assert "Ingenting er sendt ennå" in again.text
    assert "&lt;b&gt;Nå&lt;/b&gt; 🙂" in again.text
    assert "Skriv hva" not in again.text  # it is brought back, not judged


def test_a_button_with_an_old_token_does_nothing(client: PageClient) -> None:
    """A press that was brought back is not a press."""
    back = client.post("/galleri/knapp", data={"csrf_token": "old"})
    page = read(back.text)
    sent = [(each.get("name"), each.get("value")) for each in page.inside(page.all("form")[0]) if each.tag == "input"]
    assert client.post("/galleri/knapp", data=_dict_of_lists(sent)).status_code == 422
    assert gallery.received == []
    assert client.submit("/galleri", "/galleri/knapp").status_code == 200


def test_a_log_in_that_ran_out_keeps_what_was_typed(app: Flask) -> None:
    """The log-in form carries the fields under names of its own, and afterwards they have their own again."""
    typed = {**TYPED, "csrf_token": "x", "password": "hush"}
    with app.test_request_context("/galleri", method="POST", data=typed) as at:
        packed = errors.packed(at.request.form)
    assert all(name.startswith("carry.") for name, _ in packed)
    assert not [name for name, _ in packed if "token" in name or "password" in name]
    with app.test_request_context("/logg-inn", method="POST", data=_dict_of_lists(packed)) as at:
        unpacked = errors.unpacked(at.request.form)
        page = read(errors.carry_on("/galleri", unpacked).get_data(as_text=True))
    assert [value for name, value in unpacked if name == "asks"] == ["yes", "no"]
    assert page.all("form")[0].get("action") == "/galleri"


AWAY = ["evil.example", "evil.example/galleri", "evil.example@localhost/galleri", "galleri/..//evil.example"]
TRICKS = [
    "", "//", "///", "////", "/\\", "\\\\", "/\t/", "/\n/", "/%09/", "/%0a/", "/%0d/", "/%5c", "/%2f", "/%2f/", "/.//",
    "https://", "http:", "javascript:", "data:", " /", "\x00/", "/\x7f/",
]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    ["", "galleri", "/finnes-ikke", "///galleri", "/galleri/knapp", " /galleri", "/galleri\r\nX: 1"]
    + [trick + place for trick in TRICKS for place in AWAY],
)
def test_an_address_from_outside_is_one_of_ours_or_nothing(app: Flask, raw: str) -> None:
    """`next` never leads away: not by scheme, host, backslash, control character or a redirect of the router."""
    with app.test_request_context():
        assert own_address(raw) is None


def test_our_own_addresses_pass(app: Flask) -> None:
    """With their query, and only for the method they take."""
    with app.test_request_context():
        assert own_address("/galleri?side=2") == "/galleri?side=2"
        assert own_address("/galleri/knapp", "POST") == "/galleri/knapp"


def _dict_of_lists(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
