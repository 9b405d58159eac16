"""«Kan ikke nå», «Svarer ikke»: the next one is told at once, the office keeps it, and in an hour all is as before."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import db, organisation
from pressedesk.access import NotFound, Refused
from pressedesk.administration import absence
from pressedesk.clocks import Step
from pressedesk.desk import silence
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import EventKind
from pressedesk.models import Reminder, ReminderState
from pressedesk.organisation import Presence
from pressedesk.regulation.vocabulary import YES, Ask, Role
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def cannot_now(sak: Sak, by: str, now: datetime = NOON) -> str | None:
    strand = sak.strand()
    return name_of(sak, silence.cannot_now(sak.town.people[by], sak.reference, strand.id, strand.version, now))


def not_answering(sak: Sak, by: str, now: datetime = NOON) -> str | None:
    strand = sak.strand()
    return name_of(sak, silence.not_answering(sak.town.people[by], sak.reference, strand.id, strand.version, now))


def name_of(sak: Sak, person_id: int | None) -> str | None:
    return {number: name for name, number in sak.town.people.items()}.get(person_id or 0)


def passed_by(sak: Sak, at: datetime) -> set[str | None]:
    with db.reading() as tx:
        return {name_of(sak, person_id) for person_id in organisation.passed_by(tx, sak.inquiry().id, at)}


@pytest.mark.parametrize("taken", [False, True])
def test_the_deputy_is_told_at_once(town: Town, taken: bool) -> None:
    """Whether he had taken it or not: the deputy has it, untaken, under a new ledger, and the office is the same."""
    sak = call(town, NOON)
    if taken:
        sak.take("leder", NOON)
    before = sak.strand()
    assert cannot_now(sak, "leder") == "inspektor"
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id, strand.acting_id) == (State.TOLD, None, town.people["inspektor"])
    assert strand.owner_office_id == before.owner_office_id
    assert (strand.due_at, strand.due_version) == (before.due_at, before.due_version + 1)
    assert [step["presence"] for step in strand.resolution] == [Presence.PASSED_BY.value, Presence.ACTS.value]
    assert sak.told()[-1] == "inspektor"
    assert sak.events()[-1] is EventKind.PASSED_BY
    sak.take("inspektor", NOON)
    sak.answer("inspektor", NOON)


def test_the_ledger_starts_anew(town: Town) -> None:
    """The old steps are cancelled, and the new one is chased as if it had just been told."""
    sak = call(town, NOON)
    cannot_now(sak, "leder")
    strand = sak.strand()
    with db.reading() as tx:
        rows = tx.scalars(select(Reminder).where(Reminder.strand_id == strand.id)).all()
    old = {row.state for row in rows if row.due_version < strand.due_version and row.step is not Step.TOLD}
    new = {row.step: row.state for row in rows if row.due_version == strand.due_version}
    assert old == {ReminderState.CANCELLED}
    assert new[Step.TOLD] is ReminderState.ENQUEUED
    assert new[Step.NOT_TAKEN] is ReminderState.PLANNED


NEXT = [  # of whom it is, who has it, facts: who is told
    ("skole", "leder", {}, "inspektor"),
    ("barnehage", "annen_leder", {}, "kommunalsjef"),  # nobody else at the kindergarten: the line
    ("skole", "ordforer", {"asks": {Ask.POLITICAL}}, "varaordforer"),
    ("kis", "kis", {}, "kis_adviser"),
]


@pytest.mark.parametrize(("unit", "who", "facts", "told"), NEXT)
def test_who_is_next(town: Town, unit: str, who: str, facts: dict[str, object], told: str) -> None:
    """The deputy; the superior where the office has nobody else."""
    sak = call(town, NOON, unit=unit, **facts)
    assert cannot_now(sak, who) == told
    assert sak.told()[-1] == told


def test_alone_in_the_office_the_superior_may_take_it_and_the_office_keeps_it(town: Town) -> None:
    """It stays with the only one there, who is silent for an hour; the superior can take over."""
    sak = call(town, NOON, unit="barnehage")
    cannot_now(sak, "annen_leder")
    strand = sak.strand()
    assert (strand.owner_office_id, strand.acting_id) == (town.offices["styrer"], town.people["annen_leder"])
    sak.take("kommunalsjef", NOON + MINUTE)


def test_the_deputy_cannot_either(town: Town) -> None:
    """One after the other, and then the line; an absent superior is passed by."""
    absence.register(SYSTEM, town.people["kommunalsjef"], NOON - HOUR, NOON + 8 * HOUR, NOON)
    absence.register(SYSTEM, town.people["kommunalsjef2"], NOON - HOUR, NOON + 8 * HOUR, NOON)
    sak = call(town, NOON)
    cannot_now(sak, "leder")
    assert cannot_now(sak, "inspektor") == "radmann"


def test_the_person_it_is_about_is_never_told(town: Town) -> None:
    """Not as deputy, and not as superior: the whole of his office is passed by."""
    sak = call(town, NOON, subject=Role.KOMMUNALSJEF, personnel=YES)  # the rådmann's, whose deputy he is
    assert sak.strand().owner_office_id == town.offices["radmann"]
    assert cannot_now(sak, "radmann") != "kommunalsjef"
    assert "kommunalsjef" not in sak.told()


def test_it_lasts_an_hour(town: Town) -> None:
    """After that a new decision finds him again."""
    sak = call(town, NOON)
    cannot_now(sak, "leder")
    assert passed_by(sak, NOON + 59 * MINUTE) == {"leder"}
    assert passed_by(sak, NOON + HOUR) == set()
    sak.correct("kis", NOON + 30 * MINUTE, level="area")
    sak.correct("kis", NOON + 40 * MINUTE, level="unit")
    assert sak.strand().acting_id == town.people["inspektor"]
    sak.correct("kis", NOON + 2 * HOUR, level="area")
    sak.correct("kis", NOON + 2 * HOUR, level="unit")
    assert sak.strand().acting_id == town.people["leder"]


def test_whoever_takes_it_can_after_all(town: Town) -> None:
    """He is back before the hour is over: nothing passes him by any longer."""
    sak = call(town, NOON, unit="barnehage")
    cannot_now(sak, "annen_leder")
    sak.take("annen_leder", NOON + 5 * MINUTE)
    assert passed_by(sak, NOON + 5 * MINUTE) == set()


def test_it_is_of_this_inquiry_alone(town: Town) -> None:
    """The next journalist gets him."""
    cannot_now(call(town, NOON), "leder")
    assert call(town, NOON + MINUTE).strand().acting_id == town.people["leder"]


@pytest.mark.parametrize("who", ["kommunalsjef", "kis", "sentralbord", "radmann", "annen_leder"])
def test_only_who_has_it_says_that_he_cannot(town: Town, who: str) -> None:
    """Nobody says it for another."""
    with pytest.raises(Refused):
        cannot_now(call(town, NOON), who)


def test_who_has_it_no_longer_needs_not(town: Town) -> None:
    """It went to the deputy; the holder presses on an old page, or once more."""
    sak = call(town, NOON)
    strand = sak.strand()
    cannot_now(sak, "leder")
    with pytest.raises(Stale):
        silence.cannot_now(town.people["leder"], sak.reference, strand.id, strand.version, NOON)
    with pytest.raises(Refused):
        cannot_now(sak, "leder")
    assert sak.events().count(EventKind.PASSED_BY) == 1


def test_it_is_said_once(town: Town) -> None:
    """Alone in the office he keeps it, so the button could be pressed again: nobody is told twice."""
    sak = call(town, NOON, unit="barnehage")
    cannot_now(sak, "annen_leder")
    with pytest.raises(Refused):
        cannot_now(sak, "annen_leder")


RINGS = {"sentralbord": True, "kis": True, "kis_adviser": True, "leder": False, "kommunalsjef": False}


@pytest.mark.parametrize("who", RINGS)
def test_the_desk_rang_in_vain(town: Town, who: str) -> None:
    """The desk says it of whoever was told; nobody else does."""
    sak = call(town, NOON)
    if RINGS[who]:
        assert not_answering(sak, who) == "inspektor"
        assert passed_by(sak, NOON) == {"leder"}
    else:
        with pytest.raises(Refused):
            not_answering(sak, who)


def test_of_what_is_for_few_eyes_only_the_leader_of_kis_rings(town: Town) -> None:
    """The switchboard does not know that it exists."""
    sak = call(town, NOON, personnel=YES)
    with pytest.raises(NotFound):
        not_answering(sak, "sentralbord")
    assert not_answering(sak, "kis") == "inspektor"


def test_who_has_taken_it_is_not_rung_away(town: Town) -> None:
    """He has it, whether he answers the telephone or not."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    with pytest.raises(NotNow):
        not_answering(sak, "sentralbord")


def test_what_is_answered_needs_nobody(town: Town) -> None:
    """There is nobody to tell of it."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    for act, who in ((cannot_now, "leder"), (not_answering, "sentralbord")):
        with pytest.raises((NotNow, Refused)):
            act(sak, who)
