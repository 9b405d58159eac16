"""Taking, giving back, the one tap, facts, restriction and notes: who may, what is written, and two at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import db
from pressedesk.access import NotFound, Refused
from pressedesk.clocks import Step
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.handling import Concerns, take
from pressedesk.desk.openings import note_opening, openings
from pressedesk.events import EventKind
from pressedesk.models import Reminder, ReminderState, Restriction
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Kind, Role
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def ledger(sak: Sak) -> dict[Step, ReminderState]:
    """The steps of the present due version."""
    strand = sak.strand()
    with db.reading() as tx:
        rows = tx.scalars(
            select(Reminder).where(Reminder.strand_id == strand.id, Reminder.due_version == strand.due_version)
        )
        return {row.step: row.state for row in rows}


def test_taking_it_acknowledges_and_stops_chasing_the_silent(town: Town) -> None:
    """The strand is his from now; the steps before the due time still stand."""
    sak = call(town, NOON)
    sak.take("leder", NOON + MINUTE)
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id) == (State.TAKEN, town.people["leder"])
    assert strand.acknowledged_at == NOON + MINUTE
    steps = ledger(sak)
    assert steps[Step.NOT_TAKEN] is ReminderState.CANCELLED
    assert steps[Step.DUE] is ReminderState.PLANNED
    assert sak.events()[-1] is EventKind.TAKEN


def test_taking_over_keeps_the_first_acknowledgement(town: Town) -> None:
    """The superior has it now; that somebody had it earlier stays true."""
    sak = call(town, NOON)
    sak.take("leder", NOON + MINUTE)
    sak.take("kommunalsjef", NOON + HOUR)
    strand = sak.strand()
    assert (strand.taken_by_id, strand.acknowledged_at) == (town.people["kommunalsjef"], NOON + MINUTE)
    assert sak.events()[-1] is EventKind.TAKEN_OVER


def test_giving_back_chases_anew(town: Town) -> None:
    """Untaken again, told as before, and the ladder starts from now."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    before = sak.strand().due_version
    sak.give_back("leder", NOON + MINUTE)
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id, strand.due_version) == (State.TOLD, None, before + 1)
    assert ledger(sak)[Step.NOT_TAKEN] is ReminderState.PLANNED
    with pytest.raises(NotNow):
        sak.give_back("leder", NOON + MINUTE)


MAY_TAKE = {
    "leder": True, "kommunalsjef": True, "radmann": True, "kis": True,
    "annen_leder": False, "ordforer": False, "sentralbord": False, "kis_adviser": False, "seksjonsleder": False,
}  # fmt: skip


def test_who_may_take_it(town: Town) -> None:
    """The owner, those above him on the line, and the leader of KIS; nobody sideways."""
    for who, may in MAY_TAKE.items():
        sak = call(town, NOON)
        if may:
            sak.take(who, NOON)
            assert sak.strand().taken_by_id == town.people[who]
        else:
            with pytest.raises(Refused):
                sak.take(who, NOON)
    with pytest.raises(NotFound):
        sak.take("admin", NOON)


def test_the_second_of_two_is_told_that_he_is_late(town: Town) -> None:
    """A form made from an older version changes nothing."""
    sak = call(town, NOON)
    strand = sak.strand()
    sak.take("leder", NOON)
    with pytest.raises(Stale):
        take(town.people["kommunalsjef"], sak.reference, strand.id, strand.version, NOON)
    assert sak.strand().taken_by_id == town.people["leder"]
    assert sak.events()[-1] is EventKind.TAKEN


TAPS = [  # what the owner says, then: restriction, text held, may facts be stated
    (Concerns.NOBODY, Restriction.NONE, "answer"),
    (Concerns.EMPLOYEE, Restriction.CONFIRMED, "decline"),
    (Concerns.CLIENT, Restriction.CONFIRMED, "limited"),
]


