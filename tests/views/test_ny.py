"""/ny: the switchboard logs a call. Nothing typed is lost, nothing is kept that should not be, the words are there."""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from pressedesk import config, db
from pressedesk.clock import FrozenClock
from pressedesk.models import ContactCount, Draft, Inquiry, Message, Person
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Level, Role
from pressedesk.views.ny.form import FURTHER
from tests.inquiries import call as logged_call
from tests.organisation import PEOPLE, Town, sign_in
from tests.pages import Page, PageClient, filled, read

Client = PageClient
SPOKEN = {
    "caller_name": "Kåre Ås-Hansen",
    "outlet": "Østlendingen",
    "phone": "912 34 567",
    "question": "Hvorfor er det så mange elever i hver klasse?",
    "deadline": "kl 14",
}


FIELDS = frozenset(FURTHER.values()) | SPOKEN.keys() | {
    "token", "proposed_unit", "deadline_picked", "asks", "concerned", "unit", "fragment", "neste"
}  # fmt: skip


@pytest.fixture
def desk(client: Client, town: Town, at_noon: FrozenClock) -> Client:
    """The switchboard, logged in, at noon on a Tuesday."""
    sign_in(client, town, "sentralbord")
    return client


def typed(desk: Client, **values: Any) -> MultiDict[str, str]:
    """The form as the page gives it, filled in. Each is another call, as each page has another token."""
    blank = desk.__dict__.get("blank") or desk.__dict__.setdefault("blank", _blank(desk))
    data = blank.copy()
    data["token"] = secrets.token_hex(8)
    for name, value in {**SPOKEN, **values}.items():
        assert name in FIELDS, name
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def _blank(desk: Client) -> MultiDict[str, str]:
    page = desk.page("/ny")
    return filled(page, page.all("form")[-1])


def save(desk: Client, **values: Any) -> TestResponse:
    """Fill in the form and press «Lagre og varsle»."""
    return desk.post("/ny", data=typed(desk, **values))


def preview(desk: Client, **values: Any) -> Page:
    """What comes back while somebody types."""
    answer = desk.post("/ny/kladd", data=typed(desk, **values, fragment="1"))
    assert answer.status_code == 200
    return read(answer.text)


def region(page: Page, id_: str):
    return next(each for each in page.elements if each.get("id") == id_)


def words(element: Any) -> str:
    return " ".join(element.text.split())


def the_inquiry() -> Inquiry:
    """The only one."""
    with db.reading() as tx:
        return tx.scalars(select(Inquiry)).one()


def none_saved() -> bool:
    """Whether no inquiry was made, nobody was told and nothing was counted."""
    with db.reading() as tx:
        return not any(tx.query(model).count() for model in (Inquiry, Message, ContactCount))


# Saving


def test_a_call_is_saved_and_its_owner_told(desk: Client, town: Town) -> None:
    """From the form to the receipt: the facts that were pressed and no others, the reference, and what to say."""
    chips = {"unit": str(town.units["skole"]), "asks": ["facts"], "concerned": "nobody"}
    response = desk.submit("/ny", "/ny", **SPOKEN, **chips)
    assert (response.status_code, response.headers["Location"]) == (303, "/ny/lagret")
    inquiry = the_inquiry()
    assert inquiry.facts == Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, personnel=NO, client_case=NO).to_json()
    assert (inquiry.caller_name, inquiry.caller_phone) == (SPOKEN["caller_name"], SPOKEN["phone"])
    assert inquiry.deadline_at == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert inquiry.deadline_words == "kl 14"
    with db.reading() as tx:
        assert tx.scalars(select(Message.person_id)).all() == [town.people["leder"]]
    page = desk.get("/ny/lagret").text
    assert "Lagret som PD-2026-0001" in page
    assert "Rektor Tone Berg har fått beskjed." in page
    assert "Rektor Tone Berg svarer på dette. Du får svar eller ny beskjed innen kl. 14.00." in page
    assert 'href="/sak/PD-2026-0001"' in page


