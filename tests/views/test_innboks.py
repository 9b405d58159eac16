"""The inbox: each person's own work first, then what somebody must see to, and nothing that is not his."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from pressedesk import db
from pressedesk.administration import absence
from pressedesk.desk.handling import Concerns
from pressedesk.models import DeliveryState, Message
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Level, Role
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import SYSTEM, Town, sign_in
from tests.pages import Page, PageClient

pytestmark = pytest.mark.usefixtures("at_noon")

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
YESTERDAY = 26 * HOUR  # a call so long ago is 22 hours past its due time


def inbox(client: PageClient, town: Town, who: str) -> Page:
    """Somebody's inbox."""
    sign_in(client, town, who)
    return client.page("/innboks")


def words(page: Page) -> str:
    """Everything that can be read on a page."""
    return " ".join(page.all("body")[0].text.split())


def references(page: Page) -> list[str]:
    """The inquiries that a page leads to, in its order, each once."""
    links = [link.get("href") for link in page.all("a") if link.get("href").startswith("/sak/PD-")]
    return list(dict.fromkeys(link.split("/")[2] for link in links))


def test_an_empty_inbox_says_so(client: PageClient, town: Town) -> None:
    """Nothing waits, and that is good; there is a way on."""
    assert "Ingen saker venter på deg" in words(inbox(client, town, "leder"))


def test_the_most_urgent_stands_first(client: PageClient, town: Town) -> None:
    """By due time, whatever the order of the calls."""
    later = call(town, NOON - MINUTE)
    late = call(town, NOON - YESTERDAY)
    soon = call(town, NOON - 2 * MINUTE, deadline_at=NOON + 20 * MINUTE)
    page = inbox(client, town, "leder")
    assert references(page) == [late.reference, soon.reference, later.reference]
    assert "22 t over fristen" in words(page)
    assert "Frist om 20 min" in words(page)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("leder", True), ("annen_leder", False), ("ordforer", False), ("arkiv", False), ("admin", False)],
)
def test_only_what_is_ones_own(client: PageClient, town: Town, who: str, sees: bool) -> None:
    """An ordinary inquiry is open to every leader, but it is in the inbox of its owner only."""
    sak = call(town, NOON)
    assert (sak.reference in references(inbox(client, town, who))) is sees


def test_a_deputy_has_it_while_the_holder_is_away(client: PageClient, town: Town) -> None:
    """Acting for an office is having its inbox (design §8)."""
    absence.register(SYSTEM, town.people["leder"], NOON - HOUR, NOON + 8 * HOUR, NOON)
    sak = call(town, NOON)
    assert sak.reference in references(inbox(client, town, "inspektor"))
    assert sak.told() == ["inspektor"]


def test_co_owners_have_it(client: PageClient, town: Town) -> None:
    """At cross_area the kommunalsjefer own it with the rådmann (A16)."""
    sak = call(town, NOON, level=Level.CROSS_AREA)
    for who in ("radmann", "kommunalsjef"):
        assert sak.reference in references(inbox(client, town, who))


def test_taking_it_right_there(client: PageClient, town: Town) -> None:
    """One press in the list, and it is his; the button is gone."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    response = client.submit("/innboks", f"/sak/{sak.reference}/{sak.strand().id}/ta")
    assert response.status_code == 303
    assert sak.strand().taken_by_id == town.people["leder"]
    page = inbox(client, town, "leder")
    assert "Tatt av deg" in words(page)
    assert "Jeg tar den" not in words(page)


def test_the_menu_counts_what_the_list_holds(client: PageClient, town: Town) -> None:
    """Owned, co-owned and taken, open ones: the number in the menu is the number of cards."""
    call(town, NOON, level=Level.CROSS_AREA)
    call(town, NOON).answer("leder", NOON)
    call(town, NOON).take("kommunalsjef", NOON)
    page = inbox(client, town, "kommunalsjef")
    assert [each.text for each in page.all("span") if each.get("class") == "pd-count"] == ["2"]
    assert "2 saker hos deg" in words(page)


def test_a_strand_stands_once(client: PageClient, town: Town) -> None:
    """What KIS must see to is not told again among those below on the line, nor the switchboard's among its own."""
    sak = call(town, NOON - YESTERDAY, unit="kis", level=Level.SECTION, addressed_office="arkiv")
    for who in ("kis", "sentralbord"):
        page = inbox(client, town, who)
        links = [link for link in page.all("a") if link.get("href") == f"/sak/{sak.reference}"]
        assert len(links) == 1, who


def test_what_is_taken_has_its_answer_at_hand_and_what_is_unclear_its_facts(client: PageClient, town: Town) -> None:
    """The next step is a button in the list: answer for the owner, clarify for KIS."""
    sak, unclear = call(town, NOON), call(town, NOON, unit=None, level=None)
    sak.take("leder", NOON)
    links = [link.get("href") for link in inbox(client, town, "leder").all("a")]
    assert f"/sak/{sak.reference}/{sak.strand().id}/svar" in links
    links = [link.get("href") for link in inbox(client, town, "kis").all("a")]
    assert f"/sak/{unclear.reference}/opplysninger" in links


def test_what_to_do_next(client: PageClient, town: Town) -> None:
    """One sentence for each place on the way: take, say whether a person is concerned, answer, close."""
    sak = call(town, NOON, personnel=UNKNOWN)
    said = [words(inbox(client, town, "leder"))]
    sak.take("leder", NOON)
    said.append(words(inbox(client, town, "leder")))
    sak.say_person("leder", Concerns.NOBODY, NOON)
    said.append(words(inbox(client, town, "leder")))
    sak.answer("leder", NOON)
    said.append(words(inbox(client, town, "leder")))
    expected = ["Ta saken", "Si om en enkeltperson er berørt", "Svar journalisten", "Lukk saken"]
    assert [sentence in text for sentence, text in zip(expected, said, strict=True)] == [True] * 4


