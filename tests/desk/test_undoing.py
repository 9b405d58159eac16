"""«Angre»: for ten seconds nothing has happened, and then it has."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from pressedesk import access, config, db
from pressedesk.access import NotFound
from pressedesk.channels.folder import Folder
from pressedesk.delivery import deliver_next
from pressedesk.desk import drafts, handling, intake, undoing
from pressedesk.desk.intake import Call, Logged, Undone
from pressedesk.desk.undoing import TooLate
from pressedesk.events import EventKind
from pressedesk.models import ContactCount, Crisis, Draft, Inquiry, Journalist, Message, Reminder, ReminderState
from pressedesk.outbox import HELD_FOR
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Capacity, Kind, Level, Role
from pressedesk.workflow import State
from tests.conftest import NOON
from tests.desk.test_intake import ORDINARY, a_call
from tests.inquiries import Sak
from tests.organisation import Town

TYPED = {"caller_name": ["Kåre Kanari"], "question": ["Hvorfor er kanarifuglen gul?"], "asks": ["facts"]}
SECOND = timedelta(seconds=1)


def log(town: Town, call: Call, token: str = "t", now: datetime = NOON) -> Logged:
    """Saved from the form, so that it can be taken back."""
    return intake.log_call(town.people["sentralbord"], token, call, now, TYPED)


def undo(town: Town, reference: str | None, by: str = "sentralbord", now: datetime = NOON + SECOND) -> Draft:
    """Taken back; the form that is there again."""
    assert reference is not None
    undoing.undo(town.people[by], reference, now)
    with db.reading() as tx:
        return next(each for each in drafts.drafts_of(tx, town.people[by], now) if each.reference == reference)


def deliver(now: datetime) -> int:
    """How many mails leave."""
    n = 0
    while deliver_next(Folder(config.current()), "en arbeider", now):
        n += 1
    return n


def seen_by(town: Town, who: str) -> list[str]:
    with db.reading() as tx:
        wanted = access.visible_inquiries(access.actor(tx, town.people[who], NOON)).with_only_columns(Inquiry.reference)
        return list(tx.scalars(wanted))


def test_nothing_leaves_before_the_time_is_over(town: Town) -> None:
    """Held ten seconds, also when another message to the same person leaves meanwhile; then it goes."""
    logged = log(town, a_call(town))
    assert logged.undo_until_at == NOON + HELD_FOR
    assert deliver(NOON + HELD_FOR - SECOND) == 0
    urgent = replace(a_call(town, replace(ORDINARY, accusation=True)), caller_name="En annen")
    assert log(town, urgent, "haster").undo_until_at is None
    assert deliver(NOON + SECOND) == 1
    with db.reading() as tx:
        assert sorted(tx.scalars(select(Message.state))) == ["queued", "sent"]


URGENT = {
    "alvorlig kritikk": (replace(ORDINARY, accusation=True), None),
    "frist innen en time": (ORDINARY, NOON + timedelta(minutes=59)),
    "en del er gitt videre": (replace(ORDINARY, capacities=frozenset({Capacity.OFFICIAL, Capacity.UNION})), None),
    "alt er gitt videre": (Facts(capacities=frozenset({Capacity.PRIVATE})), None),
}


@pytest.mark.parametrize(("facts", "deadline_at"), URGENT.values(), ids=URGENT.keys())
def test_what_cannot_wait_cannot_be_undone(town: Town, facts: Facts, deadline_at: datetime | None) -> None:
    """The word leaves at once, and no form is kept."""
    logged = log(town, replace(a_call(town, facts), deadline_at=deadline_at))
    assert logged.undo_until_at is None
    with db.reading() as tx:
        assert tx.query(Draft).count() == 0
    if logged.reference:
        with pytest.raises(TooLate):
            undoing.undo(town.people["sentralbord"], logged.reference, NOON + SECOND)
        assert deliver(NOON) >= 1


def test_a_crisis_does_not_wait(town: Town) -> None:
    """What crisis leadership answers leaves at once."""
    with db.writing() as tx:
        tx.add(Crisis(started_at=NOON, started_by_id=town.people["radmann"], reason="Flom"))
    assert log(town, a_call(town)).undo_until_at is None


def test_taken_back_it_is_nowhere_and_the_form_is_there(town: Town) -> None:
    """No scope shows it, no message or reminder is left, and everything typed is back under another token."""
    logged = log(town, a_call(town))
    draft = undo(town, logged.reference)
    assert (draft.fields, draft.token == "t") == (TYPED, False)
    assert [seen_by(town, who) for who in ("sentralbord", "leder", "kis", "radmann")] == [[], [], [], []]
    sak = Sak(town, logged.reference or "")
    assert (sak.strand().state, sak.events()[-1]) == (State.LAPSED, EventKind.TAKEN_BACK)
    assert deliver(NOON + timedelta(hours=1)) == 0
    with db.reading() as tx:
        assert tx.query(Message).count() == 0
        assert ReminderState.PLANNED not in tx.scalars(select(Reminder.state)).all()
    undoing.undo(town.people["sentralbord"], logged.reference or "", NOON + 2 * SECOND)
    assert sak.events().count(EventKind.TAKEN_BACK) == 1


def test_saved_again_it_is_the_same_inquiry(town: Town) -> None:
    """The number that was read aloud, with what was corrected; told to whoever is right now, and to nobody else."""
    about_a_leader = replace(ORDINARY, personnel=YES, subject=Role.VIRKSOMHETSLEDER)
    first = log(town, replace(a_call(town, about_a_leader), passed_by=frozenset({town.people["kommunalsjef"]})))
    draft = undo(town, first.reference)
    other = replace(a_call(town), question="Og hvor gul?", unit_id=town.units["barnehage"])
    again = log(town, other, draft.token, NOON + 5 * SECOND)
    assert again.reference == first.reference
    sak = Sak(town, again.reference or "")
    inquiry = sak.inquiry()
    assert (inquiry.undone_at, inquiry.restriction, inquiry.logged_at) == (None, "none", NOON + 5 * SECOND)
    assert (inquiry.subject_office_id, sak.strand().state) == (None, State.TOLD)
    assert sak.told() == ["annen_leder"]
    assert again.reference in seen_by(town, "leder")  # no longer about her
    assert sak.events().count(EventKind.LOGGED) == 2
    assert deliver(NOON + 5 * SECOND + HELD_FOR) == 1
    with db.reading() as tx:
        assert tx.scalar(select(Inquiry.question)) == "Og hvor gul?"
        assert tx.query(Inquiry).count() == 1


def test_a_part_that_is_gone_stays_gone(town: Town) -> None:
    """A strand that the second version does not have lapsed when it was taken back."""
    first = log(town, a_call(town, replace(ORDINARY, asks=frozenset({Ask.FACTS, Ask.DOCUMENTS}))))
    draft = undo(town, first.reference)
    log(town, a_call(town), draft.token, NOON + 2 * SECOND)
    states = {kind: strand.state for kind, strand in Sak(town, first.reference or "").strands().items()}
    assert states == {Kind.ADMINISTRATIVE: State.TOLD, Kind.DOCUMENTS: State.LAPSED}


def test_whoever_is_only_to_know_hears_of_the_second_version(town: Town) -> None:
    """Word that was taken out of the queue is written again."""
    wide = replace(ORDINARY, level=Level.MUNICIPALITY, important=True)
    first = log(town, a_call(town, wide))
    told = Sak(town, first.reference or "").told()
    draft = undo(town, first.reference)
    log(town, a_call(town, wide), draft.token, NOON + 2 * SECOND)
    assert Sak(town, first.reference or "").told() == told


def test_only_whoever_saved_it_and_only_in_time(town: Town) -> None:
    """Another person finds nothing; at ten seconds, or when somebody has it, it is too late."""
    logged = log(town, a_call(town))
    with pytest.raises(NotFound):
        undoing.undo(town.people["leder"], logged.reference or "", NOON)
    with pytest.raises(TooLate):
        undoing.undo(town.people["sentralbord"], logged.reference or "", NOON + HELD_FOR)
    strand = Sak(town, logged.reference or "").strand()
    handling.take(town.people["leder"], logged.reference or "", strand.id, strand.version, NOON + SECOND)
    with pytest.raises(TooLate):
        undoing.undo(town.people["sentralbord"], logged.reference or "", NOON + 2 * SECOND)


def test_the_old_form_leads_to_the_restored_one(town: Town) -> None:
    """A token is spent once: the first form, sent again, saves nothing, and is kept by nobody."""
    logged = log(town, a_call(town))
    undo(town, logged.reference)
    with pytest.raises(Undone):
        log(town, a_call(town))
    assert drafts.save_draft(town.people["sentralbord"], "t", TYPED, NOON + SECOND) is None


def test_the_form_of_a_saved_call_is_nobodys_draft(town: Town) -> None:
    """Not listed, not thrown away, and gone when the next one is written after the time."""
    logged = log(town, a_call(town))
    drafts.discard_draft(town.people["sentralbord"], "t")
    with db.reading() as tx:
        assert drafts.drafts_of(tx, town.people["sentralbord"], NOON) == []
        assert tx.query(Draft).count() == 1
    drafts.save_draft(town.people["leder"], "another", {}, NOON + HELD_FOR)
    with db.reading() as tx:
        assert [draft.token for draft in tx.query(Draft)] == ["another"]
    assert logged.reference


@pytest.mark.parametrize("ends", ["kastet", "gitt videre"])
def test_never_saved_again_nothing_of_it_is_left(town: Town, ends: str) -> None:
    """The number stays a gap; its words are gone, and so is a caller whom nobody else knows."""
    logged = log(town, a_call(town))
    draft = undo(town, logged.reference)
    if ends == "kastet":
        drafts.discard_draft(town.people["sentralbord"], draft.token)
    else:
        private = a_call(town, Facts(capacities=frozenset({Capacity.PRIVATE}), personnel=NO, client_case=NO))
        assert log(town, private, draft.token, NOON + 2 * SECOND).reference is None
    with db.reading() as tx:
        assert tx.execute(select(Inquiry.question, Inquiry.caller_name, Inquiry.caller_phone)).all() == [("", "", None)]
        assert (tx.query(Journalist).count(), tx.query(Draft).count()) == (0, 0)
        assert tx.query(ContactCount).count() == int(ends == "gitt videre")
    assert log(town, a_call(town), "neste", NOON + 3 * SECOND).reference == "PD-2026-0002"
