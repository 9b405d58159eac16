"""The pages of passing on: what each person is shown and may press, nothing typed lost, and every press once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import clock, db
from pressedesk.desk import passing
from pressedesk.events import EventKind
from pressedesk.models import Handover, Topic, TopicProposal
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Kind
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town, sign_in
from tests.pages import Page, PageClient, filled, read
from tests.views.test_innboks import inbox, references, words

pytestmark = pytest.mark.usefixtures("at_noon")

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def page_of(client: PageClient, sak: Sak, who: str) -> Page:
    """The page as somebody sees it."""
    sign_in(client, sak.town, who)
    return client.page(f"/sak/{sak.reference}")


def at(sak: Sak, action: str, kind: Kind | None = None) -> str:
    """Where a form of a strand is sent."""
    return f"/sak/{sak.reference}/{sak.strand(kind).id}/{action}"


def offer(sak: Sak, by: str, unit: str | None = None, note: str = "") -> int:
    """Offer the leading strand; the id of the offer."""
    strand, town = sak.strand(), sak.town
    unit_id = town.units[unit] if unit else None
    passing.offer(town.people[by], sak.reference, strand.id, strand.version, unit_id, None, note, "", NOON)
    with db.reading() as tx:
        return tx.scalars(select(Handover.id).order_by(Handover.id.desc())).first() or 0


def pressable(page: Page) -> set[str]:
    """The last part of every address that the page leads to about the strand."""
    hrefs = [link.get("href") for link in page.all("a")] + [form.get("action") for form in page.all("form")]
    return {href.rsplit("/", 1)[-1] for href in hrefs if href.startswith("/sak/PD-")}


BUTTONS = {  # who: what he may press while nobody has taken it; once the leader has
    "leder": ({"kan-ikke-na", "gi-videre", "mer-tid"}, {"kan-ikke-na", "gi-videre", "mer-tid"}),
    "kommunalsjef": ({"gi-videre", "mer-tid"}, {"gi-videre", "mer-tid"}),
    "sentralbord": ({"gi-videre", "svarer-ikke"}, set()),
    "kis_adviser": ({"gi-videre", "svarer-ikke"}, set()),
    "kis": ({"gi-videre", "svarer-ikke"}, {"gi-videre"}),
    "annen_leder": (set(), set()),
}
OURS = {"kan-ikke-na", "gi-videre", "mer-tid", "svarer-ikke"}


@pytest.mark.parametrize("who", BUTTONS)
@pytest.mark.parametrize("taken", [False, True])
def test_who_may_press_what(client: PageClient, town: Town, who: str, taken: bool) -> None:
    """Only what would be done is offered."""
    sak = call(town, NOON)
    if taken:
        sak.take("leder", NOON)
    assert pressable(page_of(client, sak, who)) & OURS == BUTTONS[who][taken]


def test_what_is_over_offers_none_of_it(client: PageClient, town: Town) -> None:
    """Answered: nothing to pass on, and nothing to wait for."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    assert not pressable(page_of(client, sak, "leder")) & OURS


def test_the_law_has_its_own_clock(client: PageClient, town: Town) -> None:
    """No button for more time with a request for documents, and a word why to whoever comes there anyway."""
    sak = call(town, NOON, asks={Ask.DOCUMENTS})
    assert "mer-tid" not in pressable(page_of(client, sak, "arkiv"))
    assert client.get(at(sak, "mer-tid")).status_code == 303
    assert "offentleglova" in words(client.page(f"/sak/{sak.reference}"))


def test_the_words_propose_the_unit(client: PageClient, town: Town) -> None:
    """The unit that the question speaks for is chosen already, with the words that say so; the present one is no
    choice."""
    sak = call(town, NOON, question="Hvorfor er det vannlekkasje ved skolen?")
    sign_in(client, town, "leder")
    page = client.page(at(sak, "gi-videre"))
    chosen = [each.get("value") for each in page.all("option") if "selected" in each.attributes]
    assert chosen == [f"virksomhet-{town.units['vann']}"]
    assert "Foreslått ut fra «vannlekkasje»" in words(page)
    values = [each.get("value") for each in page.all("option")]
    assert len(values) == len(set(values))
    assert f"virksomhet-{town.units['skole']}" not in values
    assert f"kollega-{town.people['inspektor']}" in values


def test_what_is_for_few_eyes_teaches_nothing(client: PageClient, town: Town) -> None:
    """No field for a word that all would read."""
    for facts, may in (({}, True), ({"personnel": YES}, False), ({"personnel": UNKNOWN}, False)):
        sak = call(town, NOON, **facts)
        sign_in(client, town, "leder")
        fields = {each.get("name") for each in client.page(at(sak, "gi-videre")).all("input")}
        assert ("topic" in fields) is may


FAULTS = [("", "Velg hvem saken hører til."), ("skole", "Saken går til Rektor også da.")]


