"""/rapport in a real browser: read by machine, by keyboard, on a narrow screen and on paper."""

from playwright.sync_api import Page

from pressedesk import clock
from tests.e2e.conftest import Server, assert_accessible, assert_no_sideways_scroll
from tests.organisation import Town
from tests.reporting import HOUR, TODAY, Desk

TEXT_OUTSIDE_THE_PICTURE = """() => {
    const picture = document.querySelector("svg[role=img]"), frame = picture.viewBox.baseVal
    return [...picture.querySelectorAll("text")].map(text => [text.textContent, text.getBBox()])
        .filter(([_, box]) => box.x < -1 || box.y < 0 || box.x + box.width > frame.width + 1
            || box.y + box.height > frame.height).map(([words, box]) => `${words}: ${box.x} to ${box.x + box.width}`)
}"""


def test_the_report_in_a_browser(town: Town, server: Server, page: Page) -> None:
    """axe finds nothing, nothing scrolls sideways, no word of the picture is cut, and the filter takes the keyboard."""
    with clock.frozen(TODAY + HOUR):
        desk = Desk(town)
        desk.busy_week()
        desk.answered(2, after=5 * HOUR)
        desk.log(TODAY)
        page.goto("/logg-inn")
        page.get_by_label("Brukernavn").fill("radmann")
        page.get_by_label("Passord").fill("pressedesk")
        page.keyboard.press("Enter")
        page.wait_for_url("**/rapport")
        assert page.get_by_text("38 henvendelser siden 1. desember 2025").is_visible()
        assert_accessible(page)
        assert page.evaluate(TEXT_OUTSIDE_THE_PICTURE) == []
        assert_no_sideways_scroll(page)
        page.locator("main summary").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Virksomhet").select_option(label="Alt i oppvekst")
        page.get_by_role("button", name="Vis", exact=True).press("Enter")
        page.get_by_text("16 henvendelser siden 1. desember 2025").wait_for()
        page.goto("/rapport?til=2027-01-01")
        assert page.get_by_text("Velg en dato som ikke er etter i dag.").is_visible()
        assert_accessible(page)
