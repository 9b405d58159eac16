"""«Trenger mer tid»: the due time moves, the one that is counted to does not, and somebody rings the journalist."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import db
from pressedesk.access import NotFound, Refused
from pressedesk.clocks import Step
from pressedesk.desk import promising
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import Event, EventKind
from pressedesk.models import Message, MessageKind, Reminder, ReminderState, Restriction, Task, TaskKind
from pressedesk.regulation.vocabulary import YES, Ask, Kind
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TOMORROW = NOON + 22 * HOUR  # Wednesday at 10 in Oslo


def more_time(sak: Sak, by: str = "leder", at: datetime = TOMORROW, reason: str = "", kind: Kind | None = None) -> None:
    strand = sak.strand(kind)
    person = sak.town.people[by]
    promising.need_more_time(person, sak.reference, strand.id, strand.version, at, reason, NOON + MINUTE)


def passed_on(sak: Sak, by: str) -> None:
    strand = sak.strand()
    promising.passed_on(sak.town.people[by], sak.reference, strand.id, strand.version, NOON + 2 * MINUTE)


def open_tasks(sak: Sak) -> list[int | None]:
    """Whose it is to ring the journalist."""
    with db.reading() as tx:
        wanted = (Task.inquiry_id == sak.inquiry().id, Task.kind == TaskKind.PROMISE, Task.done_at.is_(None))
        return list(tx.scalars(select(Task.person_id).where(*wanted)))


def asked_to_ring(sak: Sak) -> list[int]:
    with db.reading() as tx:
        wanted = (Message.inquiry_id == sak.inquiry().id, Message.kind == MessageKind.PROMISE)
        return list(tx.scalars(select(Message.person_id).where(*wanted)))


def test_a_new_promise_moves_what_is_chased_and_not_what_is_counted(town: Town) -> None:
    """A new ledger towards the new time; the figures still count to the first."""
    sak = call(town, NOON)
    before = sak.strand()
    more_time(sak)
    strand = sak.strand()
    assert (strand.due_at, strand.due_version) == (TOMORROW, before.due_version + 1)
    assert strand.first_due_at == before.due_at
    assert sak.inquiry().promised_at == TOMORROW
    assert strand.due_trace == [*before.due_trace, "Ny tid, sagt av Tone Berg: onsdag 25.11. kl. 10.00"]
    with db.reading() as tx:
        now = (Reminder.strand_id == strand.id, Reminder.due_version == strand.due_version)
        ledger = {row.step: row for row in tx.scalars(select(Reminder).where(*now))}
    assert (ledger[Step.DUE].planned_at, ledger[Step.DUE].state) == (TOMORROW, ReminderState.PLANNED)
    sak.answer("leder", TOMORROW - MINUTE)
    assert sak.strand().was_in_time is False


def test_the_record_has_old_and_new(town: Town) -> None:
    """And the reason stands as a note, never in the record itself."""
    sak = call(town, NOON)
    old = sak.strand().due_at
    more_time(sak, reason="Venter på tall fra regnskapet.")
    with db.reading() as tx:
        data = tx.scalars(select(Event.data).where(Event.kind == EventKind.PROMISED)).one()
    assert old is not None
    assert data == {"old": old.isoformat(), "new": TOMORROW.isoformat()}
    assert EventKind.NOTED in sak.events()


def test_it_holds_when_the_inquiry_is_decided_again(town: Town) -> None:
    """Also where it is beyond the journalist's deadline: it is what the journalist was told."""
    sak = call(town, NOON, deadline_at=NOON + HOUR)
    more_time(sak)
    sak.correct("kis", NOON + 3 * MINUTE, in_doubt=True)
    assert sak.strand().due_at == TOMORROW
    assert sak.strand().first_due_at == NOON + HOUR


def test_whoever_logged_it_is_to_ring(town: Town) -> None:
    """Until somebody has said it to the journalist; a newer time takes the place of an older."""
    sak = call(town, NOON)
    more_time(sak)
    assert open_tasks(sak) == asked_to_ring(sak) == [town.people["sentralbord"]]
    more_time(sak, at=TOMORROW + HOUR)
    assert len(open_tasks(sak)) == 1
    passed_on(sak, "kis_adviser")
    assert open_tasks(sak) == []
    with pytest.raises(Stale):
        passed_on(sak, "sentralbord")


@pytest.mark.parametrize("how", ["answered", "closed"])
def test_an_answer_needs_no_new_time(town: Town, how: str) -> None:
    """The journalist has it, or never will: nobody rings."""
    sak = call(town, NOON)
    more_time(sak)
    if how == "answered":
        sak.answer("leder", NOON + HOUR)
    else:
        sak.close("leder", NOON + HOUR, Ending.WITHDRAWN, "Trengte det ikke.")
    assert open_tasks(sak) == []


def test_of_what_is_for_few_eyes_the_owner_rings(town: Town) -> None:
    """Nobody at the switchboard is asked, and none of them sees it."""
    sak = call(town, NOON, personnel=YES)
    more_time(sak)
    assert (open_tasks(sak), asked_to_ring(sak)) == ([], [])
    assert sak.inquiry().restriction is not Restriction.NONE


WRONG = [NOON, NOON + MINUTE, NOON - HOUR]


@pytest.mark.parametrize("at", WRONG)
def test_a_promise_is_of_a_time_to_come(town: Town, at: datetime) -> None:
    """What has passed cannot be promised."""
    with pytest.raises(Refused):
        more_time(call(town, NOON), at=at)


def test_the_law_has_its_own_clock(town: Town) -> None:
    """Five working days of offentleglova: nobody at the desk moves them."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    with pytest.raises(Refused) as refused:
        more_time(sak, by="arkiv", kind=Kind.DOCUMENTS)
    assert "offentleglova" in refused.value.reason


MAY = {"leder": True, "kommunalsjef": True, "radmann": True, "kis": False, "sentralbord": False, "annen_leder": False}


@pytest.mark.parametrize("who", MAY)
def test_who_may_promise(town: Town, who: str) -> None:
    """The owner, and those above on the line; whoever has it is told when another did."""
    sak = call(town, NOON)
    if MAY[who]:
        more_time(sak, by=who)
        assert ("leder" in sak.told()[1:]) is (who != "leder")
    else:
        with pytest.raises(Refused):
            more_time(sak, by=who)


def test_two_at_once(town: Town) -> None:
    """The second promise is made from what stands, or not at all."""
    sak = call(town, NOON)
    strand = sak.strand()
    more_time(sak)
    with pytest.raises(Stale):
        promising.need_more_time(
            town.people["leder"], sak.reference, strand.id, strand.version, TOMORROW + HOUR, "", NOON
        )
    assert sak.strand().due_at == TOMORROW


def test_what_is_over_needs_no_time(town: Town) -> None:
    """And what is not one's to see does not exist."""
    sak = call(town, NOON, personnel=YES)
    with pytest.raises(NotFound):
        more_time(sak, by="annen_leder")
    sak.close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke.")
    with pytest.raises(NotNow):
        more_time(sak)


def test_a_question_that_is_gone_needs_no_new_time(town: Town) -> None:
    """Documents and nothing else were asked for after all: nobody rings about the rest."""
    sak = call(town, NOON)
    more_time(sak)
    sak.correct("kis", NOON + 3 * MINUTE, asks=["documents"])
    assert open_tasks(sak) == []
