"""What is logged afterwards: decided, answered and closed in one act, and nobody is told, chased or marked."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import Refused
from pressedesk.desk import afterwards
from pressedesk.desk.afterwards import Spoken
from pressedesk.desk.answering import Channel, Said
from pressedesk.events import EventKind
from pressedesk.models import Reminder, ReminderState
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Level, Role, Statement
from pressedesk.reports import words
from pressedesk.reports.figures import last_twelve_months, report
from pressedesk.standings import counts
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

HOUR = timedelta(hours=1)


def spoken(town: Town, unit: str = "skole", facts: dict[str, Any] | None = None, **said: Any) -> Spoken:
    """A fact on the telephone an hour ago, which took half an hour."""
    told = {
        "text": "Vi har 214 elever.", "kinds": (Statement.FACTS,), "role": Role.VIRKSOMHETSLEDER, "by": "Tone Berg",
        "at": NOON - HOUR / 2, "channel": Channel.PHONE, **said,
    }  # fmt: skip
    known = {"level": Level.UNIT, "personnel": NO, "client_case": NO, **(facts or {})}
    return Spoken("Mari Nygård", "Granliposten", town.units[unit], Facts(**known), NOON - HOUR, Said(**told))


def log(town: Town, by: str = "leder", token: str = "en", **rest: Any) -> Sak:
    reference = afterwards.log_afterwards(town.people[by], token, spoken(town, **rest), NOON)
    assert reference is not None
    return Sak(town, reference)


def test_everything_in_one_act(town: Town) -> None:
    """Own times, an owner by the rules, the answer, and the end."""
    sak = log(town)
    inquiry, strand = sak.inquiry(), sak.strand()
    assert inquiry.is_afterwards
    assert (inquiry.received_at, inquiry.logged_at, strand.answered_at) == (NOON - HOUR, NOON, NOON - HOUR / 2)
    assert (strand.state, strand.ending) == (State.CLOSED, Ending.STATEMENT)
    assert strand.owner_office_id == town.offices["rektor"]
    assert sak.events() == [EventKind.LOGGED, EventKind.DECIDED, EventKind.ANSWERED, EventKind.CLOSED]


def test_a_meeting_was_an_interview(town: Town) -> None:
    """How it ended follows from how they spoke."""
    assert log(town, channel=Channel.MEETING).strand().ending is Ending.INTERVIEW


@pytest.mark.parametrize("unit", ["skole", "vann"])
def test_nobody_is_told_and_nothing_is_planned(unit: str, town: Town) -> None:
    """Neither its owner nor those who are informed otherwise; no step of any ladder."""
    sak = log(town, unit=unit, facts={"important": True})
    assert sak.told() == []
    with db.reading() as tx:
        planned = select(Reminder).where(Reminder.strand_id == sak.strand().id)
        assert not tx.scalars(planned.where(Reminder.state == ReminderState.PLANNED)).all()


def test_what_touched_a_ban_is_recorded_as_it_was(town: Town) -> None:
    """A personnel case was commented: it stands with its source, nothing is refused, and few may see it."""
    sak = log(town, facts={"personnel": YES})
    assert [each["source"] for each in sak_touched(sak)] == ["fvl_13"]  # confidentiality goes before point 13
    assert sak.inquiry().restriction != "none"


def test_an_allowed_answer_touches_nothing(town: Town) -> None:
    """A fact from the head of the unit."""
    assert sak_touched(log(town)) == []


def sak_touched(sak: Sak) -> list[Any]:
    return sak.answers()[0].touched


def test_the_same_form_twice_is_one(town: Town) -> None:
    """A double click."""
    assert log(town, token="to").reference == log(town, token="to").reference


def test_only_those_at_the_desk(town: Town) -> None:
    """Whoever has no task here logs nothing."""
    with pytest.raises(Refused):
        log(town, by="auditor")


def test_the_figures_leave_it_out_and_show_it_apart(town: Town) -> None:
    """How long the press waited is of what the desk was asked; what was logged afterwards has a line of its own, which
    is hidden below five."""

    def made() -> Any:
        with db.reading() as tx:
            return report(tx, None, last_twelve_months(NOON.date()), None, NOON)

    for number in range(4):
        log(town, token=str(number))
    assert (made().is_empty, made().logged_afterwards) == (True, None)
    assert words.logged_afterwards(made()) == "Logget etterpå: færre enn 5."
    log(town, token="fem")
    for _ in range(5):
        call(town, NOON - HOUR)
    assert (made().total.n, made().logged_afterwards) == (5, 5)


def test_it_is_listed_and_not_counted(town: Town) -> None:
    """One condition for lists behind figures and figures."""
    log(town)
    with db.reading() as tx:
        all_strands = access.counted_strands(None)
        assert len(tx.scalars(all_strands).all()) == 1
        assert tx.scalars(all_strands.where(counts())).all() == []
