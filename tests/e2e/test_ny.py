"""A call is logged in a real browser: by keyboard alone, with the panel beside it, and without a script as well."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from pressedesk import db
from pressedesk.clock import FrozenClock
from pressedesk.desk import drafts
from pressedesk.models import Inquiry
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Ask, Level
from tests.e2e.conftest import Server, assert_accessible, assert_no_sideways_scroll
from tests.organisation import Town

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def desk(town: Town, server: Server, page: Page, at_noon: FrozenClock) -> Page:
    """The switchboard, logged in by keyboard; the day begins on an empty form with the cursor in its first field."""
    page.goto("/logg-inn")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_label("Brukernavn").fill("sentralbord")
    page.keyboard.press("Tab")
    page.keyboard.type("pressedesk")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ny")
    expect(page.get_by_label("Journalist", exact=True)).to_be_focused()
    return page


def press(page: Page, *keys: str) -> None:
    """Keys by name, in order; what begins with «=» is typed."""
    for key in keys:
        if key.startswith("="):
            page.keyboard.type(key[1:])
        else:
            page.keyboard.press(key)


def test_a_call_by_keyboard_alone(desk: Page, town: Town, at_noon: FrozenClock) -> None:
    """From the first key to the sentence, without a mouse: who, what, when, two rows of chips, the proposed unit."""
    press(desk, "=Kåre Hansen", "Tab", "=Østlendingen", "Tab", "=912 34 567", "Tab", "=Hva koster skolematen?")
    press(desk, "Tab", "=kl 14", "Enter")  # Enter saves nothing
    panel = desk.locator("#svarer")
    expect(panel).to_contain_text("Tone Berg")
    expect(desk.locator("#frist-lest")).to_have_text("Tirsdag 24.11. kl. 14.00, om 2 t")
    expect(desk.get_by_label("Hvilken virksomhet gjelder det?")).to_have_value(str(town.units["skole"]))
    expect(desk.get_by_role("status").filter(has_text="Går til: Rektor Tone Berg")).to_be_attached()
    desk.get_by_label("Fakta", exact=True).focus()
    press(desk, " ")
    desk.get_by_label("Nei", exact=True).first.focus()
    press(desk, "Enter")  # on a chip it presses
    expect(panel).not_to_contain_text("Er en enkeltperson berørt?")
    expect(panel).to_contain_text("Du får svar eller ny beskjed innen kl. 14.00. Nummeret er PD-2026-0001.")
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    press(desk, "Control+Enter")
    desk.wait_for_url("**/ny/lagret")
    expect(desk.get_by_role("heading", name="Lagret som PD-2026-0001")).to_be_visible()
    expect(desk.get_by_text("Rektor Tone Berg har fått beskjed.")).to_be_visible()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    with db.reading() as tx:
        stored = tx.scalars(select(Inquiry)).one()
        assert drafts.drafts_of(tx, town.people["sentralbord"], at_noon.now()) == []
    assert stored.facts == Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, personnel=NO, client_case=NO).to_json()


LISTEN = """() => {
    const line = document.querySelector("[data-announce]")
    window.heard = []
    new MutationObserver(() => window.heard.push(line.textContent)).observe(line, {childList: true})
}"""


def test_a_screen_reader_hears_of_another_receiver_only(desk: Page) -> None:
    """Not of every key: the line it listens to changes with the receiver."""
    desk.evaluate(LISTEN)
    question = desk.get_by_label("Spørsmål", exact=True)
    question.type("Hva koster skolematen?")
    expect(desk.locator("#svarer")).to_contain_text("Tone Berg")
    question.type(" Og hvorfor?")
    expect(desk.locator("#svarer")).to_contain_text("PD-2026-0001")
    desk.get_by_label("Frist", exact=True).type("kl 14")
    expect(desk.locator("#frist-lest")).to_contain_text("kl. 14.00")
    desk.get_by_label("Hvilken virksomhet gjelder det?").select_option(label="Trollskogen barnehage")
    expect(desk.locator("#svarer")).to_contain_text("Hanne Lie")
    assert desk.evaluate("window.heard") == ["Går til: Rektor Tone Berg", "Går til: Styrer Hanne Lie"]


def test_what_a_person_chose_stays(desk: Page, town: Town) -> None:
    """A better word for another unit changes the proposal, until somebody has chosen; «vet ikke» is a choice."""
    unit = desk.get_by_label("Hvilken virksomhet gjelder det?")
    question = desk.get_by_label("Spørsmål", exact=True)
    question.type("Skolemat")
    expect(unit).to_have_value(str(town.units["skole"]))
    question.fill("Kloakk")
    expect(unit).to_have_value(str(town.units["vann"]))
    unit.select_option(label="Vet ikke")
    expect(desk.locator("#svarer")).to_contain_text("Randi Aas")
    question.fill("Skolemat")
    expect(desk.locator("#svarer")).to_contain_text("Vi finner ut hvem som svarer")
    expect(unit).to_have_value("0")


def test_only_what_can_change_the_decision_is_asked(desk: Page) -> None:
    """A question comes when it matters and goes when it does not; what stands open stays under one's hands."""
    desk.get_by_text("Flere opplysninger").press("Enter")
    children = desk.get_by_label("Kan barn, brukere eller pasienter kjennes igjen på bildene?")
    receiver = desk.get_by_label("Hvem skal ha beskjed om at journalisten har ringt?")
    expect(children).to_be_hidden()
    expect(receiver).to_be_hidden()
    desk.get_by_label("Bilder eller opptak").check()
    expect(children).to_be_visible()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    desk.get_by_label("Privatperson").check()
    expect(receiver).to_be_visible()
    expect(children).to_be_visible()  # it went nowhere while the questions are in use
    expect(desk.locator("#svarer")).to_contain_text("Vi noterer ikke hva det gjelder.")
    desk.get_by_label("Journalist", exact=True).focus()
    desk.keyboard.type("K")
    expect(desk.locator("#svarer")).not_to_contain_text("PD-")


