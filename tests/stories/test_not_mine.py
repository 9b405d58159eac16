"""Story: «Ikke min», pressed on a telephone without logging in, by somebody who does not know whose it is."""

import pytest
from sqlalchemy import select

from pressedesk import db
from pressedesk.administration import service
from pressedesk.models import TopicProposal
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import inbox, words
from tests.views.test_lenke import link_of

pytestmark = pytest.mark.usefixtures("at_noon")


def test_kis_finds_out_whose_it_is(client: PageClient, town: Town) -> None:
    """From the link to the adviser of KIS, who finds the unit and teaches the desk; then the right one takes it. The
    next question of that kind comes to the right unit at once."""
    sak = call(town, NOON, question="Hvorfor er drikkefontenen i parken stengt?")
    address = link_of(sak)
    client.submit(address, f"{address}/ikke-min")

    page = inbox(client, town, "kis_adviser")
    assert "Hvem sin er denne?" in words(page)
    finds = [link.get("href") for link in page.all("a") if link.text == "Finn hvem den hører til"]
    assert len(finds) == 1
    unit = f"virksomhet-{town.units['vann']}"
    client.submit(finds[0], finds[0], to=unit, topic="drikkefontene")
    assert "Hvem sin er denne?" not in words(inbox(client, town, "kis_adviser"))

    sign_in(client, town, "seksjonsleder")
    page = client.page(f"/sak/{sak.reference}")
    takes = [form.get("action") for form in page.all("form") if "gi-videre" in form.get("action")]
    client.submit(f"/sak/{sak.reference}", next(each for each in takes if each.endswith("/ta")))
    assert sak.strand().taken_by_id == town.people["seksjonsleder"]

    with db.reading() as tx:
        number = tx.scalars(select(TopicProposal.id)).one()
    sign_in(client, town, "kis")
    client.submit("/admin/temaer", f"/admin/temaer/forslag/{number}/godta")
    with pytest.raises(service.Invalid):  # it is a topic now
        service.add_topic(town.people["kis"], town.units["vann"], "drikkefontene", NOON)
    tried = words(client.page("/admin/temaer?prov=Hvem+eier+drikkefontenene%3F"))
    assert "Vann og avløp på grunn av: drikkefontenene" in tried
