"""From facts to people: strands with their own owner and clock, the person behind each office, and whom it is about."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from pressedesk import access, db, rules
from pressedesk.access import NotFound
from pressedesk.administration import absence
from pressedesk.desk.change import Stale
from pressedesk.desk.whom import Way
from pressedesk.models import DecisionRecord, Message, MessageKind
from pressedesk.organisation import Presence
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Clock, Kind, Level, Role
from pressedesk.workflow import State
from tests.asking import ask, request
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def away(town: Town, *people: str) -> None:
    """They are out today."""
    for who in people:
        absence.register(SYSTEM, town.people[who], NOON - HOUR, NOON + 8 * HOUR, NOON)


def sees(town: Town, who: str, sak: Sak) -> bool:
    """Whether somebody may know of an inquiry."""
    with db.reading() as tx:
        try:
            access.visible_inquiry(tx, access.actor(tx, town.people[who], NOON), sak.reference)
        except NotFound:
            return False
    return True


def test_a_mixed_inquiry_splits(town: Town) -> None:
    """Each strand has its own office, person and clock; the ordfører leads, and each is told once."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.POLITICAL, Ask.DOCUMENTS})
    strands = sak.strands().items()
    told = {kind: (each.owner_role, each.acting_id, each.clock, each.state) for kind, each in strands}
    people = town.people
    assert told == {
        Kind.POLITICAL: (Role.ORDFORER, people["ordforer"], Clock.COMMENT, State.TOLD),
        Kind.ADMINISTRATIVE: (Role.VIRKSOMHETSLEDER, people["leder"], Clock.COMMENT, State.TOLD),
        Kind.DOCUMENTS: (Role.ARKIV_POSTMOTTAK, people["arkiv"], Clock.INNSYN, State.TOLD),
    }
    assert next(iter(told)) is Kind.POLITICAL
    assert sorted(sak.told()) == ["arkiv", "leder", "ordforer"]


def test_each_strand_goes_its_own_way(town: Town) -> None:
    """One is answered while the other waits; the innsyn clock does not move."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    sak.answer("leder", NOON + HOUR, Kind.ADMINISTRATIVE)
    strands = sak.strands()
    assert [strands[kind].state for kind in (Kind.ADMINISTRATIVE, Kind.DOCUMENTS)] == [State.ANSWERED, State.TOLD]
    assert strands[Kind.DOCUMENTS].answered_at is None


def test_the_two_clocks_never_touch(town: Town) -> None:
    """The journalist's deadline moves the comment, not the five working days of the law."""
    plain = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS}).strands()
    hasty = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS}, deadline_at=NOON + HOUR).strands()
    assert hasty[Kind.ADMINISTRATIVE].due_at == NOON + HOUR < plain[Kind.ADMINISTRATIVE].due_at
    assert hasty[Kind.DOCUMENTS].due_at == plain[Kind.DOCUMENTS].due_at


ABSENCE = [  # who is away, who acts, in which role
    ((), "leder", Role.VIRKSOMHETSLEDER),
    (("leder",), "inspektor", Role.VIRKSOMHETSLEDER),
    (("leder", "inspektor"), "kommunalsjef", Role.KOMMUNALSJEF),
    (("leder", "inspektor", "kommunalsjef"), "kommunalsjef2", Role.KOMMUNALSJEF),
    (("leder", "inspektor", "kommunalsjef", "kommunalsjef2"), "radmann", Role.RADMANN),
]


@pytest.mark.parametrize(("gone", "acts", "role"), ABSENCE)
def test_absence(town: Town, gone: tuple[str, ...], acts: str, role: Role) -> None:
    """Deputy first, then one level up on the same line; how the person was found is kept."""
    away(town, *gone)
    strand = call(town, NOON).strand()
    assert (strand.acting_id, strand.owner_role) == (town.people[acts], role)
    assert strand.resolution[-1]["presence"] in (Presence.PRESENT, Presence.ACTS)


def test_nobody_reachable_is_owned_all_the_same(town: Town) -> None:
    """The rådmann owns it, unread; the leader of KIS hears of it; the state stays «ny», which is red."""
    away(town, "leder", "inspektor", "kommunalsjef", "kommunalsjef2", "radmann")
    sak = call(town, NOON)
    strand = sak.strand()
    assert (strand.owner_role, strand.acting_id, strand.state) == (Role.RADMANN, None, State.NEW)
    assert sak.told() == ["kis"]


def test_the_ordforer_is_never_covered_by_the_administration(town: Town) -> None:
    """Politics goes to varaordfører, and no further."""
    away(town, "ordforer")
    assert call(town, NOON, asks={Ask.POLITICAL}).strand().acting_id == town.people["varaordforer"]


SUBJECTS = [  # whom it is about, who owns it then, who may not know of it
    (Role.VIRKSOMHETSLEDER, "kommunalsjef", "leder"),
    (Role.KOMMUNALSJEF, "radmann", "kommunalsjef"),
    (Role.RADMANN, "ordforer", "radmann"),
]


