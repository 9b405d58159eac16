"""The list of inquiries: filters in the address, slips said beside the field, and never more than one may see."""

from datetime import timedelta

import pytest

from pressedesk import search
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import queries, references, words

pytestmark = pytest.mark.usefixtures("at_noon")

DAY = timedelta(days=1)


def test_the_list(client: PageClient, town: Town) -> None:
    """Newest first, each strand with its owner and how it stands."""
    old = call(town, NOON - DAY)
    mixed = call(town, NOON, asks={Ask.FACTS, Ask.POLITICAL})
    sign_in(client, town, "leder")
    page = client.page("/saker")
    assert references(page) == [mixed.reference, old.reference]
    for said in ("3 saker", "Ordfører, Ola Haugen", "Rektor, Tone Berg", "(politisk)", "Varslet, ikke tatt"):
        assert said in words(page)


def test_nothing_yet(client: PageClient, town: Town) -> None:
    """An empty desk says so; a search without hits shows a way out."""
    sign_in(client, town, "leder")
    assert "Ingen saker ennå" in words(client.page("/saker"))
    page = client.page("/saker?q=xyz")
    assert "Ingen saker passer" in words(page)
    assert "/saker" in [link.get("href") for link in page.all("a")]


def test_the_filters_stand_in_the_address_and_in_the_form(client: PageClient, town: Town) -> None:
    """A list can be sent to somebody; the next page keeps it."""
    for n in range(2):
        call(town, NOON - n * DAY)
    sign_in(client, town, "leder")
    address = f"/saker?q=skolen&status=apen&enhet={town.units['skole']}&fra=2026-11-24&til=2026-11-24"
    page = client.page(address)
    assert "1 sak" in words(page)
    fields = {each.get("name"): each.get("value") for each in page.all("input")}
    assert (fields["q"], fields["fra"], fields["til"]) == ("skolen", "2026-11-24", "2026-11-24")
    chosen = [each.get("value") for each in page.all("option") if "selected" in each.attributes]
    assert chosen == ["apen", str(town.units["skole"]), ""]


SLIPS = [  # the address, what is said
    ("fra=i+fjor", "gyldig"),
    ("til=2026-13-40", "gyldig"),
    ("status=rart", "gyldig"),
    ("enhet=abc", "gyldig"),
    ("enhet=99999", "gyldig"),
    ("redaksjon=-1", "gyldig"),
    ("fra=2026-11-24&til=2026-11-01", "Til-datoen er før fra-datoen"),
]


def test_slips_are_said_beside_the_field_and_narrow_nothing(client: PageClient, town: Town) -> None:
    """Never an error page: the list stands, and says which filter it could not read."""
    call(town, NOON)
    sign_in(client, town, "leder")
    for query, expected in SLIPS:
        page = client.page(f"/saker?{query}")
        marked = [each for each in page.all("input", "select") if each.get("aria-invalid") == "true"]
        assert len(marked) == 1, query
        said = {each.get("id"): each.text for each in page.all("p")}[marked[0].get("aria-describedby")]
        assert expected in said, query
        assert "1 sak" in words(page), query


@pytest.mark.parametrize("page", ["0", "-3", "abc", "999999999999999999999", "²"])
def test_any_page_number_is_a_page(client: PageClient, town: Town, page: str) -> None:
    """What is no page number is the first page, or an empty one."""
    call(town, NOON)
    sign_in(client, town, "leder")
    assert client.get("/saker", query_string={"side": page}).status_code == 200


def test_paging_keeps_the_filters(client: PageClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older and newer, with the same words."""
    monkeypatch.setattr(search, "PAGE_ROWS", 2)
    saker = [call(town, NOON - n * DAY).reference for n in range(3)]
    sign_in(client, town, "leder")
    first = client.page("/saker?q=skolen")
    assert references(first) == saker[:2]
    onward = next(link.get("href") for link in first.all("a") if link.text == "Eldre saker")
    second = client.page(onward)
    assert references(second) == saker[2:]
    assert "Nyere saker" in words(second)
    assert "q=skolen" in onward


def test_a_whole_reference_leads_straight_there(client: PageClient, town: Town) -> None:
    """For those who may see it, be it the shell; for others it is a search without hits."""
    sak = call(town, NOON, personnel=YES)
    for who, status in (("leder", 302), ("sentralbord", 302), ("annen_leder", 200)):
        sign_in(client, town, who)
        answer = client.get(f"/saker?q={sak.reference.lower()}")
        assert answer.status_code == status, who
    assert "Ingen saker passer" in answer.get_data(as_text=True)


def test_what_may_not_be_seen_changes_no_byte(client: PageClient, town: Town) -> None:
    """The list with and without a restricted inquiry is the same page, count and newsrooms included."""
    call(town, NOON, personnel=UNKNOWN, question="KANARI")
    sign_in(client, town, "annen_leder")
    before = client.get("/saker?q=&status=alle").get_data(as_text=True)
    assert "KANARI" not in before
    call(town, NOON, personnel=YES, question="KANARI", outlet="Fuglebladet")
    after = client.get("/saker?q=&status=alle").get_data(as_text=True)
    assert without_tokens(after) == without_tokens(before)


def without_tokens(html: str) -> str:
    """A page without what is new each time."""
    return "\n".join(line for line in html.splitlines() if "csrf_token" not in line)


def test_as_many_queries_for_fifty_as_for_five(client: PageClient, town: Town) -> None:
    """No query in a loop."""
    counted = []
    sign_in(client, town, "kis")
    for calls in (5, 45):
        for n in range(calls):
            call(town, NOON - n * DAY)
        counted.append(queries(client, "/saker?q=sk"))
    assert counted[0] == counted[1] <= 30
