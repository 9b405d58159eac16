"""The crisis switch: what it changes, what it leaves alone, and that the end brings everything back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from pressedesk import access, db, pulse, reminders
from pressedesk.access import Refused
from pressedesk.administration import absence
from pressedesk.clocks import Step
from pressedesk.desk import crisis, intake
from pressedesk.desk.change import Stale
from pressedesk.desk.crisis import StandsAlready
from pressedesk.desk.intake import Call
from pressedesk.events import Event, EventKind
from pressedesk.models import Crisis, DecisionRecord, Inquiry, Message, MessageKind, Reminder, ReminderState
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, Ask, Capacity, Kind, Level, Role
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def begin(town: Town, now: datetime = NOON + HOUR, by: str = "radmann", next_at: datetime | None = None) -> int:
    """The rådmann establishes crisis leadership; the ordfører speaks."""
    return crisis.start(town.people[by], "Brann i rådhuset", town.people["ordforer"], next_at, now)


def finish(town: Town, now: datetime = NOON + 2 * HOUR, by: str = "radmann") -> int:
    return crisis.end(town.people[by], seen(), now)


def seen() -> int:
    """The version of the crisis that stands."""
    with db.reading() as tx:
        found = crisis.standing(tx)
        assert found is not None
        return found.version


def release(town: Town, sak: Sak, by: str = "radmann", now: datetime = NOON + HOUR) -> None:
    crisis.release(town.people[by], sak.reference, sak.inquiry().version, now)


def switched(kind: EventKind) -> list[Event]:
    with db.reading() as tx:
        return list(tx.scalars(select(Event).where(Event.kind == kind)))


def told(town: Town, kind: MessageKind) -> list[str]:
    """Who got a message of this kind, by short name, in order."""
    names = {person_id: name for name, person_id in town.people.items()}
    with db.reading() as tx:
        wanted = select(Message.person_id).where(Message.kind == kind).order_by(Message.id)
        return [names[person_id] for person_id in tx.scalars(wanted)]


# --- On and off -----------------------------------------------------------------------------------------------------


def test_what_is_open_goes_to_crisis_leadership_beside_the_old_decision(town: Town) -> None:
    """Decided again in the name of whoever turned the switch; both decisions are kept, due times are not reset."""
    sak = call(town, NOON)
    before = sak.strand()
    assert begin(town) == 1
    strands, decisions = sak.strands(), sak.inquiry().decisions
    held = strands[Kind.CRISIS]
    assert strands[Kind.ADMINISTRATIVE].state is State.LAPSED
    assert (held.owner_role, held.state, held.due_at) == (Role.KRISELEDELSE, State.TOLD, before.due_at)
    assert [record.facts["crisis"] for record in decisions] == [False, True]
    assert decisions[1].made_by_id == town.people["radmann"]


def test_the_end_brings_everything_back(town: Town) -> None:
    """The same owner, the same due time, a ladder of its own, and three decisions."""
    sak = call(town, NOON)
    before = sak.strand()
    begin(town)
    assert finish(town) == 1
    after, held = sak.strands()[Kind.ADMINISTRATIVE], sak.strands()[Kind.CRISIS]
    assert (after.owner_office_id, after.acting_id) == (before.owner_office_id, before.acting_id)
    assert (after.state, held.state) == (State.TOLD, State.LAPSED)
    assert (after.due_at, after.first_due_at) == (before.due_at, before.first_due_at)
    with db.reading() as tx:
        planned = select(Reminder.strand_id, Reminder.step).where(Reminder.state == ReminderState.PLANNED)
        rows = tx.execute(planned).all()
    assert {row.strand_id for row in rows} == {after.id}
    assert {Step.DUE, Step.DAILY} <= {row.step for row in rows}
    assert [record.facts["crisis"] for record in sak.inquiry().decisions] == [False, True, False]


def test_crisis_leadership_hears_once_and_not_once_an_inquiry(town: Town) -> None:
    """Ten open inquiries, one message to each who leads, speaks or answers for information; the same at the end."""
    for _ in range(10):
        call(town, NOON)
    with db.reading() as tx:
        before = tx.scalar(select(func.count()).select_from(Message)) or 0
    begin(town)
    with db.reading() as tx:
        after = tx.scalar(select(func.count()).select_from(Message)) or 0
    assert told(town, MessageKind.CRISIS) == ["radmann", "kommunalsjef2", "ordforer", "kis"]
    assert after - before == 4
    finish(town)
    assert told(town, MessageKind.CRISIS)[4:] == ["radmann", "kommunalsjef2", "ordforer", "kis"]


def test_whoever_had_taken_one_hears_that_it_is_no_longer_his(town: Town) -> None:
    """He is working on it; who has only been told finds it gone from his inbox."""
    taken, untaken = call(town, NOON), call(town, NOON)
    taken.take("leder", NOON)
    begin(town)
    assert told(town, MessageKind.CHANGED) == ["leder"]
    assert taken.strands()[Kind.ADMINISTRATIVE].state is untaken.strands()[Kind.ADMINISTRATIVE].state is State.LAPSED


def test_what_comes_during_the_crisis_is_told_as_it_comes(town: Town) -> None:
    """The one message was about what was open; a new call is news."""
    begin(town)
    sak = call(town, NOON + 2 * HOUR)
    assert sak.strand().kind is Kind.CRISIS
    assert sak.told()[0] == "radmann"


def test_what_is_answered_on_one_side_is_not_asked_on_the_other(town: Town) -> None:
    """Answered before the crisis, or by crisis leadership: the switch asks nobody again, while the documents go on."""
    asks = {Ask.FACTS, Ask.DOCUMENTS}
    before, during = call(town, NOON, asks=asks), call(town, NOON, asks=asks)
    before.answer("leder", NOON, Kind.ADMINISTRATIVE)
    begin(town)
    assert Kind.CRISIS not in before.strands()
    during.answer("radmann", NOON + HOUR, Kind.CRISIS, role=Role.KRISELEDELSE)
    finish(town)
    assert before.strands()[Kind.ADMINISTRATIVE].state is State.ANSWERED
    assert during.strands()[Kind.ADMINISTRATIVE].state is State.LAPSED
    assert during.strands()[Kind.DOCUMENTS].state is State.TOLD


def test_what_is_finished_is_left_alone(town: Town) -> None:
    """Neither decided again nor counted."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    assert begin(town) == 0
    assert len(sak.inquiry().decisions) == 1


