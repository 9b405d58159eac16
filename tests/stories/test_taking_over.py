"""Story: a superior takes over what was asked about, and offered to others, meanwhile."""

import pytest
from sqlalchemy import select

from pressedesk import db
from pressedesk.models import Message, MessageKind
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import inbox, references, words

pytestmark = pytest.mark.usefixtures("at_noon")


def told_of_change(sak: Sak) -> list[int]:
    """Who got word that it is no longer theirs."""
    with db.reading() as tx:
        wanted = (Message.inquiry_id == sak.inquiry().id, Message.kind == MessageKind.CHANGED)
        return list(tx.scalars(select(Message.person_id).where(*wanted).order_by(Message.id)))


@pytest.mark.parametrize("taken", [True, False])
def test_the_one_it_is_taken_from_is_told(client: PageClient, town: Town, taken: bool) -> None:
    """Whether she had taken it or only been told of it; the log says who took over from whom."""
    sak = call(town, NOON)
    if taken:
        sak.take("leder", NOON)
    sign_in(client, town, "kommunalsjef")
    here = f"/sak/{sak.reference}"
    assert "Ta over" in words(client.page(here))
    client.submit(here, f"{here}/{sak.strand().id}/ta")
    assert told_of_change(sak) == [town.people["leder"]]
    assert ("Arne Moen tok over saken fra Tone Berg" if taken else "Arne Moen tok over saken") in words(
        client.page(here)
    )
    assert "Arne Moen har tatt den." in words(inbox(client, town, "leder"))


def test_what_was_offered_still_waits(client: PageClient, town: Town) -> None:
    """The receiver can still say yes, and then everybody who had it is told; or the superior keeps it."""
    sak = call(town, NOON)
    here, offer = f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/gi-videre"
    sign_in(client, town, "leder")
    client.submit(offer, offer, to=f"virksomhet-{town.units['vann']}")
    sak.take("kommunalsjef", NOON)
    assert sak.reference in references(inbox(client, town, "seksjonsleder"))
    sign_in(client, town, "kommunalsjef")
    page = client.page(here)
    assert any(form.get("action").endswith("/trekk") for form in page.all("form"))
    sign_in(client, town, "seksjonsleder")
    takes = [form.get("action") for form in client.page(here).all("form") if "/gi-videre/" in form.get("action")]
    client.submit(here, next(each for each in takes if each.endswith("/ta")))
    assert sak.strand().taken_by_id == town.people["seksjonsleder"]
    assert town.people["kommunalsjef"] in told_of_change(sak)


def test_what_was_taken_by_its_owner_tells_nobody(client: PageClient, town: Town) -> None:
    """«Jeg tar den» is not taking over."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    client.submit(f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/ta")
    assert told_of_change(sak) == []
