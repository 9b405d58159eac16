"""The page of an inquiry: what each person sees and may press, two people at once, and nothing typed lost."""

from datetime import timedelta
from typing import Any

import pytest

from pressedesk.desk.answering import Agreed, Consulted, Deviated
from pressedesk.desk.handling import Concerns
from pressedesk.events import EventKind
from pressedesk.models import Restriction
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Kind, Level, Role, Statement
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, filled, read
from tests.views.test_innboks import queries, words

pytestmark = pytest.mark.usefixtures("at_noon")

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EVERYBODY = ("leder", "kommunalsjef", "radmann", "kis", "kis_adviser", "sentralbord", "annen_leder", "ordforer")


def page_of(client: PageClient, sak: Sak, who: str) -> Page:
    """The page as somebody sees it."""
    sign_in(client, sak.town, who)
    return client.page(f"/sak/{sak.reference}")


def address(sak: Sak, action: str, *, strand: bool = False, kind: Kind | None = None) -> str:
    """Where a form of the inquiry, or of a strand of it, is sent."""
    return f"/sak/{sak.reference}/{sak.strand(kind).id}/{action}" if strand else f"/sak/{sak.reference}/{action}"


def form_at(page: Page, action: str) -> Any:
    """What a browser would send from the form to `action`."""
    form = next(form for form in page.all("form") if form.get("action") == action and form.get("method") == "post")
    return filled(page, form)


# --- What is shown --------------------------------------------------------------------------------------------------


def test_everything_about_it_stands_on_the_page(client: PageClient, town: Town) -> None:
    """Who asks what, by when and how that was reckoned; who has it and how he was found; who may say what, and why."""
    sak = call(town, NOON, deadline_at=NOON + HOUR, personnel=UNKNOWN, in_doubt=True)
    told = words(page_of(client, sak, "leder"))
    for part in (
        "Granliposten", sak.reference, "Mari Nygård", "Ring 400 00 123", "Hvor mange elever", "Frist om 1 t",
        "Slik fant vi fram til Tone Berg", "Tone Berg har stillingen og er til stede.",
        "Slik er fristen regnet ut", "Frist tirsdag 24.11. kl. 13.00.",
        "Hvem kan si hva", "Virksomhetsleder", "Generell informasjon",
        "Dette er ikke tillatt her", "Å kommentere en personalsak.", "Punkt 13 Personalsaker skal ikke",
        "Hvem som spørres først", "før svaret gis", "plikter",
        "Begrunnelse", "Punkt 6", "Pressereglementet, versjon", "Råd til den som svarer",
        "Siv Eng noterte henvendelsen",
    ):  # fmt: skip
        assert part in told, part