# --- What the switch does not touch ---------------------------------------------------------------------------------


def test_documents_keep_their_archive_their_law_and_their_ladder(town: Town) -> None:
    """Innsyn stands over the crisis: same owner, same due time, same ledger; only the decision is made beside."""
    sak = call(town, NOON, asks={Ask.DOCUMENTS})
    before = sak.strand()
    begin(town)
    after = sak.strands()[Kind.DOCUMENTS]
    same = ("owner_office_id", "acting_id", "due_at", "due_version", "state")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]


@pytest.mark.parametrize("capacity", [Capacity.PRIVATE, Capacity.UNION, Capacity.ELECTED])
def test_private_and_union_calls_are_untouched(town: Town, capacity: Capacity) -> None:
    """Whoever is called as himself answers for himself, crisis or not: passed on, counted, and nothing kept."""
    facts = Facts(asks=frozenset({Ask.FACTS}), capacities=frozenset({capacity}), personnel=NO, client_case=NO)
    said = []
    for turn, now in ((None, NOON), (begin, NOON + HOUR)):
        if turn:
            turn(town, now)
        logged = intake.log_call(
            town.people["sentralbord"],
            f"token-{now}",
            Call("Mari", "Hva?", facts, contact_person_id=town.people["ansatt"]),
            now,
        )
        said.append((logged.reference, logged.passed_on, logged.placement.strands))
    assert said[0] == said[1]
    with db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(Inquiry)) == 0


# --- Release --------------------------------------------------------------------------------------------------------


