"""Facts from others: asked of another unit with a due time of its own, shown before one's own answer («samordnes»)."""

from datetime import timedelta

import pytest

from pressedesk import reminders
from pressedesk.desk.whom import Way
from pressedesk.models import MessageKind
from pressedesk.regulation.vocabulary import YES, Level, Role
from tests.asking import ask, reply, task
from tests.conftest import NOON
from tests.desk.test_requests import messages
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.stories.test_ask_first import way_in
from tests.views.test_innboks import words

pytestmark = pytest.mark.usefixtures("at_noon")

MINUTE = timedelta(minutes=1)


def test_two_units_answer_together(client: PageClient, town: Town) -> None:
    """The rektor asks the kindergarten for numbers by 12.30; the styrer writes them on the phone; the rektor reads
    them above the form in which he answers."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    here = f"/sak/{sak.reference}/{sak.strand().id}/spor"
    facts = {"whom": "facts", "facts_from": str(town.offices["styrer"]), "text": "Hvor mange barn?", "due": "kl. 12.30"}
    assert client.submit(here, here, **facts).status_code == 303

    sign_in(client, town, "annen_leder")
    inbox = client.page("/innboks")
    assert "Tone Berg trenger fakta fra deg" in words(inbox)
    assert "kl. 12.30" in words(inbox)
    client.submit(way_in(inbox), way_in(inbox), text="43 barn per i dag.")

    sign_in(client, town, "leder")
    case, answer = (words(client.page(f"/sak/{sak.reference}{part}")) for part in ("", f"/{sak.strand().id}/svar"))
    assert "43 barn per i dag." in case
    assert "Hanne Lie svarte" in case
    assert answer.index("43 barn per i dag.") < answer.index("Etter: Dette ble sagt")


def test_whoever_is_asked_is_reminded_by_his_own_due_time(town: Town) -> None:
    """Not by the strand's; and not any more once he has replied."""
    sak = call(town, NOON)
    silent = ask(sak, "leder", Way.FACTS, "styrer", NOON, due_at=NOON + 20 * MINUTE)
    quick = ask(sak, "leder", Way.FACTS, "teknisk_leder", NOON, due_at=NOON + 20 * MINUTE)
    reply(sak, quick, "teknisk_leder", NOON + MINUTE)
    reminders.tick(NOON + 19 * MINUTE)
    assert messages(MessageKind.TASK, sak) == []
    reminders.tick(NOON + 21 * MINUTE)
    ((person, body),) = messages(MessageKind.TASK, sak)
    assert person == "annen_leder"
    assert f"/spurt/{silent}" in body
    assert task(silent).reminded_at is not None


def test_a_restricted_inquiry_stays_shut(client: PageClient, town: Town) -> None:
    """The asker is warned to write nothing of the person; the one asked reads the question and no more, and is
    reminded all the same."""
    sak = call(town, NOON, question="KANARI hva skjedde?", personnel=YES)
    sign_in(client, town, "leder")
    here = f"/sak/{sak.reference}/{sak.strand().id}/spor"
    assert "Ikke skriv noe om personen" in words(client.page(here))
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON, text="Hva er rutinen?", due_at=NOON + 5 * MINUTE)
    sign_in(client, town, "annen_leder")
    page = client.page(f"/spurt/{asked}")
    assert "Hva er rutinen?" in words(page)
    assert "KANARI" not in words(page)
    assert "Granliposten" not in words(page)
    assert not [link for link in page.all("a") if link.get("href").startswith("/sak/PD")]
    for part in ("", f"/{sak.strand().id}/svar", f"/{sak.strand().id}/spor"):
        assert client.get(f"/sak/{sak.reference}{part}").status_code == 404
    reminders.tick(NOON + 6 * MINUTE)
    assert [person for person, _ in messages(MessageKind.TASK, sak)] == ["annen_leder"]
    client.submit(f"/spurt/{asked}", f"/spurt/{asked}", text="Vi følger rutinen.")
    sign_in(client, town, "leder")
    assert "Vi følger rutinen." in words(client.page(f"/sak/{sak.reference}"))


@pytest.mark.parametrize("who", ["leder", "radmann", "sentralbord", "ansatt", "admin", "kommunalsjef"])
def test_nobody_else_finds_the_question(client: PageClient, town: Town, who: str) -> None:
    """It is the asked office's: for all others it does not exist."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    sign_in(client, town, who)
    assert client.get(f"/spurt/{asked}").status_code == 404
    assert "Du er spurt" not in words(client.page("/innboks"))


def test_co_owners_see_each_others_answers(client: PageClient, town: Town) -> None:
    """Several areas: what the kommunalsjef said stands above the rådmann's form, in words and with its time."""
    sak = call(town, NOON, level=Level.CROSS_AREA)
    sak.answer("kommunalsjef", NOON, role=Role.KOMMUNALSJEF, text="For oppvekst: 214.")
    for who in ("radmann", "kommunalsjef"):
        sign_in(client, town, who)
        page = words(client.page(f"/sak/{sak.reference}/{sak.strand().id}/svar"))
        assert page.index("For oppvekst: 214.") < page.index("Etter: Dette ble sagt")
