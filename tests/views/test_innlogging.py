"""Logging in and out, and that nothing typed is lost when a log-in runs out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Blueprint, Flask, render_template_string, request
from werkzeug.datastructures import MultiDict

from pressedesk import auth, clock, config, db
from pressedesk.access import Do
from pressedesk.auth import requires
from pressedesk.clock import FrozenClock
from pressedesk.models import Account, Duty, LogIn, LogInAttempt, Person
from pressedesk.views.fields import Form, TextField
from tests.organisation import cheap_hash
from tests.pages import PageClient, read

PASSWORD = "sommer og sol 2026"
WRONG = "Brukernavnet eller passordet er feil."
TYPED = {"what": "Hvorfor legges\r\n<b>Ås</b> skole ned? 🙂", "many": ["én", "to"], "button": "lagre"}

PAGE = """{% extends "base.html" %}{% block title %}Vernet{% endblock %}
{% block main %}<h1>Vernet</h1><pre>{{ what }}</pre>{% endblock %}"""

guarded = Blueprint("guarded", __name__)
done: list[str] = []
received: list[MultiDict[str, str]] = []


class SampleForm(Form):
    """Something to lose."""

    what = TextField("Hva", needed="Skriv hva.")


@guarded.route("/vernet", methods=["GET", "POST"])
@requires(Do.SEE)
def act() -> tuple[str, int]:
    """A page for those who are logged in."""
    form = SampleForm()
    received.append(request.form)
    if form.validate_on_submit():
        done.append(form.what.data or "")
    return render_template_string(PAGE, what=form.what.data), 422 if form.carried else 200


@pytest.fixture
def app(app: Flask, at_noon: FrozenClock) -> Flask:
    """With two accounts, one of them disabled, and a page to reach."""
    app.register_blueprint(guarded)
    done.clear()
    with db.writing() as tx:
        for username, duty, disabled_at in (("eli", Duty.SWITCHBOARD, None), ("borte", Duty.ADMIN, clock.now())):
            account = Account(
                username=username, password_hash=cheap_hash(PASSWORD), duties=[duty], disabled_at=disabled_at
            )
            tx.add(Person(name=f"{username.title()} Moen", account=account))
    return app


def log_in(client: PageClient, username: str = "eli", password: str = PASSWORD, page: str = "/logg-inn"):
    """Through the page, as a person does."""
    return client.submit(page, "/logg-inn", username=username, password=password)


def test_the_way_in_and_out(client: PageClient) -> None:
    """The frame says who is logged in and as what; afterwards the page is closed again."""
    response = log_in(client, username=" ELI ")
    assert (response.status_code, response.headers["Location"]) == (303, "/")
    assert client.get("/vernet").status_code == 200
    assert "Eli Moen, sentralbord" in client.get("/vernet").text
    assert client.submit("/vernet", "/logg-ut").headers["Location"] == "/logg-inn"
    assert "Du er logget ut." in client.get("/logg-inn").text
    assert client.get("/vernet").status_code == 302


def test_logging_out_ends_it_on_the_server(client: PageClient) -> None:
    """A cookie that somebody kept opens nothing."""
    log_in(client)
    kept = client.get_cookie("pressedesk")
    client.submit("/vernet", "/logg-ut")
    assert kept is not None
    client.set_cookie("pressedesk", kept.value)
    assert client.get("/vernet").status_code == 302


def test_every_log_in_has_a_new_token(client: PageClient) -> None:
    """What stood in the cookie before the log-in is worth nothing after it, and the token of forms is another."""
    before = client.page("/logg-inn").all("input")[0].get("value")
    log_in(client)
    assert client.post("/vernet", data={"csrf_token": before, "what": "x"}).status_code == 400
    with db.reading() as tx:
        assert len({row.token_hash for row in tx.query(LogIn)}) == 1
    log_in(client.application.test_client())
    with db.reading() as tx:
        assert len({row.token_hash for row in tx.query(LogIn)}) == 2


@pytest.mark.parametrize(
    ("username", "password"),
    [("eli", "feil"), ("finnes ikke", PASSWORD), ("borte", PASSWORD), ("eli", PASSWORD + " "), ("Åse 🙂", "\x00")],
)
def test_a_wrong_log_in_says_the_same_of_all(client: PageClient, username: str, password: str) -> None:
    """An unknown name, a disabled account and a wrong password get one message, beside the field, name kept."""
    response = log_in(client, username, password)
    assert response.status_code == 422
    assert WRONG in response.text
    fields = {each.get("name"): each for each in read(response.text).all("input")}
    assert fields["username"].get("value") == username
    assert fields["password"].get("value") == ""
    assert "password-error" in fields["password"].get("aria-describedby")


def test_what_is_missing_is_said(client: PageClient) -> None:
    """Beside each field, and no attempt is counted."""
    response = log_in(client, " ", "")
    assert response.status_code == 422
    assert "Skriv brukernavnet ditt." in response.text
    assert "Skriv passordet ditt." in response.text
    with db.reading() as tx:
        assert tx.query(LogInAttempt).count() == 0


def test_too_many_attempts_must_wait(client: PageClient, at_noon: FrozenClock) -> None:
    """After five failures a name must wait a minute, whether it exists or not; then the right password opens."""
    for name in ("eli", "ingen"):
        for _ in range(auth.TRIES_PER_ACCOUNT):
            assert log_in(client, name, "feil").status_code == 422
        response = log_in(client, name, PASSWORD)
        assert response.status_code == 429
        assert "For mange forsøk på kort tid." in response.text
    at_noon.advance(timedelta(minutes=2))
    assert log_in(client).status_code == 303


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [("/vernet?a=1", "/vernet?a=1"), ("https://evil.example", "/"), ("//evil.example", "/"), ("/finnes-ikke", "/")],
)
def test_after_the_log_in_one_comes_where_one_wanted(client: PageClient, wanted: str, leads_to: str) -> None:
    """To our own pages only."""
    response = client.submit(f"/logg-inn?next={wanted}", "/logg-inn", username="eli", password=PASSWORD)
    assert response.headers["Location"] == leads_to
    assert client.get(f"/logg-inn?next={wanted}").headers["Location"] == leads_to


def test_a_closed_page_leads_to_the_log_in_and_back(client: PageClient) -> None:
    """With its query."""
    to_log_in = client.get("/vernet?side=2").headers["Location"]
    assert log_in(client, page=to_log_in).headers["Location"] == "/vernet?side=2"
    assert client.get("/logg-inn").headers["Location"] == "/"


@pytest.mark.parametrize("first_try", [PASSWORD, "feil"])
def test_a_log_in_that_ran_out_while_typing_loses_nothing(
    client: PageClient, at_noon: FrozenClock, first_try: str
) -> None:
    """The form is not carried out. The log-in page takes it along, also past a wrong password, and gives it back."""
    log_in(client)
    token = csrf_of(client, "/vernet")
    at_noon.advance(timedelta(minutes=config.current().session_idle_minutes + 1))
    response = client.post("/vernet?a=1", data={**TYPED, "csrf_token": token})
    assert (response.status_code, done) == (401, [])
    assert "Det du skrev, er tatt vare på" in response.text
    for password in dict.fromkeys((first_try, PASSWORD)):
        response = send(client, response.text, username="eli", password=password)
    response = send(client, response.text)
    assert (response.status_code, done) == (422, [])  # shown again, not carried out
    assert "Hvorfor legges\n&lt;b&gt;Ås&lt;/b&gt; skole ned? 🙂" in response.text
    assert (received[-1].getlist("many"), received[-1]["button"]) == (["én", "to"], "lagre")


def csrf_of(client: PageClient, address: str) -> str:
    """The token that the forms of a page carry."""
    inputs = read(client.get(address).text).all("input")
    return next(each.get("value") for each in inputs if each.get("name") == "csrf_token")


def send(client: PageClient, html: str, **values: str):
    """Fill in the one form of a page that an answer held, and send it."""
    page = read(html)
    form = next(each for each in page.all("form") if each.get("action") != "/logg-ut")
    data: dict[str, list[str]] = {}
    for each in page.inside(form):
        if each.tag == "input":
            data.setdefault(each.get("name"), []).append(each.get("value"))
    return client.post(form.get("action"), data={**data, **{name: [value] for name, value in values.items()}})


@pytest.mark.parametrize("minutes", [119, 121])
def test_a_log_in_lives_as_long_as_it_is_used(client: PageClient, at_noon: FrozenClock, minutes: int) -> None:
    """Two hours without use end it; a use in between begins them anew, until twelve hours have gone."""
    log_in(client)
    for _ in range(3):
        at_noon.advance(timedelta(minutes=minutes))
        assert (client.get("/vernet").status_code == 200) is (minutes < 120)
    at_noon.advance(timedelta(hours=6, minutes=1))
    assert client.get("/vernet").status_code == 302


def test_the_demo_offers_its_log_ins_and_nobody_else_does(client: PageClient) -> None:
    """One press each, in the demo only; the name of an account alone opens nothing elsewhere."""
    assert "account" not in {each.get("name") for each in client.page("/logg-inn").all("button")}
    token = csrf_of(client, "/logg-inn")
    assert client.post("/logg-inn", data={"csrf_token": token, "account": "sentralbord"}).status_code == 422
    config.activate(replace(config.current(), demo=True))
    with db.writing() as tx:
        account = Account(username="sentralbord", password_hash=cheap_hash("pressedesk"), duties=[])
        tx.add(Person(name="Siri Sentral", account=account))
    assert client.post("/logg-inn", data={"csrf_token": token, "account": "eli"}).status_code == 422
    response = client.submit("/logg-inn?next=/vernet", "/logg-inn", press="account=sentralbord")
    assert response.headers["Location"] == "/vernet"


def test_logging_out_needs_the_token(client: PageClient) -> None:
    """Another page cannot log anybody out."""
    log_in(client)
    assert client.post("/logg-ut").status_code == 400
    assert client.get("/vernet").status_code == 200
