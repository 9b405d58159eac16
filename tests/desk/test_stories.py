"""Stories: what belongs together, who hears of it once, and one answer that each strand counts for itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import intake, shared_answers, stories
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import Stale
from pressedesk.desk.handling import Concerns
from pressedesk.desk.shared_answers import Marked, Spoken
from pressedesk.events import EventKind
from pressedesk.models import DeliveryState, Message, Restriction, Story
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Role, Statement
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import ORDINARY, Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEXT = "Vannet er stengt av til kl. 15."


def make(town: Town, title: str = "Vannlekkasjen i Storgata") -> int:
    return stories.make(town.people["kis"], title, NOON)


def put(town: Town, story_id: int, sak: Sak, by: str = "kis", now: datetime = NOON) -> None:
    stories.put(town.people[by], story_id, sak.reference, sak.inquiry().version, now)


def version(story_id: int) -> int:
    with db.reading() as tx:
        return tx.get_one(Story, story_id).version


def share(town: Town, story_id: int, by: str = "kis", until_at: datetime = NOON + HOUR, now: datetime = NOON) -> None:
    kinds = (Statement.FACTS,)
    shared_answers.set_answer(town.people[by], story_id, version(story_id), TEXT, kinds, until_at, now)


def log_into(town: Town, story_id: int, now: datetime, token: str, unit: str = "skole", **facts: object) -> Sak:
    """A call that the switchboard says belongs to the story."""
    given = Facts(**{**ORDINARY, **facts})  # type: ignore[arg-type]
    made = intake.Call("Mari Nygård", "Når er vannet tilbake?", given, unit_id=town.units[unit], story_id=story_id)
    logged = intake.log_call(town.people["sentralbord"], token, made, now)
    assert logged.reference is not None
    return Sak(town, logged.reference)


def deliver() -> None:
    """Everything in the queue has left."""
    with db.writing() as tx:
        for row in tx.scalars(select(Message).where(Message.state == DeliveryState.QUEUED)):
            row.state = DeliveryState.SENT


MAKERS = {"radmann": True, "kis": True, "kis_adviser": True, "sentralbord": False, "leder": False, "admin": False}


@pytest.mark.parametrize(("who", "may"), MAKERS.items())
def test_who_makes_a_story(town: Town, who: str, may: bool) -> None:
    """Rådmann and KIS; the same title twice is one story."""
    if not may:
        with pytest.raises(Refused):
            stories.make(town.people[who], "Flommen", NOON)
        return
    first = stories.make(town.people[who], "Flommen", NOON)
    assert stories.make(town.people[who], "Flommen", NOON) == first
    stories.rename(town.people[who], first, version(first), "Flommen i elva", NOON)
    with pytest.raises(Stale):
        stories.end(town.people[who], first, 1, NOON)
    stories.end(town.people[who], first, version(first), NOON)
    with pytest.raises(Refused):
        stories.rename(town.people[who], first, version(first), "Igjen", NOON)


def test_putting_in_and_taking_out(town: Town) -> None:
    """By those who make stories, with its line in the record; a story that is over takes nothing more."""
    story_id, sak = make(town), call(town, NOON)
    put(town, story_id, sak)
    assert (sak.inquiry().story_id, sak.events()[-1]) == (story_id, EventKind.PUT_IN_STORY)
    stories.take_out(town.people["radmann"], sak.reference, sak.inquiry().version, NOON)
    assert (sak.inquiry().story_id, sak.events()[-1]) == (None, EventKind.TAKEN_OUT_OF_STORY)
    with pytest.raises(NotFound):
        stories.take_out(town.people["kis"], sak.reference, sak.inquiry().version, NOON)
    with pytest.raises(Refused):
        put(town, story_id, sak, by="leder")
    stories.end(town.people["kis"], story_id, version(story_id), NOON)
    with pytest.raises(Refused, match="avsluttet"):
        put(town, story_id, sak)


def test_what_is_for_few_eyes_stands_in_no_story(town: Town) -> None:
    """That somebody's case is part of a story would say too much."""
    sak = call(town, NOON, personnel=YES)
    with pytest.raises(Refused, match="begrenset"):
        put(town, make(town), sak)


LEAVES = {
    "by a button": lambda sak: sak.restrict("leder", NOON),
    "by the owner's word": lambda sak: sak.say_person("leder", Concerns.EMPLOYEE, NOON),
    "by corrected facts": lambda sak: sak.correct("leder", NOON, personnel=True),
}