def test_a_mixed_inquiry_shows_each_part(client: PageClient, town: Town) -> None:
    """Its own owner, state and clock each, with buttons for the own part alone."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.POLITICAL, Ask.DOCUMENTS})
    page = page_of(client, sak, "ordforer")
    told = words(page)
    for part in ("Politisk", "Administrativt", "Innsyn i dokumenter", "(offentleglova)", "Arkiv og postmottak"):
        assert part in told
    takes = [form.get("action") for form in page.all("form") if form.get("action").endswith("/ta")]
    assert takes == [address(sak, "ta", strand=True, kind=Kind.POLITICAL)]


def test_new_facts_show_both_decisions_and_the_difference(client: PageClient, town: Town) -> None:
    """The old unfolds, the new stands, and what differs is said in words."""
    sak = call(town, NOON)
    sak.correct("kis", NOON + MINUTE, level="area")
    told = words(page_of(client, sak, "leder"))
    for part in (
        "Regelsvaret er endret", "Før: én virksomhet. Nå: flere i samme sektor.",
        "Før: administrativt: virksomhetsleder, besvares. Nå: administrativt: kommunalsjef, besvares.",
        "Forrige regelsvar", "Ny ansvarlig: Kommunalsjef oppvekst. Før: Rektor.", "Kari Dahl rettet opplysninger",
    ):  # fmt: skip
        assert part in told, part


def test_an_answer_stands_with_what_it_touched(client: PageClient, town: Town) -> None:
    """As it was, with the point beside it, and who was asked."""
    sak = call(town, NOON, client_case=YES)
    sak.answer("leder", NOON, text="Det stemmer.", consulted=Consulted(Role.KOMMUNALSJEF, NOON))
    told = words(page_of(client, sak, "leder"))
    for part in ("Det stemmer.", "Reglementet sier om dette svaret", "Forvaltningsloven § 13", "Rådført med"):
        assert part in told, part


def test_what_people_wrote_is_shown_as_text(client: PageClient, town: Town) -> None:
    """HTML, emoji and long words are words; the page stays a page."""
    nasty = "<script>alert(1)</script> & «æøå» 🎉 " + "lang" * 200
    sak = call(town, NOON, question=nasty, caller="<b>Mari</b>", outlet="A & B")
    sak.note("leder", nasty, NOON)
    sak.answer("leder", NOON, text=nasty)
    page = page_of(client, sak, "leder")
    assert not page.all("b")
    assert words(page).count("<script>alert(1)</script>") == 3


# --- Who sees what --------------------------------------------------------------------------------------------------


def test_a_held_text_is_held_on_every_page(client: PageClient, town: Town) -> None:
    """Question, note, answer, reason, scope: none of it for those who may only know that it exists."""
    sak = call(town, NOON, question="KANARI spør", personnel=UNKNOWN)
    sak.note("leder", "KANARI notat", NOON)
    agreed = Agreed(Role.RADMANN, "KANARI omfang", NOON)
    deviated = Deviated("KANARI unntak", Role.RADMANN, NOON)
    sak.answer("leder", NOON, text="KANARI svar", agreed=agreed, deviated=deviated)
    sak.close("leder", NOON, Ending.NO_ANSWER, "KANARI grunn")
    for who in ("leder", "sentralbord", "kis", "kommunalsjef", "radmann"):
        assert words(page_of(client, sak, who)).count("KANARI") == 6, who
    for who in ("kis_adviser", "annen_leder", "ordforer"):
        told = words(page_of(client, sak, who))
        assert "KANARI" not in told, who
        assert "Teksten er holdt tilbake" in told, who
    sign_in(client, town, "kis_adviser")
    assert "KANARI" not in client.get(address(sak, "opplysninger")).get_data(as_text=True)


def test_a_restricted_one_does_not_exist_for_others(client: PageClient, town: Town) -> None:
    """Every page and form of it gives the same 404, to the byte, as what never was."""
    sak = call(town, NOON, question="KANARI", personnel=YES)
    strand = sak.strand().id
    paths = ["", "/opplysninger", f"/{strand}/svar", f"/{strand}/lukk"]
    for who in ("kis_adviser", "annen_leder", "ordforer", "admin", "auditor"):
        sign_in(client, town, who)
        for path in paths:
            hidden = client.get(f"/sak/{sak.reference}{path}")
            missing = client.get(f"/sak/PD-2026-9999{path}")
            assert (hidden.status_code, missing.status_code) == (404, 404)
            assert body(hidden) == body(missing), (who, path)
        for action in ("notat", "person", "begrens", "opphev", f"{strand}/ta", f"{strand}/legg-tilbake"):
            data = {"version": "1", "seen": "1", "text": "x", "concerns": "nobody", "csrf_token": token(client)}
            hidden = client.post(f"/sak/{sak.reference}/{action}", data=data)
            missing = client.post(f"/sak/PD-2026-9999/{action}", data=data)
            assert (hidden.status_code, body(hidden)) == (404, body(missing)), (who, action)


def body(response: Any) -> str:
    """A page without its token, which is new each time."""
    return "\n".join(line for line in response.get_data(as_text=True).splitlines() if "csrf_token" not in line)


def token(client: PageClient) -> str:
    """The form token of whoever is logged in."""
    return next(each.get("value") for each in client.page("/saker").all("input") if each.get("name") == "csrf_token")


def test_the_switchboard_gets_the_shell(client: PageClient, town: Town) -> None:
    """By exact reference: whose it is and whom to ring; not who asks, nor what."""
    sak = call(town, NOON, question="KANARI", caller="Kanari Fugl", outlet="Kanariposten", personnel=YES)
    page = page_of(client, sak, "sentralbord")
    told = words(page)
    assert "Rektor" in told
    assert any(link.get("href").startswith("tel:") for link in page.all("a"))
    assert "kanari" not in told.lower()
    sign_in(client, town, "sentralbord")
    assert client.get(address(sak, "svar", strand=True)).status_code == 404


def test_a_strand_is_reached_through_its_own_inquiry_only(client: PageClient, town: Town) -> None:
    """Another's strand under one's own reference is not there."""
    mine, other = call(town, NOON), call(town, NOON, unit="barnehage")
    sign_in(client, town, "leder")
    for path in (f"/sak/{mine.reference}/{other.strand().id}/svar", f"/sak/{mine.reference}/{other.strand().id}/lukk"):
        assert client.get(path).status_code == 404


def test_the_radmann_as_subject_sees_nothing(client: PageClient, town: Town) -> None:
    """The ordfører owns it, with the whole page; for the rådmann it does not exist."""
    sak = call(town, NOON, subject=Role.RADMANN, personnel=YES, question="KANARI")
    assert "KANARI" in words(page_of(client, sak, "ordforer"))
    sign_in(client, town, "radmann")
    assert client.get(f"/sak/{sak.reference}").status_code == 404


def test_the_owner_sees_who_opened_it(client: PageClient, town: Town) -> None:
    """A superior's look at a restricted one is written down, once a visit, and shown."""
    sak = call(town, NOON, personnel=YES)
    for _ in range(2):
        page_of(client, sak, "kommunalsjef")
    told = words(page_of(client, sak, "leder"))
    assert told.count("Arne Moen, i dag kl. 12.00") == 1
    assert "Tone Berg, i dag" not in told


