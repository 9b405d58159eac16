"""A call comes in: what is kept of it, what is not, and that one call is one inquiry."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from pressedesk import config, db, organisation
from pressedesk.access import NotFound
from pressedesk.channels.folder import Folder
from pressedesk.db import Base
from pressedesk.delivery import deliver_next
from pressedesk.desk import drafts, intake
from pressedesk.desk.intake import Call, Logged
from pressedesk.models import ContactCount, ContactKind, Draft, Inquiry, Journalist, Message, MessageKind, Outlet
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Capacity, Form, Kind, Level, Role
from tests.conftest import NOON
from tests.organisation import Town

CALLER, QUESTION = "Kåre Kanari", "Hvorfor er kanarifuglen gul?"
ORDINARY = Facts(asks=frozenset({Ask.FACTS}), level=Level.UNIT, personnel=NO, client_case=NO)
OUTSIDE = {
    "privatperson": Facts(capacities=frozenset({Capacity.PRIVATE})),
    "tillitsvalgt": Facts(capacities=frozenset({Capacity.UNION})),
    "folkevalgt": Facts(capacities=frozenset({Capacity.ELECTED})),
    "ikke presse": Facts(form=Form.NOT_MEDIA),
}


def a_call(town: Town, facts: Facts = ORDINARY) -> Call:
    """A journalist asks about the school."""
    return Call(CALLER, QUESTION, facts, "Kanariposten", "912 34 567", unit_id=town.units["skole"])


def log(town: Town, call: Call, token: str = "t") -> Logged:
    """The switchboard saves it at noon."""
    return intake.log_call(town.people["sentralbord"], token, call, NOON)


def rows(model: type[Base]) -> int:
    """How many rows a table has."""
    with db.reading() as tx:
        return tx.query(model).count()


PREVIEWED = {
    "vanlig": ORDINARY,
    "ingen har sagt noe": Facts(),
    "politisk og faglig": replace(ORDINARY, asks=frozenset({Ask.POLITICAL, Ask.ASSESSMENT})),
    "dokumenter": replace(ORDINARY, asks=frozenset({Ask.DOCUMENTS, Ask.FACTS})),
    "en ansatt": replace(ORDINARY, personnel=YES),
    "rektor selv": replace(ORDINARY, personnel=YES, subject=Role.VIRKSOMHETSLEDER),
    "både ansatt og tillitsvalgt": replace(ORDINARY, capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION})),
    "leserbrev": replace(ORDINARY, form=Form.LETTER),
    "hele kommunen": replace(ORDINARY, level=Level.MUNICIPALITY),
}


@pytest.mark.parametrize("facts", PREVIEWED.values(), ids=PREVIEWED.keys())
@pytest.mark.parametrize("deadline_at", [None, NOON + timedelta(minutes=40)], ids=["uten frist", "med frist"])
def test_what_was_shown_is_what_is_stored(town: Town, facts: Facts, deadline_at: object) -> None:
    """Decision, owners, persons, due times and the promise of the preview, to the last reason."""
    call = replace(a_call(town, facts), deadline_at=deadline_at, deadline_words="frist")
    with db.reading() as tx:
        shown = intake.preview(tx, organisation.snapshot(tx, NOON), call, NOON)
    logged = log(town, call)
    with db.reading() as tx:
        inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == logged.reference)).one()
        stored = [
            (s.kind, s.owner_role, s.owner_office_id, s.acting_id, s.due_at, s.due_trace) for s in inquiry.strands
        ]
        assert inquiry.decisions[0].decision == shown.decision.to_json()
        assert inquiry.decisions[0].facts == shown.facts.to_json()
        assert inquiry.promised_at == shown.promise_at
    assert stored == [
        (
            placed.kind,
            placed.role,
            placed.office.id if placed.office else None,
            placed.reached.person_id if placed.reached else None,
            placed.due_at,
            list(placed.due_trace),
        )
        for placed in shown.strands
    ]


def test_a_draft_is_found_again_and_gives_its_number(town: Town) -> None:
    """The number read aloud while typing is the number of the inquiry, and the clock began with the first word."""
    began_at = NOON - timedelta(minutes=7)
    first = drafts.save_draft(town.people["sentralbord"], "t", {"question": ["Hvor"]}, began_at)
    again = drafts.save_draft(town.people["sentralbord"], "t", {"question": ["Hvorfor"]}, NOON)
    assert first is not None
    assert again is not None
    with db.reading() as tx:
        assert [d.fields for d in drafts.drafts_of(tx, town.people["sentralbord"], NOON)] == [{"question": ["Hvorfor"]}]
        assert drafts.drafts_of(tx, town.people["leder"], NOON) == []
    assert log(town, a_call(town)).reference == first.reference == again.reference
    with db.reading() as tx:
        inquiry = tx.scalars(select(Inquiry)).one()
        assert (inquiry.received_at, inquiry.logged_at) == (began_at, NOON)
        assert drafts.drafts_of(tx, town.people["sentralbord"], NOON) == []


def test_a_draft_is_its_owners(town: Town) -> None:
    """Nobody else can change it or throw it away, whatever he sends."""
    drafts.save_draft(town.people["sentralbord"], "t", {}, NOON)
    with pytest.raises(NotFound):
        drafts.save_draft(town.people["leder"], "t", {"question": ["min"]}, NOON)
    drafts.discard_draft(town.people["leder"], "t")
    assert rows(Draft) == 1
    drafts.discard_draft(town.people["sentralbord"], "t")
    assert rows(Draft) == 0


def test_a_number_is_given_once(town: Town) -> None:
    """A thrown-away draft leaves a gap; a new year begins at one."""
    references = [drafts.save_draft(town.people["sentralbord"], str(n), {}, NOON) for n in range(3)]
    drafts.discard_draft(town.people["sentralbord"], "2")
    assert [draft.reference for draft in references if draft] == [f"PD-2026-000{n}" for n in (1, 2, 3)]
    assert log(town, a_call(town), "ny").reference == "PD-2026-0004"
    new_year = NOON + timedelta(days=40)
    assert intake.log_call(town.people["sentralbord"], "x", a_call(town), new_year).reference == "PD-2027-0001"


@pytest.mark.parametrize("kind", ["vanlig", *OUTSIDE])
def test_a_double_click_is_one_call(town: Town, kind: str) -> None:
    """Four threads with one token: one inquiry and one message to its owner, or one contact counted and passed on."""
    call = replace(a_call(town, OUTSIDE.get(kind, ORDINARY)), contact_person_id=town.people["ansatt"])
    together = threading.Barrier(4)
    found: list[str | None] = []

    def press() -> None:
        together.wait()
        found.append(log(town, call).reference)

    _all_at_once(press, 4)
    assert len(found) == 4
    assert len(set(found)) == 1
    assert rows(Inquiry) == (1 if kind == "vanlig" else 0)
    assert rows(Message) == 1
    with db.reading() as tx:
        assert [row.n for row in tx.query(ContactCount)] == ([] if kind == "vanlig" else [1])


def _all_at_once(act: Callable[[], None], n: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)


def test_a_draft_that_arrives_late_is_not_kept(town: Town) -> None:
    """What was typed just before saving may arrive after it: it must not rise again, least of all what is not kept."""
    log(town, a_call(town), "lagret")
    log(town, a_call(town, OUTSIDE["privatperson"]), "gitt videre")
    for token in ("lagret", "gitt videre"):
        assert drafts.save_draft(town.people["sentralbord"], token, {"caller_name": [CALLER]}, NOON) is None
    assert rows(Draft) == 0


@pytest.mark.parametrize("facts", OUTSIDE.values(), ids=OUTSIDE.keys())
@pytest.mark.parametrize("told", [True, False], ids=["med beskjed", "uten beskjed"])
def test_a_call_that_is_only_passed_on_leaves_a_number(town: Town, facts: Facts, told: bool) -> None:
    """Delivered, nothing of name, text, telephone or reference is left in any table, nor in the bytes of the file."""
    drafted = {"caller_name": [CALLER], "phone": ["912 34 567"]}
    draft = drafts.save_draft(town.people["sentralbord"], "t", drafted, NOON)
    call = replace(
        a_call(town, facts), contact_person_id=town.people["ansatt"] if told else None, email="kk@kanari.example"
    )
    logged = log(town, call)
    assert (logged.reference, logged.placement.strands) == (None, ())
    with db.reading() as tx:
        kept = tx.scalars(select(Message)).all()
        assert [message.kind for message in kept] == ([MessageKind.CONTACT] if told else [])
        assert all("kanarifuglen" not in message.body and CALLER in message.body for message in kept)
    assert (b"anari" in _bytes_of_the_file()) is told  # what is to be delivered is there until it is
    while deliver_next(Folder(config.current()), "en arbeider", NOON):
        pass
    assert draft is not None
    words = ("anari", "912 34 567", "91234567", draft.reference)
    assert [word for word in words if word in _everything()] == []
    with db.reading() as tx:
        assert [(row.day_on, row.n) for row in tx.query(ContactCount)] == [(NOON.date(), 1)]
    assert [word for word in words if word.encode() in _bytes_of_the_file()] == []


def _everything() -> str:
    """Every cell of every table but the counter of references."""
    with db.reading() as tx:
        return "\n".join(str(tuple(row)) for table in Base.metadata.sorted_tables for row in tx.execute(table.select()))


def _bytes_of_the_file() -> bytes:
    """Everything the disk holds of the database; the write-ahead log is folded in and emptied first."""
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("COMMIT"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    file = Path(config.current().database_url.removeprefix("sqlite:///"))
    return file.read_bytes() + file.with_name(f"{file.name}-wal").read_bytes()


def test_contacts_are_counted_by_day_and_kind(town: Town) -> None:
    """And what is not passed on is not among them."""
    for number, facts in enumerate([*OUTSIDE.values(), OUTSIDE["tillitsvalgt"], ORDINARY]):
        log(town, a_call(town, facts), str(number))
    with db.reading() as tx:
        assert {row.kind: row.n for row in tx.query(ContactCount)} == {
            ContactKind.PRIVATE: 1,
            ContactKind.UNION: 2,
            ContactKind.ELECTED: 1,
            ContactKind.NOT_MEDIA: 1,
        }


def test_a_mixed_call_keeps_what_is_the_municipalitys(town: Town) -> None:
    """The official part is an inquiry; the union part is passed on and counted."""
    both = replace(ORDINARY, capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION}))
    logged = log(town, replace(a_call(town, both), contact_person_id=town.people["ansatt"]))
    assert logged.reference == "PD-2026-0001"
    assert logged.passed_on == (Kind.UNION,)
    with db.reading() as tx:
        inquiry = tx.scalars(select(Inquiry)).one()
        assert [strand.kind for strand in inquiry.strands] == [Kind.ADMINISTRATIVE]
    assert rows(ContactCount) == 1


def test_a_journalist_is_known_again(town: Town) -> None:
    """By name and newsroom, however they are spelt; a new number replaces the old; another newsroom is another card."""
    log(town, a_call(town), "1")
    log(town, replace(a_call(town), caller_name="kaare  kanari", outlet_name="KANARIPOSTEN", phone="905 00 000"), "2")
    log(town, replace(a_call(town), outlet_name="NRK"), "3")
    log(town, replace(a_call(town), outlet_name="", phone=""), "4")
    with db.reading() as tx:
        cards = {(card.name, card.outlet.name if card.outlet else None): card.phone for card in tx.query(Journalist)}
    assert cards == {
        (CALLER, "Kanariposten"): "905 00 000",
        (CALLER, "NRK"): "912 34 567",
        (CALLER, None): None,
    }
    assert rows(Outlet) == 2
