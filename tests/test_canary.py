"""Canaries: words that stand only in inquiries for few eyes, and a crawl of everything for the eyes of everybody.

Each restricted inquiry has a word of its own in every field that takes text. Every role follows every link it is
given, searches for the words, and reads its mail; the log and the record are read as well.
"""

import json
import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urldefrag, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from pressedesk import clock, db, reminders
from pressedesk.cli import main
from pressedesk.config import Settings
from pressedesk.desk import (
    afterwards,
    answering,
    drafts,
    expected,
    intake,
    joining,
    passing,
    promising,
    second_call,
    shared_answers,
    stories,
    undoing,
)
from pressedesk.desk.drafts import Standing
from pressedesk.desk.expected import Expects
from pressedesk.desk.following import Follow, Staff
from pressedesk.desk.joining import Second
from pressedesk.desk.whom import Way
from pressedesk.events import Event
from pressedesk.models import Granted, Handover, InPrint, Journal, Message
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Known, Level, Role, Statement
from pressedesk.workflow import Ending
from tests.asking import ask, reply
from tests.conftest import NOON
from tests.inquiries import Sak
from tests.inquiries import call as sak_of
from tests.organisation import Town, sign_in

HREF = re.compile(r'(?:href|action|src|hx-get|data-url)="([^"#]*)')
CHANGING = re.compile(r'<input[^>]*name="(?:csrf_token|token)"[^>]*>')
ONCE = ("bud",)  # what went with an offer is shown while it waits for an answer
STARTS = ("/", "/innboks", "/saker", "/ny", "/rapport", "/saker?q={word}", "/saker?status=alle&q={word}", "/admin/",
          "/reglement", "/hvem-kan-si-hva?q=skole", "/hendelser", "/forventet", "/krise", "/snakket", "/leserbrev",
          "/egen-konto", "/ringer-igjen", "/ringer-igjen?hvem={word}", "/hvem-kan-si-hva?q={word}",
          "/reglement/prov?q={word}")  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """Words, each with those who may read it; to everybody else no page tells it."""

    words: dict[str, frozenset[str]]

    @property
    def question(self) -> str:
        return next(iter(self.words))


LINE = frozenset({"leder", "kommunalsjef", "radmann", "kis"})
DESK = LINE | {"sentralbord", "kis_adviser", "ordforer", "annen_leder", "seksjonsleder"}
DRAFTED_AT = timedelta(minutes=10)  # before noon: red when the crawl begins


def plant(town: Town, number: int, personnel: Known, client_case: Known) -> Planted:
    """One inquiry that everything happens to, with a canary in every field that takes text."""
    word = f"kanarifugl{number}"
    sak = logged(town, number, Facts(level=Level.UNIT, personnel=personnel, client_case=client_case))
    newer = logged(town, number, Facts(level=Level.UNIT, personnel=personnel, client_case=client_case), "nyere")
    joining.join(town.people["leder"], newer.reference, sak.reference, newer.inquiry().version, NOON)
    second = Second(f"Og {word}delt?", town.units["skole"], frozenset({Ask.FACTS}), personnel, client_case)
    joining.split(town.people["leder"], sak.reference, sak.inquiry().version, second, NOON)
    sak.note("leder", f"Et notat om {word}notat.", NOON - timedelta(minutes=1))
    second_call.add(town.people["kis"], sak.reference, sak.inquiry().version, f"Også {word}tillegg.", NOON)
    ask_everybody(sak, word)
    pass_on(sak, word)
    strand, later = sak.strand(), NOON + timedelta(hours=2)
    promising.need_more_time(
        town.people["leder"], sak.reference, strand.id, strand.version, later, f"Venter på {word}tid.", NOON
    )
    sak.answer(
        "leder",
        NOON,
        text=f"Vi svarte {word}sagt.",
        kinds=(Statement.GENERAL_INFO,),
        role=Role.VIRKSOMHETSLEDER,
        channel=answering.Channel.EMAIL,
        agreed=answering.Agreed(Role.KOMMUNALSJEF, f"Avtalt {word}avtale", NOON),
        deviated=answering.Deviated(f"Unntak {word}grunn", Role.KOMMUNALSJEF, NOON),
    )
    wrong = Follow(in_print=InPrint.WRONG, staff=Staff.TELL, journal=Journal.ARCHIVE_DECIDES)
    sak.close("leder", NOON, Ending.DECLINED, f"Fordi {word}slutt.", follow=wrong)
    return Planted(who_reads(word, sak, newer, is_open=personnel is UNKNOWN))


