"""/leserbrev: the newspaper is the caller, the link is checked, and the regulation decides whose it is."""

import pytest

from pressedesk.clock import FrozenClock
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Form, Kind, Outcome, Role
from tests.inquiries import Sak
from tests.organisation import Town, sign_in
from tests.pages import PageClient

LINK = "https://avisa.example/leserbrev/41?side=2"


@pytest.fixture
def kis(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    """The adviser of KIS, logged in, at noon on a Tuesday."""
    sign_in(client, town, "kis_adviser")
    return client


def enter(client: PageClient, town: Town, **values: object) -> tuple[int, str]:
    """A letter about the school with an error in it: the status, and where it led."""
    written = {
        "outlet": "Granliposten",
        "source_url": LINK,
        "question": "Skolen får skylda for at bussen ikke går.",
        "letter_error": "yes",
        "letter_political": "no",
        "concerned": "nobody",
        "unit": str(town.units["skole"]),
        "letter_author": "virksomhetsleder",
    }
    response = client.submit("/leserbrev", action="/leserbrev", **{**written, **values})
    return response.status_code, response.location or response.get_data(as_text=True)


LETTERS = [  # told as, what is entered, owner, what comes of it
    ("faktafeil", {}, Role.VIRKSOMHETSLEDER, Outcome.REPLY_BY_LETTER),
    ("ingen feil", {"letter_error": "no"}, Role.VIRKSOMHETSLEDER, Outcome.NO_REPLY),
    ("politisk med feil", {"letter_political": "yes"}, Role.ORDFORER, Outcome.REPLY_BY_LETTER),
]


@pytest.mark.parametrize(
    ("values", "owner", "outcome"), [each[1:] for each in LETTERS], ids=[each[0] for each in LETTERS]
)
def test_the_rules_decide(values: dict[str, str], owner: Role, outcome: Outcome, kis: PageClient, town: Town) -> None:
    """Point 11: with an error it may be met in a letter, without one it is not answered; politics is the mayor's."""
    assert enter(kis, town, **values) == (303, "/sak/PD-2026-0001")
    strand = Sak(town, "PD-2026-0001").strand(Kind.LETTER)
    assert (strand.owner_role, strand.outcome) == (owner, outcome)


def test_the_sak_leads_to_the_letter(kis: PageClient, town: Town) -> None:
    """The newspaper called, so to speak; who wrote it is nowhere."""
    enter(kis, town)
    inquiry = Sak(town, "PD-2026-0001").inquiry()
    facts = Facts.from_json(inquiry.facts)
    assert (inquiry.caller_name, inquiry.source_url) == ("Granliposten", LINK)
    assert (facts.form, facts.letter_author) == (Form.LETTER, Role.VIRKSOMHETSLEDER)
    assert f'href="{LINK}"' in kis.get("/sak/PD-2026-0001").get_data(as_text=True)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "avisa.no/brev", "ftp://avisa.no/x", "https://", "http://[x", ""]
)
def test_only_an_address_of_the_web_is_a_link(link: str, kis: PageClient, town: Town) -> None:
    """Nothing that a browser would carry out; what was typed stays."""
    status, page = enter(kis, town, source_url=link)
    assert status == 422
    assert ("Lim inn hele lenken" in page) or ("Lim inn lenken." in page)
    assert "bussen ikke går" in page


@pytest.mark.parametrize("answer", ["unknown", ""])
def test_whether_there_is_an_error_must_be_said(answer: str, kis: PageClient, town: Town) -> None:
    """What comes of a letter hangs on it."""
    status, page = enter(kis, town, letter_error=[answer] if answer else [])
    assert (status, "Svar ja eller nei" in page) == (422, True)


def test_a_letter_about_a_person_is_for_few(kis: PageClient, town: Town) -> None:
    """The adviser has entered it and may not see it any longer."""
    assert enter(kis, town, concerned="client") == (303, "/leserbrev")
    assert kis.get("/sak/PD-2026-0001").status_code == 404
