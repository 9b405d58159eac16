"""Closing and what follows: each question optional, what is wrong said beside the field, and nothing twice."""

import pytest
from werkzeug.test import TestResponse

from pressedesk.desk import following
from pressedesk.desk.answering import Channel
from pressedesk.desk.following import Follow
from pressedesk.events import EventKind
from pressedesk.models import InPrint, Journal, TaskKind
from pressedesk.regulation.vocabulary import YES, Ask, Statement
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read
from tests.views.test_innboks import words

pytestmark = pytest.mark.usefixtures("at_noon")


def path(sak: Sak, action: str) -> str:
    return f"/sak/{sak.reference}/{sak.strand().id}/{action}"


def close(client: PageClient, sak: Sak, **values: str) -> TestResponse:
    """The form for closing, filled in and sent."""
    return client.submit(path(sak, "lukk"), path(sak, "lukk"), **values)


def answered(town: Town, channel: Channel = Channel.EMAIL, **more: object) -> Sak:
    sak = call(town, NOON, **more)  # type: ignore[arg-type]
    sak.answer("leder", NOON, channel=channel, kinds=(Statement.GENERAL_INFO,))
    return sak


def test_nothing_of_what_follows_is_needed_to_close(client: PageClient, town: Town) -> None:
    """Of a spoken answer: neither print nor employees are answered, and the public record is not asked about."""
    sak = answered(town, Channel.PHONE)
    sign_in(client, town, "leder")
    page = words(client.page(path(sak, "lukk")))
    assert "Ble det riktig på trykk?" in page
    assert "Journalføres?" not in page
    close(client, sak)
    assert (sak.strand().state, sak.strand().in_print, sak.strand().journal) == (State.CLOSED, None, None)
    assert tasks_of(sak) == []


def test_a_written_answer_goes_to_the_archive_unless_somebody_decides(client: PageClient, town: Town) -> None:
    """«Arkivet vurderer» is chosen beforehand; the proposal stands beside it with its reasons."""
    sak = answered(town)
    sign_in(client, town, "leder")
    page = words(client.page(path(sak, "lukk")))
    for part in (
        "Journalføres?",
        "Forslag: nei",
        "Generell informasjon viser ikke",
        "Arkiv og postmottak får oppgaven",
    ):
        assert part in page
    close(client, sak)
    assert sak.strand().journal is Journal.ARCHIVE_DECIDES
    assert [task.office_id for task in tasks_of(sak)] == [town.offices["arkiv"]]


def test_of_a_restricted_one_the_page_says_that_the_archive_is_not_let_in(client: PageClient, town: Town) -> None:
    """And whose task it is instead."""
    sak = answered(town, personnel=YES)
    sign_in(client, town, "leder")
    assert "så arkivet ser den ikke. Oppgaven går til Rektor" in words(client.page(path(sak, "lukk")))


def test_a_time_that_is_not_understood_is_said_beside_it(client: PageClient, town: Town) -> None:
    """The text is kept, and nothing is closed."""
    sak = answered(town)
    sign_in(client, town, "leder")
    reply = close(client, sak, staff="tell", tell_by="når det passer")
    assert reply.status_code == 422
    page = read(reply.get_data(as_text=True))
    assert "når det passer" in [each.get("value") for each in page.all("input")]
    assert sak.strand().state is State.ANSWERED
    close(client, sak, staff="tell", tell_by="kl. 14")
    assert [task.due_at.hour for task in tasks_of(sak) if task.kind is TaskKind.STAFF] == [13]  # UTC


def test_what_is_said_later(client: PageClient, town: Town) -> None:
    """From the page of the inquiry, one press each, after it was closed."""
    sak = answered(town)
    sak.close("leder", NOON)
    sign_in(client, town, "leder")
    page = f"/sak/{sak.reference}"
    client.submit(page, path(sak, "trykk"), press="in_print=wrong")
    client.submit(page, path(sak, "ansatte"), press="staff=tell", tell_by="kl. 15")
    client.submit(page, path(sak, "journal"), press="journal=no")
    told = words(client.page(page))
    for part in (
        "Riktig på trykkNei, det er en feil", "Be redaksjonen rette", "Informere de ansatte", "JournalføresNei",
        "svarte på «Journalføres?»: nei. Forslaget var: nei",
    ):  # fmt: skip
        assert part in told, part
    assert sak.strand().in_print is InPrint.WRONG


def test_the_switchboard_is_not_asked_what_follows(client: PageClient, town: Town) -> None:
    """It closes what the caller took back, and no more."""
    sak = call(town, NOON)
    sign_in(client, town, "sentralbord")
    assert "trykk" not in words(client.page(path(sak, "lukk")))
    close(client, sak, ending="withdrawn", reason="Ringte selv.")
    assert sak.strand().ending is Ending.WITHDRAWN


def test_a_double_click_says_it_once_and_another_is_told(client: PageClient, town: Town) -> None:
    """The second press writes no line; a second editor sees what the first did, with his own choice kept."""
    sak = answered(town)
    sak.close("leder", NOON)
    sign_in(client, town, "leder")
    page = client.page(f"/sak/{sak.reference}")
    form = next(each for each in page.all("form") if each.get("action") == path(sak, "trykk"))
    data = {**filled(page, form), "in_print": "right"}
    assert [client.post(path(sak, "trykk"), data=data).status_code for _ in range(2)] == [303, 303]
    assert sak.events().count(EventKind.FOLLOWED_UP) == 1
    other = client.page(f"/sak/{sak.reference}")
    data = filled(other, next(each for each in other.all("form") if each.get("action") == path(sak, "trykk")))
    strand, unseen = sak.strand(), Follow(in_print=InPrint.UNSEEN)
    following.follow_up(town.people["kis"], sak.reference, strand.id, strand.version, unseen, NOON)
    reply = client.post(path(sak, "trykk"), data={**data, "in_print": "wrong"})
    assert reply.status_code == 409
    told = words(read(reply.get_data(as_text=True)))
    assert "Noen andre var først" in told
    assert "Kari Dahl svarte på «Ble det riktig på trykk?»: ikke sett" in told


def test_a_request_for_documents_is_not_closed_without_a_decision(client: PageClient, town: Town) -> None:
    """Said in words, with the way to the decision; withdrawn and shown on can be chosen."""
    sak = call(town, NOON, unit="kis", asks={Ask.DOCUMENTS})
    sign_in(client, town, "arkiv")
    page = client.page(path(sak, "lukk"))
    assert path(sak, "innsyn") in [each.get("href") for each in page.all("a")]
    endings = {each.get("value") for each in page.all("input") if each.get("name") == "ending"}
    assert endings == {"withdrawn", "referred"}
    reply = close(client, sak, ending="declined", reason="Nei.")
    assert reply.status_code == 422
    assert "må avgjøres før" in reply.get_data(as_text=True)
    assert sak.strand().state is State.TOLD
