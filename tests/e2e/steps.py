"""What a person at the keyboard does, for the stories in the browser: go to something, press it, log in, look.

Nothing is clicked: `press` tabs to its target, so what cannot be reached by keyboard fails the story.
"""

import re

from playwright.sync_api import Locator, Page

from tests.e2e.conftest import assert_accessible, assert_no_sideways_scroll
from tests.organisation import PASSWORD

MOST_TABS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached in {MOST_TABS} tabs on {page.url}")


def press(page: Page, name: str) -> None:
    """Go to the button or link called `name` and press Enter."""
    target = page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True))
    tab_to(page, target.first)
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Go to the field called `label`, which is empty, and type; in a list, that chooses what begins so."""
    name = re.compile("^" + re.sub(r"([?.()])", r"\\\1", label) + r"( \(valgfritt\))?$")
    tab_to(page, page.get_by_role("textbox", name=name).or_(page.get_by_role("combobox", name=name)))
    page.keyboard.type(text)


def look(page: Page) -> None:
    """What every page of a story must stand."""
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def log_in(page: Page, name: str) -> None:
    """Through the log-in page, by its account."""
    page.goto("/logg-inn")
    write(page, "Brukernavn", name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/logg-inn" not in address)


def log_out(page: Page) -> None:
    """By the button in the header."""
    press(page, "Logg ut")
    page.wait_for_url("**/logg-inn*")
