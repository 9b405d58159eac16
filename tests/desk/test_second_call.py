"""The second call: who is told by «Purr», how often, what it moves (nothing), and what «Legg til» writes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import second_call, silence
from pressedesk.desk.change import Stale
from pressedesk.events import EventKind
from pressedesk.models import Inquiry, Message, MessageKind, Restriction
from pressedesk.regulation.vocabulary import NO, YES, Ask, Kind
from pressedesk.workflow import Ending
from tests.conftest import NOON
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE = timedelta(minutes=1)


def say(town: Town, sak: Sak, now: datetime = NOON) -> str:
    """What the switchboard says of it."""
    with db.reading() as tx:
        who = access.actor(tx, town.people["sentralbord"], now)
        told = access.told_to_caller(tx, who, sak.reference, now)
        return second_call.status(told[0], now)


def nudge(town: Town, sak: Sak, now: datetime = NOON, by: str = "sentralbord") -> None:
    second_call.nudge(town.people[by], sak.reference, now)


def add(town: Town, sak: Sak, text: str = "Og hvor mange lærere?", by: str = "sentralbord") -> None:
    second_call.add(town.people[by], sak.reference, sak.inquiry().version, text, NOON)


def told_of(town: Town, kind: MessageKind) -> list[str]:
    names = {person_id: name for name, person_id in town.people.items()}
    with db.reading() as tx:
        wanted = select(Message.person_id).where(Message.kind == kind).order_by(Message.id)
        return [names[person_id] for person_id in tx.scalars(wanted)]


def taken(sak: Sak) -> None:
    sak.take("leder", NOON)


def answered(sak: Sak) -> None:
    sak.answer("leder", NOON)


def withdrawn(sak: Sak) -> None:
    sak.close("leder", NOON, Ending.WITHDRAWN, "Trengte det ikke")


def given_up(sak: Sak) -> None:
    sak.close("leder", NOON, Ending.NO_ANSWER, "Rakk det ikke")


def untouched(sak: Sak) -> None:
    """Nothing has happened yet."""


IN_TIME = "Du får svar eller ny beskjed innen i morgen kl. 08.30."
STATUSES = [  # what was done, the facts, at which minute, what is said
    (untouched, {}, 0, f"Saken venter hos Tone Berg, som har fått beskjed. {IN_TIME}"),
    (taken, {}, 0, f"Saken er tatt av Tone Berg. {IN_TIME}"),
    (answered, {}, 0, "Saken ble besvart i dag kl. 12.00."),
    (withdrawn, {}, 0, "Saken er avsluttet, fordi spørsmålet ble trukket."),
    (given_up, {}, 0, "Saken er avsluttet uten svar."),
    (taken, {}, 60 * 24, f"Saken er tatt av Tone Berg. {second_call.LATE}"),
    (untouched, {"personnel": YES}, 0, f"Saken er tatt imot. {IN_TIME}"),
    (taken, {"personnel": YES}, 0, f"Saken er tatt imot. {IN_TIME}"),
    (answered, {"personnel": YES}, 0, "Saken ble besvart i dag kl. 12.00."),
    (given_up, {"client_case": YES}, 0, "Saken er avsluttet."),
    (untouched, {"asks": {Ask.DOCUMENTS}}, 0,
     "Saken venter hos Liv Holm, som har fått beskjed. Du får svar innen tirsdag 1.12."),
]  # fmt: skip


@pytest.mark.parametrize(("done", "facts", "later", "said"), STATUSES)
def test_one_sentence_of_each(done: Any, facts: dict[str, Any], later: int, said: str, town: Town) -> None:
    """Who has an ordinary one and the promise; of a restricted one that it is here, and when he hears."""
    sak = call(town, NOON, **facts)
    done(sak)
    assert say(town, sak, NOON + later * MINUTE) == said


def test_each_part_is_said_for_itself(town: Town) -> None:
    """The politics and the facts have an owner each."""
    said = say(town, call(town, NOON, asks={Ask.POLITICAL, Ask.FACTS}))
    assert "Det politiske spørsmålet venter hos Ola Haugen" in said
    assert "Spørsmålet til administrasjonen venter hos Tone Berg" in said


@pytest.mark.parametrize("facts", [{}, {"personnel": YES}, {"client_case": YES}])
def test_purr_tells_whoever_has_it(facts: dict[str, Any], town: Town) -> None:
    """Whom it was sent to, or whoever took it since; of a restricted one as well."""
    sak = call(town, NOON, **facts)
    nudge(town, sak)
    sak.take("kommunalsjef", NOON)
    nudge(town, sak, NOON + 15 * MINUTE)
    assert told_of(town, MessageKind.NUDGE) == ["leder", "kommunalsjef"]
    assert sak.events().count(EventKind.NUDGED) == 2


def test_purr_says_nothing_of_the_content(town: Town) -> None:
    """Reference, newsroom and due time, as every message."""
    nudge(town, call(town, NOON, personnel=YES, question="Hvorfor fikk inspektøren sparken?"))
    with db.reading() as tx:
        body = tx.scalars(select(Message).where(Message.kind == MessageKind.NUDGE)).one().body
    assert "PD-2026-0001" in body
    assert "sparken" not in body


def test_purr_tells_the_owner_of_each_open_part(town: Town) -> None:
    """And nobody of a part that is answered."""
    sak = call(town, NOON, asks={Ask.POLITICAL, Ask.FACTS})
    nudge(town, sak)
    sak.answer("ordforer", NOON, Kind.POLITICAL)
    nudge(town, sak, NOON + 20 * MINUTE)
    assert sorted(told_of(town, MessageKind.NUDGE)) == ["leder", "leder", "ordforer"]


@pytest.mark.parametrize("minutes", [0, 1, 14])
def test_once_in_fifteen_minutes(minutes: int, town: Town) -> None:
    """Says when it was, and when it can be again; a double click is one."""
    sak = call(town, NOON)
    nudge(town, sak)
    with pytest.raises(Refused, match=r"Det ble purret kl\. 12\.00\. Neste purring kan gå kl\. 12\.15\."):
        nudge(town, sak, NOON + minutes * MINUTE)
    assert told_of(town, MessageKind.NUDGE) == ["leder"]


def test_purr_moves_no_due_time_and_no_version(town: Town) -> None:
    """Nobody's open page grows old because the journalist called."""
    sak = call(town, NOON)
    before, due = sak.inquiry().version, sak.strand()
    nudge(town, sak)
    after = sak.strand()
    assert sak.inquiry().version == before
    assert sak.inquiry().nudged_at == NOON
    assert (after.due_at, after.due_version, after.version) == (due.due_at, due.due_version, due.version)


