"""/rapport: one sentence, figures that lead to their lists, a filter in the address; nobody sees more than his own."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import event

from pressedesk import db
from pressedesk.clock import FrozenClock
from pressedesk.regulation.vocabulary import YES, Level
from pressedesk.workflow import Ending
from pressedesk.workhours import OSLO
from tests.organisation import Town, sign_in
from tests.pages import Element, Page, PageClient
from tests.reporting import HOUR, MONDAY, TODAY, Desk

OCTOBER = datetime(2026, 10, 5, 9, 0, tzinfo=OSLO)


@pytest.fixture
def desk(town: Town, at_noon: FrozenClock) -> Desk:
    return Desk(town)


@pytest.fixture
def look(client: PageClient, desk: Desk) -> Callable[[str, str], Page]:
    """The page at an address, as somebody sees it."""

    def fetch(who: str, address: str = "/rapport") -> Page:
        sign_in(client, desk.town, who)
        return client.page(address)

    return fetch


def main(page: Page) -> str:
    """What stands on the page itself, in one line."""
    return " ".join(page.all("main")[0].text.split())


def tiles(page: Page) -> dict[str, str]:
    found = [each for each in page.all("div") if each.get("class") == "pd-tile"]
    return {
        page.inside(tile)[0].text: next(each for each in page.inside(tile) if each.tag == "dd").text.strip()
        for tile in found
    }


def leading_to_lists(page: Page) -> list[Element]:
    return [each for each in page.all("a") if each.within("main") and each.get("href").startswith("/saker")]


def test_the_page_begins_with_one_sentence(desk: Desk, look) -> None:
    """Then the figures it is made of."""
    desk.answered(9)
    desk.answered(2, after=5 * HOUR)
    desk.log(MONDAY)
    desk.log(TODAY)
    desk.close(desk.log(MONDAY), Ending.NO_ANSWER, MONDAY + HOUR)
    page = look("radmann")
    sentence = "14 henvendelser siden 1. desember 2025: 9 fikk svar i tide, 2 venter fortsatt, og halvparten fikk svar"
    assert f"{sentence} innen 1 t." in main(page)
    assert tiles(page) == {
        "Halvparten fikk svar innen": "1 t",
        "Ni av ti fikk svar innen": "ikke nådd ennå",
        "Svar i tide": "69\u202f%",
        "Svar for sent": "2",
        "Venter nå": "2",
        "Over fristen nå": "1",
        "Lukket uten svar": "1",
        "Henvendelser i alt": "14",
    }
    assert "9 av 13 som er avgjort" in main(page)
    assert "den eldste har ventet 10 t 30 min" in main(page)


def test_every_number_leads_to_exactly_that_many(desk: Desk, client: PageClient, look) -> None:
    """A figure and its list are made of the same strands, whoever looks."""
    desk.busy_week()
    desk.answered(2, after=5 * HOUR)
    desk.answered(5, at=OCTOBER)
    desk.log(MONDAY)
    desk.log(TODAY, personnel=YES)
    desk.close(desk.log(MONDAY), Ending.NO_ANSWER, MONDAY + HOUR)
    desk.close(desk.log(MONDAY), Ending.WITHDRAWN, MONDAY + HOUR)
    for who in ("radmann", "leder", "sentralbord"):
        links = {link.get("href"): link.text for link in leading_to_lists(look(who)) if "%" not in link.text}
        assert len(links) > 5
        for address, n in links.items():
            said = [each.text for each in client.page(address).all("p") if each.get("role") == "status"]
            assert [text.split()[0] for text in said if "sak" in text] == [n], f"{who}: {address}"


def test_the_share_leads_to_those_in_time(desk: Desk, look) -> None:
    """A share is no number of anything, so it leads to what it is a share of."""
    desk.answered(5)
    shares = [link for link in leading_to_lists(look("radmann")) if "%" in link.text]
    assert ["status=i_tide" in link.get("href") for link in shares] == [True]


def test_units_lead_into_themselves(desk: Desk, look) -> None:
    """A press on an area opens its own report."""
    desk.busy_week()
    page = look("radmann")
    href = next(link.get("href") for link in page.all("a") if link.text == "Oppvekst")
    below = look("radmann", href)
    assert "13 henvendelser siden" in main(below)
    assert "Oppvekst med alt som hører under" in main(below)
    assert {row.text for row in below.all("th") if row.get("scope") == "row"} >= {
        "Bjerke skole",
        "Trollskogen barnehage",
    }


def test_who_has_no_lists_has_no_links_to_them(desk: Desk, look) -> None:
    """The auditor sees numbers, and no inquiry."""
    desk.answered(5)
    page = look("auditor")
    assert "5 henvendelser" in main(page)
    assert leading_to_lists(page) == []


@pytest.mark.parametrize(("who", "status"), [("admin", 403), ("ansatt", 200), ("ordforer", 200), ("annen_leder", 200)])
def test_who_may_open_it(who: str, status: int, desk: Desk, client: PageClient) -> None:
    """An administrator without office has no report; an office has its own."""
    sign_in(client, desk.town, who)
    assert client.get("/rapport").status_code == status


def test_restricted_ones_change_nothing_for_those_who_may_not_know(desk: Desk, look) -> None:
    """Not a figure, not an order, not a word."""
    desk.answered(6)
    desk.answered(6, "barnehage")
    watchers = ["kis_adviser", "auditor", "annen_leder", "sentralbord"]
    before = {who: main(look(who)) for who in watchers}
    desk.answered(7, personnel=YES)
    desk.log(MONDAY, personnel=YES)
    assert {who: main(look(who)) for who in watchers} == before
    assert main(look("radmann")) != before["kis_adviser"]


# --- The filter -----------------------------------------------------------------------------------------------------


def test_the_address_holds_the_filter(desk: Desk, look) -> None:
    """What was chosen stands in the fields, and in every link."""
    desk.answered(6, at=OCTOBER)
    desk.answered(7)
    school = desk.town.units["skole"]
    page = look("radmann", f"/rapport?fra=2026-10-01&til=2026-10-31&enhet={school}")
    assert "6 henvendelser fra 1. oktober 2026 til 31. oktober 2026: alle fikk svar i tide" in main(page)
    assert [each.get("value") for each in page.all("input") if each.get("type") == "date"] == [
        "2026-10-01",
        "2026-10-31",
    ]
    chosen = [each.get("value") for each in page.all("option") if "selected" in each.attributes]
    assert chosen == [str(school)]
    for link in leading_to_lists(page):
        assert f"enhet={school}" in link.get("href")
        assert "fra=2026-10-01" in link.get("href")


@pytest.mark.parametrize("address", ["/rapport?fra=5.10.2026", "/rapport?fra=&til=", "/rapport?til=24.11.2026&enhet="])
def test_days_as_norwegians_write_them_and_empty_fields(address: str, desk: Desk, look) -> None:
    """Understood, and shown as the browser's own picker writes them; an empty field has its default."""
    desk.answered(6, at=OCTOBER)
    page = look("radmann", address)
    assert "6 henvendelser" in main(page)
    assert all(len(each.get("value")) == 10 for each in page.all("input") if each.get("type") == "date")


