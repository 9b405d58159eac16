"""«Må spørre først»: a duty, an agreement and an advice, each asked, replied to on a phone, and seen at once."""

import pytest

from pressedesk import clock
from pressedesk.events import EventKind
from pressedesk.regulation.vocabulary import YES, Level, Role, Statement
from pressedesk.workflow import State
from tests.asking import may_say
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, read
from tests.views.test_innboks import words


def case_page(client: PageClient, sak: Sak, who: str) -> str:
    """The page of the inquiry as somebody reads it."""
    sign_in(client, sak.town, who)
    return words(client.page(f"/sak/{sak.reference}"))


def way_in(page: Page) -> str:
    """Where the first question in an inbox leads."""
    return next(link.get("href") for link in page.all("a") if link.get("href").startswith("/spurt/"))


def ask(client: PageClient, sak: Sak, who: str, whom: str, text: str, **more: str) -> None:
    """Press «Må spørre først» in the case, fill in and send."""
    sign_in(client, sak.town, who)
    here = f"/sak/{sak.reference}/{sak.strand().id}/spor"
    assert here in [link.get("href") for link in client.page(f"/sak/{sak.reference}").all("a")]
    assert client.submit(here, here, whom=whom, text=text, **more).status_code == 303


def test_in_doubt(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """The rektor asks the kommunalsjef, who answers with a line from his inbox; meanwhile nothing may be said."""
    sak = call(town, NOON)
    ask(client, sak, "leder", f"doubt:{town.offices['kommunalsjef']}", "Kan jeg si at tallet er usikkert?")
    told = case_page(client, sak, "leder")
    for part in ("Venter på svar fra andre", "Tone Berg spurte Kommunalsjef oppvekst, Arne Moen", "punkt 6"):
        assert part in told, part
    assert may_say(sak, Role.VIRKSOMHETSLEDER, Statement.FACTS, NOON) == (False, ("consultation",))

    sign_in(client, town, "kommunalsjef")
    inbox = client.page("/innboks")
    assert "Tone Berg spør deg til råds" in words(inbox)
    asked = words(client.page(way_in(inbox)))
    for part in (
        "Kan jeg si at tallet er usikkert?",
        "Hvor mange elever",
        "skal rådføre seg med deg",
        "Ring Tone Berg",
    ):
        assert part in asked, part
    sent = client.submit(way_in(inbox), way_in(inbox), text="Ja, men si hvorfor.")
    assert sent.status_code == 303
    assert "Arne Moen svarte" in words(client.page(sent.location))
    assert "spør deg" not in words(client.page("/innboks"))

    told = case_page(client, sak, "leder")
    for part in ("Arne Moen svarte", "Ja, men si hvorfor.", "Rådført med kommunalsjef", "Tatt av deg"):
        assert part in told, part
    assert may_say(sak, Role.VIRKSOMHETSLEDER, Statement.FACTS, NOON) == (True, ())
    assert "leder" in sak.told()[-1:]


def test_an_agreement(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """The engineer asks the nearest superior, who reads who and what and presses yes; the rektor next door is not
    offered it."""
    facts = {"unit": "vann", "level": Level.SECTION, "addressed": Role.ANSATT, "addressed_office": "ingenior"}
    sak = call(town, NOON, **facts, own_field=YES)
    office = town.offices["seksjonsleder"]
    ask(client, sak, "ansatt", f"agreement:{office}", "Om prøvene viser at vannet er trygt.")
    sign_in(client, town, "seksjonsleder")
    here = way_in(client.page("/innboks"))
    page = words(client.page(here))
    for part in ("ber om en særskilt avtale", "Ingeniør vann og avløp, Jon Bakke", "bare denne saken"):
        assert part in page, part
    assert client.submit(here, here, press="verdict=ja", text="Bare dagens prøver").status_code == 303
    told = case_page(client, sak, "ansatt")
    for part in ("Geir Sund svarte", "ja: avtalt", "Bare dagens prøver", "Særskilt avtale med seksjonsleder"):
        assert part in told, part
    answer = words(client.page(f"/sak/{sak.reference}/{sak.strand().id}/svar"))
    assert "særskilt avtale om å gi faglige vurderinger" in answer


def test_advice_is_no_duty_done(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """An adviser of KIS replies; the duty of the leader in doubt waits as before. The advice stands above the form."""
    sak = call(town, NOON, in_doubt=True)
    ask(client, sak, "leder", f"advice:{town.offices['kis']}", "Hvordan sier jeg dette?")
    sign_in(client, town, "kis_adviser")
    here = way_in(client.page("/innboks"))
    client.submit(here, here, text="Kort, og først.")
    assert may_say(sak, Role.VIRKSOMHETSLEDER, Statement.FACTS, NOON) == (False, ("consultation",))
    sign_in(client, town, "leder")
    answer = words(client.page(f"/sak/{sak.reference}/{sak.strand().id}/svar"))
    assert "Dette er sagt av andre" in answer
    assert "Kort, og først." in answer
    assert "Spør kommunalsjef eller rådmann først." in answer


def test_only_what_applies_is_offered(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """A kommunalsjef has no duty to ask, needs no agreement, and writes no letter: advice and facts."""
    sak = call(town, NOON, level=Level.AREA)
    sign_in(client, town, "kommunalsjef")
    page = client.page(f"/sak/{sak.reference}/{sak.strand().id}/spor")
    choices = [each.get("value") for each in page.all("input") if each.get("name") == "whom"]
    assert choices == [f"advice:{town.offices['kis']}", "facts"]


def test_two_reply_at_once(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Whoever comes second sees what the first replied, and keeps what he wrote; a double click replies once."""
    sak = call(town, NOON)
    ask(client, sak, "leder", f"advice:{town.offices['kis']}", "Hva nå?")
    sign_in(client, town, "kis")
    here = way_in(client.page("/innboks"))
    for _ in range(2):
        form = {"version": "1", "text": "Ring ham."}
        token = next(e.get("value") for e in client.page("/innboks").all("input") if e.get("name") == "csrf_token")
        assert client.post(here, data={**form, "csrf_token": token}).status_code == 303
    sign_in(client, town, "kis_adviser")
    token = next(e.get("value") for e in client.page("/innboks").all("input") if e.get("name") == "csrf_token")
    second = client.post(here, data={"version": "1", "text": "Skriv til ham.", "csrf_token": token})
    told = words(read(second.get_data(as_text=True)))
    assert second.status_code == 409
    for part in ("En annen svarte først", "Ring ham.", "Skriv til ham."):
        assert part in told, part
    assert sak.events().count(EventKind.REPLIED) == 1


def test_taken_back(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """«Trekk»: whoever was asked reads that nobody waits, and the log says so."""
    sak = call(town, NOON)
    ask(client, sak, "leder", f"doubt:{town.offices['kommunalsjef']}", "Kan jeg?")
    sign_in(client, town, "kommunalsjef")
    here = way_in(client.page("/innboks"))
    sign_in(client, town, "leder")
    page = client.page(f"/sak/{sak.reference}")
    trekk = next(form.get("action") for form in page.all("form") if form.get("action").endswith("/trekk"))
    assert client.submit(f"/sak/{sak.reference}", trekk).status_code == 303
    assert "Kommunalsjef oppvekst blir ikke spurt lenger" in words(client.page(f"/sak/{sak.reference}"))
    assert sak.strand().state is State.TAKEN
    sign_in(client, town, "kommunalsjef")
    assert client.get(here).status_code == 410


FAULTS = [
    ({"whom": "", "text": "Hva?"}, "Velg hvem du spør."),
    ({"whom": "facts", "text": "Hva?"}, "Velg hvem som har fakta."),
    ({"text": ""}, "Skriv hva du spør om."),
    ({"text": "Hva?", "due": "i går kl. 10"}, ""),
    ({"text": "Hva?", "due": "snarest mulig kanskje"}, "Forstår ikke tidspunktet."),
]


@pytest.mark.parametrize(("given", "told"), FAULTS)
def test_what_is_missing_is_said(
    client: PageClient, town: Town, at_noon: clock.FrozenClock, given: dict[str, str], told: str
) -> None:
    """Beside the field, with the text kept; nothing is asked."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    values = {"whom": f"advice:{town.offices['kis']}", **given}
    here = f"/sak/{sak.reference}/{sak.strand().id}/spor"
    answer = client.submit(here, here, **values)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert told in page
    assert given["text"] in page
    assert sak.strand().state is State.TOLD