# --- Who may press what ---------------------------------------------------------------------------------------------

OWNER, LINE, KIS = {"leder"}, {"kommunalsjef", "radmann"}, {"kis"}
ALL_OF_THEM = set(EVERYBODY)
BUTTONS = [  # the action, is it of a strand, what is sent, how the inquiry is made, who may
    ("ta", True, {}, {}, OWNER | LINE | KIS),
    ("legg-tilbake", True, {}, {"taken": True}, OWNER | LINE | KIS),
    ("person", False, {"concerns": "nobody"}, {"personnel": UNKNOWN}, OWNER),
    ("begrens", False, {}, {}, ALL_OF_THEM),
    ("opphev", False, {}, {"restricted": True}, LINE | KIS),
    ("notat", False, {"text": "Et notat"}, {}, OWNER | LINE | KIS | {"kis_adviser", "sentralbord"}),
]


@pytest.mark.parametrize(("action", "of_strand", "sent", "given", "may"), BUTTONS, ids=[each[0] for each in BUTTONS])
def test_a_button_is_shown_to_those_who_may_and_refused_to_others(
    client: PageClient,
    town: Town,
    action: str,
    of_strand: bool,
    sent: dict[str, str],
    given: dict[str, Any],
    may: set[str],
) -> None:
    """Both are the same answer: the button stands on the page where the act is allowed, and nowhere else."""
    for who in EVERYBODY:
        sak = make(town, **given)
        where = address(sak, action, strand=of_strand)
        sign_in(client, town, who)
        first = client.get(f"/sak/{sak.reference}")
        page = read(first.get_data(as_text=True))
        is_shown = first.status_code == 200 and any(form.get("action") == where for form in page.all("form"))
        assert is_shown is (who in may), who
        row = sak.strand() if of_strand else sak.inquiry()
        data = {"version": row.version, "seen": 1, "csrf_token": token(client), **sent}
        before = len(sak.events())
        status = client.post(where, data=data).status_code
        assert (status == 303) is (who in may), (who, status)
        assert (len(sak.events()) > before) is (who in may), who


def make(town: Town, *, taken: bool = False, restricted: bool = False, **facts: Any) -> Sak:
    """An inquiry for a button."""
    sak = call(town, NOON, **facts)
    if taken:
        sak.take("leder", NOON)
    if restricted:
        sak.restrict("leder", NOON)
    return sak


PAGES = [  # the page, is it of a strand, who may
    ("svar", True, OWNER | LINE | KIS | {"kis_adviser"}),
    ("lukk", True, OWNER | LINE | KIS | {"kis_adviser", "sentralbord"}),
    ("opplysninger", False, OWNER | LINE | KIS | {"kis_adviser"}),
]


@pytest.mark.parametrize(("action", "of_strand", "may"), PAGES, ids=[each[0] for each in PAGES])
def test_a_form_is_linked_for_those_who_may_and_refused_to_others(
    client: PageClient, town: Town, action: str, of_strand: bool, may: set[str]
) -> None:
    """The link stands where the page opens; forced, by GET or POST, it is refused with a sentence."""
    sak = call(town, NOON)
    where = address(sak, action, strand=of_strand)
    for who in EVERYBODY:
        page = page_of(client, sak, who)
        assert any(link.get("href") == where for link in page.all("a")) is (who in may), who
        got = client.get(where)
        posted = client.post(where, data={"csrf_token": token(client)})
        assert (got.status_code, posted.status_code) == ((200, 422) if who in may else (403, 403)), who


