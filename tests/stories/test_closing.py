"""Story: a written answer is closed, and everything that follows from it is asked in the same form."""

import pytest

from pressedesk.desk.answering import Channel
from pressedesk.models import InPrint, Journal, TaskKind
from pressedesk.regulation.vocabulary import Statement
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import words

pytestmark = pytest.mark.usefixtures("at_noon")


def test_an_answer_is_closed_with_its_outcome_and_what_follows(client: PageClient, town: Town) -> None:
    """The head of the school answers by e-mail and closes; KIS finds the task on the page; the archive registers."""
    sak = call(town, NOON)
    sak.answer("leder", NOON, channel=Channel.EMAIL, kinds=(Statement.ASSESSMENTS,))
    where = f"/sak/{sak.reference}/{sak.strand().id}/lukk"
    sign_in(client, town, "leder")
    client.submit(where, where, ending="interview", in_print="unseen", staff="tell", tell_by="kl. 15")
    strand = sak.strand()
    assert (strand.state, strand.ending) == (State.CLOSED, Ending.INTERVIEW)
    assert (strand.in_print, strand.journal) == (InPrint.UNSEEN, Journal.ARCHIVE_DECIDES)
    staff, journal = tasks_of(sak)
    assert (staff.kind, journal.kind) == (TaskKind.STAFF, TaskKind.JOURNAL)

    sign_in(client, town, "kis")
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Informere de ansatte" in told
    assert "Rektor, innen i dag kl. 15.00" in told
    assert "Forslaget var: ja" in told

    sign_in(client, town, "leder")
    client.submit(f"/sak/{sak.reference}", f"/oppgaver/{staff.id}/gjort", press="outcome=done")
    sign_in(client, town, "arkiv")
    client.submit("/innboks", f"/oppgaver/{journal.id}/gjort", press="outcome=registered")
    assert tasks_of(sak) == []
    assert sak.strand().journal is Journal.YES
    assert sak.strand().answered_at == NOON
