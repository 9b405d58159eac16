"""Uncertain: nobody knows where it belongs. KIS is asked first, and the rådmann is told when nobody has found out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import access, config, db, reminders
from pressedesk.administration import absence
from pressedesk.clocks import Step
from pressedesk.desk import second_call
from pressedesk.events import Event, EventKind
from pressedesk.models import Message, MessageKind, Reminder, ReminderState
from pressedesk.regulation.vocabulary import YES, Role
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNTIL = NOON + 15 * MINUTE


def uncertain(town: Town, **known: object) -> Sak:
    """A call at noon, and nobody knows whose it is."""
    return call(town, NOON, unit=None, level=None, **known)  # type: ignore[arg-type]


def got(town: Town) -> list[tuple[str, MessageKind]]:
    """Who got what, in order."""
    names = {person_id: name for name, person_id in town.people.items()}
    with db.reading() as tx:
        return [(names[row.person_id], row.kind) for row in tx.scalars(select(Message).order_by(Message.id))]


def planned(sak: Sak) -> dict[Step, object]:
    """The steps that are still to come of the present due version."""
    strand = sak.strand()
    with db.reading() as tx:
        rows = tx.scalars(select(Reminder).where(Reminder.strand_id == strand.id))
        ours = [row for row in rows if row.due_version == strand.due_version]
        return {row.step: row.planned_at for row in ours if row.state is ReminderState.PLANNED}


KIS_FIRST = [("kis", MessageKind.CLARIFY), ("kis_adviser", MessageKind.CLARIFY)]


def test_kis_is_asked_and_the_radmann_is_not_disturbed(town: Town) -> None:
    """His by the rules, new, and told of in a quarter of an hour of working time."""
    sak = uncertain(town)
    strand = sak.strand()
    assert (strand.owner_role, strand.acting_id, strand.state) == (Role.RADMANN, town.people["radmann"], State.NEW)
    assert got(town) == KIS_FIRST
    assert planned(sak)[Step.TOLD] == UNTIL
    assert EventKind.ASKED_TO_CLARIFY in sak.events()
    assert EventKind.TOLD not in sak.events()


def test_he_is_told_when_nobody_has_found_out(town: Town) -> None:
    """At the minute, once; the ladder goes on from there, and the record says who was told when."""
    sak = uncertain(town)
    assert reminders.tick(UNTIL - MINUTE).steps == 0
    assert reminders.tick(UNTIL).steps == 1
    assert reminders.tick(UNTIL).steps == 0
    assert sak.strand().state is State.TOLD
    assert got(town) == [*KIS_FIRST, ("radmann", MessageKind.REMINDER)]
    assert planned(sak)[Step.NOT_TAKEN] == UNTIL + 30 * MINUTE
    with db.reading() as tx:
        told = tx.scalars(select(Event).where(Event.kind == EventKind.TOLD)).one()
    assert (told.at, told.actor, told.data["person"]) == (UNTIL, "system", town.people["radmann"])


def test_after_an_outage_he_is_told_once(town: Town) -> None:
    """The worker stood still for two hours: one message, the highest step, and the strand is told of."""
    sak = uncertain(town)
    reminders.tick(NOON + 2 * HOUR)
    assert sak.strand().state is State.TOLD
    assert [kind for name, kind in got(town) if name == "radmann"] == [MessageKind.REMINDER]


def test_kis_finds_out_and_he_never_hears_of_it(town: Town) -> None:
    """The facts are corrected: it moves to the right owner, who is told at once."""
    sak = uncertain(town)
    sak.correct("kis", NOON + 5 * MINUTE, unit="skole", level="unit")
    assert sak.strand().acting_id == town.people["leder"]
    reminders.tick(NOON + HOUR)
    names = [name for name, _ in got(town)]
    assert "radmann" not in names
    assert "leder" in names


def test_kis_says_that_it_is_his_and_he_is_told_at_once(town: Town) -> None:
    """The whole municipality: nothing to wait for any longer."""
    sak = uncertain(town)
    sak.correct("kis", NOON + 5 * MINUTE, unit=None, level="municipality")
    assert sak.strand().state is State.TOLD
    assert got(town)[-1] == ("radmann", MessageKind.REMINDER)
    assert reminders.tick(UNTIL).steps == 0


def test_another_correction_does_not_begin_the_wait_anew(town: Town) -> None:
    """Something else became known: he hears of it when he would have."""
    sak = uncertain(town)
    sak.correct("kis", NOON + 10 * MINUTE, unit=None, in_doubt=True)
    assert planned(sak)[Step.TOLD] == UNTIL
    assert got(town) == KIS_FIRST


def test_he_may_take_it_all_the_same(town: Town) -> None:
    """It stands in his inbox; taken, nobody tells him of it."""
    sak = uncertain(town)
    sak.take("radmann", NOON + MINUTE)
    reminders.tick(UNTIL)
    assert sak.strand().state is State.TAKEN
    assert ("radmann", MessageKind.REMINDER) not in got(town)


AT_ONCE = [  # what there is no waiting for
    ("an accusation", {"accusation": True}, ()),
    ("little time", {"deadline_at": NOON + 29 * MINUTE}, ()),
    ("nobody of KIS is there", {}, ("kis", "kis_adviser")),
]


@pytest.mark.parametrize(("told", "known", "away"), AT_ONCE, ids=[case[0] for case in AT_ONCE])
def test_he_is_told_at_once(town: Town, told: str, known: dict[str, object], away: tuple[str, ...]) -> None:
    """As for any other question."""
    for name in away:
        absence.register(SYSTEM, town.people[name], NOON - HOUR, NOON + 8 * HOUR, NOON)
    assert uncertain(town, **known).strand().state is State.TOLD
    assert got(town)[0] == ("radmann", MessageKind.REMINDER)


def test_just_enough_time_is_waited_for(town: Town) -> None:
    """Twice the quarter."""
    assert uncertain(town, deadline_at=NOON + 30 * MINUTE).strand().state is State.NEW


def test_the_municipality_sets_how_long(town: Town) -> None:
    """None at all, or an hour."""
    for minutes, state in ((0, State.TOLD), (60, State.NEW)):
        settings = config.current()
        config.activate(type(settings)(**{**vars(settings), "clarify_minutes": minutes}))
        assert uncertain(town).strand().state is state


def test_of_a_restricted_one_the_leader_of_kis_alone_is_asked(town: Town) -> None:
    """Its advisers may not know of it."""
    uncertain(town, personnel=YES)
    assert got(town) == [("kis", MessageKind.CLARIFY)]


def test_where_he_cannot_be_reached_nobody_waits(town: Town) -> None:
    """Nobody there is red at once, for KIS as well."""
    for name in ("radmann", "kommunalsjef"):
        absence.register(SYSTEM, town.people[name], NOON - HOUR, NOON + 8 * HOUR, NOON)
    strand = uncertain(town).strand()
    assert (strand.acting_id, strand.state) == (None, State.NEW)
    assert got(town) == [("kis", MessageKind.UNREACHABLE)]


def test_what_ought_to_be_clarified_late_in_the_day_is_told_in_the_morning(town: Town) -> None:
    """Working minutes: five before closing, ten after opening."""
    late = NOON + 3 * HOUR + 25 * MINUTE  # 15.25
    sak = call(town, late, unit=None, level=None)
    assert planned(sak)[Step.TOLD] == NOON + 20 * HOUR + 10 * MINUTE  # 08.10


def test_a_second_call_disturbs_him_no_more_than_the_first(town: Town) -> None:
    """«Purr» goes to those who are finding out, and what is said aloud names nobody."""
    sak = uncertain(town)
    second_call.nudge(town.people["sentralbord"], sak.reference, NOON + MINUTE)
    assert got(town) == [*KIS_FIRST, ("kis", MessageKind.NUDGE), ("kis_adviser", MessageKind.NUDGE)]
    with db.reading() as tx:
        who = access.actor(tx, town.people["sentralbord"], NOON)
        found = access.told_to_caller(tx, who, sak.reference, NOON)[0]
    assert second_call.status(found, NOON).startswith("Saken er tatt imot, og vi finner ut hvem som svarer.")