def test_crisis_leadership_gives_back_what_has_nothing_to_do_with_it(town: Town) -> None:
    """To the line it would have gone to, recorded, and whoever answers it is told."""
    sak = call(town, NOON)
    begin(town)
    release(town, sak)
    assert sak.strands()[Kind.ADMINISTRATIVE].acting_id == town.people["leder"]
    assert sak.strands()[Kind.CRISIS].state is State.LAPSED
    assert EventKind.RELEASED in sak.events()
    assert sak.inquiry().decisions[-1].decision["gaps"] == ["crisis_release"]


def test_a_release_belongs_to_its_own_crisis(town: Town) -> None:
    """The next crisis has it again, until it is released anew."""
    sak = call(town, NOON)
    begin(town)
    release(town, sak)
    finish(town)
    assert sak.inquiry().decisions[-1].facts["crisis_released"] is False
    begin(town, NOON + 3 * HOUR)
    assert sak.strands()[Kind.CRISIS].state is State.TOLD


RELEASES = [("radmann", True), ("kommunalsjef", False), ("kis", False), ("leder", False)]


@pytest.mark.parametrize(("who", "may"), RELEASES)
def test_only_crisis_leadership_releases(town: Town, who: str, may: bool) -> None:
    """Whoever holds its office, or acts in it."""
    sak = call(town, NOON)
    begin(town)
    if may:
        release(town, sak, who)
    else:
        with pytest.raises(Refused):
            release(town, sak, who)


def test_a_deputy_who_acts_releases(town: Town) -> None:
    """The rådmann is away, and his deputy in crisis leadership acts."""
    sak = call(town, NOON)
    begin(town, by="kis")
    absence.register(SYSTEM, town.people["radmann"], NOON, NOON + DAY, NOON)
    release(town, sak, "kommunalsjef2")
    assert sak.strands()[Kind.ADMINISTRATIVE].state is State.TOLD


def test_nothing_to_release_outside_a_crisis(town: Town) -> None:
    """It is not with crisis leadership."""
    with pytest.raises(Refused):
        release(town, call(town, NOON))


# --- Who, and once --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "may"), [("radmann", True), ("kis", True), ("ordforer", False), ("leder", False)])
def test_who_turns_the_switch(town: Town, who: str, may: bool) -> None:
    """The rådmann and the leader of KIS."""
    if may:
        assert begin(town, by=who) == 0
        finish(town, by=who)
        return
    with pytest.raises(Refused):
        begin(town, by=who)


def test_one_crisis_at_a_time(town: Town) -> None:
    """The second who starts is told so, and nothing is written."""
    begin(town)
    with pytest.raises(StandsAlready):
        begin(town, by="kis")
    with db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(Crisis)) == 1


def test_the_record_holds_ids_and_times_and_no_words(town: Town) -> None:
    """Established, changed, ended: three lines of no inquiry, and never why."""
    begin(town)
    next_at = NOON + 3 * HOUR
    crisis.change(town.people["kis"], seen(), town.people["radmann"], next_at, NOON + HOUR)
    finish(town)
    lines = [line for kind in EventKind if kind.value.startswith("crisis_") for line in switched(kind)]
    assert [line.inquiry_id for line in lines] == [None] * 3
    assert lines[1].data == {
        "crisis": 1, "spokesperson": town.people["radmann"], "next_information_at": next_at.isoformat()
    }  # fmt: skip
    assert "Brann" not in str([line.data for line in lines])


def test_an_old_version_changes_nothing(town: Town) -> None:
    """Another changed it meanwhile, or ended it."""
    begin(town)
    old = seen()
    crisis.change(town.people["kis"], old, None, None, NOON + HOUR)
    with pytest.raises(Stale):
        crisis.change(town.people["radmann"], old, None, None, NOON + HOUR)
    with pytest.raises(Stale):
        crisis.end(town.people["radmann"], old, NOON + HOUR)
    finish(town)
    with pytest.raises(Stale):
        crisis.change(town.people["kis"], old, None, None, NOON + 3 * HOUR)


def test_a_time_that_has_gone_is_refused(town: Town) -> None:
    """The next information is still to come."""
    with pytest.raises(Refused):
        begin(town, next_at=NOON)