def who_reads(word: str, sak: Sak, newer: Sak, *, is_open: bool) -> dict[str, frozenset[str]]:
    """Each word of an inquiry, by those who may read it. Whoever was asked reads what he was asked and replied."""
    asked = {"spurt0": {"annen_leder"}, "svart0": {"annen_leder"}, "spurt2": {"kis"}, "svart2": {"kis"}}
    if is_open:
        asked |= {"spurt2": {"kis", "kis_adviser"}, "svart2": {"kis", "kis_adviser"}}
    logger = frozenset({"sentralbord"} if is_open else ())
    texts = ("spm", "nyere", "delt", "notat", "tillegg", "bud", "neitakk", "tid", "sagt", "avtale", "grunn", "slutt")
    parts = (*texts, "lenke", "spurt0", "spurt1", "spurt2", "svart0", "svart1", "svart2")
    words = {word + part: LINE | logger | asked.get(part, set()) for part in parts}
    words[f"{word}delt"] = LINE  # logged by whoever split it off
    row = {} if is_open else dict.fromkeys((f"{word}navn", f"{word}avis", newer.reference), LINE)
    # Whoever is asked for facts sees the reference of what he replies to, and no more.
    return words | row | ({} if is_open else {sak.reference: LINE | {"annen_leder"}}) | {f"{word}frist": LINE | logger}


def logged(town: Town, number: int, facts: Facts, asks: str = "spm") -> Sak:
    word = f"kanarifugl{number}"
    call = intake.Call(
        caller_name=f"Mari {word}navn",
        outlet_name=f"{word}avis blad",
        question=f"Hva skjer med {word}{asks} på skolen?",
        facts=facts,
        unit_id=town.units["skole"],
        phone=f"59 99 00 {number:02}",
        email=f"{word}@avis.example",
        deadline_words=f"{word}frist",
        source_url=f"https://avis.example/{word}lenke",
    )
    at = NOON - timedelta(hours=3 if asks == "spm" else 1)
    reference = intake.log_call(town.people["sentralbord"], word + asks, call, at).reference
    assert reference is not None
    return Sak(town, reference)


def ask_everybody(sak: Sak, word: str) -> None:
    """Facts of another unit, the superior in doubt, and advice of KIS: asked and replied to."""
    offered = {Way.FACTS: "annen_leder", Way.DOUBT: "kommunalsjef", Way.ADVICE: "kis"}
    offices = {"annen_leder": "styrer", "kommunalsjef": "kommunalsjef", "kis": "kis"}
    for number, (way, person) in enumerate(offered.items()):
        request_id = ask(sak, "leder", way, offices[person], NOON, text=f"Hva vet du om {word}spurt{number}?")
        reply(sak, request_id, person, NOON, text=f"Bare {word}svart{number}.")


def pass_on(sak: Sak, word: str) -> None:
    """Offered to a colleague with a line, who says no with a line."""
    people, strand = sak.town.people, sak.strand()
    offered = (people["inspektor"], f"Kan du ta {word}bud?", "")
    passing.offer(people["leder"], sak.reference, strand.id, strand.version, None, *offered, NOON)
    with db.reading() as tx:
        waiting = tx.scalars(select(Handover.id).where(Handover.strand_id == strand.id)).one()
    version = sak.strand().version
    passing.decline(people["inspektor"], sak.reference, strand.id, waiting, version, f"Nei, {word}neitakk.", NOON)


def plant_ruling(town: Town, number: int) -> Planted:
    """A request for documents in a personnel case, refused with a reason: the archive's own, whoever else asks."""
    word = f"kanarifugl{number}"
    sak = logged(town, number, Facts(asks=frozenset({Ask.DOCUMENTS}), level=Level.UNIT, personnel=YES, client_case=NO))
    refused = {"provision": "offl_13", "reason": f"Fordi {word}vedtak.", "channel": answering.Channel.EMAIL}
    sak.rule("arkiv", NOON, Granted.REFUSED, **refused)
    readers = frozenset({"arkiv", "kis", "radmann"})
    return Planted(dict.fromkeys([f"{word}spm", f"{word}vedtak", f"{word}navn", sak.reference], readers))


