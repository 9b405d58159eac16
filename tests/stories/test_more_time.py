"""Story: the answer takes longer than was promised, and the journalist hears so."""

import pytest

from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import inbox, words

pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_switchboard_rings_with_the_new_time(client: PageClient, town: Town) -> None:
    """The owner says when; it stands with the switchboard with the number to ring until somebody has said it; the page
    has the old and the new."""
    sak = call(town, NOON)
    here, form = f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/mer-tid"
    sign_in(client, town, "leder")
    sak.take("leder", NOON)
    client.submit(form, form, time="i morgen kl. 10", reason="Venter på tallene fra skoleruta.")
    told = words(client.page(here))
    for part in (
        "Ny tid: onsdag 25.11. kl. 10.00", "Sentralbordet ringer journalisten", "Lovet svar innen",
        "Ny tid, sagt av Tone Berg: onsdag 25.11. kl. 10.00.", "Venter på tallene fra skoleruta.",
        "Tone Berg trenger mer tid: svaret kommer",
    ):  # fmt: skip
        assert part in told, part

    page = inbox(client, town, "sentralbord")
    told = words(page)
    assert "Ring journalisten: ny tid" in told
    assert "Si til Mari Nygård: Svaret kommer" in told
    assert "tel:+4740000123" in [link.get("href") for link in page.all("a")]
    client.submit("/innboks", f"{here}/{sak.strand().id}/ny-tid-sagt")
    for who in ("sentralbord", "kis", "kis_adviser"):
        assert "Ring journalisten: ny tid" not in words(inbox(client, town, who))
