"""Story: the head of the school gets a question about the water mains, and passes it on."""

import pytest

from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import inbox, references, words

pytestmark = pytest.mark.usefixtures("at_noon")


def test_passing_on_is_a_handshake(client: PageClient, town: Town) -> None:
    """Two taps to offer it, two to take it; in between it is the sender's, and everybody can see whose it is."""
    sak = call(town, NOON, question="Hvorfor er det vannlekkasje ved skolen?")
    here = f"/sak/{sak.reference}/{sak.strand().id}"

    sign_in(client, town, "leder")
    links = [link.get("href") for link in client.page(f"/sak/{sak.reference}").all("a") if link.text == "Ikke min"]
    assert links == [f"{here}/gi-videre"]
    client.submit(f"{here}/gi-videre", f"{here}/gi-videre", note="Dette er ledningen i veien.", topic="ledning")
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Tone Berg vil gi saken til Seksjonsleder vann og avløp, Geir Sund" in told
    assert sak.strand().acting_id == town.people["leder"]
    assert sak.reference in references(inbox(client, town, "leder"))

    page = inbox(client, town, "seksjonsleder")
    assert "Noen vil gi deg disse" in words(page)
    page = client.page(f"/sak/{sak.reference}")
    assert "Dette er ledningen i veien." in words(page)
    takes = [form.get("action") for form in page.all("form") if form.get("action").endswith("/ta")]
    client.submit(f"/sak/{sak.reference}", next(each for each in takes if "gi-videre" in each))
    assert (sak.strand().state, sak.strand().taken_by_id) == (State.TAKEN, town.people["seksjonsleder"])
    told = words(client.page(f"/sak/{sak.reference}"))
    for part in (
        "Geir Sund tok imot saken", "Regelsvaret er endret", "Forrige regelsvar", "Ny ansvarlig: Seksjonsleder",
        "Tone Berg spurte om Seksjonsleder vann og avløp, Geir Sund kan ta saken",
    ):  # fmt: skip
        assert part in told, part

    assert sak.reference not in references(inbox(client, town, "leder"))
    sign_in(client, town, "kis")
    assert "ledning peker på Vann og avløp" in words(client.page("/admin/temaer"))


def test_not_mine_either(client: PageClient, town: Town) -> None:
    """The receiver says no, with a line why: the sender still has it, and reads it."""
    sak = call(town, NOON)
    here = f"/sak/{sak.reference}/{sak.strand().id}"
    sign_in(client, town, "leder")
    client.submit(f"{here}/gi-videre", f"{here}/gi-videre", to=f"virksomhet-{town.units['barnehage']}")
    sign_in(client, town, "annen_leder")
    page = client.page(f"/sak/{sak.reference}")
    declines = [form.get("action") for form in page.all("form") if form.get("action").endswith("/avsla")]
    client.submit(f"/sak/{sak.reference}", declines[0], why="Vi har ingen skolebarn.")
    sign_in(client, town, "leder")
    told = words(client.page(f"/sak/{sak.reference}"))
    for part in ("Hanne Lie sa at saken ikke hører til der heller", "Vi har ingen skolebarn.", "Ikke min"):
        assert part in told, part
    assert sak.strand().owner_office_id == town.offices["rektor"]
