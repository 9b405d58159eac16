"""Inbox, inquiry, list and link in a real browser: read by machine in every state, used by keyboard, and narrow.

The story of one call stands in test_story.py; here are the states that it does not pass through.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pressedesk import clock
from pressedesk.desk.answering import Consulted
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Kind, Role, Statement
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.e2e.conftest import Server, assert_accessible, assert_no_sideways_scroll
from tests.inquiries import Sak, call
from tests.organisation import PASSWORD, Town
from tests.views.test_lenke import link_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG = "Hvorfor-er-det-så-lange-ord-i-denne-saken-at-de-ikke-får-plass-på-en-telefon " * 4


@pytest.fixture(autouse=True)
def noon(town: Town) -> Iterator[None]:
    """The clock stands, for the server as well."""
    with clock.frozen(NOON):
        yield


def log_in(page: Page, who: str) -> None:
    page.goto("/logg-inn")
    page.get_by_label("Brukernavn").fill(who)
    page.get_by_label("Passord").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/logg-inn" not in address)


def look(page: Page, address: str) -> None:
    """axe finds nothing, in light and dark, and nothing stands outside a narrow window."""
    page.goto(address)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def a_busy_desk(town: Town) -> dict[str, Sak]:
    """An inquiry in every state that a page can show."""
    saker = {
        "overdue": call(town, NOON - 2 * DAY, question=LONG, outlet="Avisa-med-det-veldig-lange-navnet-i-innlandet"),
        "open": call(town, NOON, personnel=UNKNOWN),
        "restricted": call(town, NOON - 2 * HOUR, personnel=YES),
        "mixed": call(town, NOON - HOUR, asks={Ask.FACTS, Ask.POLITICAL, Ask.DOCUMENTS}),
        "answered": call(town, NOON - DAY, client_case=YES),
        "closed": call(town, NOON - DAY, in_doubt=True),
    }
    saker["mixed"].correct("kis", NOON, asks=["facts", "political"], level="area")
    saker["mixed"].note("kis", LONG, NOON)
    both = (Statement.FACTS, Statement.POLITICAL)
    saker["answered"].answer("leder", NOON, kinds=both, text=LONG, consulted=Consulted(Role.RADMANN, NOON))
    saker["closed"].close("leder", NOON, Ending.NO_ANSWER, LONG)
    return saker


def test_every_state_of_the_pages(town: Town, server: Server, page: Page) -> None:
    """The owner's inbox and inquiries, and each of their forms."""
    saker = a_busy_desk(town)
    log_in(page, "leder")
    for address in ("/innboks", "/saker", "/saker?q=finnes-ikke&fra=feil"):
        look(page, address)
    for sak in saker.values():
        look(page, f"/sak/{sak.reference}")
    unanswered, strand = saker["open"].reference, saker["open"].strand().id
    for form in (f"{strand}/svar", f"{strand}/lukk", "opplysninger"):
        look(page, f"/sak/{unanswered}/{form}")


@pytest.mark.parametrize("who", ["kis", "sentralbord", "radmann"])
def test_the_other_inboxes(town: Town, server: Server, page: Page, who: str) -> None:
    """What must be seen to, the shells, what is late below; and the shell's own page."""
    saker = a_busy_desk(town)
    log_in(page, who)
    look(page, "/innboks")
    look(page, f"/sak/{saker['restricted'].reference}")


def test_the_link_of_a_message(town: Town, server: Server, page: Page) -> None:
    """Without logging in, by keyboard: open, take, see that it is taken; and the page of a dead one."""
    sak = call(town, NOON)
    look(page, link_of(sak))
    page.get_by_role("button", name="Jeg tar den").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Du har tatt saken")).to_be_visible()
    assert_accessible(page)
    look(page, "/v/forfalsket")


def test_two_people_at_once(town: Town, server: Server, page: Page) -> None:
    """Whoever comes second lands on what the first did, with the own text in the form, and can send it again."""
    sak = call(town, NOON)
    log_in(page, "leder")
    page.goto(f"/sak/{sak.reference}/{sak.strand().id}/svar")
    page.get_by_label("Hva fikk journalisten vite?").fill("Det er 214 elever.")
    page.get_by_label("Fakta", exact=True).check()
    sak.take("kommunalsjef", NOON)
    page.get_by_role("button", name="Journalisten har fått svar").press("Enter")
    told = page.locator(".ds-alert", has_text="Noen andre var først")
    expect(told).to_be_focused()
    expect(told).to_contain_text("Arne Moen tok over saken")
    expect(page.get_by_label("Hva fikk journalisten vite?")).to_have_value("Det er 214 elever.")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Journalisten har fått svar").press("Enter")
    page.wait_for_url(re.compile(f"{sak.reference}$"))
    assert len(sak.answers()) == 1


def test_slips_are_read_first(town: Town, server: Server, page: Page) -> None:
    """By keyboard: send an empty answer, land on what is wrong, follow it to its field."""
    sak = call(town, NOON)
    log_in(page, "leder")
    page.goto(f"/sak/{sak.reference}/{sak.strand().id}/svar")
    page.get_by_role("button", name="Journalisten har fått svar").press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Hva fikk journalisten vite?")).to_be_focused()


def test_without_javascript(town: Town, server: Server, page: Page) -> None:
    """Take, tap and answer: the server does the work."""
    sak = call(town, NOON, personnel=UNKNOWN)
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_page(base_url=server.url, java_script_enabled=False)
    log_in(plain, "leder")
    plain.get_by_role("button", name="Jeg tar den").click()
    plain.get_by_role("button", name="Nei", exact=True).click()
    plain.get_by_role("link", name="Journalisten har fått svar").click()
    plain.get_by_label("Hva fikk journalisten vite?").fill("Det er 214 elever.")
    plain.get_by_label("Fakta", exact=True).check()
    plain.get_by_role("button", name="Journalisten har fått svar").click()
    expect(plain.get_by_text("klokka er stoppet")).to_be_visible()
    plain.close()
    assert sak.strand(Kind.ADMINISTRATIVE).answered_at == NOON
