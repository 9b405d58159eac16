"""Tasks in the tick: once when due, once an hour of working time later, and nothing of what nobody needs any more."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from pressedesk import db, reminders
from pressedesk.administration import absence
from pressedesk.events import Event, EventKind
from pressedesk.models import Inquiry, Message, MessageKind, Request, RequestKind, Restriction, Strand, Task, TaskKind
from pressedesk.regulation.vocabulary import YES
from pressedesk.workflow import State
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday at 09.00 in Oslo
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TEN = NINE + HOUR


@dataclass(frozen=True)
class Doing:
    """A task of one inquiry, and whom the tick tells of it."""

    town: Town
    sak: Sak
    task_id: int

    def row(self) -> Task:
        with db.reading() as tx:
            return tx.get_one(Task, self.task_id)

    def told(self, *kinds: MessageKind) -> list[str]:
        """Who got a message of these kinds (of a task), by short name, in order."""
        names = {person_id: name for name, person_id in self.town.people.items()}
        with db.reading() as tx:
            wanted = select(Message.person_id).where(Message.kind.in_(kinds or (MessageKind.TASK,)))
            return [names[person_id] for person_id in tx.scalars(wanted.order_by(Message.id))]


def to_do(town: Town, kind: TaskKind, due_at: datetime = TEN, **facts: Any) -> Doing:
    """A task of the school's office, in an inquiry about the school."""
    sak = call(town, NINE, **facts)
    strand = sak.strand()
    with db.writing() as tx:
        task = Task(kind=kind, inquiry_id=strand.inquiry_id, strand_id=strand.id, made_at=NINE, due_at=due_at)
        task.office_id = town.offices["rektor"]
        tx.add(task)
        tx.flush()
        return Doing(town, sak, task.id)


def asked(town: Town, office: str = "styrer", person: str = "annen_leder", **facts: Any) -> Doing:
    """The head of the school asks another office for facts, by ten."""
    doing = to_do(town, TaskKind.REPLY, **facts)
    with db.writing() as tx:
        task = tx.get_one(Task, doing.task_id)
        request = Request(
            strand_id=task.strand_id,
            kind=RequestKind.FACTS,
            asked_by_id=town.people["leder"],
            asked_at=NINE,
            office_id=town.offices[office],
            person_id=town.people[person],
            text="Hvor mange?",
            due_at=TEN,
        )
        tx.add(request)
        tx.flush()
        task.office_id, task.person_id, task.request_id = request.office_id, request.person_id, request.id
    return doing


LATER = [TaskKind.STAFF, TaskKind.CORRECTION, TaskKind.JOURNAL]


@pytest.mark.parametrize("kind", LATER)
def test_the_office_is_reminded_when_it_is_due_and_its_superior_an_hour_later(town: Town, kind: TaskKind) -> None:
    """Once each, however often it is ticked."""
    doing = to_do(town, kind)
    for minute in range(0, 300, 5):
        reminders.tick(NINE + minute * MINUTE)
    assert doing.told() == ["leder", "kommunalsjef"]
    assert (doing.row().reminded_at, doing.row().escalated_at) == (TEN, TEN + HOUR)


def test_done_in_time_and_nobody_is_reminded(town: Town) -> None:
    """Nothing is sent of what is done, nor of what was done after the first reminder."""
    doing = to_do(town, TaskKind.STAFF)
    reminders.tick(TEN)
    with db.writing() as tx:
        tx.get_one(Task, doing.task_id).done_at = TEN
    reminders.tick(TEN + 2 * HOUR)
    assert doing.told() == ["leder"]


def test_a_task_at_night_waits_for_the_morning(town: Town) -> None:
    """When somebody can read it; the due time itself stands."""
    doing = to_do(town, TaskKind.STAFF, NINE + 10 * HOUR)
    reminders.tick(NINE + 10 * HOUR)
    assert doing.told() == []
    reminders.tick(NINE + 23 * HOUR)
    assert doing.told() == ["leder"]
    assert doing.row().due_at == NINE + 10 * HOUR


def test_whoever_is_away_is_not_waited_for(town: Town) -> None:
    """The deputy of the office is reminded."""
    doing = to_do(town, TaskKind.STAFF)
    absence.register(SYSTEM, town.people["leder"], NINE, NINE + DAY, NINE)
    reminders.tick(TEN)
    assert doing.told() == ["inspektor"]


