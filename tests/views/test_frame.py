"""The frame of every page: whose menu holds what, where the day begins, and what it costs."""

import pytest

from pressedesk.clock import FrozenClock
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import Element, Page, PageClient

RULES = ["Reglementet", "Kriseledelse"]
MORE = ["Jeg har snakket med en journalist", "Hendelser", "Forventede saker", "Egne kontoer", *RULES, "Fravær"]
HANDLES = ["Ny henvendelse", "Innboks", "Saker", "Rapport", "Hvem kan si hva", *MORE]
DESK = [*HANDLES[:3], "Ringer igjen", *HANDLES[3:]]
KIS = [*DESK[:9], "Leserbrev", *DESK[9:]]
MENUS = {
    "sentralbord": ("/ny", DESK, "Siv Eng, sentralbord"),
    "leder": ("/innboks", HANDLES, "Tone Berg, virksomhetsleder"),
    "kommunalsjef": ("/innboks", HANDLES, "Arne Moen, kommunalsjef"),
    "radmann": ("/rapport", HANDLES, "Randi Aas, rådmann og kriseledelse"),
    "ordforer": ("/innboks", HANDLES, "Ola Haugen, ordfører"),
    "kis": ("/innboks", [*KIS[:-1], "Admin"], "Kari Dahl, leder for KIS"),
    "kis_adviser": ("/innboks", KIS, "Per Lunde, rådgiver i KIS"),
    "admin": ("/admin", ["Hvem kan si hva", *RULES, "Admin"], "Nils Vik, administrator"),
    "auditor": ("/rapport", ["Rapport", "Hvem kan si hva", *RULES, "Fravær"], "Eva Strand, revisor"),
    "ansatt": ("/innboks", HANDLES, "Jon Bakke, ansatt"),
}


@pytest.mark.parametrize("who", MENUS)
def test_each_role_has_its_menu_and_its_first_page(
    client: PageClient, town: Town, at_noon: FrozenClock, who: str
) -> None:
    """What stands in the menu can be opened, and marks itself as the page one is on."""
    first, titles, name = MENUS[who]
    sign_in(client, town, who)
    assert client.get("/").headers["Location"] == first
    entries = in_the_menu(client.page(first))
    assert [" ".join(each.text.split()) for each in entries] == titles
    assert name in client.get(first).text
    for entry in entries:
        there = in_the_menu(client.page(entry.get("href")))
        assert [each.get("href") for each in there if each.get("aria-current")] == [entry.get("href")]


def in_the_menu(page: Page) -> list[Element]:
    """The links of the frame's own menu."""
    links = ((link, link.within("nav")) for link in page.all("a"))
    return [link for link, nav in links if nav and nav.get("aria-label") == "Hovedmeny"]


def test_nobody_logged_in_sees_no_menu(client: PageClient, town: Town) -> None:
    """And comes to the log-in page from the front page."""
    assert client.get("/").headers["Location"] == "/logg-inn"
    assert client.page("/logg-inn").all("nav") == []


def test_the_menu_counts_what_waits(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """What stands with the person, and not what is another's."""
    for _ in range(2):
        call(town, at_noon.now())
    for who, count in (("leder", ["2"]), ("annen_leder", []), ("sentralbord", [])):
        sign_in(client, town, who)
        counted = [each.text.strip() for each in client.page("/ny").all("span") if each.get("class") == "pd-count"]
        assert counted == count
