"""Joining two inquiries of one journalist, undoing it, and splitting a second question off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import joining, stories
from pressedesk.desk.change import Stale
from pressedesk.desk.joining import Second
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Message, MessageKind, Reminder, ReminderState, Restriction
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Known, Role
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BY_JOURNALIST = "Og hva koster det?"


def pair(town: Town, **second: object) -> tuple[Sak, Sak]:
    """The same journalist twice: the school, and half an hour later something more."""
    older = call(town, NOON)
    newer = call(town, NOON + 30 * MINUTE, question=BY_JOURNALIST, **second)  # type: ignore[arg-type]
    return older, newer


def join(town: Town, one: Sak, other: Sak, by: str = "leder", now: object = NOON + HOUR) -> str:
    return joining.join(town.people[by], one.reference, other.reference, one.inquiry().version, now)  # type: ignore[arg-type]


def planned(sak: Sak) -> int:
    """How many steps of the ladder still wait."""
    with db.reading() as tx:
        ids = [strand.id for strand in sak.strands().values()]
        wanted = select(Reminder.id).where(Reminder.strand_id.in_(ids), Reminder.state == ReminderState.PLANNED)
        return len(tx.scalars(wanted).all())


def kinds(sak: Sak, who: str) -> list[MessageKind]:
    """What this person was sent about the inquiry, in order."""
    with db.reading() as tx:
        wanted = select(Message.kind).where(
            Message.inquiry_id == sak.inquiry().id, Message.person_id == sak.town.people[who]
        )
        return list(tx.scalars(wanted.order_by(Message.id)))


@pytest.mark.parametrize("from_the_newer", [True, False])
def test_the_newer_is_joined_into_the_older(town: Town, from_the_newer: bool) -> None:
    """Wherever it is done from: the older's clock counts, the newer is chased no more, both records say so."""
    older, newer = pair(town)
    before = older.strand().due_at
    one, other = (newer, older) if from_the_newer else (older, newer)
    assert join(town, one, other) == older.reference
    assert newer.inquiry().joined_into_id == older.inquiry().id
    assert (newer.strand().state, older.strand().state) == (State.LAPSED, State.TOLD)
    assert (planned(newer), older.strand().due_at) == (0, before)
    assert newer.events()[-1] is older.events()[-1] is EventKind.JOINED


def test_whoever_has_them_is_told(town: Town) -> None:
    """The owner of the older that there is more in it; the owner of the newer that it is not his any longer."""
    older, newer = pair(town, unit="barnehage")
    join(town, older, newer, by="kis")
    assert kinds(older, "leder")[-1] is MessageKind.ADDED
    assert kinds(newer, "annen_leder")[-1] is MessageKind.CHANGED


def test_a_sooner_deadline_is_not_lost(town: Town) -> None:
    """The journalist called again because he needs it earlier: that is the older's deadline from now on."""
    older, newer = pair(town, deadline_at=NOON + 2 * HOUR)
    assert older.strand().due_at != NOON + 2 * HOUR
    join(town, older, newer)
    assert older.inquiry().deadline_at == older.strand().due_at == NOON + 2 * HOUR
    assert older.inquiry().received_at == NOON


def test_the_question_is_read_by_whoever_answers(town: Town) -> None:
    """Also where he had no access to the newer one; and by nobody it is held from."""
    older, newer = pair(town, unit="barnehage", personnel=UNKNOWN, client_case=UNKNOWN)
    join(town, older, newer, by="kis")

    def read(who: str) -> list[str | None]:
        with db.reading() as tx:
            actor = access.actor(tx, town.people[who], NOON)
            shown = access.visible_inquiry(tx, actor, older.reference)
            return [each.question for each in access.joined_into(tx, actor, shown)]

    assert read("leder") == read("kis") == [BY_JOURNALIST]
    assert read("seksjonsleder") == [None]


def test_undoing_it(town: Town) -> None:
    """Each stands for itself again: the newer is told anew and has a ladder."""
    older, newer = pair(town)
    join(town, older, newer)
    with pytest.raises(Refused):
        joining.part(town.people["leder"], older.reference, older.inquiry().version, NOON + HOUR)
    joining.part(town.people["leder"], newer.reference, newer.inquiry().version, NOON + HOUR)
    assert newer.inquiry().joined_into_id is None
    assert newer.strand().state is State.TOLD
    assert planned(newer) > 0
    assert kinds(newer, "leder")[-1] is MessageKind.REMINDER
    assert EventKind.SPLIT in newer.events()
    assert older.events()[-1] is EventKind.SPLIT


