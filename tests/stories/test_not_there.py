"""The switchboard tries the one who is shown, and he does not pick up: the next one gets it."""

from pressedesk.clock import FrozenClock
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, read
from tests.stories.test_put_through import CALL, REFERENCE, the_call


def press(client: PageClient, page: Page, name: str, value: int) -> Page:
    """One of the buttons of the panel, as a browser without a script sends it."""
    buttons = [each for each in page.all("button") if each.get("name") == name and each.get("value") == str(value)]
    assert [(each.get("form"), each.get("formaction")) for each in buttons] == [("samtale", "/ny/kladd")]
    data = the_call(page)
    data.add(name, str(value))
    return read(client.post("/ny/kladd", data=data).text, "/ny")


def panel(page: Page) -> str:
    return " ".join(next(each for each in page.elements if each.get("id") == "svarer").text.split())


def test_the_deputy_gets_it(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """«Svarer ikke», and the panel shows the deputy; saved, she is told, and the record says why."""
    sign_in(client, town, "sentralbord")
    first = client.page("/ny")
    data = the_call(first)
    for name, value in {**CALL, "unit": str(town.units["skole"])}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    page = read(client.post("/ny/kladd", data=data).text, "/ny")
    assert "Tone Berg" in panel(page)
    page = press(client, page, "not_there", town.people["leder"])
    assert "Mona Fjeld, stedfortreder for rektor, svarer på dette." in panel(page)
    assert "Tone Berg svarte ikke." in panel(page)
    back = press(client, page, "is_there", town.people["leder"])
    assert "Rektor Tone Berg svarer på dette." in panel(back)
    page = press(client, back, "not_there", town.people["leder"])
    assert client.post("/ny", data=the_call(page)).status_code == 303
    assert "Mona Fjeld, stedfortreder for rektor, har fått beskjed." in client.get("/ny/lagret").text
    sign_in(client, town, "inspektor")
    assert REFERENCE in client.get("/innboks").text
    assert "Mona Fjeld" in client.get(f"/sak/{REFERENCE}").text


def test_it_stays_with_the_draft(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Whoever goes on with the draft does not ring the same person again."""
    sign_in(client, town, "sentralbord")
    first = client.page("/ny")
    data = the_call(first)
    for name, value in {**CALL, "unit": str(town.units["skole"])}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    press(client, read(client.post("/ny/kladd", data=data).text, "/ny"), "not_there", town.people["leder"])
    assert "Mona Fjeld" in panel(client.page(f"/ny?kladd={REFERENCE}"))


def test_the_only_one_there_does_not_answer(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """A kindergarten with nobody but its head: the desk reads so, and who hears instead; and she does hear."""
    sign_in(client, town, "sentralbord")
    data = the_call(client.page("/ny"))
    for name, value in {**CALL, "unit": str(town.units["barnehage"])}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    page = read(client.post("/ny/kladd", data=data).text, "/ny")
    page = press(client, page, "not_there", town.people["annen_leder"])
    assert "Ingen andre i stillingen er å få tak i. Arne Moen får også beskjed." in panel(page)
    assert client.post("/ny", data=the_call(page)).status_code == 303
    assert sorted(Sak(town, REFERENCE).told()) == ["annen_leder", "kommunalsjef"]
    record = " ".join(client.page(f"/sak/{REFERENCE}").all("body")[0].text.split())
    assert "Hanne Lie svarte ikke da Siv Eng ringte. Varsel til Arne Moen" in record


def test_the_only_one_there_cannot_now(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """On the page of the inquiry: that nobody else is there, and who is told instead."""
    sak = call(town, NOON, unit="barnehage")
    sign_in(client, town, "sentralbord")
    address = f"/sak/{sak.reference}"
    assert client.submit(address, f"{address}/{sak.strand().id}/svarer-ikke").status_code == 303
    said = " ".join(client.page(address).all("body")[0].text.split())
    assert "Ingen andre i stillingen er å få tak i. Arne Moen har fått beskjed nå." in said
