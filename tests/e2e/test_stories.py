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


def tick(page: Page, name: str) -> None:
    """Tick a check box by its name."""
    tab_to(page, page.get_by_role("checkbox", name=name, exact=True))
    page.keyboard.press("Space")


def choose(page: Page, group: str, name: str) -> None:
    """Choose one of a group of radio buttons: Tab reaches the group at its first, the arrow keys go on from there."""
    radios = page.get_by_role("group", name=group).get_by_role("radio")
    tab_to(page, radios.first)
    page.keyboard.press("Space")
    wanted = page.get_by_role("group", name=group).get_by_role("radio", name=name, exact=True)
    for _ in range(radios.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


# --- Asking first ---------------------------------------------------------------------------------------------------


def test_asking_first(town: Town, page: Page, at_noon: FrozenClock) -> None:
    """A leader in doubt asks the kommunalsjef, who replies on his phone; the leader answers, and closes with what
    follows."""
    sak = call(town, NOON)
    log_in(page, "leder")
    the_leader_asks(page, sak)
    log_out(page)
    log_in(page, "kommunalsjef")
    the_kommunalsjef_replies_on_his_phone(page)
    log_out(page)
    at_noon.advance(timedelta(minutes=10))
    log_in(page, "leder")
    the_leader_answers(page, sak)
    the_leader_closes(page, sak)
    assert sak.strand().state is State.CLOSED


def the_leader_asks(page: Page, sak: Sak) -> None:
    """From the page of the case: whom, what."""
    page.goto(f"/sak/{sak.reference}")
    press(page, "Må spørre først")
    page.wait_for_url("**/spor")
    look(page)
    choose(page, "Hvem spør du?", "Kommunalsjef oppvekst (plikt ved tvil, punkt 6)")
    write(page, "Hva spør du om?", "Kan jeg si at tallet er usikkert?")
    press(page, "Spør")
    page.wait_for_url(f"**/sak/{sak.reference}")
    told(page, "Spørsmålet er sendt")
    main_says(page, "Kan jeg si at tallet er usikkert?", "Venter på svar fra andre")
    look(page)


def the_kommunalsjef_replies_on_his_phone(page: Page) -> None:
    """Two presses from the inbox: «Svar Tone Berg», and «Svar» below the line."""
    page.set_viewport_size(PHONE)
    page.wait_for_url("**/innboks")
    main_says(page, "Tone Berg spør deg til råds")
    look(page)
    press(page, "Svar Tone Berg")
    page.wait_for_url("**/spurt/*")
    main_says(page, "Kan jeg si at tallet er usikkert?", "Ring Tone Berg")
    expect(page.get_by_label("Svaret ditt")).to_be_in_viewport()
    look(page)
    write(page, "Svaret ditt", "Ja, men si hvorfor.")
    press(page, "Svar")
    told(page, "Svaret er sendt til Tone Berg")
    main_says(page, "Arne Moen svarte")
    look(page)
    page.set_viewport_size(DESKTOP)


def the_leader_answers(page: Page, sak: Sak) -> None:
    """The reply stands on the page of the case and above the form."""
    page.goto(f"/sak/{sak.reference}")
    main_says(page, "Arne Moen svarte", "Ja, men si hvorfor.", "Rådført med kommunalsjef")
    press(page, "Journalisten har fått svar")
    page.wait_for_url("**/svar")
    main_says(page, "Dette er sagt av andre", "Ja, men si hvorfor.")
    look(page)
    write(page, "Hva fikk journalisten vite?", "Rundt 214 elever. Tallet er usikkert til skolestart.")
    tick(page, "Fakta")
    press(page, "Journalisten har fått svar")
    page.wait_for_url(f"**/sak/{sak.reference}")
    told(page, "klokka er stoppet")


def the_leader_closes(page: Page, sak: Sak) -> None:
    """With what follows in the same form; the task stands on the page afterwards."""
    press(page, "Lukk")
    page.wait_for_url("**/lukk")
    look(page)
    choose(page, "Ble det riktig på trykk?", "Ikke sett")
    choose(page, "Vet de ansatte det?", "Nei, lag en oppgave")
    press(page, "Lukk")
    page.wait_for_url(f"**/sak/{sak.reference}")
    told(page, "lukket")
    expect(page.get_by_role("heading", name="Å gjøre")).to_be_visible()
    main_says(page, "Ikke sett")
    look(page)


# --- Passing on, and the second call --------------------------------------------------------------------------------


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


def test_a_crisis_with_a_story(town: Town, page: Page, at_noon: FrozenClock) -> None:
    """On in two steps, a banner on every page, a call, one let go, the end; then one answer to two journalists."""
    pipe = call(town, NOON, question="Sprakk et rør i Storgata?", unit="vann", outlet="Granliposten")
    street = call(town, NOON, question="Når er vannet tilbake?", unit="vann", caller="Kåre Ås", outlet="Radio Vest")
    canteen = call(town, NOON, question="Hva koster maten i kantina?")
    log_in(page, "radmann")
    the_radmann_turns_the_switch(page)
    every_page_says_so(page)
    log_out(page)
    log_in(page, "sentralbord")
    a_call_in_the_crisis(page)
    log_out(page)
    log_in(page, "radmann")
    one_is_let_go(page, canteen)
    assert canteen.strand().acting_id == town.people["leder"]
    at_noon.advance(timedelta(hours=1))
    the_end(page)
    assert [sak.strand().acting_id for sak in (pipe, street)] == [town.people["teknisk_leder"]] * 2
    log_out(page)
    log_in(page, "kis")
    two_answered_in_one_act(page, pipe, street)
    assert [sak.strand().state for sak in (pipe, street)] == [State.ANSWERED] * 2


def the_radmann_turns_the_switch(page: Page) -> None:
    """The form, and a page that says what will happen."""
    page.goto("/krise")
    look(page)
    write(page, "Hva har skjedd?", "Vannledningen i Storgata har sprukket.")
    write(page, "Hvem uttaler seg?", "Ola")
    write(page, "Når kommer ny informasjon?", "kl. 14")
    press(page, "Se hva som skjer")
    expect(page.get_by_role("heading", name="Etabler kriseledelse?")).to_be_visible()
    main_says(page, "Ingenting er gjort ennå", "Ola Haugen")
    look(page)
    press(page, "Etabler kriseledelse")
    page.wait_for_url("**/krise")
    told(page, "Kriseledelsen er etablert")
    look(page)


BANNER = "Kriseledelsen er etablert i dag kl. 12.00, og svarer pressen. Ola Haugen uttaler seg."


def every_page_says_so(page: Page) -> None:
    """The daily pages, and the narrow ones."""
    for address in ("/innboks", "/saker", "/ny", "/hendelser", "/reglement"):
        page.goto(address)
        main_says(page, BANNER)
    page.goto("/innboks")
    look(page)


def a_call_in_the_crisis(page: Page) -> None:
    """The sentence to say is that of the crisis."""
    page.wait_for_url("**/ny")
    write(page, "Journalist", "Kåre Ås")
    write(page, "Spørsmål", "Er noen skadet?")
    main_says(page, BANNER, "Kriseledelsen svarer om hendelsen. Ny informasjon kommer kl. 14.00.")
    look(page)
    tick(page, "Fakta")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/ny/lagret*")
    main_says(page, "Kriseledelsen svarer om hendelsen.")


def one_is_let_go(page: Page, canteen: Sak) -> None:
    """What has nothing to do with it goes back to those who answer otherwise, with one press."""
    page.goto(f"/sak/{canteen.reference}")
    look(page)
    press(page, "Gi tilbake til linja")
    main_says(page, "Gitt tilbake til linja fra kriseledelsen av Randi Aas")
    look(page)


def the_end(page: Page) -> None:
    """From the banner: what it is about, the button, what will happen, and off."""
    press(page, "Om krisen")
    page.wait_for_url("**/krise")
    press(page, "Avslutt kriseledelsen")
    page.wait_for_url("**/krise/avslutt")
    look(page)
    press(page, "Avslutt kriseledelsen")
    page.wait_for_url("**/krise")
    expect(page.get_by_role("main")).not_to_contain_text("og svarer pressen")
    look(page)


def two_answered_in_one_act(page: Page, first: Sak, second: Sak) -> None:
    """The story is made from the first, the second is put into it; one answer is written and given to both."""
    page.goto(f"/sak/{first.reference}")
    unfold(page, "Legg til hendelse")
    write(page, "Eller lag en ny", "Vannlekkasjen i Storgata")
    look(page)
    press(page, "Legg til")
    told(page, "lagt til hendelsen")
    page.goto(f"/sak/{second.reference}")
    unfold(page, "Legg til hendelse")
    write(page, "Hendelse", "Vann")
    press(page, "Legg til")
    told(page, "lagt til hendelsen")
    look(page)
    press(page, "Vannlekkasjen i Storgata")
    page.wait_for_url("**/hendelser/1")
    unfold(page, "Skriv et felles svar")
    look(page)
    write(page, "Felles svar", "Vannet er tilbake klokka 15.")
    tick(page, "Fakta")
    write(page, "Hvor lenge gjelder teksten?", "kl. 15")
    press(page, "Lagre det felles svaret")
    main_says(page, "Vannet er tilbake klokka 15.", "Gjelder til i dag kl. 15.00", "Har de fått svaret?")
    look(page)
    press(page, "De har fått svaret")
    main_says(page, "Besvart")
    look(page)


def unfold(page: Page, name: str) -> None:
    """Open what is folded, unless it stands open already."""
    summary = page.locator("summary", has_text=name)
    tab_to(page, summary)
    if not summary.evaluate("element => element.parentElement.open"):
        page.keyboard.press("Enter")
