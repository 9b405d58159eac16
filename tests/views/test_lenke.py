"""The link of a message: three facts without logging in, one button, and nothing that a machine could set off."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from pressedesk import clock, db
from pressedesk.models import Message
from pressedesk.regulation.vocabulary import UNKNOWN, YES
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town
from tests.pages import PageClient, read

pytestmark = pytest.mark.usefixtures("at_noon")

def link_of(sak: Sak, who: str = "leder") -> str:
    """The address in the newest message to somebody about an inquiry."""
    with db.reading() as tx:
        wanted = (Message.person_id == sak.town.people[who], Message.inquiry_id == sak.inquiry().id)
        body = tx.scalars(select(Message.body).where(*wanted).order_by(Message.id.desc())).first()
    match = re.search(r"/v/\S+", body or "")
    assert match, f"no link to {who} in {body!r}"
    return match[0]


def everything() -> list[tuple[object, ...]]:
    """The content of every table."""
    with db.reading() as tx:
        tables = [row[0] for row in tx.execute(text("select name from sqlite_master where type = 'table'"))]
        return [tuple(row) for name in sorted(tables) for row in tx.execute(text(f"select * from {name}"))]


def shown(client: PageClient, address: str) -> str:
    """What the link's page says."""
    return " ".join(client.page(address).all("main")[0].text.split())


def test_what_an_ordinary_link_shows(client: PageClient, town: Town) -> None:
    """Reference, newsroom, deadline; whom to ring; the button; the way in. Never the question."""
    sak = call(town, NOON, question="KANARI")
    page = client.page(link_of(sak))
    main = page.all("main")[0].text
    for words in (sak.reference, "Granliposten", "Mari Nygård", "400 00 123", "Jeg tar den", "Logg inn for å lese"):
        assert words in main
    assert "KANARI" not in main
    assert {"tel:+4740000123", f"/sak/{sak.reference}"} <= {link.get("href") for link in page.all("a")}


@pytest.mark.parametrize("restricted", [True, False])
def test_a_restricted_one_shows_three_facts(client: PageClient, town: Town, restricted: bool) -> None:
    """No caller, no telephone, no button: log in first. Also when it was restricted after the message left."""
    sak = call(town, NOON, question="KANARI", caller="Kanari Fugl", personnel=YES if restricted else UNKNOWN)
    address = link_of(sak)
    if not restricted:
        sak.restrict("leder", NOON)
    told = shown(client, address)
    assert sak.reference in told
    assert "Granliposten" in told
    for hidden in ("KANARI", "Kanari Fugl", "400 00 123", "Jeg tar den"):
        assert hidden not in told


def test_taking_it_by_the_link(client: PageClient, town: Town) -> None:
    """One press, as the person the link was made for; the page then says so."""
    sak = call(town, NOON)
    response = client.submit(link_of(sak), link_of(sak))
    assert response.status_code == 303
    assert sak.strand().taken_by_id == town.people["leder"]
    assert "Du har tatt saken" in shown(client, link_of(sak))


def test_a_double_press_is_one(client: PageClient, town: Town) -> None:
    """The second finds it taken, by himself, and is told nothing else."""
    sak = call(town, NOON)
    address = link_of(sak)
    page = client.page(address)
    data = {each.get("name"): each.get("value") for each in page.all("input")}
    for _ in range(2):
        assert client.post(address, data=data).status_code == 303
    assert [kind.value for kind in sak.events()].count("taken") == 1
    assert "i mellomtiden" not in shown(client, address)


def test_opening_changes_nothing_however_often(client: PageClient, town: Town) -> None:
    """Mail scanners open links: twenty GETs and HEADs leave every table as it was, and the link alive."""
    sak = call(town, NOON)
    address, before = link_of(sak), everything()
    for _ in range(20):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert everything() == before
    assert client.submit(address, address).status_code == 303


def test_a_post_without_the_pages_token_does_nothing(client: PageClient, town: Town) -> None:
    """Another page cannot press the button."""
    sak = call(town, NOON)
    assert client.post(link_of(sak), data={"version": "1"}).status_code == 400
    assert sak.strand().state is State.TOLD