def test_a_finished_strand_offers_nothing_more(client: PageClient, town: Town) -> None:
    """Closed: no take, no closing; more that was said can still be written down."""
    sak = call(town, NOON)
    sak.close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke.")
    page = page_of(client, sak, "leder")
    actions = [each.get("action") or each.get("href") for each in page.all("form", "a")]
    assert not [each for each in actions if each.endswith(("/ta", "/lukk", "/legg-tilbake"))]
    assert "Ikke noe svar gitt i dag kl. 12.00: Rakk det ikke." in words(page)


# --- The buttons at work --------------------------------------------------------------------------------------------


def test_the_one_tap(client: PageClient, town: Town) -> None:
    """Asked of the owner while it is open, with its effect explained; then gone."""
    sak = call(town, NOON, personnel=UNKNOWN)
    page = page_of(client, sak, "leder")
    assert "Gjelder dette en enkeltperson?" in words(page)
    assert "Svarer du nei, kan resten av pressevakta lese teksten" in words(page)
    client.submit(f"/sak/{sak.reference}", address(sak, "person"), press="concerns=employee")
    assert sak.inquiry().restriction is Restriction.CONFIRMED
    told = words(page_of(client, sak, "leder"))
    assert "Gjelder dette en enkeltperson?" not in told
    assert "Avslås høflig, med grunn" in told


def test_restricting_takes_it_away_at_once(client: PageClient, town: Town) -> None:
    """Whoever may not see it any longer lands in his inbox, and is told why."""
    sak = call(town, NOON)
    sign_in(client, town, "annen_leder")
    answer = client.submit(f"/sak/{sak.reference}", address(sak, "begrens"))
    assert answer.location == "/innboks"
    assert "Du har ikke lenger tilgang til den" in words(client.page("/innboks"))
    assert client.get(f"/sak/{sak.reference}").status_code == 404


def test_lifting_by_two(client: PageClient, town: Town) -> None:
    """The first sees that another must, the second sees who proposed it."""
    sak = call(town, NOON)
    sak.restrict("leder", NOON)
    sign_in(client, town, "kommunalsjef")
    client.submit(f"/sak/{sak.reference}", address(sak, "opphev"))
    page = page_of(client, sak, "kommunalsjef")
    assert "Du har foreslått å oppheve begrensningen" in words(page)
    assert not [form for form in page.all("form") if form.get("action").endswith("/opphev")]
    assert "Arne Moen har foreslått" in words(page_of(client, sak, "kis"))
    client.submit(f"/sak/{sak.reference}", address(sak, "opphev"))
    assert sak.inquiry().restriction is Restriction.NONE


def test_a_button_from_a_page_too_old_to_act_from(client: PageClient, town: Town) -> None:
    """A form without its version does nothing, and says so."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    answer = client.post(address(sak, "ta", strand=True), data={"csrf_token": token(client)})
    assert answer.status_code == 303
    assert "Ingenting er gjort ennå" in words(client.page(answer.location))
    assert sak.strand().state is State.TOLD


# --- Correcting -----------------------------------------------------------------------------------------------------


def test_correcting_what_is_known(client: PageClient, town: Town) -> None:
    """The regulation's own questions, filled in as things stand; what is sent becomes the facts, and nothing else."""
    sak = call(town, NOON, principled=YES)
    sign_in(client, town, "kis_adviser")
    before = sak.inquiry().facts
    where = address(sak, "opplysninger")
    client.submit(where, where, level="null", unit="", asks=["facts", "assessment"], in_doubt="true")
    inquiry = sak.inquiry()
    changed = {key: value for key, value in inquiry.facts.items() if value != before[key]}
    assert changed == {"level": None, "asks": ["facts", "assessment"], "in_doubt": True}
    assert inquiry.unit_id is None
    assert sak.strand().owner_role is Role.RADMANN


def test_a_form_sent_as_it_stands_changes_no_fact(client: PageClient, town: Town) -> None:
    """Every fact goes out and comes back the same, whatever it is."""
    given: dict[str, Any] = {"capacities": None, "waiver": "partial", "subject": None, "case_public": True}
    sak = call(town, NOON, unit="vann", addressed_office="ingenior", addressed=Role.ANSATT, level=Level.SECTION)
    sak.correct("kis", NOON, unit="vann", **given)
    before = sak.inquiry().facts
    sign_in(client, town, "kis")
    where = address(sak, "opplysninger")
    assert client.submit(where, where).status_code == 303
    assert sak.inquiry().facts == before


