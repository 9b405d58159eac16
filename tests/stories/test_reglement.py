"""The story of a doubt: two leaders read a point, try it, and agree before anybody answers."""

from pressedesk import rules
from pressedesk.clock import FrozenClock
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, Ask, Level
from pressedesk.views.reglement.facts_form import query_of
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient


def words(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def test_a_doubt_is_tried_and_sent(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Kari tries a question where nobody has said whether a person is concerned, and sees what would settle it. She
    settles it and sends the address to Tone, who sees the same, also as the program would. What the desk then makes of
    such a call is the same again, and the point's figure has counted it; the engineer reads the text alone."""
    open_facts = Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, client_case=NO)
    assert open_facts.personnel is UNKNOWN
    sign_in(client, town, "kis")
    page = client.page(f"/reglement/prov?{query_of(open_facts)}&rolle=virksomhetsleder&utsagn=facts")
    assert "Kan ikke sies" in words(page)
    assert "Avklar først om det gjelder en ansatt." in words(page)
    assert [
        each.get("href") for each in page.all("a") if each.text == "Gjelder det en enkelt ansatts arbeidsforhold?"
    ] == ["#personnel-0"]

    settled = open_facts.but(personnel=NO)
    address = f"/reglement/prov?{query_of(settled)}&rolle=virksomhetsleder&utsagn=facts"
    kari = words(client.page(address))
    assert "Ansvarlig Virksomhetsleder".replace(" ", "") in kari.replace(" ", "")
    assert "Ingen åpne spørsmål." in kari
    sign_in(client, town, "leder")
    assert words(client.page(address)) == kari
    assert client.get(f"/reglement/prov.json?{query_of(settled)}").get_json() == rules.route(settled).to_json()

    for _ in range(5):
        sak = call(town, at_noon.now(), asks=settled.asks, level=settled.level)
    assert sak.strand().owner_role == rules.route(settled).owner
    assert "I 5 av 5 henvendelser" in words(client.page("/reglement"))

    sign_in(client, town, "ansatt")
    told = words(client.page("/reglement"))
    assert "av 5 henvendelser" not in told
    assert "På egne vegne snakker alle fritt" in told
