"""Search: what words, numbers and filters find, and that nothing outside the scope can be found, counted or guessed."""

from datetime import date, timedelta

import pytest

from pressedesk import access, db, search
from pressedesk.access import Actor
from pressedesk.desk.handling import Concerns
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Clock
from pressedesk.search import Wanted
from pressedesk.standings import Standing, counts, stands
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def actor(town: Town, who: str) -> Actor:
    """Somebody, as he is at noon."""
    with db.reading() as tx:
        return access.actor(tx, town.people[who], NOON)


def found(town: Town, who: str, **wanted: object) -> list[str]:
    """The references that somebody finds, newest first, each once."""
    with db.reading() as tx:
        rows = search.find(tx, access.actor(tx, town.people[who], NOON), Wanted(**wanted), NOON).rows  # type: ignore[arg-type]
    return list(dict.fromkeys(row.reference for row in rows))


@pytest.fixture
def sak(town: Town) -> Sak:
    """One ordinary inquiry, among another that nothing below asks for."""
    other = {"question": "Noe helt annet", "unit": "teknisk", "caller": "Odd Li", "outlet": "VG", "phone": "22334455"}
    call(town, NOON - HOUR, **other)
    return call(
        town,
        NOON,
        question="Når åpner den nye Øvregata bru? Prisen er 40 % over.",
        caller="Åse-Marie Bjørn",
        outlet="Østlendingen",
        phone="+47 912 34 567",
    )


WORDS = [
    "bru", "BRU", "øvregata", "ovregata", "Åpner", "pr",  # of the question, folded; two letters are enough
    "Østlendingen", "ostlend",  # the newsroom
    "åse marie", "Aase", "bjørn åse",  # the caller, in any order
    "bjerke",  # the unit
    "bru østlendingen",  # every word somewhere
    "912 34 567", "91234567", "0047 91234567",  # the telephone, however written
    "PD-2026-0002", "pd-2026-0002", "2026-0002", "0002", "2",  # the reference
]  # fmt: skip


NO_HITS = ["bru VG", "xyz", "%", "_", "'", "912 34 568", "PD-2025-0002", "brua"]


def test_what_finds_it(town: Town, sak: Sak) -> None:
    """Folded words, parts of words, numbers."""
    assert {words: found(town, "leder", text=words) for words in WORDS} == {key: [sak.reference] for key in WORDS}


def test_what_does_not(town: Town, sak: Sak) -> None:
    """Every word must occur, and no character has a meaning of its own."""
    assert {words: found(town, "leder", text=words) for words in NO_HITS} == {key: [] for key in NO_HITS}


def test_blank_finds_all(town: Town, sak: Sak) -> None:
    """Nothing asked, nothing narrowed."""
    assert len(found(town, "leder", text="  ")) == 2


def test_a_restricted_inquiry_cannot_be_found(town: Town) -> None:
    """Not by its text, its caller, its reference, its newsroom, its telephone; nor counted."""
    hidden = {"question": "KANARI", "caller": "Kanari Fugl", "outlet": "Fuglebladet", "phone": "900 00 111"}
    sak = call(town, NOON, personnel=YES, **hidden)
    for who in ("kis_adviser", "annen_leder", "ordforer", "sentralbord", "admin", "auditor"):
        for words in ("kanari", "fugl", sak.reference, "fuglebladet", "90000111", ""):
            assert found(town, who, text=words) == []
        with db.reading() as tx:
            assert search.find(tx, actor(town, who), Wanted(), NOON).total == 0
            assert search.outlets(tx, actor(town, who)) == []


def test_a_held_text_is_no_hit(town: Town) -> None:
    """The row is open to the adviser, its words are not, until the owner has said that nobody is concerned."""
    sak = call(town, NOON, question="KANARI", personnel=UNKNOWN)
    assert found(town, "kis_adviser") == [sak.reference]
    assert found(town, "kis_adviser", text="kanari") == []
    assert found(town, "leder", text="kanari") == [sak.reference]
    sak.say_person("leder", Concerns.NOBODY, NOON)
    assert found(town, "kis_adviser", text="kanari") == [sak.reference]


