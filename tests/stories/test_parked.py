"""One call is put aside for another, and a colleague finishes what nobody finished."""

from datetime import timedelta

from pressedesk.clock import FrozenClock
from tests.organisation import Town, sign_in
from tests.pages import PageClient, read
from tests.stories.test_put_through import CALL, REFERENCE, the_call


def park(client: PageClient, **values: object) -> str:
    """Typed, and put aside; the page that follows."""
    page = client.page("/ny")
    data = the_call(page)
    for name, value in {**CALL, **values}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return client.get(client.post("/ny/parker", data=data).headers["Location"]).text


def test_two_calls_at_once(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The form is empty for the next; the parked one stays in sight with caller, number and how long."""
    sign_in(client, town, "sentralbord")
    page = park(client)
    assert "Samtalen er parkert." in page
    assert "Parkert samtale fra i dag kl. 12.00" in page
    assert the_call(read(page))["question"].strip() == ""
    at_noon.advance(timedelta(minutes=4))
    other = {**CALL, "caller_name": "Kåre Hansen"}
    client.submit("/ny", "/ny", unit=str(town.units["barnehage"]), **other)
    page = client.get("/ny").text
    assert "4 min siden: Mari Nygård, Granliposten" in page
    assert "400 00 123" in page
    response = client.submit(f"/ny?kladd={REFERENCE}", "/ny", unit=str(town.units["skole"]))
    assert response.headers["Location"] == "/ny/lagret"
    assert f"Lagret som {REFERENCE}" in client.get("/ny/lagret").text
    assert "Parkert samtale" not in client.get("/ny").text


def test_nothing_to_park(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """An empty form is no call."""
    sign_in(client, town, "sentralbord")
    page = park(client, **dict.fromkeys(("caller_name", "outlet", "phone", "question", "deadline"), ""))
    assert "Det er ikke skrevet noe å parkere." in page
    assert "Parkert samtale" not in page


def test_a_colleague_finishes_it(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """After a quarter of an hour it is red for KIS as well, without the question; one press, and it is hers."""
    sign_in(client, town, "sentralbord")
    park(client)
    sign_in(client, town, "kis")
    assert REFERENCE not in client.get("/innboks").text
    at_noon.advance(timedelta(minutes=15))
    page = client.get("/innboks").text
    assert "Mari Nygård, Granliposten" in page
    assert "Ringte i dag kl. 12.00, for 15 min siden. Hos Siv Eng." in page
    assert CALL["question"] not in page
    response = client.submit("/innboks", "/ny/overta")
    page = client.get(response.headers["Location"]).text
    assert CALL["question"] in page
    sign_in(client, town, "sentralbord")
    assert REFERENCE not in client.get("/ny").text
    assert "Hos Kari Dahl." in client.get("/innboks").text
    sign_in(client, town, "kis")
    assert "Hos deg. Siv Eng tok telefonen." in client.get("/innboks").text
    client.submit(f"/ny?kladd={REFERENCE}", "/ny", unit=str(town.units["skole"]))
    assert f"Lagret som {REFERENCE}" in client.get("/ny/lagret").text
    record = client.get(f"/sak/{REFERENCE}").text
    assert "Kari Dahl noterte henvendelsen. Siv Eng tok telefonen og begynte på den" in record


def test_the_other_of_two_is_told_that_it_is_gone(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Whoever still has the form open is told so beside the button; what he typed stands."""
    sign_in(client, town, "sentralbord")
    park(client)
    page = client.page(f"/ny?kladd={REFERENCE}")
    form = the_call(page)
    at_noon.advance(timedelta(minutes=15))
    sign_in(client, town, "kis")
    client.submit("/innboks", "/ny/overta")
    sign_in(client, town, "sentralbord")
    fresh = client.page("/ny")
    form["csrf_token"] = the_call(fresh)["csrf_token"]
    response = client.post("/ny", data=form)
    assert response.status_code == 422
    assert "En annen har tatt over denne kladden" in response.text
    assert CALL["question"] in response.text


def test_a_private_call_is_never_red(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Parked or not: it is nobody's business, and after an hour nothing of it is listed."""
    sign_in(client, town, "sentralbord")
    park(client, capacities=["private"])
    at_noon.advance(timedelta(minutes=20))
    assert "Mari Nygård" not in client.get("/innboks").text
    assert "Mari Nygård" in client.get("/ny").text
    at_noon.advance(timedelta(minutes=40))
    sign_in(client, town, "sentralbord")
    assert "Mari Nygård" not in client.get("/ny").text


def test_the_leader_it_is_about_never_takes_it_over(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """A call about the leader of KIS is red for the switchboard, and does not exist for her."""
    sign_in(client, town, "sentralbord")
    park(client, concerned="leader", unit=str(town.units["kis"]))
    at_noon.advance(timedelta(minutes=15))
    assert REFERENCE in client.get("/innboks").text
    sign_in(client, town, "kis")
    assert REFERENCE not in client.get("/innboks").text
