"""The page of whoever is asked first: what stands on it, what is missing is said, and what is held stays held."""

import pytest

from pressedesk.desk.whom import Way
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Level, Role
from tests.asking import ask, reply, request, withdraw
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read
from tests.views.test_innboks import words

pytestmark = pytest.mark.usefixtures("at_noon")

BY_EMPLOYEE = {"unit": "vann", "level": Level.SECTION, "addressed": Role.ANSATT, "addressed_office": "ingenior"}


def test_a_bare_yes_is_a_reply_to_an_agreement_alone(client: PageClient, town: Town) -> None:
    """An agreement takes no line, but a yes or a no; everything else takes a line."""
    sak = call(town, NOON, **BY_EMPLOYEE, own_field=YES)
    asked = ask(sak, "ansatt", Way.AGREEMENT, "seksjonsleder", NOON)
    here = f"/spurt/{asked}"
    sign_in(client, town, "seksjonsleder")
    neither = client.submit(here, here, text="Kanskje.")
    assert neither.status_code == 422
    page = words(read(neither.get_data(as_text=True)))
    assert "Svar ja eller nei." in page
    assert "Kanskje." in page
    assert client.submit(here, here, press="verdict=nei").status_code == 303
    assert "nei" in words(client.page(here))
    assert request(asked).agreed is False

    advice = ask(sak, "ansatt", Way.ADVICE, "kis", NOON)
    sign_in(client, town, "kis")
    empty = client.submit(f"/spurt/{advice}", f"/spurt/{advice}", text="  ")
    assert empty.status_code == 422
    assert "Skriv svaret med en linje." in empty.get_data(as_text=True)


def test_what_is_held_stays_held(client: PageClient, town: Town) -> None:
    """While nobody has said whether a person is concerned, a question of fact opens no text."""
    sak = call(town, NOON, question="KANARI hva skjedde?", personnel=UNKNOWN)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON, text="Hva er rutinen?")
    reply(sak, asked, "annen_leder", NOON, text="Den er slik.")
    sign_in(client, town, "annen_leder")
    assert "KANARI" not in words(client.page(f"/spurt/{asked}"))
    assert "Hva er rutinen?" not in words(client.page(f"/sak/{sak.reference}"))
    sign_in(client, town, "leder")
    assert "Hva er rutinen?" in words(client.page(f"/sak/{sak.reference}"))


def test_opening_a_restricted_inquiry_here_is_written_down(client: PageClient, town: Town) -> None:
    """The adviser's leader reads the journalist's question on the page where the advice is asked for."""
    sak = call(town, NOON, question="KANARI hva skjedde?", personnel=YES)
    asked = ask(sak, "leder", Way.DOUBT, "kommunalsjef", NOON)
    sign_in(client, town, "kommunalsjef")
    assert "KANARI" in words(client.page(f"/spurt/{asked}"))
    sign_in(client, town, "leder")
    assert "Arne Moen" in words(client.page(f"/sak/{sak.reference}")).split("Hvem har åpnet saken")[1]


def test_there_is_no_such_question(client: PageClient, town: Town) -> None:
    """What does not exist, and whoever is not logged in."""
    assert client.get("/spurt/1").status_code in (302, 401)
    sign_in(client, town, "leder")
    assert client.get("/spurt/1").status_code == 404
    token = next(e.get("value") for e in client.page("/innboks").all("input") if e.get("name") == "csrf_token")
    assert client.post("/spurt/1", data={"csrf_token": token, "version": "1", "text": "Hei"}).status_code == 404


def test_what_is_withdrawn_while_somebody_types_says_so(client: PageClient, town: Town) -> None:
    """Whoever was asked is told that nobody waits, with what he wrote; whoever was not, finds nothing."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    here = f"/spurt/{asked}"
    sign_in(client, town, "annen_leder")
    page = client.page(here)
    withdraw(sak, asked, "leder", NOON)
    form = next(each for each in page.all("form") if each.get("action") == here)
    answer = client.post(here, data={**filled(page, form), "text": "Det er tolv barn."})
    assert answer.status_code == 409
    said = words(read(answer.get_data(as_text=True)))
    assert "Spørsmålet er trukket" in said
    assert "Det er tolv barn." in said
    gone = client.get(here)
    assert gone.status_code == 410
    assert sak.reference not in gone.get_data(as_text=True)
    sign_in(client, town, "seksjonsleder")
    assert client.get(here).status_code == 404
