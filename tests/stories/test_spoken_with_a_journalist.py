"""A call came straight to somebody's mobile: an employee and a leader note what they said, and the figures know it."""

from datetime import timedelta

from pressedesk.clock import FrozenClock
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read


def test_spoken_with_a_journalist(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The employee's stands with the leader of the field; the leader's turns out to be one that is open already."""
    sign_in(client, town, "ansatt")
    told = {"text": "Lekkasjen er tettet.", "kinds": ["facts"], "concerned": "nobody"}
    client.submit(
        "/snakket", action="/snakket", caller_name="Ola Vik", when="i dag", at="10.30", received="kl. 10", **told
    )
    noted = Sak(town, "PD-2026-0001")
    assert noted.told() == []
    sign_in(client, town, "seksjonsleder")
    page = client.get("/sak/PD-2026-0001").get_data(as_text=True)
    assert "Logget etterpå" in page
    assert "Lekkasjen er tettet." in page
    assert noted.strand().answered_at == NOON - timedelta(minutes=90)

    asked = call(town, NOON - timedelta(hours=2))
    strand = asked.strand()
    sign_in(client, town, "leder")
    offered = client.submit(
        "/snakket", action="/snakket", caller_name="Mari Nygård", **{**told, "text": "Det er 214 elever."}
    ).get_data(as_text=True)
    assert "Gjelder det denne?" in offered
    action = f"/sak/{asked.reference}/{strand.id}/svar"
    offer = read(offered, "/snakket")
    carried = client.post(action, data=filled(offer, next(f for f in offer.all("form") if f.get("action") == action)))
    form = read(carried.get_data(as_text=True), action)
    client.post(action, data=filled(form, next(f for f in form.all("form") if f.get("action") == action
                                               and f.get("method") == "post")))  # fmt: skip
    assert asked.strand().state is State.ANSWERED
    assert asked.told() == ["leder", "sentralbord"]

    for number in range(5):
        call(town, NOON - timedelta(hours=3), caller=f"Journalist {number}").answer("leder", NOON)
        client.submit("/snakket", action="/snakket", caller_name=f"Redaksjon {number}", **told)
    sign_in(client, town, "radmann")
    report = client.get("/rapport").get_data(as_text=True)
    assert "Logget etterpå: 6." in report
    assert "6 henvendelser siden" in report