def test_another_office_is_another_addressee(client: PageClient, town: Town) -> None:
    """Chosen by office, the role follows; a role alone has no office."""
    sak = call(town, NOON, unit="vann", level=Level.SECTION)
    sign_in(client, town, "kis")
    where = address(sak, "opplysninger")
    client.submit(where, where, addressed=f"stilling-{town.offices['ingenior']}", own_field="true")
    assert (sak.inquiry().facts["addressed"], sak.strand().owner_role) == ("ansatt", Role.ANSATT)
    client.submit(where, where, addressed="rolle-tillitsvalgt")
    assert sak.inquiry().addressed_office_id is None


def test_what_is_the_owners_to_say_is_refused_with_the_form_kept(client: PageClient, town: Town) -> None:
    """KIS cannot say by facts that nobody is concerned; the rest of the form is still there."""
    sak = call(town, NOON, personnel=UNKNOWN)
    sign_in(client, town, "kis_adviser")
    where = address(sak, "opplysninger")
    answer = client.submit(where, where, personnel="false", level="area")
    page = read(answer.get_data(as_text=True))
    assert answer.status_code == 422
    assert "Det er den ansvarlige som avklarer" in words(page)
    assert form_at(page, where)["level"] == "area"


def test_forged_facts_are_refused(client: PageClient, town: Town) -> None:
    """A value that is no choice is said beside its field."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    where = address(sak, "opplysninger")
    for name, value in (("level", "galaksen"), ("personnel", "kanskje"), ("asks", "alt"), ("unit", "9999")):
        assert client.submit(where, where, **{name: value}).status_code == 422, name
    assert len(sak.inquiry().decisions) == 1


# --- The answer -----------------------------------------------------------------------------------------------------


def test_before_it_is_said(client: PageClient, town: Town) -> None:
    """In the chosen role, kind by kind: allowed, first ask, refused; each with its point and force."""
    employee = {"unit": "vann", "addressed_office": "ingenior", "addressed": Role.ANSATT, "level": Level.SECTION}
    sak = call(town, NOON, own_field=YES, **employee)
    sign_in(client, town, "ansatt")
    where = address(sak, "svar", strand=True)
    told = words(client.page(where))
    assert "Fakta ✓ Kan sies" in told
    assert "Faglig vurdering ◆ Kan ikke sies Krever særskilt avtale om denne saken." in told
    assert "Punkt 7 Øvrige ansatte skal ikke" in told
    assert "Faglig vurdering ✓ Kan sies" in words(client.page(f"{where}?rolle=seksjonsleder"))
    assert client.get(f"{where}?rolle=sjefen").status_code == 200


def test_what_must_be_asked_first_says_so(client: PageClient, town: Town) -> None:
    """In doubt the leader asks first; the form for it stands open."""
    sak = call(town, NOON, in_doubt=True)
    sign_in(client, town, "leder")
    page = client.page(address(sak, "svar", strand=True))
    assert "Kan sies, men ikke ennå Spør kommunalsjef eller rådmann først." in words(page)
    opened = [each for each in page.all("details") if "open" in each.attributes]
    assert ["Noen ble spurt først" in each.text for each in opened] == [True]


def test_after_it_was_said(client: PageClient, town: Town) -> None:
    """Everything in one act: what, which kinds, by whom, in which role, when, how, and who was asked when."""
    sak = call(town, NOON - 3 * HOUR, in_doubt=True)
    sign_in(client, town, "kis_adviser")
    where = address(sak, "svar", strand=True)
    answer = client.submit(
        where, where, text="Det er 214 elever.", kinds=["facts", "general_info"], by="Mona Fjeld",
        role="virksomhetsleder", at="kl 11.30", channel="email", consulted="radmann", consulted_at="kl 10",
    )  # fmt: skip
    assert answer.status_code == 303
    told = sak.answers()[0]
    assert (told.said_at, told.recorded_at) == (NOON - HOUR / 2, NOON)
    assert (told.spoken_by, told.spoken_by_role, told.channel) == ("Mona Fjeld", Role.VIRKSOMHETSLEDER, "email")
    assert told.kinds == ["facts", "general_info"]
    assert told.touched == []
    assert "Rådført med rådmann i dag kl. 10.00" in words(page_of(client, sak, "leder"))


WHENS = [  # what is written, picked, minutes before noon or what is said of it
    ("nå", "", 0),
    ("kl. 11.15", "", 45),
    ("11:15", "", 45),
    ("", "2026-11-24T11:15", 45),
    ("nå", "2026-11-24T11:15", 45),
    ("kl. 9.30", "", "Det er før henvendelsen kom, i dag kl. 10.00."),
    ("kl. 14", "", "Tidspunktet er ikke kommet ennå: i dag kl. 14.00."),
    ("", "2026-11-24T14:00", "Tidspunktet er ikke kommet ennå: i dag kl. 14.00."),
    ("i stad", "", "Forstår ikke tidspunktet."),
    ("", "", "Skriv når journalisten fikk svar"),
    ("kl. 10", "", 120),
]


def test_when_it_was_said(client: PageClient, town: Town) -> None:
    """As people say it, or picked; never in the future, never before the call; a slip keeps the text."""
    sign_in(client, town, "leder")
    for written, picked, expected in WHENS:
        sak = call(town, NOON - 2 * HOUR)
        where = address(sak, "svar", strand=True)
        answer = client.submit(where, where, text="TEKSTEN", kinds=["facts"], at=written, at_picked=picked)
        if isinstance(expected, int):
            assert answer.status_code == 303, written
            assert sak.answers()[0].said_at == NOON - expected * MINUTE, written
        else:
            page = read(answer.get_data(as_text=True))
            assert answer.status_code == 422, written
            assert expected in words(page), written
            assert form_at(page, where)["text"].strip() == "TEKSTEN"


SLIPS = [  # what is wrong, what is sent, what is said
    ({"text": "   "}, "Skriv kort hva journalisten fikk vite."),
    ({"text": "x" * 10_001}, "Teksten er på 10001 tegn."),
    ({"kinds": []}, "Velg minst ett av dem."),
    ({"by": ""}, "Skriv hvem som svarte."),
    ({"role": "privatperson"}, "gyldig"),
    ({"kinds": ["rykter"]}, "gyldig"),
    ({"agreed": "radmann"}, "Skriv hva avtalen gjelder."),
    ({"deviated": "radmann"}, "Skriv hvorfor det ble gjort unntak."),
    ({"consulted": "radmann", "consulted_at": "kl. 15"}, "Tidspunktet er ikke kommet ennå"),
]


def test_slips_in_the_answer(client: PageClient, town: Town) -> None:
    """Each is said beside its field, nothing is stored, and what was written stands."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    where = address(sak, "svar", strand=True)
    for sent, expected in SLIPS:
        answer = client.submit(where, where, **{"text": "ÆØÅ 🎉 <b>", "kinds": ["facts"], "agreed_scope": "", **sent})
        page = read(answer.get_data(as_text=True))
        assert answer.status_code == 422, sent
        assert expected in words(page), sent
        if "text" not in sent:
            assert form_at(page, where)["text"].strip() == "ÆØÅ 🎉 <b>"
    assert sak.answers() == []


