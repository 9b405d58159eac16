"""«Svart på stedet»: what an employee may say, the desk may; else it is refused before anything is saved."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.desk.intake import Logged
from pressedesk.desk.on_the_spot import Barred, answer_on_the_spot
from pressedesk.events import EventKind
from pressedesk.models import Crisis, Inquiry, Message, Reminder
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Capacity, Form, Role
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_intake import ORDINARY, a_call
from tests.inquiries import Sak
from tests.organisation import Town

ANSWER = "Skoleruta ligger på nettsiden."


def answer(town: Town, facts: Facts = ORDINARY, token: str = "t") -> Logged:
    received = replace(a_call(town, facts), received_at=NOON - timedelta(minutes=3))
    return answer_on_the_spot(town.people["sentralbord"], token, received, ANSWER, NOON)


@pytest.mark.parametrize(("asks", "kind"), [({Ask.FACTS}, "facts"), (set(), "general_info")])
def test_logged_answered_and_closed_at_once(town: Town, asks: set[Ask], kind: str) -> None:
    """With the name of whoever answered, in the role of an employee, three minutes after the call came."""
    sak = Sak(town, answer(town, replace(ORDINARY, asks=frozenset(asks))).reference or "")
    strand, (said,) = sak.strand(), sak.answers()
    assert (strand.state, strand.ending, strand.answered_at) == (State.CLOSED, Ending.STATEMENT, NOON)
    assert (strand.working_minutes, strand.was_in_time) == (3, True)
    assert strand.owner_office_id == town.offices["rektor"]
    assert (said.spoken_by, said.spoken_by_role, said.kinds, said.touched) == ("Siv Eng", Role.ANSATT, [kind], [])
    assert sak.events() == [EventKind.LOGGED, EventKind.DECIDED, EventKind.ANSWERED, EventKind.CLOSED]


def test_nobody_is_told_and_nobody_is_chased(town: Town) -> None:
    """The owner finds it among all inquiries; no word, no reminder."""
    logged = answer(town)
    with db.reading() as tx:
        assert (tx.query(Message).count(), tx.query(Reminder).count()) == (0, 0)
        who = access.actor(tx, town.people["leder"], NOON)
        assert access.open_case(tx, who, logged.reference or "").answers.popitem()[1] == ANSWER


def test_twice_is_once(town: Town) -> None:
    """A double click is one answer."""
    assert answer(town).reference == answer(town).reference
    assert len(Sak(town, "PD-2026-0001").answers()) == 1


BARRED: dict[str, tuple[dict[str, Any], str]] = {
    "en ansatt": ({"personnel": YES}, "fvl_13"),
    "ingen har sagt noe": ({"personnel": UNKNOWN, "client_case": UNKNOWN}, "fvl_13"),
    "faglig vurdering": ({"asks": frozenset({Ask.ASSESSMENT})}, "7"),
    "fakta og vurdering": ({"asks": frozenset({Ask.FACTS, Ask.ASSESSMENT})}, "7"),
    "politikk": ({"asks": frozenset({Ask.POLITICAL})}, "3"),
    "innsyn": ({"asks": frozenset({Ask.DOCUMENTS})}, ""),
    "bilder": ({"asks": frozenset({Ask.IMAGES})}, ""),
    "leserbrev": ({"form": Form.LETTER}, ""),
    "som tillitsvalgt": ({"capacities": frozenset({Capacity.UNION})}, ""),
    "også som tillitsvalgt": ({"capacities": frozenset({Capacity.OFFICIAL, Capacity.UNION})}, ""),
}


@pytest.mark.parametrize(("facts", "source"), BARRED.values(), ids=BARRED.keys())
def test_what_the_desk_may_not_answer(town: Town, facts: dict[str, Any], source: str) -> None:
    """A person, an assessment, politics, documents, more than one part: refused with its point, and nothing saved."""
    with pytest.raises(Barred) as barred:
        answer(town, replace(ORDINARY, **facts))
    assert barred.value.source == source
    assert barred.value.reason.endswith(".")
    with db.reading() as tx:
        assert tx.scalars(select(Inquiry.id)).all() == []


def test_not_in_a_crisis(town: Town) -> None:
    """Then crisis leadership answers (point 15)."""
    with db.writing() as tx:
        tx.add(Crisis(started_at=NOON, started_by_id=town.people["radmann"], reason="Flom"))
    with pytest.raises(Barred) as barred:
        answer(town)
    assert barred.value.source == "15"