def test_filters(town: Town, sak: Sak) -> None:
    """Unit with those under it, newsroom, and days of receipt, both included."""
    old = call(town, NOON - 3 * DAY, unit="vann")
    with db.reading() as tx:
        newsrooms = {outlet.name: outlet.id for outlet in search.outlets(tx, actor(town, "leder"))}
    assert found(town, "leder", unit_id=town.units["oppvekst"]) == [sak.reference]
    assert old.reference in found(town, "leder", unit_id=town.units["lokalsamfunn"])
    assert old.reference in found(town, "leder", unit_id=town.units["teknisk"])
    assert found(town, "leder", outlet_id=newsrooms["Østlendingen"]) == [sak.reference]
    day = (NOON - 3 * DAY).date()
    assert found(town, "leder", from_on=day, to_on=day) == [old.reference]
    assert found(town, "leder", to_on=day - DAY) == []
    assert old.reference not in found(town, "leder", from_on=day + DAY)


def test_a_day_is_a_local_day(town: Town) -> None:
    """Half past midnight in Oslo is the new day, though UTC still has the old one."""
    sak = call(town, NOON.replace(day=23, hour=23, minute=30))
    assert found(town, "leder", from_on=date(2026, 11, 24)) == [sak.reference]
    assert found(town, "leder", to_on=date(2026, 11, 23)) == []


@pytest.fixture
def every_standing(town: Town) -> dict[str, Sak]:
    """One inquiry for each way in which one can stand."""
    made = {
        "open": call(town, NOON),
        "overdue": call(town, NOON - 2 * DAY),
        "in time": call(town, NOON - HOUR),
        "late": call(town, NOON - 2 * DAY),
        "no answer": call(town, NOON - HOUR),
        "withdrawn": call(town, NOON - HOUR),
        "declined": call(town, NOON - HOUR),
        "lapsed": call(town, NOON - HOUR, asks={Ask.DOCUMENTS}),
    }
    made["in time"].answer("leder", NOON)
    made["late"].answer("leder", NOON)
    made["late"].close("leder", NOON)
    made["no answer"].close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke.")
    made["withdrawn"].close("leder", NOON, Ending.WITHDRAWN, "Ble løst på annen måte.")
    made["declined"].close("leder", NOON, Ending.DECLINED, "Punkt 13.")
    made["lapsed"].correct("kis", NOON, asks=["facts"])
    return made


STANDINGS = {
    Standing.OPEN: {"open", "overdue", "lapsed"},  # its document strand lapsed, its new one is open
    Standing.OVERDUE: {"overdue"},
    Standing.ANSWERED: {"in time", "late", "declined"},
    Standing.UNANSWERED: {"no answer"},
    Standing.IN_TIME: {"in time", "declined"},
    Standing.LATE: {"late"},
    Standing.ALL: {"open", "overdue", "in time", "late", "no answer", "withdrawn", "declined", "lapsed"},
}


def test_standings(town: Town, every_standing: dict[str, Sak]) -> None:
    """Each list holds exactly those that stand so."""
    names = {sak.reference: name for name, sak in every_standing.items()}
    shown = {each: {names[ref] for ref in found(town, "leder", standing=each)} for each in Standing}
    assert shown == STANDINGS


def test_what_counts_is_answered_open_or_unanswered(town: Town, every_standing: dict[str, Sak]) -> None:
    """The three parts make the whole, and nothing is in two; the withdrawn and documents are in none."""
    with db.reading() as tx:
        strands = access.visible_strands(actor(town, "radmann")).where(counts())
        parts = {
            each: {strand.id for strand in tx.scalars(strands.where(stands(each, NOON)))}
            for each in (Standing.OPEN, Standing.ANSWERED, Standing.UNANSWERED)
        }
        whole = {strand.id: strand for strand in tx.scalars(strands)}
    assert sorted(id for ids in parts.values() for id in ids) == sorted(whole)
    assert {strand.clock for strand in whole.values()} == {Clock.COMMENT}
    assert len(whole) == len(every_standing) - 1


def test_pages_of_fifty(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Newest first, none twice, none left out; the count is of all."""
    monkeypatch.setattr(search, "PAGE_ROWS", 2)
    saker = [call(town, NOON - n * HOUR).reference for n in range(5)]
    with db.reading() as tx:
        pages = [search.find(tx, actor(town, "leder"), Wanted(), NOON, n) for n in (1, 2, 3, 4)]
    assert [[row.reference for row in page.rows] for page in pages] == [saker[:2], saker[2:4], saker[4:], []]
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert {page.total for page in pages} == {5}


def test_the_count_stops_at_a_limit(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond it the list says «+»: counting everything would cost more than it tells."""
    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    for _ in range(3):
        call(town, NOON)
    with db.reading() as tx:
        page = search.find(tx, actor(town, "leder"), Wanted(), NOON)
    assert (page.total, page.is_more) == (2, True)