def test_whoever_was_asked_is_reminded_and_then_the_asker_hears(town: Town) -> None:
    """An hour later the one who waits, and the one above who was asked."""
    doing = asked(town)
    reminders.tick(TEN)
    assert doing.told() == ["annen_leder"]
    reminders.tick(TEN + HOUR)
    assert doing.told() == ["annen_leder", "leder", "kommunalsjef"]
    with db.reading() as tx:
        first, *others = tx.scalars(select(Message).where(Message.kind == MessageKind.TASK).order_by(Message.id))
    assert f"/spurt/{doing.row().request_id}" in first.body
    assert all(doing.sak.reference in row.body and "/spurt/" not in row.body for row in others)


def test_facts_of_a_restricted_inquiry_go_to_nobody_who_may_not_know(town: Town) -> None:
    """Whoever was asked may reply and see no more; of those above him the first who may know of the case is told."""
    doing = asked(town, "teknisk_leder", "teknisk_leder", personnel=YES)
    assert doing.sak.inquiry().restriction is not Restriction.NONE
    reminders.tick(TEN)
    reminders.tick(TEN + HOUR)
    assert doing.told() == ["teknisk_leder", "leder", "kommunalsjef"]


MOOT = [  # what has happened since the task was made
    ("replied", lambda tx, doing: setattr(tx.get_one(Request, doing.row().request_id), "replied_at", NINE)),
    ("withdrawn", lambda tx, doing: setattr(tx.get_one(Request, doing.row().request_id), "withdrawn_at", NINE)),
    ("answered", lambda tx, doing: setattr(tx.get_one(Strand, doing.row().strand_id), "state", State.ANSWERED)),
    ("lapsed", lambda tx, doing: setattr(tx.get_one(Strand, doing.row().strand_id), "state", State.LAPSED)),
    ("undone", lambda tx, doing: setattr(tx.get_one(Inquiry, doing.row().inquiry_id), "undone_at", NINE)),
]


@pytest.mark.parametrize(("what", "happened"), MOOT, ids=[case[0] for case in MOOT])
def test_what_nobody_waits_for_is_finished_without_a_word(town: Town, what: str, happened: Any) -> None:
    """Replied, withdrawn, answered, lapsed or taken back."""
    doing = asked(town)
    with db.writing() as tx:
        happened(tx, doing)
    reminders.tick(TEN)
    assert doing.told() == []
    assert doing.row().done_at == TEN


def test_what_comes_after_the_answer_outlives_it(town: Town) -> None:
    """The employees are to know also of what is answered."""
    doing = to_do(town, TaskKind.STAFF)
    doing.sak.answer("leder", NINE)
    reminders.tick(TEN)
    assert doing.told() == ["leder"]


def test_put_through_and_nobody_answered(town: Town) -> None:
    """In the same minute, also outside opening hours: whoever has it and the next after him; once."""
    night = NINE + 12 * HOUR
    doing = to_do(town, TaskKind.TRANSFER, night)
    absence.register(SYSTEM, town.people["leder"], NINE, NINE + DAY, NINE)
    for minute in range(5):
        reminders.tick(night + minute * MINUTE)
    assert doing.told(MessageKind.NOT_SPOKEN) == ["inspektor", "kommunalsjef"]
    assert doing.row().done_at == night
    assert doing.sak.events().count(EventKind.NOT_SPOKEN) == 1


def test_put_through_and_taken(town: Town) -> None:
    """Somebody took it: nothing to tell."""
    doing = to_do(town, TaskKind.TRANSFER)
    doing.sak.take("leder", NINE)
    reminders.tick(TEN)
    assert doing.told(MessageKind.NOT_SPOKEN) == []
    assert doing.row().done_at == TEN


def test_one_that_fails_stops_no_other(town: Town) -> None:
    """And is counted."""
    broken, whole = to_do(town, TaskKind.STAFF), to_do(town, TaskKind.STAFF)
    with db.writing() as tx:
        tx.execute(text("UPDATE task SET kind = 'kaker' WHERE id = :id"), {"id": broken.task_id})
    ticked = reminders.tick(TEN)
    assert (ticked.tasks, ticked.failed) == (1, 1)
    assert whole.told() == ["leder"]


def test_reminders_of_tasks_stand_in_the_record(town: Town) -> None:
    """With the kind and the persons, and no words."""
    doing = to_do(town, TaskKind.STAFF)
    reminders.tick(TEN)
    with db.reading() as tx:
        line = tx.scalars(select(Event).where(Event.kind == EventKind.REMINDED).order_by(Event.id.desc())).first()
    assert line is not None
    assert line.data == {"task": "staff", "persons": [doing.town.people["leder"]]}