def test_the_next_call_begins_on_an_empty_form(desk: Client) -> None:
    """«Lagre og neste»: what to say of the last one stands above it."""
    response = save(desk, neste="1")
    page = desk.get(response.headers["Location"]).text
    assert "Lagret som PD-2026-0001." in page
    assert "Du får svar eller ny beskjed innen kl. 14.00." in page
    assert SPOKEN["caller_name"] not in re.sub(r"<datalist.*?</datalist>", "", page, flags=re.S)


def test_untouched_chips_are_no_answers(desk: Client) -> None:
    """A call in three words is the empty record; the rådmann owns it until KIS has found out."""
    save(desk)
    assert the_inquiry().facts == Facts().to_json()


def test_everything_that_can_be_told(desk: Client, town: Town) -> None:
    """Each field of «Flere opplysninger» reaches its fact."""
    told = {
        "unit": str(town.units["skole"]),
        "level": "cross_area",
        "addressed": str(town.offices["rektor"]),
        "capacities": ["official", "union"],
        "own_field": "no",
        "principled": "unknown",
        "accusation": "y",
        "important": "y",
        "political_process": "y",
        "came_as": "own_account",
        "letter_error": "y",
        "letter_political": "y",
        "children_images": "y",
        "waiver": "partial",
        "case_public": "y",
        "concerned": "leader",
        "asks": ["images", "assessment"],
        "email": "kaare@avis.example",
    }
    assert save(desk, **told).status_code == 303
    stored = Facts.from_json(the_inquiry().facts)
    assert (stored.level, stored.addressed, stored.subject) == (
        Level.CROSS_AREA,
        Role.VIRKSOMHETSLEDER,
        Role.VIRKSOMHETSLEDER,
    )
    assert (stored.own_field, stored.principled, stored.personnel) == (NO, UNKNOWN, YES)
    assert all(getattr(stored, name) for name in told if told[name] == "y")
    assert the_inquiry().caller_email == "kaare@avis.example"