def test_a_new_decision_of_it_wakes_nothing(town: Town) -> None:
    """Corrected facts of what was joined are written down; its strands stay with the older one."""
    older, newer = pair(town)
    join(town, older, newer)
    newer.correct("kis", NOON + HOUR, principled=True)
    assert newer.strand().state is State.LAPSED
    assert len(newer.inquiry().decisions) == 2


def answered(older: Sak, newer: Sak) -> None:
    older.answer("leder", NOON + HOUR)


def joined(older: Sak, newer: Sak) -> None:
    join(older.town, older, newer)


REFUSED = {"the older is answered": answered, "they are one already": joined}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_joined(town: Town, why: str) -> None:
    """Nothing is put where nobody would see it."""
    older, newer = pair(town)
    REFUSED[why](older, newer)
    with pytest.raises(Refused):
        join(town, older, newer)
    with pytest.raises(Refused):
        join(town, older, older)


def test_only_for_the_same_eyes(town: Town) -> None:
    """One restricted and one not, or one about a leader: whoever has the one would read the other."""
    older, newer = pair(town, personnel=YES)
    with pytest.raises(Refused, match="begrenset"):
        join(town, older, newer, by="kis")
    about = call(town, NOON + HOUR, personnel=YES, subject=Role.VIRKSOMHETSLEDER)
    with pytest.raises(Refused, match="lukket"):
        join(town, newer, about, by="kis")
    also = call(town, NOON + HOUR, personnel=YES)
    assert join(town, newer, also, by="leder") == newer.reference


def test_what_is_not_seen_cannot_be_joined(town: Town) -> None:
    """Another's restricted inquiry does not exist; another's ordinary one is not his to join."""
    own, restricted = pair(town, unit="barnehage", personnel=YES)
    with pytest.raises(NotFound):
        join(town, own, restricted)
    with pytest.raises(NotFound):
        joining.join(town.people["leder"], own.reference, "PD-2026-9999", own.inquiry().version, NOON)
    others = call(town, NOON, unit="barnehage")
    with pytest.raises(Refused):
        join(town, own, others)
    with pytest.raises(Stale):
        joining.join(town.people["leder"], own.reference, others.reference, 999, NOON)


def test_what_becomes_restricted_takes_along_what_was_joined(town: Town) -> None:
    """Its question stands on the page of the other, so it is for the same few eyes."""
    older, newer = pair(town)
    join(town, older, newer)
    older.restrict("leder", NOON + HOUR)
    assert newer.inquiry().restriction is older.inquiry().restriction is Restriction.CONFIRMED


@pytest.mark.parametrize("how", ["restrict", "say", "leader"])
def test_what_is_for_few_eyes_alone_stands_alone_again(town: Town, how: str) -> None:
    """It is not for the eyes of the older one, nor is a caller told of it by that one's sentence."""
    older, newer = pair(town)
    join(town, older, newer)
    if how == "restrict":
        newer.restrict("kis", NOON + HOUR)
    elif how == "say":
        newer.correct("kis", NOON + HOUR, personnel=True)
    else:
        newer.correct("kis", NOON + HOUR, subject=Role.VIRKSOMHETSLEDER)
    assert newer.inquiry().joined_into_id is None
    assert newer.strand().state is State.TOLD
    assert (older.inquiry().restriction, older.strand().state) == (Restriction.NONE, State.TOLD)
    assert EventKind.SPLIT in newer.events()
    assert older.events()[-1] is EventKind.SPLIT
    assert newer.strand().acting_id == town.people["kommunalsjef" if how == "leader" else "leder"]


def test_what_was_joined_into_one_about_a_leader_stands_alone_again(town: Town) -> None:
    """The older is closed to whom it is about; what was joined into it is not about him."""
    older, newer = pair(town)
    join(town, older, newer)
    older.correct("kis", NOON + HOUR, subject=Role.VIRKSOMHETSLEDER)
    assert older.strand().acting_id == town.people["kommunalsjef"]
    assert newer.inquiry().joined_into_id is None
    assert (newer.strand().state, newer.strand().acting_id) == (State.TOLD, town.people["leder"])


