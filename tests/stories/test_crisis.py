"""«Brann i rådhuset»: the rådmann turns the switch, the switchboard answers by it, a head of a school loses her cases
and gets them back."""

from datetime import timedelta

from pressedesk.clock import FrozenClock
from pressedesk.regulation.vocabulary import Ask, Kind
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, filled, read

HOUR = timedelta(hours=1)


def words(page: Page) -> str:
    return " ".join(page.all("body")[0].text.split())


def press(client: PageClient, page: Page, action: str) -> None:
    """Press the button of the form to `action`, as it stands."""
    form = next(each for each in page.all("form") if each.get("action") == action)
    assert client.post(action, data=filled(page, form)).status_code == 303


def establish(client: PageClient, town: Town) -> None:
    """The two steps of the rådmann."""
    sign_in(client, town, "radmann")
    said = {"reason": "Brann i rådhuset", "spokesperson": str(town.people["ordforer"]), "next_at": "kl. 14"}
    answer = client.submit("/krise", "/krise/se-over", **said)
    press(client, read(answer.get_data(as_text=True), "/krise/se-over"), "/krise/etabler")


def test_from_the_first_alarm_to_the_end(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """On in two steps, one given back, the documents left alone, and at the end everything where it was."""
    school = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    canteen = call(town, NOON, question="Hva koster maten i kantina?")
    due_at = school.strand(Kind.ADMINISTRATIVE).due_at
    school.take("leder", NOON)
    at_noon.advance(HOUR)
    establish(client, town)

    sign_in(client, town, "leder")
    inbox = words(client.page("/innboks"))
    assert "Kriseledelsen er etablert i dag kl. 13.00, og svarer pressen. Ola Haugen uttaler seg." in inbox
    assert school.reference not in inbox
    documents = school.strand(Kind.DOCUMENTS)
    assert (documents.state, documents.acting_id) == (State.TOLD, town.people["arkiv"])

    sign_in(client, town, "sentralbord")
    typed = {"caller_name": "Kåre", "outlet": "NRK", "question": "Er noen skadet?", "concerned": "nobody"}
    client.submit("/ny", "/ny", asks=["facts"], **typed)
    assert "Kriseledelsen svarer om hendelsen. Ny informasjon kommer kl. 14.00." in words(client.page("/ny/lagret"))

    sign_in(client, town, "radmann")
    address = f"/sak/{canteen.reference}"
    press(client, client.page(address), f"{address}/frigi")
    assert canteen.strand(Kind.ADMINISTRATIVE).acting_id == town.people["leder"]
    assert "Gitt tilbake til linja fra kriseledelsen av Randi Aas" in words(client.page(address))

    at_noon.advance(HOUR)
    press(client, client.page("/krise/avslutt"), "/krise/avslutt")
    back = school.strand(Kind.ADMINISTRATIVE)
    assert (back.state, back.acting_id, back.due_at) == (State.TOLD, town.people["leder"], due_at)
    assert len(school.inquiry().decisions) == 3
    sign_in(client, town, "leder")
    inbox = words(client.page("/innboks"))
    assert "Kriseledelsen er etablert" not in inbox
    assert school.reference in inbox
    assert Sak(town, "PD-2026-0003").strand(Kind.CRISIS).state is State.LAPSED