def test_nothing_open_is_nothing_to_purr_on(town: Town) -> None:
    """What is answered is said, not chased."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    with pytest.raises(Refused, match="ikke åpen lenger"):
        nudge(town, sak)


@pytest.mark.parametrize("by", ["leder", "radmann", "admin", "ansatt"])
def test_only_the_desk_answers_second_calls(by: str, town: Town) -> None:
    """Others have the pages of what is theirs."""
    sak = call(town, NOON)
    with pytest.raises(Refused):
        nudge(town, sak, by=by)
    with db.reading() as tx:
        assert access.told_to_caller(tx, access.actor(tx, town.people[by], NOON), sak.reference, NOON) == []


def joined_into(sak: Sak, other: Sak) -> None:
    with db.writing() as tx:
        tx.get_one(Inquiry, sak.inquiry().id).joined_into_id = other.inquiry().id


def test_a_joined_one_is_told_of_as_what_it_became(town: Town) -> None:
    """By the number the journalist was given: where it stands now, and «Purr» goes there."""
    old, new = call(town, NOON, caller="Ola Vik"), call(town, NOON, caller="Ola Vik")
    new.take("leder", NOON)
    joined_into(old, new)
    assert say(town, old).startswith("Saken er tatt av Tone Berg.")
    nudge(town, old)
    assert EventKind.NUDGED in new.events()
    assert EventKind.NUDGED not in old.events()


def test_one_taken_back_does_not_exist(town: Town) -> None:
    """An undone call was never one."""
    sak = call(town, NOON)
    with db.writing() as tx:
        tx.get_one(Inquiry, sak.inquiry().id).undone_at = NOON
    with pytest.raises(NotFound):
        nudge(town, sak)


def test_add_writes_a_note_and_tells_whoever_has_it(town: Town) -> None:
    """Into the open sak, with its event; no new one, and no other due time."""
    sak = call(town, NOON)
    due = sak.strand().due_at
    add(town, sak)
    with db.reading() as tx:
        who = access.actor(tx, town.people["leder"], NOON)
        case = access.open_case(tx, who, sak.reference)
        assert list(case.notes.values()) == ["Og hvor mange lærere?"]
    assert told_of(town, MessageKind.ADDED) == ["leder"]
    assert sak.events()[-1] is EventKind.ADDED
    assert sak.strand().due_at == due


def test_nothing_is_added_to_a_restricted_one_at_the_switchboard(town: Town) -> None:
    """It does not exist for the switchboard but for its one sentence."""
    sak = call(town, NOON, personnel=YES)
    with pytest.raises(NotFound):
        add(town, sak)


def test_nothing_is_added_by_whoever_has_no_part_in_it(town: Town) -> None:
    """Another leader sees it, and writes nothing in it."""
    with pytest.raises(Refused):
        add(town, call(town, NOON), by="annen_leder")


def test_added_from_an_old_page_is_too_late(town: Town) -> None:
    """As every change."""
    sak = call(town, NOON)
    version = sak.inquiry().version
    sak.note("leder", "Sjekker.", NOON)
    with pytest.raises(Stale):
        second_call.add(town.people["sentralbord"], sak.reference, version, "Og?", NOON)


def test_restricting_later_takes_the_name_out_of_the_sentence(town: Town) -> None:
    """What may be said follows what is known now."""
    sak = call(town, NOON, personnel=NO)
    assert "Tone Berg" in say(town, sak)
    sak.restrict("leder", NOON)
    assert say(town, sak) == f"Saken er tatt imot. {IN_TIME}"
    assert sak.inquiry().restriction is Restriction.CONFIRMED


def test_of_one_who_did_not_answer_the_next_above_hears_too(town: Town) -> None:
    """The only one in the office did not pick up, and the journalist rings again: him alone would be nobody."""
    sak = call(town, NOON, unit="barnehage")
    strand = sak.strand()
    silence.not_answering(town.people["sentralbord"], sak.reference, strand.id, strand.version, NOON)
    before = len(sak.told())
    second_call.nudge(town.people["sentralbord"], sak.reference, NOON + MINUTE)
    assert sak.told()[before:] == ["annen_leder", "kommunalsjef"]
