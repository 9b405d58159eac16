"""Story: one call held two questions for two leaders; the second becomes an inquiry of its own."""

from pressedesk import clock
from pressedesk.regulation.vocabulary import YES
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient

BOTH = "Hvor mange elever er det, og hvor mange barn er det i Trollskogen?"
SECOND = "Hvor mange barn er det i Trollskogen?"


def test_a_second_question(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """KIS splits it off; a fault keeps the text; the head of the kindergarten has it in her inbox and takes it."""
    sak = call(town, NOON, question=BOTH)
    sign_in(client, town, "kis_adviser")
    address = f"/sak/{sak.reference}/del"
    whole = client.submit(address, address)
    assert whole.status_code == 422
    body = whole.get_data(as_text=True)
    assert "La bare det andre spørsmålet stå." in body
    assert BOTH in body
    done = client.submit(address, address, question=SECOND, unit=str(town.units["barnehage"]))
    assert done.status_code == 303
    page = client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    new = Sak(town, f"PD-2026-{int(sak.reference[-4:]) + 1:04}")
    assert new.reference in page
    assert "Et spørsmål ble skilt ut som egen sak" in page

    sign_in(client, town, "annen_leder")
    assert SECOND in client.get("/innboks").get_data(as_text=True)
    take = f"/sak/{new.reference}/{new.strand().id}/ta"
    assert client.submit(f"/sak/{new.reference}", take).status_code == 303
    assert new.strand().taken_by_id == town.people["annen_leder"]
    sign_in(client, town, "leder")
    assert SECOND not in client.get("/innboks").get_data(as_text=True).replace(BOTH, "")


def test_of_a_restricted_one(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """It stays restricted for whoever was not let in, whatever was ticked, until its owner has said."""
    sak = call(town, NOON, personnel=YES)
    sign_in(client, town, "leder")
    address = f"/sak/{sak.reference}/del"
    unit = str(town.units["barnehage"])
    assert client.submit(address, address, question=SECOND, unit=unit, concerned="nobody").status_code == 303
    new = Sak(town, f"PD-2026-{int(sak.reference[-4:]) + 1:04}")
    sign_in(client, town, "kis_adviser")
    assert client.get(f"/sak/{new.reference}").status_code == 404
    sign_in(client, town, "annen_leder")
    assert "Gjelder dette en enkeltperson?" in client.get(f"/sak/{new.reference}").get_data(as_text=True)
    person = f"/sak/{new.reference}/person"
    assert client.submit(f"/sak/{new.reference}", person, press="concerns=nobody").status_code == 303
    sign_in(client, town, "kis_adviser")
    assert client.get(f"/sak/{new.reference}").status_code == 200