def test_a_double_submit_is_one_inquiry(desk: Client) -> None:
    """The same form twice: one row, one message, the same receipt."""
    data = typed(desk)
    first, second = (desk.post("/ny", data=data) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == "/ny/lagret"
    assert the_inquiry().reference == "PD-2026-0001"
    assert "PD-2026-0001" in desk.get("/ny/lagret").text


@pytest.mark.parametrize("concerned", ["employee", "client", "leader"])
def test_the_receipt_of_a_restricted_inquiry_names_nothing(desk: Client, town: Town, concerned: str) -> None:
    """Neither unit, office nor person; and the inquiry is not there for the switchboard any more."""
    save(desk, unit=str(town.units["skole"]), concerned=concerned)
    for address in ("/ny/lagret", "/ny?lagret=1"):
        main = re.sub(r"<datalist.*?</datalist>|<form.*?</form>", "", desk.get(address).text, flags=re.S)
        assert "PD-2026-0001" in main
        assert "En leder ringer deg innen kl. 14.00 med svar eller ny beskjed." in main
        assert [name for name in ("Bjerke", "ektor", "Tone Berg", "Mona", "Moen", "/sak/") if name in main] == []
    assert "PD-2026-0001" not in desk.get("/saker").text


def test_vet_ikke_is_said_with_care_and_stays_open(desk: Client, town: Town) -> None:
    """«Vet ikke» keeps the facts open and the sentence neutral; untouched says the ordinary one."""
    save(desk, unit=str(town.units["skole"]), concerned="unknown")
    assert Facts.from_json(the_inquiry().facts).personnel is UNKNOWN
    assert "verken bekrefte eller avkrefte" in desk.get("/ny/lagret").text


@pytest.mark.parametrize(
    ("chips", "says"),
    [
        ({"capacities": ["private"]}, "for seg selv"),
        ({"capacities": ["union"]}, "for fagforeningen"),
        ({"capacities": ["elected"]}, "som folkevalgt"),
        ({"came_as": "not_media"}, "ikke imot som en henvendelse fra pressen"),
    ],
)
@pytest.mark.parametrize("told", [True, False])
def test_a_call_that_is_only_passed_on(desk: Client, town: Town, chips: dict[str, Any], says: str, told: bool) -> None:
    """No number, no text; a message to whoever was chosen, or to nobody; and what to say."""
    person = str(town.people["ansatt"]) if told else ""
    desk.post("/ny/kladd", data=typed(desk, **chips, contact_person=person, fragment="1"))
    response = save(desk, **chips, contact_person=person, question="")
    assert response.status_code == 303
    page = desk.get("/ny/lagret").text
    assert says in page
    assert "Vi noterer ikke hva det gjelder." in page
    assert ("Jon Bakke får beskjed" in page) is told
    assert "PD-" not in page
    with db.reading() as tx:
        assert tx.query(Inquiry).count() == 0
        assert tx.query(Message).count() == int(told)
        assert [row.n for row in tx.query(ContactCount)] == [1]


def test_nobody_need_be_named_where_nobody_is_told(desk: Client) -> None:
    """A contact that is only counted needs no caller; a message does."""
    quiet = {"caller_name": "", "question": "", "capacities": ["private"]}
    assert save(desk, **quiet).status_code == 303
    with db.reading() as tx:
        person_id = tx.scalars(select(Person.id)).first()
    assert save(desk, **quiet, contact_person=str(person_id)).status_code == 422


# Bad input


LONG = "å" * 10_001
BAD = [
    ("ingen", {"caller_name": " \t "}, "caller_name", "Skriv hvem som ringer."),
    ("ikke noe spørsmål", {"question": "\x00\u200b \n"}, "question", "Skriv hva journalisten lurer på."),
    ("for langt spørsmål", {"question": LONG}, "question", "Teksten er på 10001 tegn. Kort den ned til 10000."),
    ("for langt navn", {"caller_name": "x" * 201}, "caller_name", "Teksten er på 201 tegn. Kort den ned til 200."),
    ("passert", {"deadline": "kl 11"}, "deadline", "Klokka 11.00 i dag er passert."),
    ("ikke forstått", {"deadline": "kl 14 eller så"}, "deadline", "men ikke «eller så»"),
    ("bare tull", {"deadline": "🙂 <b>"}, "deadline", "Forstår ikke"),
    ("valgt tid er passert", {"deadline_picked": "2026-11-24T10:00"}, "deadline_picked", "er passert"),
    ("valgt tid er tull", {"deadline_picked": "i <går>"}, "deadline_picked", "Forstår ikke"),
    ("en virksomhet som ikke finnes", {"unit": "999999"}, "unit", "gyldig valg"),
    ("en stilling som ikke finnes", {"addressed": "999999"}, "addressed", "gyldig valg"),
    ("en chip som ikke finnes", {"concerned": "purple"}, "concerned", "gyldig valg"),
    ("et nivå som ikke finnes", {"level": "galaxy"}, "level", "gyldig valg"),
]


@pytest.mark.parametrize(("told", "values", "field", "says"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_said_beside_the_field(
    desk: Client, told: str, values: dict[str, str], field: str, says: str
) -> None:
    """Clear, in Norwegian, linked to the field; nothing is saved and everything typed still stands."""
    response = save(desk, **values)
    assert response.status_code == 422
    assert none_saved()
    page = read(response.text)
    error = next(each for each in page.elements if each.get("id") == f"{field}-error")
    assert says.casefold() in error.text.casefold()
    typed = {**SPOKEN, **values}
    for each in page.all("input", "textarea"):
        name = each.get("name")
        if name in SPOKEN and typed[name].isprintable():
            assert (each.text.strip() if each.tag == "textarea" else each.get("value")) == typed[name].strip()


PHONES = [
    "+47 912 34 567", "004791234567", "112", "(+46) 70-123 45 67", "via sentralbordet", "91234567 / 62593000",
    "ring ☎ kveld", "<script>", "9" * 60,
]  # fmt: skip


def test_a_telephone_number_never_stops_a_call(desk: Client) -> None:
    """Of any form; kept as it was said."""
    assert [save(desk, phone=phone).status_code for phone in PHONES] == [303] * len(PHONES)
    with db.reading() as tx:
        assert list(tx.scalars(select(Inquiry.caller_phone).order_by(Inquiry.id))) == PHONES


TEXTS = {
    "ÆØÅ": "Blåbærøya på Ås – «hvorfor» så mye?",
    "emoji": "Hvorfor 🙂👩‍👧? 🇳🇴",
    "HTML": "<script>alert(1)</script> & <b>Hvorfor</b> \"så\" 'mye'?",
    "mal": "{{ 7*7 }} {% raw %}",
    "flere linjer": "Én\r\nto\r\n\r\ntre",
    "så langt det går": "å" * 10_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_is_kept_as_it_was_written(desk: Client, text: str) -> None:
    """Letters, emoji and markup are text: stored so, and shown so where the form comes back."""
    shown = read(save(desk, question=text, caller_name="").text)
    area = next(each for each in shown.all("textarea"))
    assert area.text.removeprefix("\r\n").removeprefix("\n").splitlines() == text.splitlines()
    assert save(desk, question=text).status_code == 303
    with db.reading() as tx:
        stored = tx.scalar(select(Inquiry.question))
    assert stored == text.replace("\r\n", "\n")


def test_what_cannot_be_seen_is_taken_out(desk: Client) -> None:
    """Control characters and changes of direction never reach a list, a mail or a log."""
    save(desk, caller_name="Kå\x00re\u202e\x1b[31m", question="Hvor\x07for\u2028nå?")
    assert the_inquiry().caller_name == "Kåre[31m"
    with db.reading() as tx:
        assert tx.scalar(select(Inquiry.question)) == "Hvorfor\nnå?"


def test_a_picked_time_stands_in_for_one_that_was_not_understood(desk: Client) -> None:
    """The words stay beside it, as they were said."""
    assert save(desk, deadline="før sola går ned", deadline_picked="2026-11-25T09:15").status_code == 303
    inquiry = the_inquiry()
    assert inquiry.deadline_at == datetime(2026, 11, 25, 8, 15, tzinfo=UTC)
    assert inquiry.deadline_words == "før sola går ned"


@pytest.mark.parametrize("words_", ["", "ingen frist", "så snart som mulig"])
def test_a_call_without_a_deadline(desk: Client, words_: str) -> None:
    """Then what the municipality aims at is promised."""
    assert save(desk, deadline=words_).status_code == 303
    assert the_inquiry().deadline_at is None
    assert "innen i morgen kl. 08.30" in desk.get("/ny/lagret").text


def test_an_old_token_brings_the_call_back(desk: Client) -> None:
    """Nothing is saved; one press leads to the form with every word; then it can be saved."""
    data = {**SPOKEN, "asks": ["facts", "images"], "concerned": "nobody", "token": "abc", "csrf_token": "gammel"}
    back = desk.post("/ny", data=data)
    assert back.status_code == 400
    again = _press_on(desk, back.text)
    assert again.status_code == 422
    assert none_saved()
    assert "Ingenting er sendt ennå" in again.text
    _all_is_there(read(again.text))
    page = read(again.text, "/ny")
    assert desk.post("/ny", data=filled(page, page.all("form")[-1])).status_code == 303
    assert the_inquiry().facts["asks"] == ["facts", "images"]


def test_a_log_in_that_ran_out_while_typing(desk: Client, at_noon: FrozenClock) -> None:
    """The log-in page takes the call along; afterwards it stands in the form, not saved, and can be saved."""
    data = typed(desk, concerned="nobody", deadline="i morgen kl 14", asks=["facts", "images"])
    at_noon.advance(timedelta(minutes=config.current().session_idle_minutes + 1))
    response = desk.post("/ny", data=data)
    assert response.status_code == 401
    response = _press_on(desk, response.text, username="sentralbord", password="pressedesk")
    response = _press_on(desk, response.text)
    assert response.status_code == 422
    assert none_saved()
    _all_is_there(read(response.text), deadline="i morgen kl 14")
    page = read(response.text, "/ny")
    assert desk.post("/ny", data=filled(page, page.all("form")[-1])).status_code == 303
    assert the_inquiry().caller_name == SPOKEN["caller_name"]


def _all_is_there(page: Page, **changed: str) -> None:
    form = filled(page, page.all("form")[-1])
    assert {name: form[name].strip() for name in SPOKEN} == {**SPOKEN, **changed}
    assert (form.getlist("asks"), form["concerned"]) == (["facts", "images"], "nobody")


def _press_on(desk: Client, html: str, **values: str):
    page = read(html)
    form = next(each for each in page.all("form") if each.get("action") != "/logg-ut")
    data = filled(page, form)
    for name, value in values.items():
        data.setlist(name, [value])
    return desk.post(form.get("action"), data=data)


# While typing


def test_the_panel_says_who_and_when_and_what_to_say(desk: Client, town: Town) -> None:
    """The office, the person, a number to ring, the due time and its way, the point with its force, the words."""
    page = preview(desk, unit=str(town.units["skole"]), asks=["facts"], concerned="nobody")
    panel = words(region(page, "svarer"))
    assert "Rektor, Bjerke skole" in panel
    assert re.search(r"Tone Berg ?\d\d \d\d \d\d \d\d", panel)
    assert "Frist: i dag kl. 14.00" in panel
    assert "Punkt 6 · kan" in panel
    assert "Virksomhetsleder spør rådmann eller kommunalsjef ved tvil. Punkt 6 · plikter" in panel
    assert "Journalistens frist er tidligere, så den gjelder" in panel
    assert (
        "Rektor Tone Berg svarer på dette. Du får svar eller ny beskjed innen kl. 14.00. Nummeret er PD-2026-0001."
        in panel
    )
    assert words(region(page, "frist-lest")) == "Tirsdag 24.11. kl. 14.00, om 2 t"
    assert none_saved()


@pytest.mark.parametrize(
    ("deadline", "says"),
    [
        ("i morgen kl 10", "Onsdag 25.11. kl. 10.00, om 22 t"),
        ("ingen frist", "Ingen frist"),
        ("kl 11", "Klokka 11.00 i dag er passert"),
        ("kl 14 eller så", "men ikke «eller så»"),
        ("", ""),
    ],
)
def test_the_deadline_is_read_back(desk: Client, deadline: str, says: str) -> None:
    """In words, at once; what was not understood stops nothing yet."""
    echo = words(region(preview(desk, deadline=deadline), "frist-lest"))
    assert says in echo
    assert bool(echo) is bool(says)


def test_an_open_question_about_a_person_is_one_line(desk: Client, town: Town) -> None:
    """Not two bans for something that nobody has said; a person who is concerned is named in the bans."""
    unit = {"unit": str(town.units["skole"]), "asks": ["facts"]}
    panel = words(region(preview(desk, **unit), "svarer"))
    assert panel.count("Er en enkeltperson berørt?") == 1
    assert "Punkt 13" not in panel
    assert "Punkt 13 · skal ikke" in words(region(preview(desk, **unit, concerned="employee"), "svarer"))


PROPOSED: list[tuple[str, str, dict[str, str], str | None, str]] = [
    ("ett ord", "Blir det mer skolemat?", {}, "skole", "Foreslått ut fra «skolemat»."),
    ("ingenting kjent", "Hva skjer?", {}, None, ""),
    ("to like gode", "Skolemat og barnehageplass?", {}, None, "Det kan være Bjerke skole eller Trollskogen barnehage."),
    ("en person har valgt", "Blir det mer skolemat?", {"unit": "kis"}, "kis", "Regnes som én virksomhet."),
    ("vet ikke er et valg", "Blir det mer skolemat?", {"unit": "0"}, "0", ""),
    ("et bedre forslag", "Kloakk i drikkevannet?", {"unit": "skole", "proposed_unit": "skole"}, "vann", "Foreslått"),
    (
        "en leder, ingen vet hvilken",
        "Hva skjer?",
        {"concerned": "leader"},
        None,
        "Velg virksomheten, så saken ikke går",
    ),
    ("forslaget falt bort", "Hva skjer?", {"unit": "skole", "proposed_unit": "skole"}, None, ""),
]


@pytest.mark.parametrize(("told", "question", "given", "chosen", "says"), PROPOSED, ids=[case[0] for case in PROPOSED])
def test_the_words_propose_a_unit_and_a_person_decides(
    desk: Client, town: Town, told: str, question: str, given: dict[str, str], chosen: str | None, says: str
) -> None:
    """A proposal fills an untouched list and gives way to a better one; what somebody chose stays."""
    ids = {name: str(town.units.get(value, value)) for name, value in given.items()}
    note = region(preview(desk, question=question, **ids), "enhet-lest")
    assert note.get("data-unit") == str(town.units.get(chosen, chosen) if chosen else "")
    assert says in words(note)


def test_a_proposal_goes_to_the_same_as_a_choice(desk: Client, town: Town) -> None:
    """What the preview shows of a proposed unit is what is saved when it is left standing."""
    page = preview(desk, question="Blir det mer skolemat?")
    proposed = region(page, "enhet-lest").get("data-unit")
    assert "Tone Berg" in words(region(page, "svarer"))
    save(desk, question="Blir det mer skolemat?", unit=proposed, proposed_unit=proposed)
    assert the_inquiry().unit_id == town.units["skole"]


def test_without_a_script_a_button_shows_the_same(desk: Client, town: Town) -> None:
    """The whole page comes back with the panel, the proposed unit chosen, and every word; nothing is saved."""
    response = desk.post(
        "/ny/kladd", data=typed(desk, question="Blir det mer skolemat?", asks=["facts", "images"], concerned="nobody")
    )
    assert response.status_code == 200
    page = read(response.text)
    form = filled(page, page.all("form")[-1])
    assert form["unit"] == form["proposed_unit"] == str(town.units["skole"])
    _all_is_there(page, question="Blir det mer skolemat?")
    assert "Tone Berg" in words(region(page, "svarer"))
    assert none_saved()
    assert desk.post("/ny", data=form).status_code == 303
    assert the_inquiry().reference == "PD-2026-0001"


def test_only_questions_that_matter_are_listed_first(desk: Client, town: Town) -> None:
    """The panel names them, the most decisive first; the page puts its questions in that order."""
    page = preview(desk, question="Hva skjer?", asks=["facts"])
    assert {"level", "personnel"} < set(region(page, "svarer").get("data-ask").split())
    known = preview(desk, unit=str(town.units["skole"]), asks=["images"], concerned="nobody")
    asked = region(known, "svarer").get("data-ask").split()
    assert "children_images" in asked
    assert not {"level", "personnel", "waiver"} & set(asked)


# Drafts


def test_a_draft_is_found_again_after_logging_out(desk: Client, town: Town, at_noon: FrozenClock) -> None:
    """With everything typed and its number; it becomes the inquiry with that number, and is gone."""
    preview(desk, concerned="nobody", asks=["facts", "images"], unit=str(town.units["skole"]))
    desk.submit("/ny", "/logg-ut")
    at_noon.advance(timedelta(minutes=20))
    sign_in(desk, town, "sentralbord")
    page = desk.page("/ny")
    line = "Kladd fra i dag kl. 12.00, 20 min siden: Kåre Ås-Hansen, Østlendingen, 912 34 567. PD-2026-0001"
    assert f"Må skrives ferdig. {line}" in words(page.all("main")[0])
    response = desk.get("/ny?kladd=PD-2026-0001")
    page = read(response.text, "/ny")
    _all_is_there(page)
    assert "PD-2026-0001" in words(region(page, "svarer"))
    assert desk.post("/ny", data=filled(page, page.all("form")[-1])).status_code == 303
    inquiry = the_inquiry()
    assert inquiry.reference == "PD-2026-0001"
    assert inquiry.logged_at - inquiry.received_at == timedelta(minutes=20)
    assert "Kladd fra" not in desk.get("/ny").text


def test_a_draft_can_be_thrown_away(desk: Client) -> None:
    """By its owner, with one press."""
    preview(desk)
    assert "Kladden er kastet." in desk.get(desk.submit("/ny", "/ny/kast").headers["Location"]).text
    with db.reading() as tx:
        assert tx.query(Draft).count() == 0


def test_a_draft_is_nobody_elses(desk: Client, town: Town) -> None:
    """Not listed, not opened, not changed by a stolen token, not thrown away."""
    preview(desk)
    with db.reading() as tx:
        token = tx.scalars(select(Draft.token)).one()
    sign_in(desk, town, "leder")
    assert "Kåre" not in desk.get("/ny").text
    assert desk.get("/ny?kladd=PD-2026-0001").status_code == 404
    assert desk.post("/ny/kladd", data=typed(desk, token=token, fragment="1")).status_code == 404
    desk.post("/ny/kast", data={"token": token, "csrf_token": typed(desk)["csrf_token"]})
    with db.reading() as tx:
        assert tx.scalars(select(Draft.fields)).one()["caller_name"] == [SPOKEN["caller_name"]]


def test_the_draft_of_a_private_call_keeps_no_question(desk: Client) -> None:
    """From the moment it is known to be one; the form being typed in still holds it."""
    data = typed(desk, fragment="1")
    desk.post("/ny/kladd", data=data)
    data.setlist("capacities", ["private"])
    panel = words(region(read(desk.post("/ny/kladd", data=data).text), "svarer"))
    assert "PD-" not in panel
    with db.reading() as tx:
        assert "question" not in tx.scalars(select(Draft.fields)).one()


def test_looking_changes_nothing(desk: Client) -> None:
    """A GET, and a preview of an empty form, keep no draft and give out no number."""
    desk.get("/ny")
    preview(desk, **dict.fromkeys(SPOKEN, ""))
    with db.reading() as tx:
        assert tx.query(Draft).count() == 0
    save(desk)
    assert the_inquiry().reference == "PD-2026-0001"


# Who sees what


WITHOUT_A_DESK = {"admin", "auditor", "inspektor"}  # a deputy has one while he acts


@pytest.mark.parametrize("who", [name for name, (_, duties) in PEOPLE.items() if duties is not None])
def test_everybody_at_a_desk_can_log_a_call(client: Client, town: Town, at_noon: FrozenClock, who: str) -> None:
    """A call may reach any desk; who only administers or audits has none."""
    if who in WITHOUT_A_DESK:
        sign_in(client, town, who)
        assert client.get("/ny").status_code == 403
        return
    sign_in(client, town, who)
    assert save(client).status_code == 303
    assert client.get("/ny/lagret").status_code == 200


def test_suggestions_are_from_what_one_may_see(desk: Client, town: Town, at_noon: FrozenClock) -> None:
    """The caller of a restricted inquiry is suggested to nobody who may not know of it; nor is the newsroom."""
    logged_call(town, at_noon.now(), caller="Åpen Andersen", outlet="Åpenavisen")
    logged_call(town, at_noon.now(), caller="Skjult Sand", outlet="Skjultavisen", personnel=YES)
    assert _suggested(desk) == {"Åpen Andersen", "Åpenavisen"}
    sign_in(desk, town, "kommunalsjef")
    assert _suggested(desk) == {"Åpen Andersen", "Åpenavisen", "Skjult Sand", "Skjultavisen"}


def _suggested(desk: Client) -> set[str]:
    page = desk.page("/ny")
    return {each.get("value") for each in page.all("option") if each.within("datalist")}


@pytest.mark.parametrize(
    ("name", "act"),
    [("siden", lambda desk: desk.get("/ny")), ("kladden", preview), ("lagring", save)],
)
def test_the_number_of_queries_does_not_grow(
    desk: Client, town: Town, at_noon: FrozenClock, name: str, act: Callable[[Client], object]
) -> None:
    """With five inquiries as with twenty."""
    save(desk)  # so that the caller is known the first time as well
    counts = []
    for n in (5, 15):
        for number in range(n):
            logged_call(town, at_noon.now(), caller=f"Kåre {number}", outlet=f"Avis {number}")
        with counted() as queries:
            act(desk)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    event.remove(db.engine(), "before_cursor_execute", note)