def test_ten_thousand_characters_are_an_answer(client: PageClient, town: Town) -> None:
    """Long, with control characters that nobody can see: saved without them."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    where = address(sak, "svar", strand=True)
    assert client.submit(where, where, text="ø" * 10_000 + "\x00\u202e", kinds=["facts"]).status_code == 303
    assert "ø" * 10_000 in words(page_of(client, sak, "leder"))


# --- Closing --------------------------------------------------------------------------------------------------------


def test_a_refusal_comes_with_its_point(client: PageClient, town: Town) -> None:
    """Where the rules say «avslå», the form proposes it with the point and its sentence."""
    sak = call(town, NOON)
    sak.say_person("leder", Concerns.EMPLOYEE, NOON)
    sign_in(client, town, "leder")
    where = address(sak, "lukk", strand=True)
    page = client.page(where)
    proposed = form_at(page, where)
    assert proposed["ending"] == "declined"
    assert proposed["reason"].strip().startswith("Punkt 13: ")
    assert client.submit(where, where).status_code == 303
    assert sak.strand().ending is Ending.DECLINED


def test_slips_in_closing(client: PageClient, town: Town) -> None:
    """No ending, no answer, no reason: said beside the field, with the text kept."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    where = address(sak, "lukk", strand=True)
    for sent, expected in (
        ({}, "Velg hvordan det endte."),
        ({"ending": "statement", "reason": "Min tekst"}, "Skriv først hva journalisten fikk vite"),
        ({"ending": "no_answer", "reason": ""}, "Skriv kort hvorfor."),
        ({"ending": "lykkelig"}, "gyldig"),
    ):
        answer = client.submit(where, where, **sent)
        page = read(answer.get_data(as_text=True))
        assert answer.status_code == 422, sent
        assert expected in words(page), sent
        assert form_at(page, where)["reason"].strip() == sent.get("reason", "")
    assert sak.strand().state is State.TOLD


