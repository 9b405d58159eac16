"""«Satt over»: saved and put through in one act; in the next minute somebody knows whether they speak."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import config, db, reminders
from pressedesk.access import NotFound, Refused
from pressedesk.administration import absence
from pressedesk.administration.change import System
from pressedesk.channels.folder import Folder
from pressedesk.clocks import Step
from pressedesk.delivery import deliver_next
from pressedesk.desk import intake, transfers
from pressedesk.desk.chips import Concerned
from pressedesk.desk.intake import Logged
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Message, MessageKind, Reminder, ReminderState, Task, TaskKind
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Capacity, Form
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.desk.test_intake import ORDINARY, a_call
from tests.inquiries import Sak
from tests.organisation import Town

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def put_through(town: Town, facts: Facts = ORDINARY, concerned: Concerned | None = None, token: str = "t") -> Logged:
    return transfers.put_through(town.people["sentralbord"], token, a_call(town, facts), concerned, NOON)


def the_sak(town: Town) -> Sak:
    return Sak(town, put_through(town).reference or "")


def messages(town: Town, kind: MessageKind) -> list[str]:
    names = {person_id: name for name, person_id in town.people.items()}
    with db.reading() as tx:
        return [names[each] for each in tx.scalars(select(Message.person_id).where(Message.kind == kind))]


def the_task() -> Task:
    with db.reading() as tx:
        return tx.scalars(select(Task)).one()


def test_the_one_who_answers_hears_that_the_journalist_is_coming(town: Town) -> None:
    """Instead of the ordinary first word, at once, also within a quarter of an hour of the last alert; and the desk is
    asked in a minute."""
    intake.log_call(town.people["sentralbord"], "before", a_call(town), NOON)
    folder = Folder(config.current())
    assert deliver_next(folder, "en arbeider", NOON)
    sak = the_sak(town)
    assert (sak.told(), sak.strand().state, sak.strand().transferred_at) == (["leder"], State.TOLD, NOON)
    assert messages(town, MessageKind.TRANSFERRED) == ["leder"]
    assert deliver_next(folder, "en arbeider", NOON + SECOND)
    with db.reading() as tx:
        row = tx.scalars(select(Message).where(Message.kind == MessageKind.TRANSFERRED)).one()
        assert row.reminder is not None
        assert (row.reminder.step, row.key.startswith(f"reminder:{row.reminder_id}:")) == (Step.TOLD, True)
    task = the_task()
    assert (task.kind, task.due_at, task.person_id) == (TaskKind.TRANSFER, NOON + MINUTE, town.people["sentralbord"])
    assert EventKind.TRANSFERRED in sak.events()


def test_twice_is_once(town: Town) -> None:
    """A double click puts nobody through twice."""
    assert put_through(town).reference == put_through(town).reference
    assert messages(town, MessageKind.TRANSFERRED) == ["leder"]
    assert the_task().done_at is None


REFUSED: dict[str, tuple[dict[str, Any], Concerned | None, str]] = {
    "en ansatt": ({"personnel": YES}, Concerned.EMPLOYEE, transfers.NO_NAME),
    "en elev": ({"client_case": YES}, Concerned.CLIENT, transfers.NO_NAME),
    "vet ikke": ({"personnel": UNKNOWN, "client_case": UNKNOWN}, Concerned.UNKNOWN, transfers.NO_NAME),
    "innsyn": ({"asks": frozenset({Ask.DOCUMENTS})}, None, transfers.NOT_THIS),
    "leserbrev": ({"form": Form.LETTER}, None, transfers.NOT_THIS),
    "gis videre": ({"capacities": frozenset({Capacity.PRIVATE})}, None, transfers.NOT_THIS),
    "ingen vet hvor": ({"level": None}, None, transfers.NOBODY_KNOWS),
}


@pytest.mark.parametrize(("facts", "concerned", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_who_is_not_put_through(town: Town, facts: dict[str, Any], concerned: Concerned | None, why: str) -> None:
    """Where no name may be said aloud, or nobody answers such a thing in the telephone; nothing is saved then."""
    with pytest.raises(Refused, match=why):
        put_through(town, replace(ORDINARY, **facts), concerned)
    with db.reading() as tx:
        assert (tx.query(Inquiry).count(), tx.query(Message).count()) == (0, 0)


def test_nobody_is_put_through_to_an_empty_chair(town: Town) -> None:
    """Everybody on the line away: said in words, and the ordinary save is still there."""
    for who in ("leder", "inspektor", "kommunalsjef", "kommunalsjef2", "radmann"):
        absence.register(System(), town.people[who], NOON - SECOND, NOON + timedelta(days=1), NOON)
    with pytest.raises(Refused, match=transfers.NOBODY):
        put_through(town)


def test_they_speak(town: Town) -> None:
    """«Ja»: it is hers, said by the desk; nobody is chased for not having taken it. Twice is once."""
    sak = the_sak(town)
    for _ in range(2):
        transfers.they_speak(town.people["sentralbord"], sak.reference, NOON + SECOND)
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id) == (State.TAKEN, town.people["leder"])
    assert strand.acknowledged_at == NOON + SECOND
    assert sak.events().count(EventKind.TAKEN) == 1
    assert the_task().done_at == NOON + SECOND
    with db.reading() as tx:
        planned = set(tx.scalars(select(Reminder.step).where(Reminder.state == ReminderState.PLANNED)))
    assert not planned & {Step.NOT_TAKEN, Step.UP_THE_LINE}
    reminders.tick(NOON + MINUTE)
    assert messages(town, MessageKind.NOT_SPOKEN) == []


def test_nobody_answered(town: Town) -> None:
    """«Nei»: she and the next above hear of it in the same minute; it is still hers, untaken. Twice is once."""
    sak = the_sak(town)
    for _ in range(2):
        transfers.nobody_answered(town.people["sentralbord"], sak.reference, NOON + SECOND)
    assert messages(town, MessageKind.NOT_SPOKEN) == ["leder", "kommunalsjef"]
    assert (sak.strand().state, the_task().done_at) == (State.TOLD, NOON + SECOND)
    assert sak.events().count(EventKind.NOT_SPOKEN) == 1
    reminders.tick(NOON + MINUTE)
    assert len(messages(town, MessageKind.NOT_SPOKEN)) == 2


def test_nobody_says_anything(town: Town) -> None:
    """After a minute the tick does it; «ja» is heard also after that, «nei» says nothing new."""
    sak = the_sak(town)
    reminders.tick(NOON + MINUTE - SECOND)
    assert messages(town, MessageKind.NOT_SPOKEN) == []
    reminders.tick(NOON + MINUTE)
    told = messages(town, MessageKind.NOT_SPOKEN)
    assert told == ["leder", "kommunalsjef"]
    transfers.nobody_answered(town.people["sentralbord"], sak.reference, NOON + 2 * MINUTE)
    assert messages(town, MessageKind.NOT_SPOKEN) == told
    transfers.they_speak(town.people["sentralbord"], sak.reference, NOON + 2 * MINUTE)
    assert sak.strand().taken_by_id == town.people["leder"]


@pytest.mark.parametrize("who", ["leder", "kis", "admin"])
def test_only_whoever_put_him_through_is_asked(town: Town, who: str) -> None:
    """For anybody else there is no such transfer."""
    sak = the_sak(town)
    for act in (transfers.they_speak, transfers.nobody_answered):
        with pytest.raises(NotFound):
            act(town.people[who], sak.reference, NOON)


def test_whoever_did_not_answer_is_passed_by(town: Town) -> None:
    """«Svarer ikke» while typing: the deputy gets it, and for an hour he is passed by in this inquiry."""
    call = replace(a_call(town), passed_by=frozenset({town.people["leder"]}))
    sak = Sak(town, transfers.put_through(town.people["sentralbord"], "t", call, None, NOON).reference or "")
    assert sak.told() == ["inspektor"]
    assert sak.strand().owner_office_id == town.offices["rektor"]
    assert EventKind.PASSED_BY in sak.events()
    sak.correct("kis_adviser", NOON + timedelta(minutes=59), accusation=True)
    assert sak.strand().acting_id == town.people["inspektor"]
