"""A letter to the editor with an error in it: KIS enters it with a link, the head of the school finds it there."""

from pressedesk.clock import FrozenClock
from tests.inquiries import Sak
from tests.organisation import Town, sign_in
from tests.pages import PageClient

LINK = "https://avisa.example/leserbrev/41"


def test_letter(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Only the error may be met, and only after consulting; a letter without one is not answered."""
    sign_in(client, town, "kis")
    written = {
        "outlet": "Granliposten", "source_url": LINK, "question": "Skolen får skylda for bussen.",
        "concerned": "nobody", "unit": str(town.units["skole"]),
    }  # fmt: skip
    client.submit("/leserbrev", action="/leserbrev", letter_error="yes", letter_author="virksomhetsleder", **written)
    client.submit("/leserbrev", action="/leserbrev", letter_error="no", **written)
    wrong, harmless = Sak(town, "PD-2026-0001"), Sak(town, "PD-2026-0002")

    sign_in(client, town, "leder")
    page = client.get(f"/sak/{wrong.reference}").get_data(as_text=True)
    assert f'href="{LINK}"' in page
    assert "Bare faktafeilen imøtegås, ikke meningene." in page
    assert wrong.strand().due_at is not None
    assert harmless.strand().due_at is None
    assert "Leserbrevet har ingen faktafeil, så det besvares ikke." in (
        client.get(f"/sak/{harmless.reference}").get_data(as_text=True)
    )

    sign_in(client, town, "sentralbord")
    assert client.get("/leserbrev").status_code == 403
