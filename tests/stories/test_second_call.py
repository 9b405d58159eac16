"""The journalist calls again, twice: «Purr» reaches whoever has it, and what he asks besides joins the same sak."""

from datetime import timedelta

from pressedesk.clock import FrozenClock
from pressedesk.events import EventKind
from tests.conftest import NOON
from tests.inquiries import QUESTION, call
from tests.organisation import Town, sign_in
from tests.pages import PageClient, filled, read


def test_second_call(client: PageClient, town: Town, at_noon: FrozenClock) -> None:
    """The switchboard says who has it and purrs; the head of the school answers; the desk sees it at the third call."""
    sak = call(town, NOON - timedelta(hours=1))
    sign_in(client, town, "leder")
    client.submit(f"/sak/{sak.reference}", action=f"/sak/{sak.reference}/{sak.strand().id}/ta")

    sign_in(client, town, "sentralbord")
    found = client.get("/ringer-igjen?hvem=Mari+Nygård").get_data(as_text=True)
    assert "Saken er tatt av Tone Berg. Du får svar eller ny beskjed innen kl. 15.00." in found
    due = sak.strand().due_at
    purred = client.submit("/ringer-igjen?hvem=Mari+Nygård", action="/ringer-igjen/purr")
    assert "har fått beskjed om at journalisten ringte igjen" in client.get(purred.location).get_data(as_text=True)
    assert sak.strand().due_at == due

    # The third call begins as a new one, and the form says that there is an open sak.
    page = client.page("/ny")
    typed = filled(page, next(form for form in page.all("form") if form.get("id") == "samtale"))
    spoken = {"caller_name": "Mari Nygård", "outlet": "Granliposten", "question": "Og hvor mange lærere er det?"}
    for name, value in spoken.items():
        typed.setlist(name, [value])
    beside = client.post("/ny/kladd", data=typed).get_data(as_text=True)
    assert "Journalisten har ringt før" in beside
    button = next(each for each in read(beside).all("button") if each.get("name") == "legg_til")
    assert (button.get("form"), button.within("form")) == ("samtale", None)
    typed["legg_til"] = button.get("value")
    added = client.post(button.get("formaction"), data=typed)
    receipt = client.get(added.location).get_data(as_text=True)
    assert f"Lagt til i {sak.reference}" in receipt
    assert "Saken er tatt av Tone Berg." in receipt
    assert "Du har en kladd" not in client.get("/ny").get_data(as_text=True)

    sign_in(client, town, "leder")
    theirs = client.get(f"/sak/{sak.reference}").get_data(as_text=True)
    assert QUESTION in theirs
    assert "Og hvor mange lærere er det?" in theirs
    assert "Journalisten ringte igjen, og den som har saken, fikk beskjed. Notert av Siv Eng." in theirs
    assert sak.told().count("leder") == 3  # the first word, «Purr», and what was added
    answered = {"text": "214 elever og 19 lærere.", "kinds": ["facts"]}
    client.submit(
        f"/sak/{sak.reference}/{sak.strand().id}/svar",
        action=f"/sak/{sak.reference}/{sak.strand().id}/svar",
        **answered,
    )

    sign_in(client, town, "sentralbord")
    assert "Saken ble besvart i dag kl. 12.00." in client.get("/ringer-igjen?hvem=40000123").get_data(as_text=True)
    assert sak.events().count(EventKind.ADDED) == 1
