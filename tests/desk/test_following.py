"""What follows an answer: print, employees and the public record. Tasks come of it, and no figure moves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import following, tasks
from pressedesk.desk.answering import Channel
from pressedesk.desk.following import Follow, Staff
from pressedesk.desk.tasks import Done
from pressedesk.events import Event, EventKind
from pressedesk.models import InPrint, Journal, Message, MessageKind, Task, TaskKind
from pressedesk.regulation.vocabulary import YES, Ask, Kind, Statement
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOON + HOUR


def closed(town: Town, channel: Channel = Channel.PHONE, **facts: object) -> Sak:
    """An inquiry that was answered and closed."""
    sak = call(town, NOON, **facts)  # type: ignore[arg-type]
    sak.answer("leder", NOON, channel=channel)
    sak.close("leder", NOON)
    return sak


def follow(sak: Sak, by: str, follow: Follow) -> None:
    strand = sak.strand()
    following.follow_up(sak.town.people[by], sak.reference, strand.id, strand.version, follow, LATER)


def tasks_of(sak: Sak) -> list[Task]:
    """The open tasks of an inquiry."""
    with db.reading() as tx:
        wanted = select(Task).where(Task.strand_id == sak.strand().id, Task.done_at.is_(None))
        return list(tx.scalars(wanted.order_by(Task.id)))


def last_event(sak: Sak, kind: EventKind = EventKind.FOLLOWED_UP) -> Event:
    with db.reading() as tx:
        found = select(Event).where(Event.inquiry_id == sak.inquiry().id, Event.kind == kind)
        return tx.scalars(found.order_by(Event.id.desc())).first()  # type: ignore[return-value]


def test_wrong_in_print_makes_a_task_of_its_own(town: Town) -> None:
    """Somebody asks the newsroom to correct within two working hours (VVP 4.13); right after all, nobody needs to."""
    sak = closed(town)
    follow(sak, "leder", Follow(in_print=InPrint.WRONG))
    (task,) = tasks_of(sak)
    assert (task.kind, task.office_id) == (TaskKind.CORRECTION, town.offices["rektor"])
    assert task.due_at == LATER + 2 * HOUR
    follow(sak, "leder", Follow(in_print=InPrint.WRONG))
    assert len(tasks_of(sak)) == 1
    follow(sak, "leder", Follow(in_print=InPrint.RIGHT))
    assert tasks_of(sak) == []
    assert sak.strand().in_print is InPrint.RIGHT


def test_the_owner_hears_of_a_mistake_that_another_found(town: Town) -> None:
    """KIS reads the newspaper first: whoever answered gets word at once; he does not tell himself."""
    sak = closed(town)
    follow(sak, "leder", Follow(in_print=InPrint.WRONG))
    assert MessageKind.TASK not in told(sak)
    other = closed(town)
    follow(other, "kis_adviser", Follow(in_print=InPrint.WRONG))
    assert told(other)[-1] is MessageKind.TASK
    assert other.told()[-1] == "leder"


def told(sak: Sak) -> list[MessageKind]:
    with db.reading() as tx:
        wanted = select(Message.kind).where(Message.inquiry_id == sak.inquiry().id).order_by(Message.id)
        return list(tx.scalars(wanted))


@pytest.mark.parametrize(
    ("deadline_at", "due_at"),
    [(None, LATER + HOUR), (NOON + 3 * HOUR, NOON + 3 * HOUR), (NOON + 30 * MINUTE, LATER + HOUR)],
    ids=["no deadline", "the deadline is ahead", "the deadline has gone"],
)
def test_the_employees_are_told_before_the_newspaper_tells_them(town: Town, deadline_at, due_at) -> None:  # type: ignore[no-untyped-def]
    """Strategy 2.1.4: by the journalist's deadline while it is ahead, else within a working hour."""
    sak = closed(town, deadline_at=deadline_at)
    follow(sak, "leder", Follow(staff=Staff.TELL))
    (task,) = tasks_of(sak)
    assert (task.kind, task.office_id, task.due_at) == (TaskKind.STAFF, town.offices["rektor"], due_at)
    follow(sak, "leder", Follow(staff=Staff.TELL, tell_by=LATER + 4 * HOUR))
    assert [each.due_at for each in tasks_of(sak)] == [LATER + 4 * HOUR]
    follow(sak, "leder", Follow(staff=Staff.KNOW))
    assert tasks_of(sak) == []