def test_it_says_so_when_the_panel_cannot_follow(desk: Page) -> None:
    """Without an answer nothing typed is lost, a line says that saving works, and the next key tries again."""
    desk.route("**/ny/kladd", lambda route: route.abort())
    question = desk.get_by_label("Spørsmål", exact=True)
    question.type("Hva koster")
    trouble = desk.get_by_text("Vi får ikke vist hvem som svarer akkurat nå.")
    expect(trouble).to_be_visible()
    assert_accessible(desk)
    desk.unroute("**/ny/kladd")
    question.type(" skolematen?")
    expect(trouble).to_be_hidden()
    expect(desk.locator("#svarer")).to_contain_text("Tone Berg")


def test_what_is_wrong_is_read_first(desk: Page) -> None:
    """An empty form, saved: the list of errors has the focus, its links lead to the fields, and axe finds nothing."""
    press(desk, "Control+Enter")
    expect(desk.locator(".ds-error-summary")).to_be_focused()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    press(desk, "Tab", "Tab", "Enter")
    expect(desk.get_by_label("Spørsmål", exact=True)).to_be_focused()


def test_a_draft_waits_for_its_owner(desk: Page) -> None:
    """Typed and left: the next time the page says so, and one link brings it back."""
    desk.get_by_label("Journalist", exact=True).type("Kåre Hansen")
    desk.get_by_label("Spørsmål", exact=True).type("Hva koster skolematen?")
    expect(desk.locator("#svarer")).to_contain_text("PD-2026-0001")
    desk.goto("/saker")
    desk.goto("/ny")
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    desk.get_by_role("link", name="Fortsett").press("Enter")
    expect(desk.get_by_label("Spørsmål", exact=True)).to_have_value("Hva koster skolematen?")
    expect(desk.locator("#svarer")).to_contain_text("PD-2026-0001")