@pytest.mark.parametrize(("to", "told"), FAULTS)
def test_faults_stand_beside_the_field(client: PageClient, town: Town, to: str, told: str) -> None:
    """With what was written kept."""
    sak = call(town, NOON, unit="barnehage" if not to else "skole")
    sign_in(client, town, "kis")
    value = ""
    if to:  # the same office through its area's other unit: the rules would give it back
        sak.correct("kis", NOON, level="area")
        value, told = f"virksomhet-{town.units['barnehage']}", "Saken går til Kommunalsjef oppvekst også da."
    response = client.submit(at(sak, "gi-videre"), at(sak, "gi-videre"), to=value, note="Husk bilaget")
    assert response.status_code == 422
    page = read(response.get_data(as_text=True))
    assert told in words(page)
    assert "Husk bilaget" in page.all("textarea")[0].text


def test_a_double_click_offers_once(client: PageClient, town: Town) -> None:
    """The second press says nothing new."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    page = client.page(at(sak, "gi-videre"))
    form = next(form for form in page.all("form") if form.get("action") == at(sak, "gi-videre"))
    data = filled(page, form)
    data["to"] = "kis"
    for _ in range(2):
        assert client.post(at(sak, "gi-videre"), data=data).status_code == 303
    assert sak.events().count(EventKind.OFFERED) == 1


def test_the_second_of_two_keeps_his_text(client: PageClient, town: Town) -> None:
    """The superior took over meanwhile: the form comes back with what the other did."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    page = client.page(at(sak, "gi-videre"))
    form = next(form for form in page.all("form") if form.get("action") == at(sak, "gi-videre"))
    data = filled(page, form)
    data["to"], data["note"] = "kis", "Ikke skolen"
    sak.take("kommunalsjef", NOON)
    response = client.post(at(sak, "gi-videre"), data=data)
    assert response.status_code == 409
    page = read(response.get_data(as_text=True))
    assert "Arne Moen tok over saken" in words(page)
    assert "Ikke skolen" in page.all("textarea")[0].text


def test_the_note_is_held_with_the_text(client: PageClient, town: Town) -> None:
    """What went with it is text of the inquiry: who may not read that, does not read this."""
    sak = call(town, NOON, personnel=UNKNOWN)
    offer(sak, "leder", "vann", note="KANARI")
    for who, reads in (("leder", True), ("seksjonsleder", True), ("annen_leder", False)):
        assert ("KANARI" in words(page_of(client, sak, who))) is reads, who


PANEL = {  # who, and what he may press on an offer to the section; on one to nobody
    "seksjonsleder": ({"ta", "avsla"}, set()),
    "leder": ({"trekk"}, {"trekk"}),
    "kis_adviser": (set(), {"avsla"}),
    "annen_leder": (set(), set()),
}


@pytest.mark.parametrize("who", PANEL)
@pytest.mark.parametrize("unit", ["vann", None])
def test_who_answers_an_offer(client: PageClient, town: Town, who: str, unit: str | None) -> None:
    """The receiver yes or no, the sender takes it back, KIS finds out; the others see that it waits."""
    sak = call(town, NOON)
    offer(sak, "leder", unit)
    page = page_of(client, sak, who)
    assert pressable(page) & {"ta", "avsla", "trekk"} - {"ta"} == PANEL[who][unit is None] - {"ta"}
    takes = [form.get("action") for form in page.all("form") if "/gi-videre/" in form.get("action")]
    assert any(action.endswith("/ta") for action in takes) is ("ta" in PANEL[who][unit is None])
    assert "Tone Berg" in words(page)


@pytest.mark.parametrize("action", ["ta", "avsla", "trekk"])
def test_an_offer_that_is_gone(client: PageClient, town: Town, action: str) -> None:
    """A press on an old page changes nothing, and says what happened."""
    sak = call(town, NOON)
    number = offer(sak, "leder", "vann")
    page = page_of(client, sak, "seksjonsleder")
    form = next(form for form in page.all("form") if form.get("action").endswith("/ta"))
    data = filled(page, form)
    sak.answer("leder", NOON)
    assert client.post(at(sak, f"gi-videre/{number}/{action}"), data=data).status_code == 409
    assert sak.events()[-1] is EventKind.ANSWERED


def test_declining_what_one_may_see_no_longer(client: PageClient, town: Town) -> None:
    """To the inbox, also the second press; the sak does not exist for him from then on."""
    sak = call(town, NOON, personnel=YES)
    number = offer(sak, "leder", "vann")
    page = page_of(client, sak, "seksjonsleder")
    action = at(sak, f"gi-videre/{number}/avsla")
    data = filled(page, next(form for form in page.all("form") if form.get("action") == action))
    for _ in range(2):
        response = client.post(action, data=data)
        assert (response.status_code, response.headers["Location"]) == (303, "/innboks")
    assert client.get(f"/sak/{sak.reference}").status_code == 404
    assert client.post(at(sak, "gi-videre/999/avsla"), data=data).status_code == 404


