"""The journalist calls again about a sak for few eyes: one sentence with nothing of it, and «Purr» all the same."""

from pressedesk.clock import FrozenClock
from pressedesk.events import EventKind
from pressedesk.regulation.vocabulary import YES
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient

HIDDEN = ("Bjerke", "Rektor", "Tone Berg", "Granliposten", "sparken", "nspekt")


def test_restricted_second_call(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The switchboard has the reference and no more; the adviser of KIS the same; the head of the school is told."""
    sak = call(town, NOON, personnel=YES, question="Hvorfor fikk inspektøren sparken?")

    sign_in(client, town, "sentralbord")
    assert "Fant ingen sak" in client.get("/ringer-igjen?hvem=Nygård").get_data(as_text=True)
    found = client.get(f"/ringer-igjen?hvem={sak.reference}").get_data(as_text=True)
    assert "Saken er tatt imot. Du får svar eller ny beskjed innen i morgen kl. 08.30." in found
    assert not [word for word in HIDDEN if word in found]
    purred = client.submit(f"/ringer-igjen?hvem={sak.reference}", action="/ringer-igjen/purr")
    after = client.get(purred.location).get_data(as_text=True)
    assert "Purret kl. 12.00." in after
    assert not [word for word in HIDDEN if word in after]

    sign_in(client, town, "kis_adviser")
    again = client.get("/ringer-igjen?hvem=Mari+Nygård").get_data(as_text=True)
    assert "Purret kl. 12.00." in again
    assert not [word for word in HIDDEN if word in again]
    assert client.get(f"/sak/{sak.reference}").status_code == 404

    assert sak.told() == ["leder", "leder"]
    sign_in(client, town, "leder")
    assert "Journalisten ringte igjen" in client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    assert sak.events().count(EventKind.NUDGED) == 1
