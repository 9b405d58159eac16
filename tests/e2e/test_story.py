"""One call, from the telephone to the rådmann's report, by keyboard only, in a real browser.

Every page on the way is read by axe in light and dark, and squeezed to 320 px. Nothing is clicked.
"""

from datetime import timedelta

from playwright.sync_api import Page, expect

from pressedesk import clock, reminders
from tests.conftest import NOON
from tests.e2e.conftest import Server
from tests.e2e.steps import log_in, log_out, look, press, tab_to
from tests.inquiries import call
from tests.organisation import Town


def test_the_whole_story_of_one_call(town: Town, server: Server, page: Page) -> None:
    """Logged while the line is open, routed, told, taken, clarified, answered, closed, counted."""
    with clock.frozen(NOON) as time:
        for hour in range(1, 6):  # fewer than five calls make no figures
            earlier = call(town, NOON - timedelta(days=hour))
            earlier.answer("leder", NOON - timedelta(days=hour) + timedelta(hours=1))
        page.goto("/logg-inn")
        look(page)
        log_in(page, "sentralbord")
        reference = take_the_call(page)
        log_out(page)
        time.advance(timedelta(minutes=5))
        reminders.tick(time.now())
        log_in(page, "leder")
        the_leader_answers(page, reference, time)
        log_out(page)
        log_in(page, "radmann")
        the_radmann_reads(page)


def take_the_call(page: Page) -> str:
    """Who, what and when are typed; the unit is proposed; the sentence to say stands there before anything is saved."""
    page.wait_for_url("**/ny")
    expect(page.get_by_label("Journalist", exact=True)).to_be_focused()
    page.keyboard.type("Kåre Ås")
    page.keyboard.press("Tab")
    page.keyboard.type("Granliposten")
    page.keyboard.press("Tab")
    page.keyboard.type("+47 912 34 567")
    page.keyboard.press("Tab")
    page.keyboard.type("Hvor mange elever på Bjerke skole får skolemat, og hva koster det?")
    page.keyboard.press("Tab")
    page.keyboard.type("om 2 timer")
    expect(page.get_by_text("kl. 14.00, om 2 t")).to_be_visible()
    expect(page.get_by_text("Tone Berg svarer på dette")).to_be_visible()
    expect(page.get_by_label("Hvilken virksomhet gjelder det?")).to_have_value(str(bjerke(page)))
    tab_to(page, page.get_by_label("Fakta", exact=True))
    page.keyboard.press("Space")
    look(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ny/lagret*")
    heading = page.get_by_role("heading", level=1).inner_text()
    expect(page.get_by_text("Tone Berg har fått beskjed")).to_be_visible()
    expect(page.get_by_text("innen kl. 14.00")).to_be_visible()
    look(page)
    return heading.rpartition(" ")[2]


def bjerke(page: Page) -> str:
    """The value of the unit in the list."""
    option = page.get_by_label("Hvilken virksomhet gjelder det?").locator("option", has_text="Bjerke skole")
    return option.get_attribute("value") or ""


def the_leader_answers(page: Page, reference: str, time: clock.FrozenClock) -> None:
    """Takes it in the inbox, says that nobody is concerned, sees what may be said, notes what was, and closes."""
    page.wait_for_url("**/innboks")
    look(page)
    press(page, "Jeg tar den")
    page.wait_for_url(f"**/sak/{reference}")
    expect(page.get_by_role("status")).to_contain_text("Saken er din")
    expect(page.get_by_role("heading", name="Gjelder dette en enkeltperson?")).to_be_visible()
    look(page)
    press(page, "Nei")
    expect(page.get_by_role("status")).to_contain_text("Avklart")
    look(page)
    time.advance(timedelta(minutes=30))
    press(page, "Journalisten har fått svar")
    page.wait_for_url("**/svar")
    look(page)
    tab_to(page, page.get_by_label("Hva fikk journalisten vite?"))
    page.keyboard.type("214 elever får skolemat. Det koster 25 kroner dagen.")
    tab_to(page, page.get_by_label("Fakta", exact=True))
    page.keyboard.press("Space")
    press(page, "Journalisten har fått svar")
    page.wait_for_url(f"**/sak/{reference}")
    expect(page.get_by_role("status")).to_contain_text("klokka er stoppet")
    expect(page.get_by_text("214 elever får skolemat")).to_be_visible()
    look(page)
    press(page, "Lukk")
    page.wait_for_url("**/lukk")
    look(page)
    tab_to(page, page.get_by_role("radio", name="Svar gitt", exact=True))
    press(page, "Lukk")
    page.wait_for_url(f"**/sak/{reference}")
    expect(page.get_by_role("status")).to_contain_text("lukket")


def the_radmann_reads(page: Page) -> None:
    """The report counts the call, and its number leads to it."""
    press(page, "Rapport")
    page.wait_for_url("**/rapport*")
    expect(page.get_by_role("main")).to_contain_text("6 henvendelser")
    look(page)
    link = page.get_by_role("main").get_by_role("link", name="6", exact=True).first
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url("**/saker?*")
    expect(page.get_by_role("main")).to_contain_text("Granliposten")
    look(page)