@pytest.mark.parametrize(("concerns", "restriction", "outcome"), TAPS)
def test_the_one_tap(town: Town, concerns: Concerns, restriction: Restriction, outcome: str) -> None:
    """The owner's word opens the text to the desk, or closes the inquiry, and the rules are asked again."""
    sak = call(town, NOON, personnel=UNKNOWN, client_case=UNKNOWN)
    assert sak.inquiry().text_is_held
    sak.say_person("leder", concerns, NOON)
    inquiry = sak.inquiry()
    assert (inquiry.restriction, inquiry.text_is_held) == (restriction, False)
    assert sak.strand().outcome == outcome
    assert len(inquiry.decisions) == 2


def test_only_the_owner_taps(town: Town) -> None:
    """Neither KIS, nor a superior, nor whoever logged it."""
    sak = call(town, NOON, personnel=UNKNOWN)
    for who in ("kis", "kommunalsjef", "radmann", "sentralbord", "kis_adviser"):
        with pytest.raises(Refused):
            sak.say_person(who, Concerns.NOBODY, NOON)


def test_the_tap_never_lifts_a_confirmed_restriction(town: Town) -> None:
    """That takes two, neither of them the owner alone."""
    sak = call(town, NOON, personnel=YES)
    sak.say_person("leder", Concerns.EMPLOYEE, NOON)
    with pytest.raises(Refused):
        sak.say_person("leder", Concerns.NOBODY, NOON)
    assert sak.inquiry().restriction is Restriction.CONFIRMED


def test_an_unconfirmed_restriction_is_the_owners_to_lift(town: Town) -> None:
    """The switchboard marked it in haste; the owner knows better."""
    sak = call(town, NOON)
    sak.restrict("sentralbord", NOON)
    assert sak.inquiry().restriction is Restriction.UNCONFIRMED
    sak.say_person("leder", Concerns.NOBODY, NOON)
    assert sak.inquiry().restriction is Restriction.NONE


@pytest.mark.parametrize("who", ["sentralbord", "leder", "annen_leder", "kis_adviser", "radmann", "ordforer"])
def test_everybody_who_sees_it_may_restrict_at_once(town: Town, who: str) -> None:
    """In the same moment it is gone for the rest of the desk."""
    sak = call(town, NOON)
    sak.restrict(who, NOON)
    with pytest.raises(NotFound):
        sak.note("kis_adviser", "ser jeg den?", NOON)


def test_lifting_takes_two(town: Town) -> None:
    """The first proposes, however often he presses; the second does it; owner and logger count as neither."""
    sak = call(town, NOON, personnel=YES)
    sak.say_person("leder", Concerns.EMPLOYEE, NOON)
    with pytest.raises(Refused):
        sak.lift("leder", NOON)
    assert sak.lift("kommunalsjef", NOON) is False
    assert sak.lift("kommunalsjef", NOON) is False
    assert sak.inquiry().restriction is Restriction.CONFIRMED
    assert sak.lift("kis", NOON) is True
    assert sak.inquiry().restriction is Restriction.NONE
    assert sak.strand().outcome == "answer"


def test_new_facts_make_a_new_decision_beside_the_old(town: Town) -> None:
    """The old stays as it was; the strand has a new owner, untaken, who is told, and the former is told as well."""
    sak = call(town, NOON)
    old = sak.inquiry().decisions[0]
    sak.take("leder", NOON)
    sak.correct("kis", NOON + MINUTE, level="area")
    decisions = sak.inquiry().decisions
    assert [each.decision["owner"] for each in decisions] == ["virksomhetsleder", "kommunalsjef"]
    assert (decisions[0].facts, decisions[0].decision) == (old.facts, old.decision)
    strand = sak.strand()
    assert (strand.owner_role, strand.state, strand.taken_by_id) == (Role.KOMMUNALSJEF, State.TOLD, None)
    assert sak.told() == ["leder", "leder", "kommunalsjef"]


