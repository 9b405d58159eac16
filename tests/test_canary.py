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
from pressedesk.access import unscoped_inquiries
from pressedesk.cli import main
from pressedesk.config import Settings
from pressedesk.desk import answering, handling, intake
from pressedesk.events import Event
from pressedesk.models import Inquiry, Message
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Known, Level, Role, Statement
from tests.conftest import NOON
from tests.organisation import Town, sign_in

HREF = re.compile(r'(?:href|action|src|hx-get|data-url)="([^"#]*)')
STARTS = ("/", "/innboks", "/saker", "/ny", "/rapport", "/saker?q={word}", "/saker?status=alle&q={word}", "/admin/",
          "/reglement", "/hvem-kan-si-hva?q=skole")  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """An inquiry with words that only `readers` may read, and names that only those who `know` of it may."""

    reference: str
    text_words: tuple[str, ...]
    row_words: tuple[str, ...]
    readers: frozenset[str]
    know: frozenset[str]


LINE = frozenset({"leder", "kommunalsjef", "radmann", "kis"})
DESK = LINE | {"sentralbord", "kis_adviser", "ordforer", "annen_leder", "seksjonsleder"}


def plant(town: Town, number: int, personnel: Known, client_case: Known) -> Planted:
    """Log, take, note, answer and close one inquiry, with a canary in every field."""
    word = f"kanarifugl{number}"
    texts = tuple(f"{word}{part}" for part in ("spm", "notat", "svar", "avtale", "grunn"))
    row = (f"{word}navn", f"{word}avis", f"{word}frist")
    call = intake.Call(
        caller_name=f"Mari {row[0]}",
        outlet_name=f"{row[1]} blad",
        question=f"Hva skjer med {texts[0]} på skolen?",
        facts=Facts(level=Level.UNIT, personnel=personnel, client_case=client_case),
        unit_id=town.units["skole"],
        phone=f"59 99 00 {number:02}",
        email=f"{word}@avis.example",
        deadline_words=row[2],
    )
    reference = intake.log_call(town.people["sentralbord"], word, call, NOON - timedelta(hours=3)).reference
    assert reference is not None
    leader = town.people["leder"]
    handling.note(leader, reference, inquiry(reference).version, f"Et notat om {texts[1]}.", NOON)
    strand = inquiry(reference).strands[0]
    said = answering.Said(
        text=f"Vi svarte {texts[2]}.",
        kinds=(Statement.GENERAL_INFO,),
        role=Role.VIRKSOMHETSLEDER,
        by="Tone Berg",
        at=NOON,
        channel=answering.Channel.PHONE,
        agreed=answering.Agreed(Role.KOMMUNALSJEF, f"Avtalt {texts[3]}", NOON),
        deviated=answering.Deviated(f"Unntak {texts[4]}", Role.KOMMUNALSJEF, NOON),
    )
    answering.record_answer(leader, reference, strand.id, strand.version, said, NOON)
    is_open = personnel is UNKNOWN
    return Planted(
        reference=reference,
        text_words=texts,
        row_words=() if is_open else (*row, word, reference),
        readers=LINE | {"sentralbord"} if is_open else LINE,
        know=DESK if is_open else LINE,
    )


def inquiry(reference: str) -> Inquiry:
    with db.reading() as tx:
        found = tx.scalars(unscoped_inquiries().where(Inquiry.reference == reference)).one()
        assert found.strands
        return found


@pytest.fixture
def planted(town: Town) -> list[Planted]:
    """A personnel case, a client case, and one where nobody has said whether a person is concerned."""
    return [plant(town, 1, YES, NO), plant(town, 2, NO, YES), plant(town, 3, UNKNOWN, UNKNOWN)]


@pytest.fixture
def crawler(town: Town, app: Flask) -> Iterator[FlaskClient]:
    """A browser that does not judge the pages."""
    with clock.frozen(NOON + timedelta(minutes=30)):
        yield FlaskClient(app)


def crawl(client: FlaskClient, words: list[str]) -> dict[str, str]:
    """Every page that can be reached from the start pages by following links, with its answer, headers included."""
    waiting = deque(start.format(word=word) for start in STARTS for word in words[:1])
    waiting.extend(f"/saker?q={word}" for word in words[1:])
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
    # What the person typed himself into the search field comes back in it; nothing else may.
    pages = crawl(crawler, [each.text_words[0] for each in planted])
    for each in planted:
        secret = [] if name in each.readers else list(each.text_words)
        secret += [] if name in each.know else list(each.row_words)
        for address, body in pages.items():
            told = [word for word in secret if word in body.replace(each.text_words[0], "") or (
                word == each.text_words[0] and word in body and f"q={word}" not in address
            )]  # fmt: skip
            assert not told, f"{name} read {told} at {address}"
    if name in LINE:
        assert any(planted[0].text_words[2] in body for body in pages.values()), "the crawl never got there"


def test_a_search_hit_does_not_tell_either(town: Town, planted: list[Planted], crawler: FlaskClient) -> None:
    """The page of a search for a hidden word is the page of a search for a word that stands nowhere."""
    sign_in(crawler, town, "annen_leder")
    for each in planted:
        hidden = each.text_words[0]
        nowhere = hidden[::-1]
        pages = [crawler.get(f"/saker?q={word}").get_data(as_text=True).replace(word, "") for word in (hidden, nowhere)]
        assert pages[0] == pages[1]


def test_no_mail_tells(town: Town, planted: list[Planted]) -> None:
    """Messages carry reference, newsroom and deadline: no text and no caller's name, to anybody, in any of them."""
    reminders.tick(NOON + timedelta(days=3))
    with db.reading() as tx:
        sent = [f"{row.subject}\n{row.body}" for row in tx.scalars(select(Message))]
    assert sent
    for each in planted:
        assert not [word for word in each.text_words for mail in sent if word in mail]
        assert not [mail for mail in sent if any(name.endswith("navn") and name in mail for name in each.row_words)]


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
        crawl(crawler, [each.text_words[0] for each in planted])
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
