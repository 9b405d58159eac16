"""/krise: two steps on, two steps off, read by everybody, and a banner on every page while it stands."""

from datetime import timedelta

import pytest

from pressedesk import db
from pressedesk.clock import FrozenClock
from pressedesk.desk import crisis
from pressedesk.regulation.vocabulary import Kind
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, read

HOUR = timedelta(hours=1)
BANNER = "Kriseledelsen er etablert i dag kl. 12.00, og svarer pressen."


def text_of(client: PageClient, address: str = "/krise") -> str:
    return words(client.page(address))


def words(page: Page) -> str:
    return " ".join(page.all("body")[0].text.split())


def begin(town: Town) -> None:
    """The rådmann has turned it on, at noon."""
    crisis.start(town.people["radmann"], "Brann i rådhuset", town.people["ordforer"], NOON + 2 * HOUR, NOON)


def is_on() -> bool:
    with db.reading() as tx:
        return crisis.standing(tx) is not None


def test_everybody_reads_and_few_turn_it(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The form is for the rådmann and the leader of KIS."""
    for name, may in (("ansatt", False), ("sentralbord", False), ("radmann", True), ("kis", True)):
        sign_in(client, town, name)
        shown = text_of(client)
        assert ("Se hva som skjer" in shown) is may
        assert "Ikke etablert" in shown


def test_the_first_step_says_what_will_happen_and_does_nothing(
    client: PageClient, town: Town, at_noon: FrozenClock
) -> None:
    """How many open inquiries are decided again, and by name who is told."""
    for _ in range(3):
        call(town, NOON)
    sign_in(client, town, "radmann")
    seen = client.submit("/krise", "/krise/se-over", reason="Brann", next_at="kl. 14")
    page = words(read(seen.get_data(as_text=True), "/krise/se-over"))
    assert "De 3 åpne sakene du ser, avgjøres på nytt" in page
    assert "én beskjed hver: Randi Aas, Bente Rud, Ola Haugen, Kari Dahl." in page
    assert "i dag kl. 14.00" in page
    assert not is_on()


def turn_on(client: PageClient, **said: object) -> int:
    """Both steps; the status of the last."""
    seen = client.submit("/krise", "/krise/se-over", **said)
    assert seen.status_code == 200
    page = read(seen.get_data(as_text=True), "/krise/se-over")
    form = next(each for each in page.all("form") if each.get("action") == "/krise/etabler")
    fields = {each.get("name"): each.get("value") for each in page.inside(form) if each.get("name")}
    return client.post("/krise/etabler", data=fields).status_code


def test_the_second_step_does_it(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Then everybody sees it, and the form has become another."""
    sak = call(town, NOON)
    sign_in(client, town, "radmann")
    assert turn_on(client, reason="Brann", spokesperson=str(town.people["ordforer"]), next_at="kl. 14") == 303
    assert sak.strands()[Kind.CRISIS].state is State.TOLD
    shown = text_of(client)
    for part in ("Brann", "Ola Haugen", "i dag kl. 14.00", "Avslutt kriseledelsen", "1 åpen sak er avgjort på nytt"):
        assert part in shown


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"reason": ""}, "Skriv kort hva som har skjedd."),
        ({"reason": "Brann", "next_at": "i går kl. 11"}, "passert"),
        ({"reason": "Brann", "next_at": "bananer"}, "Forstår ikke"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_kept(
    client: PageClient, town: Town, at_noon: FrozenClock, said: dict[str, str], message: str
) -> None:
    """Nothing is turned, and what was typed stands."""
    sign_in(client, town, "radmann")
    answer = client.submit("/krise", "/krise/se-over", **said)
    body = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert message in body
    assert all(value in body for value in said.values())
    assert not is_on()


def test_the_second_who_starts_reads_since_when_it_stands(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """And by whom; there is one at a time."""
    sign_in(client, town, "kis")
    form = client.page("/krise")
    token = next(each.get("value") for each in form.all("input") if each.get("name") == "csrf_token")
    begin(town)
    answer = client.post("/krise/etabler", data={"csrf_token": token, "reason": "Flom", "spokesperson": ""})
    assert answer.status_code == 409
    assert "Randi Aas etablerte kriseledelsen i dag kl. 12.00." in answer.get_data(as_text=True)


def test_a_double_click_starts_once(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The second press of the same person leads to what stands."""
    sign_in(client, town, "radmann")
    form = client.page("/krise")
    token = next(each.get("value") for each in form.all("input") if each.get("name") == "csrf_token")
    data = {"csrf_token": token, "reason": "Brann", "spokesperson": ""}
    assert [client.post("/krise/etabler", data=data).status_code for _ in range(2)] == [303, 303]


def test_the_spokesperson_and_the_time_are_changed(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Everybody reads the new ones at once."""
    begin(town)
    sign_in(client, town, "kis")
    changed = {"spokesperson": str(town.people["radmann"]), "next_at": "kl. 15"}
    assert client.submit("/krise", "/krise/endre", **changed).status_code == 303
    assert "Randi Aas uttaler seg. Ny informasjon kommer i dag kl. 15.00." in text_of(client, "/innboks")


def test_the_second_editor_keeps_what_he_wrote(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Another changed it meanwhile: told so, with what stands now beside what was written."""
    begin(town)
    sign_in(client, town, "kis")
    page = client.page("/krise")
    token = next(each.get("value") for each in page.all("input") if each.get("name") == "csrf_token")
    version = next(each.get("value") for each in page.all("input") if each.get("name") == "version")
    crisis.change(town.people["radmann"], int(version), None, NOON + 3 * HOUR, NOON)
    data = {"csrf_token": token, "version": version, "spokesperson": "", "next_at": "kl. 16.45"}
    answer = client.post("/krise/endre", data=data)
    assert answer.status_code == 409
    body = answer.get_data(as_text=True)
    assert "Noen andre endret krisen" in body
    assert "kl. 16.45" in body
    assert "i dag kl. 15.00" in body


def test_two_steps_to_the_end(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The page first, then the button; the banner goes, and a second press does nothing."""
    begin(town)
    sign_in(client, town, "radmann")
    assert "Fristene til journalistene er de samme som før." in text_of(client, "/krise/avslutt")
    assert is_on()
    assert client.submit("/krise/avslutt", "/krise/avslutt").status_code == 303
    assert not is_on()
    assert BANNER not in text_of(client, "/innboks")
    assert client.get("/krise/avslutt").status_code == 303


@pytest.mark.parametrize("name", ["sentralbord", "leder", "radmann", "admin", "ansatt", "auditor"])
def test_every_page_says_that_it_stands(client: PageClient, town: Town, at_noon: FrozenClock, name: str) -> None:
    """Whoever is logged in; nobody who is not."""
    begin(town)
    assert BANNER not in text_of(client, "/logg-inn")
    sign_in(client, town, name)
    assert BANNER in text_of(client, "/krise")
    assert "Ola Haugen uttaler seg. Ny informasjon kommer i dag kl. 14.00." in text_of(client, "/krise")


def test_the_banner_is_red_when_the_information_is_late(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The time that was said has passed."""
    begin(town)
    at_noon.advance(2 * HOUR + timedelta(minutes=1))
    sign_in(client, town, "leder")
    page = client.page("/krise")
    assert "skulle vært ute i dag kl. 14.00" in words(page)
    alerts = [each for each in page.all("div") if "ds-alert" in each.get("class").split()]
    assert alerts[0].get("data-color") == "danger"


def test_giving_one_back(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """From the page of the inquiry, in one press; a double click does nothing twice, and others have no button."""
    sak = call(town, NOON)
    begin(town)
    sign_in(client, town, "kis")
    address = f"/sak/{sak.reference}"
    assert "Gi tilbake til linja" not in text_of(client, address)
    sign_in(client, town, "radmann")
    page = client.page(address)
    assert "Kriseledelsen svarer på denne" in words(page)
    release = f"{address}/frigi"
    form = next(each for each in page.all("form") if each.get("action") == release)
    data = {each.get("name"): each.get("value") for each in page.inside(form) if each.get("name")}
    assert [client.post(release, data=data).status_code for _ in range(2)] == [303, 303]
    assert sak.strands()[Kind.ADMINISTRATIVE].acting_id == town.people["leder"]
    assert "Kriseledelsen har gitt saken tilbake til linja" in text_of(client, address)
    assert len(sak.inquiry().decisions) == 3