def test_the_same_owner_keeps_what_he_has_taken(town: Town) -> None:
    """A fact that moves nothing disturbs nobody."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    sak.correct("leder", NOON + MINUTE, in_doubt=True)
    assert sak.strand().state is State.TAKEN
    assert sak.told() == ["leder"]
    assert sak.inquiry().decisions[1].decision["consult"][0]["when"] == "before_answer"


def test_a_question_that_is_gone_lapses(town: Town) -> None:
    """No document was asked for after all: its strand lapses, and is chased no more."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    sak.correct("kis", NOON, asks=["facts"])
    strands = sak.strands()
    assert strands[Kind.DOCUMENTS].state is State.LAPSED
    assert strands[Kind.ADMINISTRATIVE].state is State.TOLD
    sak.correct("kis", NOON, asks=["facts", "documents"])
    assert sak.strands()[Kind.DOCUMENTS].state is State.TOLD


def test_a_finished_strand_is_left_alone(town: Town) -> None:
    """What was answered stays answered by whoever did it."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    sak.correct("kis", NOON, level="area")
    assert (sak.strand().state, sak.strand().owner_role) == (State.ANSWERED, Role.VIRKSOMHETSLEDER)


MAY_CORRECT = {"leder": True, "kommunalsjef": True, "kis": True, "kis_adviser": True, "annen_leder": False}


def test_who_may_correct(town: Town) -> None:
    """Owner, line and KIS."""
    for who, may in MAY_CORRECT.items():
        sak = call(town, NOON)
        if may:
            sak.correct(who, NOON, important=True)
        else:
            with pytest.raises(Refused):
                sak.correct(who, NOON, important=True)


def test_only_the_owner_says_by_facts_that_nobody_is_concerned(town: Town) -> None:
    """The other way round anybody who corrects may: it protects."""
    sak = call(town, NOON, personnel=UNKNOWN)
    with pytest.raises(Refused):
        sak.correct("kis_adviser", NOON, personnel=False)
    sak.correct("kis_adviser", NOON, personnel=True)
    assert sak.inquiry().restriction is Restriction.UNCONFIRMED


def test_a_note_is_never_an_answer(town: Town) -> None:
    """It moves no state and stops no clock."""
    sak = call(town, NOON)
    before = sak.strand().state
    sak.note("sentralbord", "Ringte igjen.", NOON)
    assert (sak.strand().state, sak.strand().answered_at) == (before, None)


def test_who_opens_a_restricted_one_is_written_down(town: Town) -> None:
    """Line, rådmann and KIS leave a line, once a visit; the owner leaves none, nor does an ordinary inquiry."""
    ordinary, sak = call(town, NOON), call(town, NOON, personnel=YES)
    assert note_opening(town.people["kis"], ordinary.reference, NOON) is False
    assert note_opening(town.people["leder"], sak.reference, NOON) is False
    assert note_opening(town.people["kommunalsjef"], sak.reference, NOON) is True
    assert note_opening(town.people["kommunalsjef"], sak.reference, NOON + MINUTE) is False
    assert note_opening(town.people["radmann"], sak.reference, NOON + 2 * MINUTE) is True
    assert note_opening(town.people["kommunalsjef"], sak.reference, NOON + HOUR) is True
    with pytest.raises(NotFound):
        note_opening(town.people["kis_adviser"], sak.reference, NOON)
    with db.reading() as tx:
        opened = openings(tx, sak.inquiry())
    assert [name for _, name in opened] == ["Arne Moen", "Randi Aas", "Arne Moen"]


def test_closed_is_closed(town: Town) -> None:
    """Nothing is taken or closed after that; what was said is recorded all the same."""
    sak = call(town, NOON)
    sak.close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke.")
    for act in (sak.take, lambda who, now: sak.close(who, now, Ending.NO_ANSWER, "Igjen.")):
        with pytest.raises(NotNow):
            act("leder", NOON)
    sak.answer("leder", NOON)
    assert (sak.strand().state, len(sak.answers())) == (State.CLOSED, 1)
