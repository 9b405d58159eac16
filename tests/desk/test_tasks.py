"""Tasks that follow an answer: whose they are, who sees what of them, who may say that they are done, and how."""

from datetime import timedelta

import pytest

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import tasks
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import Stale
from pressedesk.desk.following import Follow, Staff
from pressedesk.desk.tasks import OUTCOMES, Done
from pressedesk.events import EventKind
from pressedesk.models import InPrint, Journal, Task, TaskKind
from pressedesk.regulation.vocabulary import YES, Statement
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.desk.test_following import tasks_of
from tests.inquiries import Sak, call
from tests.organisation import Town

LATER = NOON + timedelta(hours=1)
ALL = Follow(InPrint.WRONG, Staff.TELL, None, Journal.ARCHIVE_DECIDES)


def closed(town: Town, follow: Follow = ALL, **facts: object) -> Sak:
    """Answered in writing and closed, with everything still to be done."""
    sak = call(town, NOON, **facts)  # type: ignore[arg-type]
    sak.answer("leder", NOON, channel=Channel.EMAIL, kinds=(Statement.GENERAL_INFO,))
    sak.close("leder", NOON, Ending.STATEMENT, follow=follow)
    return sak


def given(town: Town, who: str) -> list[tuple[TaskKind, bool]]:
    """What somebody is to do, and whether he sees what it follows from."""
    with db.reading() as tx:
        actor = access.actor(tx, town.people[who], LATER)
        return [(each.task.kind, each.sees_inquiry) for each in access.tasks_of(tx, actor, OUTCOMES)]


def of_kind(sak: Sak, kind: TaskKind) -> Task:
    return next(task for task in tasks_of(sak) if task.kind is kind)


def test_whose_each_task_is(town: Town) -> None:
    """Print and employees are the owner's; the public record is the archive's, who sees nothing of the inquiry."""
    closed(town)
    assert given(town, "leder") == [(TaskKind.STAFF, True), (TaskKind.CORRECTION, True)]
    assert given(town, "arkiv") == [(TaskKind.JOURNAL, False)]
    assert given(town, "annen_leder") == []
    assert given(town, "kis") == []


def test_what_is_restricted_later_is_not_listed_for_the_archive(town: Town) -> None:
    """From then on the owner sees to it, on the page of the inquiry."""
    sak = closed(town)
    sak.restrict("leder", LATER)
    assert given(town, "arkiv") == []
    task = of_kind(sak, TaskKind.JOURNAL)
    tasks.done(town.people["leder"], task.id, LATER, Done.NOT_REGISTERED)
    assert sak.strand().journal is Journal.NO


MAY_FINISH = {  # of the owner's task
    "leder": True, "kommunalsjef": True, "radmann": True, "kis": True, "kis_adviser": False, "sentralbord": False,
    "annen_leder": False, "arkiv": False, "admin": False,
}  # fmt: skip


@pytest.mark.parametrize("who", MAY_FINISH)
def test_who_says_that_it_is_done(town: Town, who: str) -> None:
    """Whose it is, and who owns the inquiry, stands over it, or leads KIS; for everybody else there is none."""
    task = of_kind(closed(town), TaskKind.STAFF)
    if MAY_FINISH[who]:
        tasks.done(town.people[who], task.id, LATER, Done.DONE)
    else:
        with pytest.raises(NotFound):
            tasks.done(town.people[who], task.id, LATER, Done.DONE)


@pytest.mark.parametrize("outcome", OUTCOMES[TaskKind.CORRECTION])
def test_how_a_correction_came_out(town: Town, outcome: Done) -> None:
    """Corrected, not corrected, or withdrawn: the newsroom decides, and the record says which."""
    sak = closed(town)
    reference = tasks.done(town.people["leder"], of_kind(sak, TaskKind.CORRECTION).id, LATER, outcome)
    assert reference == sak.reference
    assert sak.events()[-2:] == [EventKind.TASK_DONE, EventKind.FOLLOWED_UP]
    assert TaskKind.CORRECTION not in [task.kind for task in tasks_of(sak)]
    assert sak.strand().in_print is InPrint.WRONG


def test_each_task_has_its_own_outcomes(town: Town) -> None:
    """A correction is not «journalført»."""
    task = of_kind(closed(town), TaskKind.CORRECTION)
    with pytest.raises(Refused):
        tasks.done(town.people["leder"], task.id, LATER, Done.REGISTERED)


def test_done_once(town: Town) -> None:
    """A double click changes nothing; somebody else hears that he came second."""
    sak = closed(town)
    task = of_kind(sak, TaskKind.CORRECTION)
    tasks.done(town.people["leder"], task.id, LATER, Done.CORRECTED)
    lines = len(sak.events())
    tasks.done(town.people["leder"], task.id, LATER, Done.CORRECTED)
    assert len(sak.events()) == lines
    with pytest.raises(Stale):
        tasks.done(town.people["kommunalsjef"], task.id, LATER, Done.NOT_CORRECTED)


def test_the_owner_of_a_restricted_inquiry_is_given_its_tasks(town: Town) -> None:
    """All three, and the archive none."""
    closed(town, personnel=YES)
    assert [kind for kind, _ in given(town, "leder")] == [TaskKind.STAFF, TaskKind.CORRECTION, TaskKind.JOURNAL]
    assert given(town, "arkiv") == []
