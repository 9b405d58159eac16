"""/healthz, /readyz, and what a page says when messages do not reach people."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from pressedesk import clock, config, db, pulse
from pressedesk.clock import FrozenClock
from pressedesk.config import Settings
from tests.organisation import Town, sign_in
from tests.pages import PageClient

MINUTE = timedelta(minutes=1)


def banner(client: PageClient, town: Town, name: str) -> str:
    """What stands in the alert of a page somebody opens; empty where there is none."""
    sign_in(client, town, name)
    page = client.get("/ny").text
    return page.partition('class="ds-alert" data-color="danger"')[2].partition("</div>")[0]


@pytest.fixture
def with_mail(app: Flask, town: Town, settings: Settings) -> None:
    """A mail server is set up."""
    config.activate(replace(settings, mail_host="smtp.granli.example"))


def test_alive_as_long_as_it_answers(client: PageClient) -> None:
    """Whatever is red elsewhere."""
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")


def test_ready_names_what_is_red_and_no_more(client: PageClient, settings: Settings, at_noon: FrozenClock) -> None:
    """Anybody may ask, so the names are all there is."""
    red = client.get("/readyz")
    assert (red.status_code, red.text, red.mimetype) == (503, "tick\nmail\n", "text/plain")
    config.activate(replace(settings, mail_host="smtp.granli.example"))
    pulse.beat(clock.now())
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok\n")
    pulse.pause("clocks_parted", clock.now())
    assert client.get("/readyz").text == "paused\n"
    at_noon.advance(3 * MINUTE + timedelta(seconds=1))
    assert client.get("/readyz").text == "tick\npaused\n"


def test_a_database_that_does_not_answer_is_red(client: PageClient, settings: Settings) -> None:
    """And is no error page."""
    db.engine().dispose()
    file = settings.instance_path / "pressedesk.sqlite3"
    file.unlink()
    file.write_bytes(b"not a database" * 100)
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "database\n")


def test_a_page_says_that_no_mail_is_sent(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Messages wait in the queue, so the switchboard rings."""
    pulse.beat(clock.now())
    assert "E-post er ikke satt opp" in banner(client, town, "sentralbord")


@pytest.mark.usefixtures("with_mail")
def test_a_page_says_since_when_reminders_stand_still(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Whoever waits for them rings instead; nobody who is not logged in is told."""
    assert "er ikke i gang ennå" in banner(client, town, "sentralbord")
    pulse.beat(clock.now())
    assert banner(client, town, "sentralbord") == ""
    at_noon.advance(4 * MINUTE)
    assert "har stått stille siden i dag kl. 12.00. Ring" in banner(client, town, "sentralbord")
    assert "stått stille" not in client.application.test_client().get("/logg-inn").text


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("name", ["kis", "kis_adviser"])
def test_kis_starts_sending_again(client: PageClient, town: Town, at_noon: FrozenClock, name: str) -> None:
    """One button, for KIS alone; the others are told who has it."""
    pulse.pause("clocks_parted", clock.now())
    pulse.beat(clock.now())
    assert "KIS starter den igjen" in banner(client, town, "leder")
    assert 'action="/utsending"' not in client.get("/ny").text
    assert "Start utsendingen igjen" in banner(client, town, name)
    assert client.submit("/ny", action="/utsending").status_code == 303
    assert banner(client, town, name) == ""


def test_an_error_page_asks_nobody(app: Flask, client: PageClient, town: Town, settings: Settings) -> None:
    """The page about a failed database is made without it."""
    app.testing = False
    sign_in(client, town, "leder")
    db.engine().dispose()
    file = settings.instance_path / "pressedesk.sqlite3"
    shutil.move(file, settings.instance_path / "gone.sqlite3")
    file.write_bytes(b"not a database" * 100)
    assert client.get("/ny").status_code == 500
