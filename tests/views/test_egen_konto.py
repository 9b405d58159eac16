"""/egen-konto: whose a comment on an account of ours is, and the text for what must be sent to postmottak."""

import pytest

from pressedesk.clock import FrozenClock
from pressedesk.models import Restriction
from pressedesk.regulation.own_account import Matter, text_for_postmottak
from pressedesk.regulation.vocabulary import Kind, Role
from tests.inquiries import Sak
from tests.organisation import Town, sign_in
from tests.pages import PageClient

POSTMOTTAK = "post@granli.example"


@pytest.fixture
def adviser(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    """The adviser of KIS, logged in, at noon on a Tuesday."""
    sign_in(client, town, "kis_adviser")
    return client


def enter(client: PageClient, town: Town, **values: object) -> str:
    """A question on the municipality's page: what stands on the receipt, or beside the field that is wrong."""
    written = {
        "account": "Facebook-siden",
        "source_url": "https://sosialt.example/innlegg/7",
        "question": "Når åpner svømmehallen?",
        "matter": "comment",
        "letter_error": "no",
        "concerned": "nobody",
        "unit": str(town.units["skole"]),
    }
    response = client.submit("/egen-konto", action="/egen-konto", **{**written, **values})
    return (
        client.get(response.location).get_data(as_text=True) if response.location else response.get_data(as_text=True)
    )


MATTERS = [  # 4.2: what cannot be dealt with on the account
    (Matter.COMMENT, ""),
    (Matter.CASE, "behandle som en sak"),
    (Matter.DOCUMENTS, "få se dokumenter"),
    (Matter.OWN_CASE, "gjelder en bestemt person"),
    (Matter.WORTH_KEEPING, "ta vare på i arkivet"),
]


@pytest.mark.parametrize(("matter", "says"), MATTERS)
def test_what_must_go_to_postmottak_has_a_text(matter: Matter, says: str) -> None:
    """It says why, where to write, and that nothing personal belongs in a comment."""
    text = text_for_postmottak(matter, POSTMOTTAK) or ""
    assert says in text
    if says:
        assert f"Skriv til {POSTMOTTAK}" in text
        assert "Ikke skriv personlige opplysninger" in text
    else:
        assert text == ""


def test_every_matter_has_its_row() -> None:
    """A new one is decided on, not forgotten."""
    assert {matter for matter, _ in MATTERS} == set(Matter)


def test_a_comment_is_answered_by_whoever_runs_the_account(adviser: PageClient, town: Town) -> None:
    """And no text to paste."""
    page = enter(adviser, town)
    strand = Sak(town, "PD-2026-0001").strand(Kind.OWN_ACCOUNT)
    assert strand.owner_role is Role.KONTOADMINISTRATOR
    assert "Dette kan besvares på kontoen" in page
    assert "Tekst til å lime inn" not in page


def test_a_case_has_its_text_on_the_receipt_and_in_the_sak(adviser: PageClient, town: Town) -> None:
    """Ready to paste, for whoever noted it and for whoever answers."""
    assert "Skriv til kommunen ved arkiv og postmottak" in enter(adviser, town, matter="case")
    assert "Skriv til kommunen ved arkiv og postmottak" in adviser.get("/sak/PD-2026-0001").get_data(as_text=True)


def test_documents_are_the_archives(adviser: PageClient, town: Town) -> None:
    """A request for documents has its own clock, wherever it was written."""
    enter(adviser, town, matter="documents")
    assert list(Sak(town, "PD-2026-0001").strands()) == [Kind.DOCUMENTS]


def test_ones_own_case_is_for_few(adviser: PageClient, town: Town) -> None:
    """Whoever asks about his own case is a person concerned, whatever was pressed."""
    page = enter(adviser, town, matter="own_case")
    assert Sak(town, "PD-2026-0001").inquiry().restriction is Restriction.UNCONFIRMED
    assert "gjelder en bestemt person" in page
    assert "Åpne saken" not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"account": ""}, "Skriv hvilken konto det står på."),
        ({"question": ""}, "Skriv med en linje"),
        ({"matter": []}, "Velg det som passer best."),
        ({"source_url": "javascript:x"}, "Lim inn hele lenken"),
    ],
)
def test_what_is_missing_is_said(wrong: dict[str, object], said: str, adviser: PageClient, town: Town) -> None:
    """Beside its field."""
    assert said in enter(adviser, town, **wrong)


def test_no_receipt_without_something_noted(adviser: PageClient) -> None:
    """Back to the form."""
    assert adviser.get("/egen-konto/notert").location == "/egen-konto"