def test_a_post_to_a_restricted_one_does_nothing(client: PageClient, town: Town) -> None:
    """Forced past the missing button: still untaken."""
    sak = call(town, NOON)
    address = link_of(sak)
    data = {each.get("name"): each.get("value") for each in client.page(address).all("input")}
    sak.restrict("leder", NOON)
    assert client.post(address, data=data).status_code == 200
    assert sak.strand().taken_by_id is None


def kill(how: str, sak: Sak, frozen: clock.FrozenClock) -> None:
    """Make the link of the leader stop working."""
    match how:
        case "expired":
            frozen.advance(timedelta(hours=73))
        case "answered":
            sak.answer("leder", NOON)
        case "another's now":
            sak.correct("kis", NOON, level="area")


DEAD = ["forged", "expired", "answered", "another's now"]


@pytest.mark.parametrize("how", DEAD)
def test_a_dead_link_says_what_to_do(
    client: PageClient, town: Town, at_noon: clock.FrozenClock, how: str
) -> None:
    """The same page whatever it died of, and nothing can be done with it."""
    sak = call(town, NOON)
    address = link_of(sak) if how != "forged" else "/v/forfalsket"
    data = {each.get("name"): each.get("value") for each in client.page(link_of(sak)).all("input")}
    kill(how, sak, at_noon)
    taken_by = sak.strand().taken_by_id
    answer, forged = client.get(address), client.get("/v/helt-annet")
    assert answer.status_code == 404
    assert answer.data == forged.data
    assert "Lenken virker ikke" in read(answer.get_data(as_text=True)).all("h1")[0].text
    assert client.post(address, data=data).status_code == 404
    assert sak.strand().taken_by_id == taken_by


def not_mine(client: PageClient, address: str) -> int:
    """Press «Ikke min»: what the server answers."""
    return client.submit(address, f"{address}/ikke-min").status_code


def test_not_mine_by_the_link(client: PageClient, town: Town) -> None:
    """One press asks KIS; it stays with him, he can still take it, and the page says what he has done."""
    sak = call(town, NOON)
    address = link_of(sak)
    assert not_mine(client, address) == 303
    assert sak.told()[-2:] == ["kis", "kis_adviser"]
    assert (sak.strand().state, sak.strand().acting_id) == (State.TOLD, town.people["leder"])
    told = shown(client, address)
    assert "Den er din til en annen har tatt den" in told
    assert "Ikke min" not in told
    assert client.submit(address, address).status_code == 303
    assert sak.strand().taken_by_id == town.people["leder"]


def test_a_double_press_of_not_mine_is_one(client: PageClient, town: Town) -> None:
    """KIS is asked once, and nobody is told that another did something."""
    sak = call(town, NOON)
    address = link_of(sak)
    data = {each.get("name"): each.get("value") for each in client.page(address).all("input")}
    for _ in range(2):
        assert client.post(f"{address}/ikke-min", data=data).status_code == 303
    assert [kind.value for kind in sak.events()].count("offered") == 1
    assert "i mellomtiden" not in shown(client, address)


@pytest.mark.parametrize("how", ["restricted", "taken"])
def test_not_mine_forced_past_the_missing_button(client: PageClient, town: Town, how: str) -> None:
    """Of what is for few eyes, or somebody has taken, nothing is asked without logging in."""
    sak = call(town, NOON)
    address = link_of(sak)
    data = {each.get("name"): each.get("value") for each in client.page(address).all("input")}
    if how == "restricted":
        sak.restrict("leder", NOON)
    else:
        sak.take("leder", NOON)
    assert "Ikke min" not in shown(client, address)
    assert client.post(f"{address}/ikke-min", data=data).status_code == 200
    assert "offered" not in [kind.value for kind in sak.events()]


def test_not_mine_by_a_dead_link(client: PageClient, town: Town) -> None:
    """Nothing can be done with it."""
    sak = call(town, NOON)
    data = {each.get("name"): each.get("value") for each in client.page(link_of(sak)).all("input")}
    assert client.post("/v/forfalsket/ikke-min", data=data).status_code == 404
