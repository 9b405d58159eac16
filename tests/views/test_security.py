"""What every answer carries, whoever asks and whatever goes wrong."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask, request

from pressedesk import create_app
from pressedesk.config import Settings
from pressedesk.views.security import HEADERS
from tests import gallery
from tests.pages import PageClient

ANSWERS = [
    ("a page", lambda client: client.get("/galleri")),
    ("a missing page", lambda client: client.get("/finnes-ikke")),
    ("a refused form", lambda client: client.post("/galleri")),
    ("health", lambda client: client.get("/healthz")),
    ("a file", lambda client: client.get("/static/css/pressedesk.css")),
    ("a host that is not ours", lambda client: client.get("/", headers={"Host": "evil.example"})),
]


@pytest.fixture
def app(app: Flask) -> Flask:
    """With the gallery."""
    app.register_blueprint(gallery.bp)
    return app


@pytest.mark.parametrize("ask", [ask for _, ask in ANSWERS], ids=[name for name, _ in ANSWERS])
def test_every_answer_has_the_headers(client: PageClient, ask: Callable[[PageClient], object]) -> None:
    """Also errors and files."""
    headers = ask(client).headers
    assert [name for name, value in HEADERS.items() if headers.get(name) != value] == []


def test_pages_are_never_kept_and_files_are(client: PageClient) -> None:
    """A page may hold a name; a file under an address with its digest never changes."""
    assert client.get("/galleri").headers["Cache-Control"] == "no-store"
    assert client.get("/static/js/focus.js").headers["Cache-Control"] == "no-cache"
    assert "immutable" in client.get("/static/js/focus.js?v=1").headers["Cache-Control"]


def test_every_file_that_a_page_names_is_there(client: PageClient) -> None:
    """The vendored ones too, which `dev.py` fetches."""
    named = [each.get("href") or each.get("src") for each in client.page("/galleri").all("link", "script")]
    assert len(named) >= 6
    assert [address for address in named if client.get(address).status_code != 200] == []


def test_the_cookie_of_production(settings: Settings) -> None:
    """Over https only, for this host only, out of reach of scripts; and browsers are told to stay with https."""
    app = create_app(replace(settings, production=True, base_url="https://localhost"))
    app.register_blueprint(gallery.bp)
    response = app.test_client().get("/galleri", base_url="https://localhost")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-pressedesk=")
    assert [word for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/") if word not in cookie] == []
    assert "Domain" not in cookie
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "10.0.0.7")])
def test_forwarded_addresses_count_only_from_trusted_proxies(settings: Settings, proxies: int, seen: str) -> None:
    """As many hops as the installer says, and none by default."""
    app = create_app(replace(settings, trusted_proxies=proxies))
    app.add_url_rule("/who", view_func=lambda: request.remote_addr or "")
    forwarded = {"X-Forwarded-For": "6.6.6.6, 10.0.0.7, 10.0.0.9"}
    assert app.test_client().get("/who", headers=forwarded).text == seen
