"""Story: eleven calls about one burst pipe. Each leader hears of it once and sees only what is his; one answer is
given to all who wait, each with his own clock."""

from datetime import timedelta

from sqlalchemy import select

from pressedesk import clock, db
from pressedesk.models import DeliveryState, Message
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled

TITLE = "Vannlekkasjen i Storgata"
TEXT = "Vannet er tilbake klokka 15."


def text_of(client: PageClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def deliver() -> None:
    """Everything in the queue has left."""
    with db.writing() as tx:
        for row in tx.scalars(select(Message).where(Message.state == DeliveryState.QUEUED)):
            row.state = DeliveryState.SENT


def log_on_the_phone(client: PageClient, town: Town, question: str, outlet: str, unit: str) -> Sak:
    """The switchboard writes the call down, sees the story beside the form, and says that it belongs there."""
    page = client.page("/ny")
    form = next(form for form in page.all("form") if form.get("id") == "samtale")
    data = filled(page, form)
    typed = {"caller_name": f"Journalist {outlet}", "outlet": outlet, "question": question, "asks": "facts"}
    for name, value in {**typed, "concerned": "nobody", "unit": str(town.units[unit])}.items():
        data.setlist(name, [value])
    beside = client.post("/ny/kladd", data=data).get_data(as_text=True)
    assert "Hører samtalen til en hendelse?" in beside
    assert TITLE in beside
    data.setlist("story", ["1"])
    again = client.post("/ny/kladd", data=data).get_data(as_text=True)
    assert 'id="story-1" form="samtale" checked' in again
    assert client.post("/ny", data=data).status_code == 303
    receipt = text_of(client, "/ny/lagret")
    reference = receipt[receipt.index("PD-2026-") :][:12]
    return Sak(town, reference)


def test_one_story(town: Town, client: PageClient, at_noon: clock.FrozenClock) -> None:
    """KIS makes it from the first call; the switchboard adds the next; the leaders see their own; all are answered."""
    first = call(town, NOON, question="Er Bjerke skole uten vann?", outlet="Granliposten", caller="Mari Nygård")
    deliver()
    sign_in(client, town, "kis")
    put = f"/sak/{first.reference}/hendelse"
    assert client.submit(f"/sak/{first.reference}", put, title=TITLE).status_code == 303
    assert TITLE in text_of(client, f"/sak/{first.reference}")

    sign_in(client, town, "sentralbord")
    second = log_on_the_phone(client, town, "Sprakk et rør? Lekkasje?", "Radio Vest", "skole")
    third = log_on_the_phone(client, town, "Får barna vann? Lekkasjen?", "Avisa Nord", "barnehage")
    assert (second.told(), third.told()) == ([], ["annen_leder"])

    secrets = {"leder": ("Avisa Nord", "Får barna"), "annen_leder": ("Granliposten", "Bjerke skole uten", "Radio Vest")}
    for who, hidden in secrets.items():
        sign_in(client, town, who)
        page = text_of(client, "/hendelser/1")
        assert TITLE in page
        assert not [word for word in hidden if word in page], who
        assert TITLE in text_of(client, "/hendelser")

    sign_in(client, town, "kis")
    answer = {"text": TEXT, "kinds": "facts", "until": "kl. 15"}
    assert client.submit("/hendelser/1", "/hendelser/1/svar", **answer).status_code == 303
    sign_in(client, town, "annen_leder")
    page = text_of(client, f"/sak/{third.reference}")
    assert TEXT in page
    assert "Gjelder til i dag kl. 15.00" in page
    assert client.submit("/hendelser/1", "/hendelser/1/besvart").status_code == 303
    assert (third.strand().state, first.strand().state) == (State.ANSWERED, State.TOLD)

    at_noon.advance(timedelta(hours=1))
    sign_in(client, town, "kis")
    assert client.submit("/hendelser/1", "/hendelser/1/besvart").status_code == 303
    assert [sak.strand().state for sak in (first, second, third)] == [State.ANSWERED] * 3
    assert [sak.strand().working_minutes for sak in (first, second, third)] == [60, 60, 0]


def test_what_has_run_out_is_not_on_the_page(town: Town, client: PageClient) -> None:
    """At three o'clock the answer says that it cannot be used, and nothing of it is there."""
    with clock.frozen(NOON):
        sak = call(town, NOON)
        sign_in(client, town, "leder")
        assert client.get("/hendelser/1").status_code == 404
        sign_in(client, town, "kis")
        client.submit(f"/sak/{sak.reference}", f"/sak/{sak.reference}/hendelse", title=TITLE)
        client.submit("/hendelser/1", "/hendelser/1/svar", text=TEXT, kinds="facts", until="kl. 15")
    with clock.frozen(NOON.replace(hour=14, minute=1)):
        for who in ("kis", "leder"):
            sign_in(client, town, who)
            for address in ("/hendelser/1", f"/sak/{sak.reference}"):
                page = text_of(client, address)
                assert TEXT not in page
                assert "gikk ut i dag kl. 15.00 og kan ikke brukes" in page
