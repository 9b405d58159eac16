"""Story: does a written answer go into the public record? The app proposes and says why; a person decides."""

from datetime import timedelta

import pytest

from pressedesk import clock, reminders
from pressedesk.desk.answering import Channel
from pressedesk.models import Journal, MessageKind
from pressedesk.regulation.vocabulary import YES, Statement
from tests.calls import messages
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import references, words

pytestmark = pytest.mark.usefixtures("at_noon")


def close(client: PageClient, sak: Sak, **values: str) -> None:
    where = f"/sak/{sak.reference}/{sak.strand().id}/lukk"
    assert client.submit(where, where, **values).status_code == 303


def test_the_archive_considers_it_without_being_let_into_the_case(
    client: PageClient, town: Town, at_noon: clock.FrozenClock
) -> None:
    """Reference, what to do and whom to ask; the question and the answer are not the archive's to read."""
    sak = call(town, NOON, question="Hvor mange stoler trengs i kantina?")
    sak.answer("leder", NOON, channel=Channel.EMAIL, text="Førti stoler.")
    sign_in(client, town, "leder")
    close(client, sak)
    sign_in(client, town, "arkiv")
    page = client.page("/innboks")
    told = words(page)
    for part in ("Vurdere journalføring", sak.reference, "Spør Rektor om hva som ble svart"):
        assert part in told
    assert "stoler" not in told
    assert references(page) == []
    assert client.get(f"/sak/{sak.reference}").status_code == 404
    at_noon.advance(timedelta(days=1, hours=4))
    reminders.tick(clock.now())
    at_noon.set(NOON + timedelta(days=1, hours=22))  # the archive reads it in opening hours
    reminders.tick(clock.now())
    assert sak.told()[-1] == "arkiv"
    (mail,) = [message for message in messages() if message.kind is MessageKind.TASK]
    assert "/innboks" in mail.body
    assert "Granliposten" not in mail.body
    sign_in(client, town, "arkiv")
    (task,) = tasks_of(sak)
    client.submit("/innboks", f"/oppgaver/{task.id}/gjort", press="outcome=not_registered")
    assert sak.strand().journal is Journal.NO
    sign_in(client, town, "leder")
    assert "Liv Holm noterte hvordan det gikk: skal ikke journalføres" in words(client.page(f"/sak/{sak.reference}"))


def test_of_a_personnel_case_the_owner_considers_it(client: PageClient, town: Town) -> None:
    """The archive hears nothing of it at all; the page says where the task goes and why."""
    sak = call(town, NOON, personnel=YES)
    sak.answer("leder", NOON, channel=Channel.EMAIL, kinds=(Statement.DECLINE,))
    sign_in(client, town, "leder")
    assert "Saken er begrenset, så arkivet ser den ikke" in words(
        client.page(f"/sak/{sak.reference}/{sak.strand().id}/lukk")
    )
    close(client, sak)
    assert "Vurdere journalføring" in words(client.page("/innboks"))
    sign_in(client, town, "arkiv")
    told = words(client.page("/innboks"))
    assert sak.reference not in told
    assert "journalføring" not in told


def test_a_person_decides_against_the_proposal(client: PageClient, town: Town) -> None:
    """KIS sees the proposal and its reasons, and chooses otherwise; both stand in the record."""
    sak = call(town, NOON, accusation=True)
    sak.answer("leder", NOON, channel=Channel.EMAIL)
    sak.close("leder", NOON)
    sign_in(client, town, "kis")
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Forslag: ja. Du bestemmer." in told
    assert "Svaret gjelder sterk kritikk av kommunen." in told
    client.submit(f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/journal", press="journal=no")
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Kari Dahl svarte på «Journalføres?»: nei. Forslaget var: ja" in told
