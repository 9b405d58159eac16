"""A reasoned exception from point 12 or 11, before anything is said; the law and «skal ikke» have none."""

from typing import Any

import pytest

from pressedesk.desk.whom import Way
from pressedesk.events import EventKind
from pressedesk.regulation.vocabulary import YES, Form, Waiver
from tests.asking import ask, reply
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient
from tests.views.test_innboks import words

pytestmark = pytest.mark.usefixtures("at_noon")

WAIVED = {"client_case": YES, "waiver": Waiver.WRITTEN}


def answer_page(client: PageClient, sak: Sak) -> Page:
    return client.page(f"/sak/{sak.reference}/{sak.strand().id}/svar")


def way_to_deviate(sak: Sak) -> str:
    return f"/sak/{sak.reference}/{sak.strand().id}/unntak"


def test_inside_the_waiver(client: PageClient, town: Town) -> None:
    """The rektor sees at the answer that facts need an exception, asks the kommunalsjef, gives the reason, and then
    may; what was said is recorded and touches nothing."""
    sak = call(town, NOON, **WAIVED)
    sign_in(client, town, "leder")
    page = answer_page(client, sak)
    assert "Bare som avvik" in words(page)
    assert way_to_deviate(sak) in [link.get("href") for link in page.all("a")]
    refused = client.submit(way_to_deviate(sak), way_to_deviate(sak), reason="Hun ba om det.", within_waiver="y")
    assert refused.status_code == 422
    assert "Velg hvem du har rådført deg med" in refused.get_data(as_text=True)
    assert "Hun ba om det." in refused.get_data(as_text=True)

    asked = ask(sak, "leder", Way.DEVIATION, "kommunalsjef", NOON, text="Hun ber oss svare. Kan vi?")
    reply(sak, asked, "kommunalsjef", NOON, text="Ja, om vedtaket.")
    assert "Rådføring med kommunalsjef står allerede" in words(client.page(way_to_deviate(sak)))
    sent = client.submit(way_to_deviate(sak), way_to_deviate(sak), reason="Hun ba om det.", within_waiver="y")
    assert sent.status_code == 303
    assert "Kan sies, etter begrunnet unntak" in words(answer_page(client, sak))
    sak.answer("leder", NOON)
    assert sak.answers()[0].touched == []
    told = words(client.page(f"/sak/{sak.reference}"))
    for part in ("Hun ba om det.", "Tone Berg gjorde begrunnet unntak (punkt 12)", "rådført med kommunalsjef"):
        assert part in told, part


def test_consulted_in_the_same_act(client: PageClient, town: Town) -> None:
    """He rang the rådmann himself: told in the form, with its own time, and a record of its own."""
    sak = call(town, NOON, form=Form.LETTER)
    sign_in(client, town, "leder")
    assert "holder seg innenfor" not in words(client.page(way_to_deviate(sak)))  # a letter has no waiver
    given = {"reason": "Mange spør om det samme.", "consulted": "radmann", "consulted_at": "kl. 11.50"}
    assert client.submit(way_to_deviate(sak), way_to_deviate(sak), **given).status_code == 303
    told = words(client.page(f"/sak/{sak.reference}"))
    assert "Rådført med rådmann" in told
    assert "11.50" in told
    assert sak.events().count(EventKind.DEVIATED) == 1


NONE = [
    ("no waiver", {"client_case": YES}, "Forvaltningsloven § 13"),
    ("a personnel case, whatever was waived", {"personnel": YES, "waiver": Waiver.WRITTEN}, "Forvaltningsloven § 13"),
    ("nothing is barred", {}, "ikke noe å gjøre"),
]


@pytest.mark.parametrize(("facts", "told"), [each[1:] for each in NONE], ids=[each[0] for each in NONE])
def test_no_exception(client: PageClient, town: Town, facts: dict[str, Any], told: str) -> None:
    """Neither a link nor a form; the address says why, with the point."""
    sak = call(town, NOON, **facts)
    sign_in(client, town, "leder")
    assert way_to_deviate(sak) not in [link.get("href") for link in answer_page(client, sak).all("a")]
    page = client.page(way_to_deviate(sak))
    assert told in words(page)
    assert not [each for each in page.all("textarea") if each.get("name") == "reason"]


def test_the_deviation_of_another(client: PageClient, town: Town) -> None:
    """A colleague from another unit neither makes one nor sees the way to it."""
    sak = call(town, NOON, form=Form.LETTER)
    sign_in(client, town, "annen_leder")
    assert client.get(way_to_deviate(sak)).status_code == 403