@pytest.mark.parametrize("how", LEAVES)
def test_what_becomes_restricted_leaves_its_story(town: Town, how: str) -> None:
    """In the same transaction, whichever way it becomes so."""
    story_id, sak = make(town), call(town, NOON, personnel=UNKNOWN, client_case=UNKNOWN)
    put(town, story_id, sak)
    LEAVES[how](sak)
    assert sak.inquiry().restriction is not Restriction.NONE
    assert sak.inquiry().story_id is None
    assert EventKind.TAKEN_OUT_OF_STORY in sak.events()


def test_a_call_is_logged_into_a_story(town: Town) -> None:
    """The switchboard says so; not of a personnel case, and not into a story that is over."""
    story_id = make(town)
    assert log_into(town, story_id, NOON, "a").inquiry().story_id == story_id
    assert log_into(town, story_id, NOON, "b", personnel=YES).inquiry().story_id is None
    stories.end(town.people["kis"], story_id, version(story_id), NOON)
    assert log_into(town, story_id, NOON, "c").inquiry().story_id is None


def test_one_alert_a_person(town: Town) -> None:
    """Whoever has got word of a call of the story gets no second for the next; another leader gets his own; and the
    next day begins anew. Both strands are told all the same, and their ladders stand."""
    story_id = make(town)
    first = log_into(town, story_id, NOON, "a")
    deliver()
    second, other = (
        log_into(town, story_id, NOON + MINUTE, "b"),
        log_into(town, story_id, NOON + MINUTE, "c", "barnehage"),
    )
    assert (first.told(), second.told(), other.told()) == (["leder"], [], ["annen_leder"])
    assert second.strand().state is State.TOLD
    assert EventKind.TOLD in second.events()
    outside = call(town, NOON + 2 * MINUTE)
    assert outside.told() == ["leder"]
    deliver()
    assert log_into(town, story_id, NOON + timedelta(days=1), "d").told() == ["leder"]


def test_word_that_has_not_left_holds_nothing_back(town: Town) -> None:
    """What stands in the queue may still be superseded: the second word waits beside it, and both leave as one mail."""
    story_id = make(town)
    first = log_into(town, story_id, NOON, "a")
    second = log_into(town, story_id, NOON, "b")
    assert (first.told(), second.told()) == (["leder"], ["leder"])


def two_leaders(town: Town) -> tuple[int, Sak, Sak]:
    """A story with one inquiry at the school, and one at the kindergarten, of other newsrooms."""
    story_id = make(town)
    one = call(town, NOON, question="Er skolen stengt?", outlet="Granliposten", caller="Mari Nygård")
    two = call(town, NOON, question="Får barna drikke?", outlet="Dagsnytt Vest", caller="Per Hauge", unit="barnehage")
    put(town, story_id, one)
    put(town, story_id, two)
    return story_id, one, two


SHOWN = {"leder": [1], "annen_leder": [2], "kommunalsjef": [1, 2], "kis": [1, 2], "sentralbord": [1, 2]}


@pytest.mark.parametrize(("who", "shown"), SHOWN.items())
def test_each_is_shown_what_is_his(town: Town, who: str, shown: list[int]) -> None:
    """His own and what stands under him; KIS, the rådmann and the switchboard all of it."""
    story_id, one, two = two_leaders(town)
    with db.reading() as tx:
        found = access.strands_of_story(tx, access.actor(tx, town.people[who], NOON), story_id)
        references = {each.strand.inquiry.reference for each in found}
    assert references == {{1: one, 2: two}[number].reference for number in shown}


@pytest.mark.parametrize("who", ["seksjonsleder", "ordforer", "ansatt", "admin"])
def test_a_story_is_nothing_to_those_who_have_none_of_it(town: Town, who: str) -> None:
    """Not even its title."""
    story_id, _, _ = two_leaders(town)
    with db.reading() as tx, pytest.raises(NotFound):
        access.visible_story(tx, access.actor(tx, town.people[who], NOON), story_id)


WRITERS = {
    "radmann": True,
    "kis": True,
    "leder": True,
    "kommunalsjef": True,
    "kis_adviser": False,
    "sentralbord": False,
}