def test_lists_show_only_what_is_ones_own(client: PageClient, town: Town) -> None:
    """The receiver's inbox has the offer, KIS has what nobody knows, and others neither."""
    ours, nobodys = call(town, NOON), call(town, NOON)
    offer(ours, "leder", "vann")
    offer(nobodys, "leder")
    assert "Noen vil gi deg disse" in words(inbox(client, town, "seksjonsleder"))
    assert references(inbox(client, town, "seksjonsleder")) == [ours.reference]
    for who in ("kis", "kis_adviser"):
        page = inbox(client, town, who)
        assert "Hvem sin er denne?" in words(page)
        assert at(nobodys, "gi-videre") in [link.get("href") for link in page.all("a")]
    for who in ("annen_leder", "sentralbord", "kommunalsjef"):
        told = words(inbox(client, town, who))
        assert "Hvem sin er denne?" not in told
        assert "Noen vil gi deg disse" not in told


TIMES = [  # what is written: what is said beside the field
    ("", "Skriv når svaret kommer."),
    ("kl. 9", "er passert"),
    ("når vi rekker det", "Forstår ikke"),
    ("så snart som mulig", "Skriv for eksempel"),
]


@pytest.mark.parametrize(("time", "told"), TIMES)
def test_a_time_that_is_none(client: PageClient, town: Town, time: str, told: str) -> None:
    """Said beside the field, with the reason kept."""
    sak = call(town, NOON)
    sign_in(client, town, "leder")
    response = client.submit(at(sak, "mer-tid"), at(sak, "mer-tid"), time=time, reason="Venter på tall")
    assert response.status_code == 422
    page = read(response.get_data(as_text=True))
    assert told in words(page)
    assert "Venter på tall" in [each.get("value") for each in page.all("input")]


def test_beyond_the_deadline_is_warned_of(client: PageClient, town: Town) -> None:
    """It holds all the same: the journalist is told."""
    for deadline_at, warned in ((NOON + HOUR, True), (NOON + 5 * HOUR, False)):
        sak = call(town, NOON, deadline_at=deadline_at)
        sign_in(client, town, "leder")
        assert client.submit(at(sak, "mer-tid"), at(sak, "mer-tid"), time="kl. 14.30").status_code == 303
        assert ("etter journalistens frist" in words(client.page(f"/sak/{sak.reference}"))) is warned


def test_a_restricted_one_is_rung_by_its_owner(client: PageClient, town: Town) -> None:
    """The page says so, and no list of the desk has it."""
    sak = call(town, NOON, personnel=YES)
    sign_in(client, town, "leder")
    client.submit(at(sak, "mer-tid"), at(sak, "mer-tid"), time="kl. 14.30")
    assert "Ring journalisten selv" in words(client.page(f"/sak/{sak.reference}"))
    for who in ("sentralbord", "kis"):
        assert "ny tid" not in words(inbox(client, town, who))


def test_the_silent_are_not_asked_twice(client: PageClient, town: Town, at_noon: clock.FrozenClock) -> None:
    """Alone in the office he keeps it for the hour; the buttons come back after that."""
    sak = call(town, NOON, unit="barnehage")
    sign_in(client, town, "annen_leder")
    client.submit(f"/sak/{sak.reference}", at(sak, "kan-ikke-na"))
    assert "kan-ikke-na" not in pressable(client.page(f"/sak/{sak.reference}"))
    assert "svarer-ikke" not in pressable(page_of(client, sak, "sentralbord"))
    at_noon.advance(HOUR)
    assert "svarer-ikke" in pressable(page_of(client, sak, "sentralbord"))


# --- What the desk was taught ---------------------------------------------------------------------------------------


def proposal(town: Town, phrase: str = "fontene") -> int:
    """Somebody proposes a word for water and sewage."""
    sak = call(town, NOON)
    strand = sak.strand()
    unit = town.units["vann"]
    passing.offer(town.people["leder"], sak.reference, strand.id, strand.version, unit, None, "", phrase, NOON)
    with db.reading() as tx:
        return tx.scalars(select(TopicProposal.id).order_by(TopicProposal.id.desc())).first() or 0


@pytest.mark.parametrize(("action", "topics"), [("godta", 1), ("avvis", 0)])
def test_a_word_is_decided(client: PageClient, town: Town, action: str, topics: int) -> None:
    """By KIS' leader or admin, once; it is gone from the list, and a topic if it was accepted."""
    number = proposal(town)
    sign_in(client, town, "kis")
    page = client.page("/admin/temaer")
    assert "fontene peker på Vann og avløp" in words(page)
    address = f"/admin/temaer/forslag/{number}/{action}"
    data = filled(page, next(form for form in page.all("form") if form.get("action") == address))
    for _ in range(2):
        assert client.post(address, data=data).status_code == 303
    assert "peker på Vann" not in words(client.page("/admin/temaer"))
    with db.reading() as tx:
        assert len(tx.scalars(select(Topic.id).where(Topic.phrase == "fontene")).all()) == topics


def test_a_word_that_is_known_is_accepted_without_a_second(client: PageClient, town: Town) -> None:
    """The unit had it from before."""
    number = proposal(town, "kloakk")
    sign_in(client, town, "admin")
    client.submit("/admin/temaer", f"/admin/temaer/forslag/{number}/godta")
    with db.reading() as tx:
        assert len(tx.scalars(select(Topic.id).where(Topic.phrase == "kloakk")).all()) == 1
        assert tx.get_one(TopicProposal, number).is_accepted
