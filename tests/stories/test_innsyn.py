"""Story: a journalist wants documents and a comment in the same call; two clocks that never touch."""

from datetime import timedelta

from pressedesk import clock
from pressedesk.models import Journal
from pressedesk.regulation.vocabulary import Ask, Kind
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import words


def test_documents_have_their_own_clock_and_their_own_decision(
    client: PageClient, town: Town, at_noon: clock.FrozenClock
) -> None:
    """The leader comments at once; the archive takes its part, lets five days go, and still owes an answer, which is
    a refusal in part with its provision and how to appeal."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    comment, documents = sak.strand(Kind.ADMINISTRATIVE), sak.strand(Kind.DOCUMENTS)
    sign_in(client, town, "leder")
    svar = f"/sak/{sak.reference}/{comment.id}/svar"
    client.submit(svar, svar, text="Det er 214 elever.", kinds=["facts"])
    lukk = f"/sak/{sak.reference}/{comment.id}/lukk"
    client.submit(lukk, lukk, ending="statement")
    assert sak.strand(Kind.ADMINISTRATIVE).state is State.CLOSED
    assert sak.strand(Kind.DOCUMENTS).answered_at is None
    assert client.get(f"/sak/{sak.reference}/{documents.id}/innsyn").status_code == 403

    at_noon.advance(timedelta(days=1))
    sign_in(client, town, "arkiv")
    assert "Dag 1 av 5" in words(client.page("/innboks"))
    client.submit("/innboks", f"/sak/{sak.reference}/{documents.id}/ta")

    at_noon.advance(timedelta(days=7))
    sign_in(client, town, "arkiv")
    assert "Regnes som avslag" in words(client.page("/innboks"))
    lukk = f"/sak/{sak.reference}/{documents.id}/lukk"
    assert "Et innsynskrav avgjøres før det lukkes" in words(client.page(lukk))
    innsyn = f"/sak/{sak.reference}/{documents.id}/innsyn"
    missing = client.submit(innsyn, innsyn, granted="partial")
    assert missing.status_code == 422
    done = client.submit(innsyn, innsyn, granted="partial", provision="offl_13", reason="Navn på elever er tatt ut.")
    assert done.status_code == 303
    strand = sak.strand(Kind.DOCUMENTS)
    assert (strand.ending, strand.was_in_time, strand.journal) == (Ending.DOCUMENT, False, Journal.YES)

    told = words(client.page(f"/sak/{sak.reference}"))
    for part in ("Innsyn gitt i deler", "§ 13", "Statsforvalteren", "Liv Holm"):
        assert part in told
    assert "Innsynskrav" not in words(client.page("/innboks"))
    sign_in(client, town, "leder")
    assert "Innsyn gitt i deler etter offentleglova § 13, notert av Liv Holm" in words(
        client.page(f"/sak/{sak.reference}")
    )