WRONG = [  # address, the field, what it says
    ("fra=i+g%C3%A5r", "fra", "Skriv datoen som dag, måned og år, for eksempel 24.11.2026."),
    ("til=2026-13-45", "til", "Skriv datoen som dag, måned og år, for eksempel 24.11.2026."),
    ("fra=2026-11-01&til=2026-10-01", "til", "Til-datoen er før fra-datoen."),
    ("til=2026-11-25", "til", "Velg en dato som ikke er etter i dag."),
    ("til=9999-12-31", "til", "Velg en dato som ikke er etter i dag."),
    ("fra=0001-01-01", "til", "Velg en periode på høyst 5 år."),
    ("enhet=4711", "enhet", "Velg en virksomhet fra lista."),
    ("enhet=%27", "enhet", "Velg en virksomhet fra lista."),
]


@pytest.mark.parametrize(("query", "name", "message"), WRONG)
def test_a_filter_that_cannot_be_read_is_said_beside_its_field(query, name, message, desk: Desk, client) -> None:
    """422, the message where the field is, and no figures of another period."""
    sign_in(client, desk.town, "radmann")
    response = client.get(f"/rapport?{query}")
    assert response.status_code == 422
    text = response.get_data(as_text=True)
    assert f'id="{name}-error" class="ds-validation-message">{message}' in text
    assert "Slik er tallene regnet" not in text