@pytest.mark.parametrize(("who", "may"), WRITERS.items())
def test_who_writes_the_shared_answer(town: Town, who: str, may: bool) -> None:
    """Rådmann, the leader of KIS, and whoever may answer one of the strands; it is his from then on."""
    story_id, _, _ = two_leaders(town)
    if not may:
        with pytest.raises(Refused):
            share(town, story_id, by=who)
        return
    share(town, story_id, by=who)
    with db.reading() as tx:
        assert tx.get_one(Story, story_id).answer_by_id == town.people[who]


def test_an_answer_that_has_run_out_cannot_be_read(town: Town) -> None:
    """Until then by those who may use it, and by nobody else."""
    story_id, _, _ = two_leaders(town)
    share(town, story_id)

    def read(who: str, at: datetime) -> object:
        with db.reading() as tx:
            actor = access.actor(tx, town.people[who], at)
            answer = access.shared_answer(tx, actor, access.visible_story(tx, actor, story_id), at)
            return answer and answer.text

    assert [read(who, NOON) for who in ("leder", "kis", "kis_adviser", "sentralbord")] == [TEXT, TEXT, TEXT, None]
    assert [read(who, NOON + HOUR) for who in ("leder", "kis")] == [None, None]
    stories.end(town.people["kis"], story_id, version(story_id), NOON)
    assert read("kis", NOON) is None


def give(town: Town, story_id: int, by: str, *sak: Sak, at: datetime = NOON, now: datetime = NOON) -> Marked:
    spoken = Spoken("Kari Dahl", Role.VIRKSOMHETSLEDER_KIS, at, Channel.EMAIL)
    chosen = [each.strand().id for each in sak]
    return shared_answers.answer_all(town.people[by], story_id, version(story_id), chosen, spoken, now)


def test_one_act_answers_all_each_with_its_own_clock(town: Town) -> None:
    """Two that came at different times: one act, two answers, two spans. Done again it does nothing twice."""
    story_id, one, two = two_leaders(town)
    late = call(town, NOON + 30 * MINUTE)
    put(town, story_id, late, now=NOON + 30 * MINUTE)
    share(town, story_id, until_at=NOON + 2 * HOUR)
    at = NOON + HOUR
    marked = give(town, story_id, "kis", one, two, late, at=at, now=at)
    assert set(marked.answered) == {one.reference, two.reference, late.reference}
    assert marked.not_his == ()
    assert [sak.strand().state for sak in (one, two, late)] == [State.ANSWERED] * 3
    assert [sak.strand().working_minutes for sak in (one, two, late)] == [60, 60, 30]
    again = give(town, story_id, "kis", one, two, late, at=at, now=at)
    assert again == Marked((), ())
    assert len(one.answers()) == 1


def test_only_what_is_his_is_marked(town: Town) -> None:
    """The switchboard sees the strands and records none; a leader cannot name another's at all."""
    story_id, one, two = two_leaders(town)
    share(town, story_id)
    marked = give(town, story_id, "sentralbord", one, two)
    assert set(marked.not_his) == {one.reference, two.reference}
    assert one.strand().state is State.TOLD
    with pytest.raises(NotFound):
        give(town, story_id, "leder", one, two)
    assert one.strand().state is State.TOLD
    give(town, story_id, "leder", one)
    assert (one.strand().state, two.strand().state) == (State.ANSWERED, State.TOLD)


REFUSED = {
    "it had run out then": (NOON + HOUR + MINUTE, "gått ut"),
    "the call had not come": (NOON - MINUTE, "før henvendelsen"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_have_been_so(town: Town, why: str) -> None:
    """An answer that no longer held is not the shared answer, and nobody was answered before he asked."""
    story_id, one, _ = two_leaders(town)
    share(town, story_id)
    at, says = REFUSED[why]
    with pytest.raises(Refused, match=says):
        give(town, story_id, "kis", one, at=at, now=NOON + 2 * HOUR)
    assert one.strand().state is State.TOLD


def test_what_touched_a_ban_stands_with_each(town: Town) -> None:
    """A political evaluation given for all: each strand keeps what the regulation says of it."""
    story_id, one, two = two_leaders(town)
    kinds = (Statement.POLITICAL,)
    shared_answers.set_answer(town.people["kis"], story_id, version(story_id), TEXT, kinds, NOON + HOUR, NOON)
    give(town, story_id, "kis", one, two)
    assert [bool(sak.answers()[0].touched) for sak in (one, two)] == [True, True]