def plant_drafts(town: Town, number: int) -> list[Planted]:
    """A call that was taken back and one that is parked: red, so that colleagues see who waits, and nothing more."""
    planted, desk = [], town.people["sentralbord"]
    for word in (f"kanarifugl{number}", f"kanarifugl{number + 1}"):
        typed = {"caller_name": [f"Mari {word}navn"], "phone": ["400 00 987"], "question": [f"Hva med {word}kladd?"]}
        saved_at = NOON - DRAFTED_AT
        if planted:
            drafts.park(desk, word, typed, saved_at, Standing(is_call=True))
        else:
            facts = Facts(level=Level.UNIT, personnel=NO, client_case=NO)
            call = intake.Call(
                typed["caller_name"][0], typed["question"][0], facts, phone="400 00 987", unit_id=town.units["skole"]
            )
            reference = intake.log_call(desk, word, call, saved_at, typed).reference
            assert reference is not None
            undoing.undo(desk, reference, saved_at)
        planted.append(
            Planted({f"{word}kladd": frozenset({"sentralbord"}), f"{word}navn": frozenset({"sentralbord", "kis"})})
        )
    return planted


def plant_stories(town: Town, number: int) -> Planted:
    """The answer of a story, for those who answer one of its inquiries; the text of an expected story that has run out,
    for those who write it."""
    word, kis = f"kanarifugl{number}", town.people["kis"]
    call = sak_of(town, NOON, unit="vann", level=Level.SECTION, caller="Kari Vik", outlet="Vannbladet")
    story_id = stories.make(kis, "Vannet er borte", NOON)
    stories.put(kis, story_id, call.reference, call.inquiry().version, NOON)
    until_at = NOON + timedelta(hours=3)
    shared_answers.set_answer(kis, story_id, 1, f"Vi vet {word}felles.", [Statement.FACTS], until_at, NOON)
    expects = Expects("Ny skole", ("byggesak",), None, None, f"Vi sier {word}utlopt.", NOON + timedelta(minutes=5))
    expected_id = expected.expect(kis, expects, NOON)
    expected.staff_informed(kis, expected_id, 1, NOON)
    shared = frozenset({"seksjonsleder", "radmann", "kis", "kis_adviser"})
    return Planted({f"{word}felles": shared, f"{word}utlopt": frozenset({"kis", "kis_adviser"})})


@pytest.fixture
def planted(town: Town) -> list[Planted]:
    """A personnel case, a client case, one where nobody has said whether a person is concerned, and the rest."""
    few = [plant(town, 1, YES, NO), plant(town, 2, NO, YES), plant(town, 3, UNKNOWN, UNKNOWN)]
    return [*few, plant_ruling(town, 4), *plant_drafts(town, 5), plant_stories(town, 7)]


@pytest.fixture
def crawler(town: Town, app: Flask) -> Iterator[FlaskClient]:
    """A browser that does not judge the pages."""
    with clock.frozen(NOON + timedelta(minutes=30)):
        yield FlaskClient(app)


def crawl(client: FlaskClient, words: list[str]) -> dict[str, str]:
    """Every page that can be reached from the start pages by following links, with its answer, headers included."""
    waiting = deque(start.format(word=word) for start in STARTS for word in words[:1])
    waiting.extend(f"/{page}={word}" for page in ("saker?q", "ringer-igjen?hvem") for word in words[1:])
    waiting.extend(f"/{page}/{number}" for page in ("spurt", "hendelser", "forventet") for number in range(1, 12))
    pages: dict[str, str] = {}
    while waiting:
        address = urldefrag(waiting.popleft()).url
        if address in pages or address.startswith(("/static/", "/logg-ut")) or not address.startswith("/"):
            continue
        answer = client.get(address)
        pages[address] = f"{answer.headers}\n{answer.get_data(as_text=True)}"
        if answer.status_code == 302:
            waiting.append(urlsplit(answer.location).path)
        if answer.mimetype == "text/html":
            waiting.extend(found.replace("&amp;", "&") for found in HREF.findall(pages[address]))
    return pages


@pytest.mark.parametrize(
    "name",
    [
        "sentralbord", "leder", "annen_leder", "seksjonsleder", "kommunalsjef", "radmann", "ordforer", "kis",
        "kis_adviser", "admin", "auditor", "ansatt", "arkiv", "inspektor",
    ],
)  # fmt: skip
def test_no_page_tells(name: str, town: Town, planted: list[Planted], crawler: FlaskClient) -> None:
    """Every page a role can reach: no text and no name of what is not its own, in body or headers."""
    sign_in(crawler, town, name)
    # What the person typed himself into a search field comes back in it; nothing else may.
    pages = crawl(crawler, [each.question for each in planted])
    for each in planted:
        for word, readers in each.words.items():
            told = [address for address, body in pages.items() if word in body and f"={word}" not in address]
            assert name in readers or not told, f"{name} read {word} at {told}"
    for each in planted:
        for word, readers in each.words.items():
            is_shown = name in readers and not word.endswith(ONCE)
            assert not is_shown or any(word in body for body in pages.values()), f"{name} never read {word}"


