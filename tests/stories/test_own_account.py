"""Somebody asks for something on our own page: a leader notes it, and the answer sends him to postmottak."""

from pressedesk.clock import FrozenClock
from pressedesk.regulation.vocabulary import Kind
from tests.inquiries import Sak
from tests.organisation import Town, sign_in
from tests.pages import PageClient


def test_own_account(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The text is there for whoever noted it, and in the sak for the administrator's deputy who answers."""
    sign_in(client, town, "leder")
    noted = client.submit(
        "/egen-konto",
        action="/egen-konto",
        account="Facebook-siden",
        source_url="https://sosialt.example/innlegg/7",
        question="Kan dere sette opp et gjerde ved skolen?",
        matter="case",
        letter_error="no",
        concerned="nobody",
        unit=str(town.units["skole"]),
    )
    receipt = client.get(noted.location).get_data(as_text=True)
    assert "Dette må kommunen behandle som en sak." in receipt
    assert "Skriv til kommunen ved arkiv og postmottak" in receipt
    sak = Sak(town, "PD-2026-0001")
    assert sak.strand(Kind.OWN_ACCOUNT).owner_office_id == town.offices["konto"]
    assert sak.told() == ["konto"]

    sign_in(client, town, "kis_adviser")
    page = client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    assert "Skrevet på kommunens egen konto" in page
    assert "Skriv til kommunen ved arkiv og postmottak" in page
    assert 'href="https://sosialt.example/innlegg/7"' in page