def test_the_line_above_sees_what_is_late(client: PageClient, town: Town) -> None:
    """A kommunalsjef sees what stands too long with his people, with a number to ring; not what stands well."""
    call(town, NOON)
    late = call(town, NOON - YESTERDAY)
    page = inbox(client, town, "kommunalsjef")
    assert references(page) == [late.reference]
    assert "Sent ute hos dine folk" in words(page)
    assert any(link.get("href").startswith("tel:") for link in page.all("a"))


def test_the_switchboard_sees_its_own_calls_and_whom_to_ring(client: PageClient, town: Town) -> None:
    """What it logged that is open, and what nobody has taken in time."""
    fresh = call(town, NOON)
    silent = call(town, NOON - 2 * HOUR, by="kis_adviser")
    page = inbox(client, town, "sentralbord")
    assert references(page) == [silent.reference, fresh.reference]


def test_the_switchboard_rings_for_a_restricted_one_without_knowing_what_it_is(
    client: PageClient, town: Town
) -> None:
    """The shell: office and telephone; neither question, caller nor newsroom (design §8)."""
    sak = call(town, NOON - 2 * HOUR, question="KANARI", caller="Kanari Fugl", outlet="Kanariposten", personnel=YES)
    with db.writing() as tx:
        message = tx.query(Message).filter_by(strand_id=sak.strand().id).one()
        message.state = DeliveryState.FAILED
    page = inbox(client, town, "sentralbord")
    assert references(page) == [sak.reference]
    assert "Rektor" in words(page)
    assert "Varselet kom ikke fram" in words(page)
    assert "kanari" not in words(page).lower()


@pytest.mark.parametrize("who", ["kis", "kis_adviser"])
def test_kis_sees_what_must_be_seen_to(client: PageClient, town: Town, who: str) -> None:
    """Silent and uncertain ones, whoever they stand with; not what stands well."""
    call(town, NOON)
    silent = call(town, NOON - 2 * HOUR)
    uncertain = call(town, NOON, unit=None, level=None)
    page = inbox(client, town, who)
    assert set(references(page)) == {silent.reference, uncertain.reference}
    assert "Ikke tatt" in words(page)
    assert "Usikkert hvor den hører hjemme" in words(page)


def test_kis_sees_that_nobody_can_be_reached(client: PageClient, town: Town) -> None:
    """The whole line away: the rådmann stays the owner, red on KIS's list, and never owned by nobody."""
    for who in ("leder", "inspektor", "kommunalsjef", "kommunalsjef2", "radmann"):
        absence.register(SYSTEM, town.people[who], NOON - HOUR, NOON + 8 * HOUR, NOON)
    sak = call(town, NOON)
    assert sak.strand().owner_role is Role.RADMANN
    page = inbox(client, town, "kis")
    assert sak.reference in references(page)
    assert "Ingen å få tak i" in words(page)


def test_a_held_text_is_held_from_the_wrong_eyes(client: PageClient, town: Town) -> None:
    """While nobody has said, the owner and the leader of KIS read the text, and the KIS adviser only that it exists."""
    call(town, NOON - 2 * HOUR, question="KANARI i gruva", personnel=UNKNOWN)
    assert "KANARI" in words(inbox(client, town, "leder"))
    assert "KANARI" in words(inbox(client, town, "kis"))
    adviser = words(inbox(client, town, "kis_adviser"))
    assert "KANARI" not in adviser
    assert "Teksten er holdt tilbake" in adviser


@pytest.mark.parametrize("who", ["kommunalsjef", "radmann", "kis"])
def test_reading_a_restricted_one_is_opening_it(client: PageClient, town: Town, who: str) -> None:
    """The lists of the line and of KIS name it without its text: reading leaves a line that the owner sees."""
    sak = call(town, NOON - YESTERDAY, question="KANARI", personnel=YES)
    for page in (inbox(client, town, who), client.page("/saker")):
        assert sak.reference in references(page)
        assert "KANARI" not in words(page)
    assert "KANARI" in words(client.page(f"/sak/{sak.reference}"))
    assert "KANARI" in words(inbox(client, town, "leder"))


def test_a_restricted_one_is_not_in_the_wrong_inbox(client: PageClient, town: Town) -> None:
    """Neither text nor that it exists."""
    sak = call(town, NOON - YESTERDAY, question="KANARI", personnel=YES)
    for who in ("kis_adviser", "annen_leder", "ordforer"):
        page = inbox(client, town, who)
        assert sak.reference not in words(page)
        assert "KANARI" not in words(page)


def queries(client: PageClient, address: str) -> int:
    """How many statements one page takes."""
    seen: list[str] = []
    listen = lambda *args: seen.append(args[2])  # noqa: E731
    event.listen(db.engine(), "before_cursor_execute", listen)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine(), "before_cursor_execute", listen)
    return len(seen)


def test_the_inbox_takes_as_many_queries_for_fifty_as_for_five(client: PageClient, town: Town) -> None:
    """No query in a loop, for anybody."""
    counted = []
    for calls in (5, 45):
        for n in range(calls):
            call(town, NOON - n * HOUR, asks={Ask.FACTS})
        counted.append({})
        for who in ("leder", "kis", "sentralbord", "radmann"):
            sign_in(client, town, who)
            counted[-1][who] = queries(client, "/innboks")
    assert counted[0] == counted[1]
    assert max(counted[0].values()) <= 30