def test_the_switchboard_has_two_endings(client: PageClient, town: Town) -> None:
    """Those that the caller decides; another, forged, is refused."""
    sak = call(town, NOON)
    sign_in(client, town, "sentralbord")
    where = address(sak, "lukk", strand=True)
    shown = [each.get("value") for each in client.page(where).all("input") if each.get("name") == "ending"]
    assert shown == ["referred", "withdrawn"]
    assert client.submit(where, where, ending="no_answer", reason="Nei.").status_code == 422
    assert client.submit(where, where, ending="withdrawn", reason="Ringte selv.").status_code == 303


# --- Two at once ----------------------------------------------------------------------------------------------------

FORMS = [  # the form, is it of a strand, what the second has typed
    ("svar", True, {"text": "MIN TEKST", "kinds": ["facts"]}),
    ("lukk", True, {"ending": "no_answer", "reason": "MIN TEKST"}),
    ("notat", False, {"text": "MIN TEKST"}),
    ("opplysninger", False, {"level": "area"}),
]


@pytest.mark.parametrize(("action", "of_strand", "typed"), FORMS, ids=[each[0] for each in FORMS])
def test_the_second_sees_what_the_first_did_with_his_own_text_kept(
    client: PageClient, town: Town, action: str, of_strand: bool, typed: dict[str, Any]
) -> None:
    """409: what was done, by whom; the form as it was filled in, with a fresh version, so that it can be sent again."""
    sak = call(town, NOON)
    where = address(sak, action, strand=of_strand)
    sign_in(client, town, "leder")
    source = client.page(f"/sak/{sak.reference}" if action == "notat" else where)
    data = form_at(source, where)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    if of_strand:
        sak.take("kommunalsjef", NOON)
    else:
        sak.note("kommunalsjef", "Jeg var først.", NOON)
    late = client.post(where, data=data)
    page = read(late.get_data(as_text=True))
    assert late.status_code == 409
    assert "Noen andre var først" in words(page)
    assert "Arne Moen" in words(page)
    kept = form_at(page, where)
    for name, value in typed.items():
        assert [each.strip() for each in kept.getlist(name)] == (value if isinstance(value, list) else [value])
    assert client.post(where, data=kept).status_code == 303


PRESSES = [  # the button, is it of a strand, what is sent, how it is made, what the other does first
    ("ta", True, {}, {}, lambda sak: sak.take("kommunalsjef", NOON)),
    ("legg-tilbake", True, {}, {"taken": True}, lambda sak: sak.give_back("kommunalsjef", NOON)),
    ("person", False, {"concerns": "nobody"}, {"personnel": UNKNOWN}, lambda sak: sak.restrict("kommunalsjef", NOON)),
    ("begrens", False, {}, {}, lambda sak: sak.note("kommunalsjef", "Hei", NOON)),
]


@pytest.mark.parametrize(("action", "of_strand", "sent", "given", "other"), PRESSES, ids=[each[0] for each in PRESSES])
def test_a_press_that_comes_second_does_nothing_and_shows_the_first(
    client: PageClient,
    town: Town,
    action: str,
    of_strand: bool,
    sent: dict[str, str],
    given: dict[str, Any],
    other: Any,
) -> None:
    """The page says what the other did, and leads to the inquiry as it stands."""
    sak = make(town, **given)
    where = address(sak, action, strand=of_strand)
    data = form_at(page_of(client, sak, "leder"), where)
    data.update(sent)
    other(sak)
    before = sak.events()
    late = client.post(where, data=data)
    assert late.status_code == 409
    assert "Arne Moen" in words(read(late.get_data(as_text=True)))
    assert sak.events() == before


