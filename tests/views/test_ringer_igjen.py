"""/ringer-igjen and what stands beside the form: one sentence of any inquiry, «Purr», and «Legg til»."""

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from pressedesk.clock import FrozenClock
from pressedesk.events import EventKind
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Role
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read

SAYS_WHEN = "Saken er tatt imot. Du får svar eller ny beskjed innen i morgen kl. 08.30."


@pytest.fixture
def desk(client: PageClient, town: Town, at_noon: FrozenClock) -> PageClient:
    """The switchboard, logged in, at noon on a Tuesday."""
    sign_in(client, town, "sentralbord")
    return client


def ask(desk: PageClient, text: str) -> str:
    return desk.get("/ringer-igjen", query_string={"hvem": text}).get_data(as_text=True)


def typed(desk: PageClient, **values: Any) -> MultiDict[str, str]:
    """The form of a call, as the page gives it, filled in."""
    page = desk.page("/ny")
    data = filled(page, next(form for form in page.all("form") if form.get("id") == "samtale"))
    for name, value in {"caller_name": "Mari Nygård", "outlet": "Granliposten", **values}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def beside(desk: PageClient, **values: Any) -> str:
    """What stands beside the form while a call is typed."""
    data = typed(desk, **values)
    data["fragment"] = "1"
    return desk.post("/ny/kladd", data=data).get_data(as_text=True)


@pytest.mark.parametrize("text", ["PD-2026-0001", "pd 2026 1", "Mari Nygård", "mari nygaard", "Nygård", "40000123"])
def test_an_ordinary_one_is_found_and_said_aloud(text: str, desk: PageClient, town: Town) -> None:
    """By its reference, by a name or a part of it, by a number: who has it, and when he hears."""
    call(town, NOON)
    assert "Saken venter hos Tone Berg, som har fått beskjed. Du får svar eller ny beskjed innen" in ask(desk, text)


@pytest.mark.parametrize("text", ["PD-2026-0001", "Mari Nygård", "400 00 123"])
def test_of_a_restricted_one_only_when(text: str, desk: PageClient, town: Town) -> None:
    """Neither unit, office, person, newsroom nor subject, and no way in."""
    call(town, NOON, personnel=YES, question="Hvorfor fikk inspektøren sparken?")
    page = ask(desk, text)
    assert SAYS_WHEN in page
    assert not [word for word in ("Tone", "Rektor", "skole", "Granliposten", "sparken", "Åpne") if word in page]


@pytest.mark.parametrize(
    "text", ["Mari", "Nygård", "Granliposten", "1", "0001", "2026", "sparken", "Nygård Mari", "–?", "%", "0"]
)
def test_nobody_fishes_for_a_restricted_one(text: str, desk: PageClient, town: Town) -> None:
    """Parts of a name, the newsroom, or less than the whole reference find nothing."""
    call(town, NOON, personnel=YES, question="Hvorfor fikk inspektøren sparken?")
    assert "Fant ingen sak" in ask(desk, text)


