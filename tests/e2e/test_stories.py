"""The three longest stories of the desk in depth, by keyboard only, in a real browser.

Every new page on the way is read by axe in light and dark, and squeezed to 320 px. What each of them must do in every
case stands in tests/stories; here is what only a browser can tell: that it is reached, and fits the hand.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pressedesk.clock import FrozenClock
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.e2e.steps import log_in, log_out, look, press, tab_to, write
from tests.inquiries import Sak, call
from tests.organisation import Town

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1366, "height": 768}

pytestmark = pytest.mark.usefixtures("at_noon", "server")


def main_says(page: Page, *parts: str) -> None:
    """The page tells each of these."""
    for part in parts:
        expect(page.get_by_role("main")).to_contain_text(part)


def told(page: Page, text: str) -> None:
    """What came of the last press."""
    expect(page.get_by_role("status").first).to_contain_text(text)


def tick(page: Page, role: str, name: str) -> None:
    """Choose a radio button or a check box by its name."""
    tab_to(page, page.get_by_role(role, name=name, exact=True))
    page.keyboard.press("Space")


# --- Asking first ---------------------------------------------------------------------------------------------------


def test_passing_on_and_the_second_call(town: Town, page: Page, at_noon: FrozenClock) -> None:
    """«Ikke min» to the right unit; the journalist calls again meanwhile; whoever takes it needs more time, and the
    switchboard rings."""
    sak = call(town, NOON - timedelta(hours=1), question="Hvorfor er det vannlekkasje ved skolen?")
    log_in(page, "leder")
    not_hers(page, sak)
    log_out(page)
    at_noon.advance(timedelta(minutes=20))
    log_in(page, "sentralbord")
    the_journalist_calls_again(page, sak)
    log_out(page)
    log_in(page, "seksjonsleder")
    taken_with_a_new_time(page, sak)
    log_out(page)
    log_in(page, "sentralbord")
    the_switchboard_rings(page)
    assert (sak.strand().state, sak.strand().taken_by_id) == (State.TAKEN, town.people["seksjonsleder"])


def not_hers(page: Page, sak: Sak) -> None:
    """The unit that the words speak for is chosen already: two presses."""
    page.goto(f"/sak/{sak.reference}")
    press(page, "Ikke min")
    page.wait_for_url("**/gi-videre")
    expect(page.get_by_label("Hvem hører saken til?").locator("option:checked")).to_have_text("Vann og avløp")
    look(page)
    press(page, "Spør")
    page.wait_for_url(f"**/sak/{sak.reference}")
    told(page, "Saken blir der den er")
    main_says(page, "Tone Berg vil gi saken til Seksjonsleder vann og avløp, Geir Sund")
    look(page)


def the_journalist_calls_again(page: Page, sak: Sak) -> None:
    """The name is enough; what to say stands there, and one press tells whoever has it."""
    press(page, "Ringer igjen")
    page.wait_for_url("**/ringer-igjen")
    expect(page.get_by_label("Saksnummer, navn eller telefon")).to_be_focused()
    page.keyboard.type("Mari Nygård")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ringer-igjen?*")
    main_says(page, sak.reference, "Du får svar eller ny beskjed innen kl. 15.00.")
    look(page)
    press(page, f"Purr på {sak.reference}")
    told(page, "har fått beskjed om at journalisten ringte igjen")
    main_says(page, "Purret kl. 12.20.")
    look(page)


def taken_with_a_new_time(page: Page, sak: Sak) -> None:
    """From the inbox, with two presses; then a time in the words of somebody in a hurry."""
    page.wait_for_url("**/innboks")
    main_says(page, "Noen vil gi deg disse", "Tone Berg spurte")
    look(page)
    press(page, "Se saken og svar")
    page.wait_for_url(f"**/sak/{sak.reference}")
    main_says(page, "vil gi saken til")
    look(page)
    press(page, "Jeg tar den")
    told(page, "Saken er din")
    press(page, "Trenger mer tid")
    page.wait_for_url("**/mer-tid")
    look(page)
    write(page, "Når kommer svaret?", "i morgen kl. 10")
    press(page, "Lov ny tid")
    page.wait_for_url(f"**/sak/{sak.reference}")
    told(page, "Ny tid")
    look(page)


def the_switchboard_rings(page: Page) -> None:
    """The number, what to say, and one press when it is said."""
    press(page, "Innboks")
    page.wait_for_url("**/innboks")
    main_says(page, "Ring journalisten: ny tid", "Si til Mari Nygård: Svaret kommer", "Ring 400 00 123")
    look(page)
    press(page, "Journalisten har fått beskjed")
    expect(page.get_by_role("main")).not_to_contain_text("Ring journalisten: ny tid")


# --- The crisis, and its story --------------------------------------------------------------------------------------


def press_summary(page: Page, name: str) -> None:
    """Open what is folded."""
    tab_to(page, page.locator("summary", has_text=name))
    page.keyboard.press("Enter")
