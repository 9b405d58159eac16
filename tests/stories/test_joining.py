"""Story: the same journalist rings twice about the same thing, and somebody makes one inquiry of the two."""

from datetime import timedelta

from pressedesk import clock
from pressedesk.regulation.vocabulary import YES
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import call
from tests.organisation import Town, sign_in
from tests.pages import PageClient


def test_joined_and_parted(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """The leader joins the second call into the first, answers both there; KIS finds that they were two, and parts
    them."""
    first = call(town, NOON - timedelta(hours=1), question="Hvor mange elever er det?")
    second = call(town, NOON, question="Og hvor mange lærere er det?")
    stranger = call(town, NOON, caller="Per Hauge", question="Noe helt annet?")
    sign_in(client, town, "leder")
    address = f"/sak/{second.reference}/sla-sammen"
    page = client.get(address).get_data(as_text=True)
    assert first.reference in page
    assert stranger.reference not in page
    response = client.submit(address, address, other=first.reference)
    assert response.location.endswith(first.reference)
    page = client.get(f"/sak/{first.reference}").get_data(as_text=True)
    assert "Og hvor mange lærere er det?" in page
    assert "slo saken sammen med en annen" in page
    assert f"/sak/{first.reference}" in client.get(f"/sak/{second.reference}").get_data(as_text=True)
    assert second.strand().state is State.LAPSED

    sign_in(client, town, "kis_adviser")
    part = f"/sak/{second.reference}/skill"
    assert client.submit(f"/sak/{second.reference}", part).status_code == 303
    assert second.strand().state is State.TOLD
    assert "hvor mange lærere" not in client.get(f"/sak/{first.reference}").get_data(as_text=True)


def test_who_sees_neither_cannot_join(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """Another's restricted inquiry is the same as none, also in the form where a reference is written."""
    own, restricted = call(town, NOON), call(town, NOON, unit="barnehage", personnel=YES)
    sign_in(client, town, "leder")
    address = f"/sak/{own.reference}/sla-sammen"
    others = (restricted.reference, "PD-2026-9999")
    answers = [client.submit(address, address, reference=reference) for reference in others]
    assert [answer.status_code for answer in answers] == [422, 422]
    bodies = [answer.get_data(as_text=True) for answer in answers]
    assert all("Fant ingen sak med det nummeret." in body for body in bodies)
    assert restricted.reference in bodies[0]  # as it was written, in its own field
    assert bodies[0].count(restricted.reference) == bodies[1].count("PD-2026-9999")
