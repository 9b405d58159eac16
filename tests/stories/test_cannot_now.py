"""Story: the head of the school is in a meeting, and later the switchboard rings in vain."""

from datetime import timedelta

import pytest

from pressedesk import clock
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient
from tests.views.test_innboks import inbox, references, words

pytestmark = pytest.mark.usefixtures("at_noon")


def test_the_deputy_answers_while_the_head_cannot(client: PageClient, town: Town) -> None:
    """One press; the deputy is told in the same minute, has it in her inbox, takes it, and the log says how."""
    sak = call(town, NOON)
    here = f"/sak/{sak.reference}"
    sign_in(client, town, "leder")
    client.submit(here, f"{here}/{sak.strand().id}/kan-ikke-na")
    assert "Mona Fjeld har fått beskjed nå." in words(client.page(here))

    assert references(inbox(client, town, "inspektor")) == [sak.reference]
    client.submit(here, f"{here}/{sak.strand().id}/ta")
    assert sak.strand().taken_by_id == town.people["inspektor"]
    told = words(client.page(here))
    assert "Tone Berg kan ikke nå. Varsel til Mona Fjeld" in told
    assert "gjelder vedkommende" not in told
    assert "er holdt utenfor" not in told


def test_the_shown_person_does_not_answer(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """The switchboard rings the head of the kindergarten in vain: alone in her office, so the superior is told, and may
    take over. After an hour she can be rung again."""
    sak = call(town, NOON, unit="barnehage")
    here, press = f"/sak/{sak.reference}", f"/sak/{sak.reference}/{sak.strand().id}/svarer-ikke"
    sign_in(client, town, "sentralbord")
    client.submit(here, press)
    told = words(client.page(here))
    assert "Arne Moen har fått beskjed nå." in told
    assert "Hanne Lie svarte ikke da Siv Eng ringte. Varsel til Arne Moen" in told
    assert sak.strand().owner_office_id == town.offices["styrer"]
    assert press not in [form.get("action") for form in client.page(here).all("form")]
    at_noon.advance(timedelta(hours=1))
    assert press in [form.get("action") for form in client.page(here).all("form")]
    sign_in(client, town, "kommunalsjef")
    client.submit(here, f"{here}/{sak.strand().id}/ta")
    assert sak.strand().taken_by_id == town.people["kommunalsjef"]