def test_the_archive_considers_what_goes_into_the_public_record(town: Town) -> None:
    """By the end of the next working day; what the app proposed, its tests and sources stand beside the choice."""
    sak = closed(town, Channel.EMAIL)
    follow(sak, "leder", Follow(journal=Journal.ARCHIVE_DECIDES))
    (task,) = tasks_of(sak)
    assert (task.kind, task.office_id) == (TaskKind.JOURNAL, town.offices["arkiv"])
    assert task.due_at == NOON + timedelta(days=1, hours=3, minutes=30)  # 15.30 the next day
    data = last_event(sak, EventKind.FOLLOWED_UP).data
    assert (data["choice"], data["proposed"]) == ("archive_decides", "archive_decides")
    assert data["tests"] == {"document": True, "dealt_with": True, "worth_keeping": None}
    assert "offl_4" in data["sources"]
    tasks.done(town.people["arkiv"], task.id, LATER, Done.REGISTERED)
    assert sak.strand().journal is Journal.YES
    assert tasks_of(sak) == []


def test_a_person_decides_against_the_proposal(town: Town) -> None:
    """The choice stands, and what was proposed beside it."""
    sak = call(town, NOON)
    sak.answer("leder", NOON, channel=Channel.EMAIL, kinds=(Statement.ASSESSMENTS,))
    sak.close("leder", NOON)
    follow(sak, "leder", Follow(journal=Journal.NO))
    data = last_event(sak).data
    assert (data["choice"], data["proposed"]) == ("no", "yes")
    assert sak.strand().journal is Journal.NO


def test_the_archive_is_not_let_into_what_is_for_few_eyes(town: Town) -> None:
    """The task of a personnel case goes to whoever owns it."""
    sak = call(town, NOON, personnel=YES)
    sak.answer("leder", NOON, channel=Channel.EMAIL, kinds=(Statement.DECLINE,))
    sak.close("leder", NOON)
    follow(sak, "leder", Follow(journal=Journal.ARCHIVE_DECIDES))
    (task,) = tasks_of(sak)
    assert task.office_id == town.offices["rektor"]
    with pytest.raises(NotFound):
        tasks.done(town.people["arkiv"], task.id, LATER, Done.REGISTERED)


def test_what_was_said_is_not_registered_when_it_was_only_spoken(town: Town) -> None:
    """Only what is written can be."""
    with pytest.raises(Refused):
        follow(closed(town), "leder", Follow(journal=Journal.YES))


def test_nothing_moves_in_the_figures(town: Town) -> None:
    """Answered, in time and ended are what they were, whatever came of it."""
    sak = closed(town, Channel.EMAIL)
    before = sak.strand()
    follow(sak, "leder", Follow(InPrint.WRONG, Staff.TELL, None, Journal.YES))
    after = sak.strand()
    for name in ("answered_at", "working_minutes", "was_in_time", "ended_at", "ending", "due_at", "state"):
        assert getattr(after, name) == getattr(before, name), name


MAY = {
    "leder": True,
    "kommunalsjef": True,
    "kis": True,
    "kis_adviser": True,
    "sentralbord": False,
    "annen_leder": False,
}


@pytest.mark.parametrize("who", MAY)
def test_who_follows_up(town: Town, who: str) -> None:
    """The owner, the line and KIS."""
    sak = closed(town)
    if MAY[who]:
        follow(sak, who, Follow(in_print=InPrint.UNSEEN))
        assert sak.strand().in_print is InPrint.UNSEEN
    else:
        with pytest.raises(Refused):
            follow(sak, who, Follow(in_print=InPrint.UNSEEN))


def test_nothing_said_is_nothing_done(town: Town) -> None:
    """An empty form writes no line."""
    with pytest.raises(Refused):
        follow(closed(town), "leder", Follow())


def test_what_lapsed_has_nothing_to_follow(town: Town) -> None:
    """A part that a later decision has not."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.POLITICAL})
    sak.correct("kis", NOON, asks=["facts"])
    strand = sak.strand(Kind.POLITICAL)
    with pytest.raises(Refused):
        following.follow_up(
            town.people["kis"], sak.reference, strand.id, strand.version, Follow(in_print=InPrint.RIGHT), LATER
        )


def test_said_in_the_same_act_as_closing(town: Town) -> None:
    """Each of the three is optional, and none is needed to close."""
    sak = call(town, NOON)
    sak.answer("leder", NOON, channel=Channel.EMAIL)
    sak.close("leder", NOON, Ending.STATEMENT, follow=Follow(InPrint.UNSEEN, Staff.KNOW, None, Journal.ARCHIVE_DECIDES))
    assert [task.kind for task in tasks_of(sak)] == [TaskKind.JOURNAL]
    assert sak.strand().in_print is InPrint.UNSEEN
    plain = closed(town)
    assert plain.strand().in_print is None
    assert EventKind.FOLLOWED_UP not in plain.events()