def test_what_was_typed_is_kept(desk: Desk, client: PageClient) -> None:
    """Nothing typed is lost, also where it is no date."""
    sign_in(client, desk.town, "radmann")
    assert 'value="i går"' in client.get("/rapport?fra=i+g%C3%A5r").get_data(as_text=True)


def test_periods_one_press_away(desk: Desk, look) -> None:
    """This month, the last one, this year, last year."""
    desk.answered(6, at=OCTOBER)
    links = {
        link.text: link.get("href") for link in look("radmann").all("a") if link.within("ul") and link.within("main")
    }
    found = {title: "6 henvendelser" in main(look("radmann", href)) for title, href in links.items()}
    assert found == {"Denne måneden": False, "Forrige måned": True, "Hittil i år": True, "I fjor": False}


# --- Few and none ---------------------------------------------------------------------------------------------------


def test_nobody_asked(desk: Desk, look) -> None:
    """An empty period says so, and shows no figure, but how they are made."""
    page = look("radmann")
    assert "Ingen henvendelser siden 1. desember 2025." in main(page)
    assert "Ingen henvendelser i perioden" in main(page)
    assert tiles(page) == {}
    assert page.all("table", "svg") == page.all("svg")[:1]  # the mark in the header
    assert "Slik er tallene regnet" in main(page)


def test_four_are_too_few(desk: Desk, look) -> None:
    desk.answered(4)
    page = look("radmann")
    assert "Færre enn 5 henvendelser siden 1. desember 2025." in main(page)
    assert tiles(page) == {}
    assert leading_to_lists(page) == []


def test_hidden_groups_show_a_word_and_lead_nowhere(desk: Desk, look) -> None:
    """Neither number nor list."""
    desk.answered(2, "skole")
    desk.answered(9, "barnehage")
    page = look("radmann")
    rows = [each for each in page.all("tr") if "Bjerke skole" in each.text or "Trollskogen" in each.text]
    assert [row.text.split()[-1] for row in rows] == ["skjult", "skjult"]
    assert [link for row in rows for link in page.inside(row) if link.get("href").startswith("/saker")] == []


# --- The rest of the page -------------------------------------------------------------------------------------------


def test_definitions_and_hours_stand_under_the_figures(desk: Desk, look) -> None:
    """Whoever reads a figure can see what it means, and which hours were counted."""
    desk.answered(5)
    text = main(look("radmann"))
    assert "Et avslag med grunn og en henvisning til rett sted er også svar." in text
    assert "Mandag–fredag kl. 08.00–15.30. Helligdager regnes ikke." in text
    assert "Regnet ut 24. november 2026 kl. 12.00." in text


def test_the_picture_says_what_the_table_says(desk: Desk, look) -> None:
    """A name and a description for those who do not see it, and nothing drawn outside it."""
    desk.answered(6, at=OCTOBER)
    desk.answered(7)
    page = look("radmann")
    picture = next(each for each in page.all("svg") if each.get("role") == "img")
    inside = page.inside(picture)
    assert {each.tag for each in inside if each.get("id") in picture.get("aria-labelledby").split()} == {
        "title",
        "desc",
    }
    width, height = map(float, picture.get("viewbox").split()[2:])
    texts = [each for each in inside if each.tag == "text"]
    assert all(0 <= float(each.get("x")) <= width and 0 < float(each.get("y")) < height for each in texts)
    boxes = [each for each in inside if each.tag == "rect" and "x" in each.attributes]
    assert all(float(box.get("x")) + float(box.get("width")) <= width for box in boxes)
    counts = [each.text for each in texts if each.get("class") == "pd-chart-count" and each.text not in {"", "0"}]
    assert counts == ["6", "7"]


def test_the_number_of_queries_does_not_grow(desk: Desk, look) -> None:
    """As many for five inquiries as for fifty."""

    def asked() -> int:
        statements: list[str] = []
        listen = lambda *given: statements.append(given[2])  # noqa: E731
        event.listen(db.engine(), "before_cursor_execute", listen)
        look("radmann")
        event.remove(db.engine(), "before_cursor_execute", listen)
        return len(statements)

    desk.answered(5)
    few = asked()
    desk.answered(20, "barnehage", at=OCTOBER)
    desk.answered(25, "vann", level=Level.SECTION)
    assert asked() == few