DOUBLE = [  # the form, is it of a strand, what is sent, how it is made, the event
    ("ta", True, {}, {}, EventKind.TAKEN),
    ("legg-tilbake", True, {}, {"taken": True}, EventKind.GIVEN_BACK),
    ("svar", True, {"text": "Svar", "kinds": ["facts"]}, {}, EventKind.ANSWERED),
    ("lukk", True, {"ending": "no_answer", "reason": "Nei"}, {}, EventKind.CLOSED),
    ("notat", False, {"text": "Notat"}, {}, EventKind.NOTED),
    ("person", False, {"concerns": "nobody"}, {"personnel": UNKNOWN}, EventKind.PERSON_SAID),
    ("begrens", False, {}, {}, EventKind.RESTRICTED),
    ("opplysninger", False, {"level": "area"}, {}, EventKind.FACTS_CHANGED),
]


@pytest.mark.parametrize(("action", "of_strand", "sent", "given", "kind"), DOUBLE, ids=[each[0] for each in DOUBLE])
def test_a_double_click_makes_one(
    client: PageClient,
    town: Town,
    action: str,
    of_strand: bool,
    sent: dict[str, Any],
    given: dict[str, Any],
    kind: EventKind,
) -> None:
    """The second press of the same form finds it done, and is led on as the first was."""
    sak = make(town, **given)
    where = address(sak, action, strand=of_strand)
    sign_in(client, town, "leder")
    own_page = action in ("svar", "lukk", "opplysninger")
    data = form_at(client.page(where if own_page else f"/sak/{sak.reference}"), where)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    assert [client.post(where, data=data).status_code for _ in range(2)] == [303, 303]
    assert sak.events().count(kind) == 1


def test_another_answer_from_an_old_page_is_not_a_double_click(client: PageClient, town: Town) -> None:
    """Own words, written in another window: shown again, not thrown away."""
    sak = call(town, NOON)
    where = address(sak, "svar", strand=True)
    sign_in(client, town, "leder")
    data = form_at(client.page(where), where)
    data.setlist("kinds", ["facts"])
    statuses = []
    for text in ("Det første", "Det andre"):
        data["text"] = text
        statuses.append(client.post(where, data=data).status_code)
    assert statuses == [303, 409]


# --- Log-in that ran out, and the cost of a page --------------------------------------------------------------------


@pytest.mark.parametrize(("action", "of_strand", "typed"), FORMS, ids=[each[0] for each in FORMS])
def test_a_form_that_was_brought_back_is_shown_and_not_sent(
    client: PageClient, town: Town, action: str, of_strand: bool, typed: dict[str, Any]
) -> None:
    """After a log-in that ran out: everything typed, and nothing done until it is pressed again."""
    sak = call(town, NOON)
    where = address(sak, action, strand=of_strand)
    sign_in(client, town, "leder")
    before = sak.events()
    own = "" if action == "notat" else where
    data = form_at(client.page(own or f"/sak/{sak.reference}"), where)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    brought = client.post(where, data={**data.to_dict(flat=False), "carried": "1"})
    page = read(brought.get_data(as_text=True))
    assert brought.status_code == 422
    assert "Ingenting er sendt ennå" in words(page)
    assert sak.events() == before
    kept = form_at(page, where)
    assert [each.strip() for name in typed for each in kept.getlist(name)] == [
        each for value in typed.values() for each in (value if isinstance(value, list) else [value])
    ]


def test_the_page_takes_as_many_queries_for_a_long_story_as_for_a_short(client: PageClient, town: Town) -> None:
    """No query in a loop, whatever has been noted, answered, corrected and opened."""
    short = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    long = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    for sak, times in ((short, 1), (long, 12)):
        for n in range(times):
            sak.note("leder", f"Notat {n}", NOON)
            sak.correct("kis", NOON, important=bool(n % 2), asks=["facts", "documents"])
            sak.answer("leder", NOON, Kind.ADMINISTRATIVE, kinds=(Statement.FACTS,),
                       consulted=Consulted(Role.RADMANN, NOON))  # fmt: skip
    sign_in(client, town, "leder")
    counted = {}
    for path in ("", "/opplysninger", f"/{short.strand().id}/svar"):
        of_long = path.replace(str(short.strand().id), str(long.strand().id))
        addresses = (f"/sak/{short.reference}{path}", f"/sak/{long.reference}{of_long}")
        counted[path] = tuple(queries(client, each) for each in addresses)
    assert all(few == many for few, many in counted.values()), counted
    assert max(few for few, _ in counted.values()) <= 60
