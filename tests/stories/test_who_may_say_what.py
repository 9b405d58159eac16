"""The story of a call that is put through: who may say what, asked while the line is open."""

import re

from pressedesk.clock import FrozenClock
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient


def words(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def test_the_switchboard_asks_while_the_line_is_open(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """Siv asks for «rektor» and rings Tone. Tone goes home ill and says so herself; the next journalist is put through
    to Mona, who may say what the office may. The engineer looks up himself and learns that facts are his, and that an
    assessment is agreed first. Tone prints the sheet for her own wall."""
    sign_in(client, town, "sentralbord")
    page = client.page("/hvem-kan-si-hva?q=rektor")
    assert "Svarer nåTone Berg" in words(page)
    telephone = next(each.get("href") for each in page.all("a") if each.get("href").startswith("tel:"))
    assert telephone.endswith("59011001")

    sign_in(client, town, "leder")
    absent = f"/admin/fravaer/ute/{town.people['leder']}"
    assert client.submit("/admin/fravaer", action=absent).status_code == 303

    sign_in(client, town, "sentralbord")
    told = words(client.page("/hvem-kan-si-hva?q=rektor"))
    assert "Tone Berg er borte" in told
    assert "Svarer nåMona Fjeld" in told
    assert "Kan sies Fakta og faglig vurdering for egen virksomhet" in told

    sign_in(client, town, "ansatt")
    own = words(client.page("/hvem-kan-si-hva?q=jon"))
    assert "Kan sies Fakta innenfor eget fagfelt" in own
    assert "Krever særskilt avtale om denne saken." in own
    assert "På egne vegne snakker alle fritt." in own

    sign_in(client, town, "leder")
    found = client.page("/hvem-kan-si-hva?q=bjerke")
    sheet = next(each.get("href") for each in found.all("a") if re.fullmatch(r"/hvem-kan-si-hva/\d+", each.get("href")))
    assert "Nå: Mona Fjeld." in words(client.page(sheet))
