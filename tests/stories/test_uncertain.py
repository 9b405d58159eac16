"""«Ingen vet hvor saken hører hjemme»: the switchboard, KIS and the rådmann, on their own pages."""

from datetime import timedelta

from pressedesk import reminders
from pressedesk.clock import FrozenClock
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient

MINUTE = timedelta(minutes=1)


def words(page: Page) -> str:
    return " ".join(page.all("body")[0].text.split())


def log(client: PageClient, town: Town) -> Sak:
    """The switchboard notes a call, and does not know whom it is for."""
    sign_in(client, town, "sentralbord")
    typed = {"caller_name": "Mari Nygård", "outlet": "Granliposten", "question": "Hva skjer?", "concerned": "nobody"}
    assert client.submit("/ny", "/ny", asks=["facts"], **typed).status_code == 303
    return Sak(town, "PD-2026-0001")


def test_kis_finds_out_in_time(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The receipt says that KIS knows and when the rådmann gets it; KIS corrects it in two taps; the head of the school
    has it, and the rådmann was never disturbed."""
    sak = log(client, town)
    receipt = words(client.page("/ny/lagret"))
    assert "KIS har fått beskjed og finner ut hvem som svarer. Rådmann får saken kl. 12.15" in receipt
    assert "Ingen er varslet" not in words(client.page(f"/sak/{sak.reference}"))
    at_noon.advance(5 * MINUTE)
    sign_in(client, town, "kis")
    inbox = words(client.page("/innboks"))
    assert "Rådmann får den i dag kl. 12.15 om ingen avklarer." in inbox
    assert inbox.count(sak.reference) == 1
    correct = f"/sak/{sak.reference}/opplysninger"
    assert correct in [link.get("href") for link in client.page("/innboks").all("a")]
    skole = str(town.units["skole"])
    assert client.submit(correct, correct, unit=skole, level="unit").status_code == 303
    at_noon.advance(15 * MINUTE)
    reminders.tick(NOON + 20 * MINUTE)
    assert sak.strand().acting_id == town.people["leder"]
    assert "radmann" not in sak.told()
    sign_in(client, town, "leder")
    assert sak.reference in words(client.page("/innboks"))


def test_nobody_finds_out(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """After a quarter the rådmann is told; until then his page says that KIS is finding out."""
    sak = log(client, town)
    sign_in(client, town, "radmann")
    assert "KIS avklarer" in words(client.page("/innboks"))
    at_noon.advance(15 * MINUTE)
    reminders.tick(NOON + 15 * MINUTE)
    assert sak.strand().state is State.TOLD
    shown = words(client.page("/innboks"))
    assert "Varslet, ikke tatt" in shown
    assert "Ta saken, så ser de andre at noen har den." in shown
    log_of_it = words(client.page(f"/sak/{sak.reference}"))
    assert "KIS ble bedt om å finne ut hvor saken hører hjemme, før den ansvarlige får den i dag kl. 12.15" in log_of_it
    assert "Varsel til Randi Aas, Rådmann" in log_of_it
    sign_in(client, town, "kis")
    assert "Usikkert hvor den hører hjemme" in words(client.page("/innboks"))
