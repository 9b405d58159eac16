"""The served application in a real browser: the frame and every component, before any page is built of them."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server, assert_accessible, assert_no_sideways_scroll


def test_the_server_answers(page: Page, server: Server) -> None:
    """`/healthz` says ok, over the wire, with our headers."""
    answer = page.request.get("/healthz")
    assert (answer.status, answer.text()) == (200, "ok\n")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/galleri", "/finnes-ikke"])
def test_the_frame_and_every_component_can_be_used_by_all(page: Page, address: str) -> None:
    """axe finds nothing, and nothing scrolls sideways at 320 px."""
    page.goto(address)
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_errors_are_read_first_and_lead_to_their_fields(page: Page) -> None:
    """By keyboard: send an empty form, land on what is wrong, follow the link, stand in the field."""
    page.goto("/galleri")
    page.get_by_role("button", name="Lagre og varsle").focus()
    page.keyboard.press("Enter")
    summary = page.locator(".ds-error-summary")
    expect(summary).to_be_focused()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Journalist")).to_be_focused()
    expect(page.get_by_label("Journalist")).to_have_accessible_description("Navn og redaksjon. Skriv hvem som ringer.")


def test_a_double_press_is_one(page: Page) -> None:
    """The second press of an impatient finger is not sent."""
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto("/galleri")
    page.get_by_role("button", name="Lagre og varsle").dblclick()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    assert len(posts) == 1


def test_the_page_works_without_javascript(page: Page, server: Server) -> None:
    """The same form, the same answer."""
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_page(base_url=server.url, java_script_enabled=False)
    plain.goto("/galleri")
    plain.get_by_role("button", name="Lagre og varsle").click()
    expect(plain.locator(".ds-error-summary")).to_be_visible()
    plain.close()


def test_the_skip_link_leads_past_the_menu(page: Page) -> None:
    """The first Tab of a page, then Enter: the focus is in the content."""
    page.goto("/galleri")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