def test_the_same_without_a_script(desk: Page, server: Server) -> None:
    """A button shows who answers; another saves."""
    state = desk.context.storage_state()
    browser = desk.context.browser
    assert browser is not None
    plain = browser.new_context(base_url=server.url, java_script_enabled=False, storage_state=state).new_page()
    plain.goto("/ny")
    plain.get_by_label("Journalist", exact=True).fill("Kåre Hansen")
    plain.get_by_label("Spørsmål", exact=True).fill("Hva koster skolematen?")
    plain.get_by_role("button", name="Vis hvem som svarer").click()
    expect(plain.locator("#svarer")).to_contain_text("Tone Berg")
    plain.get_by_role("button", name="Lagre og varsle").click()
    expect(plain).to_have_url(re.compile("/ny/lagret$"))
    plain.context.close()


def write_down(desk: Page) -> None:
    """A question of fact to the school, about nobody."""
    desk.get_by_label("Journalist", exact=True).fill("Kåre Hansen")
    desk.get_by_label("Telefon", exact=True).fill("912 34 567")
    desk.get_by_label("Spørsmål", exact=True).fill("Hva koster skolematen?")
    desk.get_by_label("Fakta", exact=True).check()
    desk.get_by_label("Nei", exact=True).first.check()
    expect(desk.locator("#svarer")).to_contain_text("Tone Berg")


def test_the_caller_is_put_through(desk: Page) -> None:
    """She does not answer the desk, so her deputy is tried; he does not pick up, and the receipt says what to say."""
    write_down(desk)
    desk.get_by_role("button", name="Svarer ikke: Tone Berg").click()
    expect(desk.locator("#svarer")).to_contain_text("Mona Fjeld")
    expect(desk.get_by_role("button", name="Lagre og varsle")).to_be_focused()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    desk.get_by_role("button", name="Satt over").click()
    desk.wait_for_url("**/ny/lagret")
    expect(desk.get_by_role("heading", name="Snakker de sammen?")).to_be_visible()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)
    desk.get_by_role("button", name="Nei, ingen svarte").click()
    expect(desk.get_by_role("status").filter(has_text="Mona Fjeld ringer deg innen")).to_be_visible()
    expect(desk.get_by_role("heading", name="Snakker de sammen?")).to_have_count(0)


def test_nobody_is_put_through_where_no_name_is_said(desk: Page) -> None:
    """The button goes while one types, and comes back."""
    write_down(desk)
    over = desk.get_by_role("button", name="Satt over")
    expect(over).to_be_visible()
    desk.get_by_label("En ansatt", exact=True).first.check()
    expect(over).to_have_count(0)
    desk.get_by_label("Nei", exact=True).first.check()
    expect(over).to_be_visible()


def test_saved_too_early_and_taken_back(desk: Page) -> None:
    """«Angre» stands some seconds; pressed, every word is there again, and it is saved under the same number."""
    write_down(desk)
    press(desk, "Control+Enter")
    desk.wait_for_url("**/ny/lagret")
    assert_accessible(desk)
    desk.get_by_role("button", name="Angre").click()
    desk.wait_for_url("**/ny?kladd=PD-2026-0001")
    expect(desk.get_by_label("Spørsmål", exact=True)).to_have_value("Hva koster skolematen?")
    expect(desk.get_by_label("Fakta", exact=True)).to_be_checked()
    assert_accessible(desk)
    press(desk, "Control+Enter")
    desk.wait_for_url("**/ny/lagret")
    expect(desk.get_by_role("heading", name="Lagret som PD-2026-0001")).to_be_visible()


def test_the_button_goes_when_it_is_too_late(desk: Page, at_noon: FrozenClock) -> None:
    """What can no longer be done is not offered."""
    write_down(desk)
    press(desk, "Control+Enter")
    desk.wait_for_url("**/ny/lagret")
    at_noon.advance(timedelta(seconds=9))
    desk.reload()
    undo = desk.get_by_role("button", name="Angre")
    undo.focus()
    expect(undo).to_have_count(0)
    expect(desk.locator("#innhold")).to_be_focused()