def test_nobody_hears_of_what_is_about_himself(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The leader of KIS answers second calls, but not about the sak that he is the subject of."""
    call(town, NOON, unit="kis", personnel=YES, subject=Role.VIRKSOMHETSLEDER)
    sign_in(client, town, "kis")
    assert "Fant ingen sak" in ask(client, "PD-2026-0001")


def test_while_nobody_has_said_if_a_person_is_concerned_no_name_is_said(desk: PageClient, town: Town) -> None:
    """Unclear is spoken of as concerned; the desk itself can open it."""
    call(town, NOON, personnel=UNKNOWN, client_case=UNKNOWN)
    page = ask(desk, "PD-2026-0001")
    assert SAYS_WHEN in page
    assert "Tone" not in page
    assert "Åpne PD-2026-0001" in page


def test_open_ones_come_first_and_old_ones_are_forgotten(desk: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """What is finished stands below what is open, for fourteen days; its reference finds it always."""
    old, done = call(town, NOON - timedelta(days=15)), call(town, NOON - timedelta(days=1))
    for sak in (old, done):
        sak.answer("leder", NOON - timedelta(hours=20))
    waits = call(town, NOON)
    page = ask(desk, "Mari Nygård")
    assert page.index(waits.reference) < page.index(done.reference)
    assert old.reference not in page
    assert "ble besvart" in ask(desk, old.reference)


def test_purr_says_so_and_is_done_once(desk: PageClient, town: Town) -> None:
    """A second press within fifteen minutes says when it was, and when it can be again."""
    sak = call(town, NOON)
    form = {"reference": sak.reference, "token": ""}
    page = desk.page(f"/ringer-igjen?hvem={sak.reference}")
    button = next(each for each in page.all("form") if each.get("action") == "/ringer-igjen/purr")
    data = filled(page, button)
    data.update(form)
    first = desk.post("/ringer-igjen/purr", data=data, follow_redirects=True).get_data(as_text=True)
    second = desk.post("/ringer-igjen/purr", data=data, follow_redirects=True).get_data(as_text=True)
    assert "har fått beskjed om at journalisten ringte igjen" in first
    assert "Purret kl. 12.00. Neste purring kan gå kl. 12.15." in first
    assert "Det ble purret kl. 12.00. Neste purring kan gå kl. 12.15." in second
    assert sak.events().count(EventKind.NUDGED) == 1


def test_purr_while_logging_leads_back_to_the_call(desk: PageClient, town: Town) -> None:
    """What has been typed is kept, and stands there again."""
    call(town, NOON)
    page = read(beside(desk, question="Og hvor mange lærere?"), "/ny")
    button = next(each for each in page.all("form") if each.get("action") == "/ringer-igjen/purr")
    response = desk.post("/ringer-igjen/purr", data=filled(page, button))
    assert response.location.startswith("/ny?kladd=PD-2026-")
    assert "Og hvor mange lærere?" in desk.get(response.location).get_data(as_text=True)


def test_the_same_journalist_is_found_while_logging(desk: PageClient, town: Town) -> None:
    """The exact name or number that is typed brings the open sak; half a name does not."""
    call(town, NOON)
    assert "Journalisten har ringt før" in beside(desk)
    assert "Journalisten har ringt før" in beside(desk, caller_name="En annen", phone="+47 400 00 123")
    assert "Journalisten har ringt før" not in beside(desk, caller_name="Mari")


def test_a_leader_who_logs_finds_his_own(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The same journalist rings the school itself: what it has open is found and added to, without «Purr»; another's
    restricted one does not exist."""
    sak = call(town, NOON)
    call(town, NOON, unit="barnehage", personnel=YES)
    sign_in(client, town, "leder")
    page = beside(client)
    assert f"Legg til i {sak.reference}" in page
    assert "Purr" not in page
    assert "PD-2026-0002" not in page
    _, answer = add(client, sak, sak.inquiry().version)
    assert (answer.status_code, answer.location) == (303, f"/sak/{sak.reference}")
    assert sak.events()[-1] is EventKind.ADDED
    sign_in(client, town, "annen_leder")
    assert "Legg til i" not in beside(client)
    _, refused = add(client, sak, sak.inquiry().version)
    assert refused.status_code == 422


def test_a_restricted_one_is_told_of_while_logging_without_adding_to_it(desk: PageClient, town: Town) -> None:
    """The sentence and «Purr», nothing more."""
    call(town, NOON, personnel=YES)
    page = beside(desk)
    assert SAYS_WHEN in page
    assert "Purr" in page
    assert "Legg til i" not in page


@pytest.mark.parametrize("concerned", ["employee", "client", "leader", "unknown"])
def test_what_concerns_a_person_is_not_added(concerned: str, desk: PageClient, town: Town) -> None:
    """It would be read by everybody who may read the other: it becomes a sak of its own."""
    sak = call(town, NOON)
    assert "Legg til i" not in beside(desk, concerned=concerned)
    data = typed(desk, question="Hva med ham?", concerned=concerned)
    data["legg_til"] = f"{sak.reference} {sak.inquiry().version}"
    response = desk.post("/ringer-igjen/legg-til", data=data)
    assert response.status_code == 422
    assert "tas som egen sak" in response.get_data(as_text=True)
    assert EventKind.ADDED not in sak.events()


def add(desk: PageClient, sak: Sak, version: int, question: str = "Og hvor mange lærere?") -> Any:
    data = typed(desk, question=question)
    data["legg_til"] = f"{sak.reference} {version}"
    return data, desk.post("/ringer-igjen/legg-til", data=data)


def test_added_twice_is_added_once(desk: PageClient, town: Town) -> None:
    """A double click brings the receipt again, and no second note."""
    sak = call(town, NOON)
    data, first = add(desk, sak, sak.inquiry().version)
    second = desk.post("/ringer-igjen/legg-til", data=data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert sak.events().count(EventKind.ADDED) == 1


def test_added_to_what_was_changed_keeps_the_text(desk: PageClient, town: Town) -> None:
    """The second editor sees where the sak stands now, with his own text, and can send it."""
    sak = call(town, NOON)
    version = sak.inquiry().version
    sak.note("leder", "Sjekker.", NOON)
    _, response = add(desk, sak, version)
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Og hvor mange lærere?" in text
    assert "Saken ble endret mens du skrev" in text


def test_nothing_typed_is_said_beside_the_field(desk: PageClient, town: Town) -> None:
    """There must be something to add."""
    sak = call(town, NOON)
    _, response = add(desk, sak, sak.inquiry().version, question="")
    assert response.status_code == 422
    assert "Skriv hva journalisten lurer på" in response.get_data(as_text=True)


def test_nothing_is_added_to_what_is_answered(desk: PageClient, town: Town) -> None:
    """What is answered is nobody's to look at: the question becomes a new sak."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    _, response = add(desk, sak, sak.inquiry().version)
    assert response.status_code == 422
    assert "Ta dette som en ny sak" in response.get_data(as_text=True)


def test_what_others_asked_of_the_same_story_is_shown(desk: PageClient, town: Town) -> None:
    """Reference, unit, owner and time of an open sak of another journalist; nothing of who he is or what he asks."""
    sak = call(
        town, NOON, caller="Ola Vik", outlet="Lokalavisa", phone="", question="Hvorfor mangler elevene skolemat?"
    )
    unit = str(town.units["skole"])
    page = beside(desk, question="Får ikke elevene skolematen?", unit=unit)
    assert "Ligner på en åpen sak" in page
    assert f"{sak.reference}</a>: Bjerke skole, hos Rektor, mottatt" in page
    assert "Lokalavisa" not in page
    assert "Ola Vik" not in page
    assert "Mangler" not in page
    assert "Ligner på" not in beside(desk, question="Når begynner skoleåret?", unit=unit)