def test_a_search_hit_does_not_tell_either(town: Town, planted: list[Planted], crawler: FlaskClient) -> None:
    """The page of a search for a hidden word is the page of a search for a word that stands nowhere."""
    sign_in(crawler, town, "annen_leder")
    for each in planted:
        hidden = each.question
        nowhere = hidden[::-1]
        pages = [crawler.get(f"/saker?q={word}").get_data(as_text=True).replace(word, "") for word in (hidden, nowhere)]
        pages = [CHANGING.sub("", page) for page in pages]
        assert pages[0] == pages[1]


def test_no_mail_tells(town: Town, planted: list[Planted]) -> None:
    """Messages carry reference, newsroom and deadline: no text and no caller's name, to anybody, in any of them."""
    reminders.tick(NOON + timedelta(days=3))
    with db.reading() as tx:
        sent = [f"{row.subject}\n{row.body}" for row in tx.scalars(select(Message))]
    assert sent
    for each in planted:
        hidden = [word for word in each.words if not word.startswith("PD-") and not word.endswith("avis")]
        assert not [word for word in hidden for mail in sent if word in mail]


def test_the_record_tells_what_happened_and_no_more(town: Town, planted: list[Planted]) -> None:
    """Events hold codes, ids and times; they outlive everything else, so no text goes into them."""
    with db.reading() as tx:
        lines = json.dumps([event.data for event in tx.scalars(select(Event))], ensure_ascii=False)
    assert "kanarifugl" not in lines


def test_no_log_tells(
    town: Town, planted: list[Planted], crawler: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the access of a page, nor a failed form, nor a search leaves a word in the log."""
    caplog.set_level(logging.DEBUG)
    for name in ("leder", "sentralbord", "admin"):
        sign_in(crawler, town, name)
        crawl(crawler, [each.question for each in planted])
        crawler.post("/ny", data={"question": "kanarifugl i et skjema", "caller_name": "kanarifugl"})
    ours = [line for line in caplog.messages if "kanarifugl" in line and "sqlite" not in line]
    assert not ours


def test_no_export_tells(
    town: Town,
    planted: list[Planted],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The report as a file has figures only."""
    monkeypatch.setenv("PRESSEDESK_INSTANCE", str(settings.instance_path))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    for shape in ("json", "csv"):
        main.main(["report", "--format", shape], standalone_mode=False)
        out = capsys.readouterr().out
        assert out
        assert "kanarifugl" not in out


COUNTING = ("/innboks", "/saker", "/saker?status=alle", "/hendelser", "/krise", "/reglement", "/rapport", "/forventet",
            "/ringer-igjen", "/ny", "/snakket", "/hvem-kan-si-hva")  # fmt: skip


def pages_of(crawler: FlaskClient, town: Town, name: str) -> dict[str, str]:
    sign_in(crawler, town, name)
    return {page: CHANGING.sub("", crawler.get(page).get_data(as_text=True)) for page in COUNTING}


@pytest.mark.parametrize(
    "name", ["sentralbord", "annen_leder", "seksjonsleder", "ordforer", "kis_adviser", "arkiv", "kis"]
)
def test_no_number_tells(name: str, town: Town, crawler: FlaskClient) -> None:
    """Six in a story that then become restricted, and six talks logged afterwards: every page that counts is as it was
    before, for whoever may not know of them; the leader of KIS may."""
    for number in range(6):
        sak_of(town, NOON, caller=f"Kari {number}", unit="vann", level=Level.SECTION)
    story_id = stories.make(town.people["kis"], "Vannet er borte", NOON)
    before = pages_of(crawler, town, name)
    talk = afterwards.Spoken(
        "Mari", "Avis", town.units["skole"], Facts(level=Level.UNIT, personnel=YES, client_case=NO), NOON,
        answering.Said("Noe.", (Statement.GENERAL_INFO,), Role.VIRKSOMHETSLEDER, "Tone", NOON, answering.Channel.PHONE),
    )  # fmt: skip
    for number in range(6):
        sak = sak_of(town, NOON, caller=f"Mari {number}")
        stories.put(town.people["kis"], story_id, sak.reference, sak.inquiry().version, NOON)
        sak.restrict("leder", NOON)
        afterwards.log_afterwards(town.people["leder"], f"talk {number}", talk, NOON)
    after = pages_of(crawler, town, name)
    told = {page for page in COUNTING if before[page] != after[page]}
    assert told >= {"/saker", "/rapport"} if name == "kis" else not told