@pytest.mark.parametrize(("subject", "owner", "excluded"), SUBJECTS)
def test_whom_it_is_about_steps_aside_and_sees_nothing(town: Town, subject: Role, owner: str, excluded: str) -> None:
    """One level above the subject; the person himself is neither told nor let in, whatever else he is."""
    sak = call(town, NOON, subject=subject, personnel=YES)
    assert sak.strand().acting_id == town.people[owner]
    assert excluded not in sak.told()
    assert not sees(town, excluded, sak)
    assert sees(town, owner, sak)


def test_a_deputy_of_the_rest_of_the_line_who_is_the_subject_is_passed_by(town: Town) -> None:
    """The kommunalsjef deputises for the rådmann, who is away; the case about him goes past him."""
    away(town, "radmann")
    sak = call(town, NOON, subject=Role.KOMMUNALSJEF, personnel=YES)
    assert "kommunalsjef" not in sak.told()
    assert not sees(town, "kommunalsjef", sak)


def test_unknown_level_goes_to_the_radmann(town: Town) -> None:
    """The widest that the known would give; never a blocked save."""
    assert call(town, NOON, unit=None, level=None).strand().owner_role is Role.RADMANN


def test_the_promise_is_kept_as_the_due_time(town: Town) -> None:
    """What was said on the phone, rounded up to five minutes, is what the clock counts to; new facts do not move it."""
    sak = call(town, NOON + timedelta(minutes=3))
    due_at = sak.strand().due_at
    assert due_at == sak.inquiry().promised_at
    assert due_at.minute % 5 == 0
    sak.correct("kis", NOON + HOUR, level="area")
    assert sak.strand().due_at == due_at


def test_those_who_are_to_know_are_told_once(town: Town) -> None:
    """The ordfører hears of what is important (3.3), once an inquiry, however often it is decided."""
    sak = call(town, NOON, important=True)
    sak.correct("kis", NOON, important=True, in_doubt=True)
    with db.reading() as tx:
        wanted = select(Message.person_id).where(Message.kind == MessageKind.INFORM)
        assert list(tx.scalars(wanted)) == [town.people["ordforer"]]


@pytest.mark.parametrize("facts", [{"personnel": YES}, {"client_case": YES}, {"personnel": UNKNOWN}])
def test_what_is_stored_is_what_the_regulation_said(town: Town, facts: dict[str, object]) -> None:
    """The decision holds its facts, its version and its points, and the strand is a copy of neither."""
    sak = call(town, NOON, level=Level.UNIT, **facts)  # type: ignore[arg-type]
    record = sak.inquiry().decisions[0]
    assert record.decision == rules.route(Facts.from_json(record.facts)).to_json()
    assert record.regulation == rules.VERSION


def test_another_version_of_the_regulation_decides_again_before_anything_is_answered(town: Town) -> None:
    """Whoever would take or answer gets the new decision to see first; the old one stays beside it."""
    sak = call(town, NOON, asks={Ask.FACTS})
    for act in (sak.take, sak.answer):
        with db.writing() as tx:
            tx.execute(update(DecisionRecord).values(regulation="0"))
        with pytest.raises(Stale):
            act("leder", NOON + HOUR)
        assert sak.inquiry().decisions[-1].regulation == rules.VERSION
        act("leder", NOON + HOUR)
    assert len(sak.inquiry().decisions) == 3


@pytest.mark.parametrize(("unit", "out"), [(None, ()), ("skole", ()), ("skole", ("kommunalsjef",))])
def test_several_areas_are_answered_with_every_kommunalsjef(town: Town, unit: str | None, out: tuple[str, ...]) -> None:
    """A16: also where no unit is known, and where one of them is away."""
    away(town, *out)
    sak = call(town, NOON, unit=unit, level=Level.CROSS_AREA)
    assert sak.strand().owner_role is Role.RADMANN
    with db.reading() as tx:
        inquiry = access.visible_inquiry(tx, access.actor(tx, town.people["kis"], NOON), sak.reference)
        assert {each.office_id for each in inquiry.co_owners} == {
            town.offices["kommunalsjef"],
            town.offices["kommunalsjef2"],
        }


def test_nobody_co_owns_when_no_kommunalsjef_is_there(town: Town) -> None:
    """All of them away: then the rådmann answers alone."""
    away(town, "kommunalsjef", "kommunalsjef2")
    sak = call(town, NOON, unit=None, level=Level.CROSS_AREA)
    with db.reading() as tx:
        inquiry = access.visible_inquiry(tx, access.actor(tx, town.people["kis"], NOON), sak.reference)
        assert inquiry.co_owners == []


def test_nobody_it_is_about_is_waited_for(town: Town) -> None:
    """Asked for facts, and then it turns out to be about him: it is closed to him, so it is asked no longer."""
    sak = call(town, NOON, unit="vann", level=Level.UNIT)
    assert sak.strand().acting_id == town.people["teknisk_leder"]
    asked = ask(sak, "teknisk_leder", Way.FACTS, "seksjonsleder", NOON)
    assert sak.strand().state is State.CLARIFYING
    sak.correct("kis", NOON + HOUR, unit="vann", subject=Role.SEKSJONSLEDER)
    assert sak.strand().acting_id == town.people["teknisk_leder"]
    assert sak.strand().state is State.TAKEN
    assert request(asked).withdrawn_at is not None