def split(town: Town, sak: Sak, by: str = "leder", unit: str = "barnehage", person: Known = NO) -> Sak:
    second = Second("Hvor mange barn er det i barnehagen?", town.units[unit], frozenset({Ask.FACTS}), person, NO)
    new = joining.split(town.people[by], sak.reference, sak.inquiry().version, second, NOON + HOUR)
    return Sak(town, new)


def test_a_second_question_becomes_its_own(town: Town) -> None:
    """The same caller, receipt and deadline; decided anew, told to its own owner, both records say so."""
    sak = call(town, NOON, deadline_at=NOON + 3 * HOUR)
    new = split(town, sak)
    first, second = sak.inquiry(), new.inquiry()
    same = ("caller_name", "caller_phone", "received_at", "deadline_at", "promised_at", "journalist_id", "outlet_id")
    assert [getattr(first, name) for name in same] == [getattr(second, name) for name in same]
    assert second.split_from_id == first.id
    assert second.reference != first.reference
    assert new.strand().owner_office_id == town.offices["styrer"]
    assert new.strand().received_at == NOON
    assert new.told() == ["annen_leder"]
    assert sak.events()[-1] is EventKind.SPLIT
    assert new.events() == [EventKind.LOGGED, EventKind.SPLIT, EventKind.DECIDED, EventKind.TOLD]
    assert sak.strand().state is State.TOLD


def test_of_a_restricted_one_it_stays_restricted(town: Town) -> None:
    """Until its own owner has said that nobody is concerned."""
    sak = call(town, NOON, personnel=YES)
    new = split(town, sak)
    assert new.inquiry().restriction is Restriction.UNCONFIRMED
    with db.reading() as tx, pytest.raises(NotFound):
        access.visible_inquiry(tx, access.actor(tx, town.people["sentralbord"], NOON), new.reference)


def test_it_is_about_the_same_person_only_in_the_same_unit(town: Town) -> None:
    """A question to another unit is not about the head of the first, and goes to its own head."""
    sak = call(town, NOON, personnel=YES, subject=Role.VIRKSOMHETSLEDER)
    same, other = split(town, sak, by="kommunalsjef", unit="skole"), split(town, sak, by="kommunalsjef")
    with db.reading() as tx:
        facts = {row.reference: row.facts["subject"] for row in tx.scalars(access.unscoped_inquiries())}
        leder = access.actor(tx, town.people["leder"], NOON)
        with pytest.raises(NotFound):
            access.visible_inquiry(tx, leder, same.reference)
    assert facts[same.reference] == Role.VIRKSOMHETSLEDER.value
    assert facts[other.reference] is None
    assert other.told() == ["annen_leder"]


def test_two_at_once_split_it_once(town: Town) -> None:
    """A double click carries the same version, and makes one inquiry."""
    sak = call(town, NOON)
    seen = sak.inquiry().version
    second = Second("Noe annet?", town.units["skole"], frozenset({Ask.FACTS}), NO, NO)
    joining.split(town.people["leder"], sak.reference, seen, second, NOON)
    with pytest.raises(Stale):
        joining.split(town.people["leder"], sak.reference, seen, second, NOON)
    with db.reading() as tx:
        assert len(tx.scalars(access.unscoped_inquiries().with_only_columns(Inquiry.id)).all()) == 2


@pytest.mark.parametrize("who", ["annen_leder", "sentralbord"])
def test_who_may_not(town: Town, who: str) -> None:
    """Neither somebody sideways nor the switchboard joins or splits."""
    older, newer = pair(town)
    with pytest.raises(Refused):
        join(town, older, newer, by=who)
    with pytest.raises(Refused):
        split(town, older, by=who)


def test_the_story_of_the_newer_goes_on_in_the_older(town: Town) -> None:
    """What was asked of the story is asked there now, so its shared answer is for that one."""
    older, newer = pair(town)
    story = stories.make(town.people["kis"], "Vannlekkasjen", NOON)
    stories.put(town.people["kis"], story, newer.reference, newer.inquiry().version, NOON)
    join(town, older, newer)
    assert older.inquiry().story_id == story