# --- What a crash leaves over ---------------------------------------------------------------------------------------


def left_over(town: Town, now: datetime = NOON + HOUR) -> Sak:
    """The switch was turned on, and then the process died: nothing was decided again."""
    sak = call(town, NOON)
    with db.writing() as tx:
        tx.add(Crisis(started_at=now, started_by_id=town.people["radmann"], reason="Brann"))
    return sak


def test_the_tick_decides_what_a_crash_left_over_once(town: Town) -> None:
    """Derived from the database: what is open and was last decided before the switch was turned."""
    sak = left_over(town)
    assert crisis.settle(NOON + 2 * HOUR) == 1
    assert crisis.settle(NOON + 2 * HOUR) == 0
    assert sak.strands()[Kind.CRISIS].state is State.TOLD
    assert sak.inquiry().decisions[-1].made_by_id == town.people["radmann"]


def test_one_that_fails_stops_no_other(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Facts that cannot be read are logged without them, and the rest is decided."""
    broken, whole = left_over(town), call(town, NOON)
    with db.writing() as tx:
        tx.scalars(select(Inquiry).where(Inquiry.reference == broken.reference)).one().facts = {"level": "kaker"}
    assert crisis.settle(NOON + 2 * HOUR) == 1
    assert whole.strands()[Kind.CRISIS].state is State.TOLD
    assert "kaker" not in caplog.text


def test_a_worker_of_an_old_epoch_decides_nothing(town: Town) -> None:
    """Another has taken over."""
    sak = left_over(town)
    old = pulse.take_lease("a", NOON)
    assert pulse.take_lease("b", NOON + 5 * MINUTE) is not None
    with pytest.raises(pulse.Fenced):
        crisis.settle(NOON + 2 * HOUR, old)
    assert len(sak.inquiry().decisions) == 1


@pytest.mark.parametrize("act", ["take", "answer"])
def test_nobody_takes_or_answers_by_a_decision_from_before_the_switch(town: Town, act: str) -> None:
    """Whoever would is shown the new decision first; then it is no longer his."""
    sak = left_over(town)
    with pytest.raises(Stale):
        getattr(sak, act)("leder", NOON + 2 * HOUR)
    assert sak.strands()[Kind.ADMINISTRATIVE].state is State.LAPSED


def test_both_decisions_are_kept_whatever_happens(town: Town) -> None:
    """On, off, on, off: five decisions of one inquiry, and every open strand has its next step."""
    sak = call(town, NOON)
    for hour in (1, 3):
        begin(town, NOON + hour * HOUR)
        finish(town, NOON + (hour + 1) * HOUR)
    with db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(DecisionRecord)) == 5
    assert reminders.tick(NOON + 4 * HOUR + DAY).failed == 0
    assert sak.strands()[Kind.ADMINISTRATIVE].state is State.TOLD


def test_the_person_it_is_about_learns_nothing_by_the_switch(town: Town) -> None:
    """About the rådmann, who leads the crisis: his deputy there has it, and he neither sees nor hears of it."""
    sak = call(town, NOON, level=Level.MUNICIPALITY, subject=Role.RADMANN)
    begin(town, by="kis")
    held = sak.strands()[Kind.CRISIS]
    assert held.acting_id == town.people["kommunalsjef2"]
    with db.reading() as tx:
        who = access.actor(tx, town.people["radmann"], NOON + HOUR)
        assert crisis.count_open(tx, who) == 0


def test_one_at_a_time_is_the_database_s_to_say_too(town: Town) -> None:
    """Of two that look first and write then, one wins; those that have ended stand beside each other."""
    begin(town)
    finish(town)
    begin(town, NOON + 3 * HOUR)
    row = {"started_by_id": town.people["kis"], "reason": "Flom", "version": 1}
    with pytest.raises(IntegrityError), db.writing() as tx:
        tx.add(Crisis(started_at=NOON + 3 * HOUR, **row))
    with db.writing() as tx:
        tx.add(Crisis(started_at=NOON, ended_at=NOON, **row))
