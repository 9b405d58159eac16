"""Requests for documents: decided with their provision, on a clock that nothing else stops (offentleglova §§ 29–32)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import rulings
from pressedesk.desk.answering import Channel
from pressedesk.desk.change import NotNow
from pressedesk.desk.closing import NeedsRuling
from pressedesk.desk.rulings import Ruling
from pressedesk.events import EventKind
from pressedesk.models import AccessRuling, Granted, Journal, ReminderState
from pressedesk.regulation.provisions import PROVISIONS
from pressedesk.regulation.vocabulary import Ask, Kind
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_handling import ledger
from tests.inquiries import Sak, call
from tests.organisation import Town

DAY = timedelta(days=1)
LATER = NOON + timedelta(hours=1)
FULL, PARTIAL, REFUSED = Granted.FULL, Granted.PARTIAL, Granted.REFUSED
WEIGHED = {"provision": "offl_14", "openness_considered": True, "reason": "Notatet er et utkast."}


def asked(town: Town, **more: Any) -> Sak:
    """A journalist wants documents, and nothing else."""
    return call(town, NOON, unit="kis", asks={Ask.DOCUMENTS}, **more)


CASES = [  # told as, granted, the rest, the field it lacks (None: it is a decision)
    ("everything is given", FULL, {}, None),
    ("nobody decided", FULL, {"decided_by": ""}, "hvem"),
    ("a part without its provision", PARTIAL, {}, "bestemmelsen"),
    ("a part", PARTIAL, WEIGHED, None),
    ("a refusal without its provision", REFUSED, {**WEIGHED, "provision": None}, "bestemmelsen"),
    ("a refusal by something else", REFUSED, {**WEIGHED, "provision": "punkt 13"}, "bestemmelsen"),
    ("openness not considered", REFUSED, {**WEIGHED, "openness_considered": False}, "mer innsyn"),
    ("confidential, where there is no choice", REFUSED, {"provision": "offl_13", "reason": "Personlig."}, None),
    ("without a reason", REFUSED, {**WEIGHED, "reason": ""}, "hvorfor"),
    ("on the telephone", REFUSED, {**WEIGHED, "channel": Channel.PHONE}, "skriftlig"),
    ("given over the counter", FULL, {"channel": Channel.MEETING}, None),
    ("a refusal", REFUSED, WEIGHED, None),
]  # fmt: skip


@pytest.mark.parametrize(("granted", "more", "lacks"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_decision_needs(town: Town, granted: Granted, more: dict[str, Any], lacks: str | None) -> None:
    """A refusal, also in part, needs its provision, openness weighed where there is a choice, and to be in writing."""
    sak = asked(town)
    if lacks:
        with pytest.raises(Refused, match=lacks):
            sak.rule("arkiv", LATER, granted, **more)
        assert sak.strand().state is not State.CLOSED
        return
    sak.rule("arkiv", LATER, granted, **more)
    strand = sak.strand()
    ending = Ending.DECLINED if granted is REFUSED else Ending.DOCUMENT
    assert (strand.state, strand.ending, strand.answered_at, strand.was_in_time) == (State.CLOSED, ending, LATER, True)
    assert ReminderState.PLANNED not in ledger(sak).values()


def test_a_decision_is_an_answer_too(town: Town) -> None:
    """On the truth sheet with who, when and how; what is kept back goes into the public record, as the law has it."""
    sak = asked(town)
    sak.rule("arkiv", LATER, REFUSED, **WEIGHED, decided_at=NOON + timedelta(minutes=5))
    (answer,) = sak.answers()
    assert (answer.spoken_by, answer.channel, answer.kinds) == ("Liv Holm", "email", ["decline"])
    assert answer.touched == []
    assert sak.strand().answered_at == answer.said_at == NOON + timedelta(minutes=5)
    assert sak.strand().journal is Journal.YES
    assert EventKind.RULED in sak.events()
    with db.reading() as tx:
        case = access.open_case(tx, access.actor(tx, town.people["arkiv"], LATER), sak.reference)
        (ruling,) = tx.scalars(select(AccessRuling)).all()
        assert (ruling.provision, ruling.openness_considered) == ("offl_14", True)
        assert case.rulings == {ruling.id: "Notatet er et utkast."}
        assert PROVISIONS["offl_14"].number in case.answers[answer.id]


def test_openness_is_not_said_to_be_weighed_where_there_is_no_choice(town: Town) -> None:
    """A tick beside a duty of confidentiality means nothing, and is not kept."""
    sak = asked(town)
    sak.rule("arkiv", LATER, REFUSED, **{**WEIGHED, "provision": "offl_13"})
    with db.reading() as tx:
        assert tx.scalars(select(AccessRuling.openness_considered)).one() is False


@pytest.mark.parametrize("ending", Ending)
def test_no_request_goes_away_without_a_decision(town: Town, ending: Ending) -> None:
    """Closing alone ends it only where the journalist took it back or was shown on."""
    sak = asked(town)
    if ending in (Ending.WITHDRAWN, Ending.REFERRED):
        sak.close("arkiv", LATER, ending, "Grunn.")
        assert sak.strand().ending is ending
        return
    if ending.needs_answer:
        sak.answer("arkiv", LATER)
    with pytest.raises(NeedsRuling):
        sak.close("arkiv", LATER, ending, "Grunn.")


def test_a_comment_never_stops_this_clock(town: Town) -> None:
    """Two questions in one call: the comment is given at once, and the documents stay due as the law has it."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    due_at = sak.strand(Kind.DOCUMENTS).due_at
    sak.answer("leder", LATER, kind=Kind.ADMINISTRATIVE)
    sak.close("leder", LATER, kind=Kind.ADMINISTRATIVE)
    documents = sak.strand(Kind.DOCUMENTS)
    assert (documents.answered_at, documents.due_at, documents.due_version) == (None, due_at, 1)
    assert documents.state is State.TOLD
    sak.rule("arkiv", NOON + DAY)
    assert sak.strand(Kind.ADMINISTRATIVE).answered_at == LATER


def test_what_is_said_meanwhile_is_recorded_and_settles_nothing(town: Town) -> None:
    """Only a decision answers a request for documents: talk of it stops neither state, clock nor reminders."""
    sak = asked(town)
    before = sak.strand()
    sak.answer("arkiv", LATER)
    sak.answer("arkiv", LATER)
    after = sak.strand()
    assert (len(sak.answers()), after.answered_at, after.was_in_time) == (2, None, None)
    assert (after.state, after.due_at, after.due_version) == (before.state, before.due_at, before.due_version)
    assert ReminderState.PLANNED in ledger(sak).values()
    sak.rule("arkiv", NOON + DAY)
    assert (sak.strand().state, sak.strand().answered_at) == (State.CLOSED, NOON + DAY)


def test_the_duty_to_answer_stays_after_day_five(town: Town) -> None:
    """Silence counts as a refusal; it closes nothing, and the answer that comes is late and an answer."""
    sak = asked(town)
    late = NOON + 14 * DAY
    sak.rule("arkiv", late)
    strand = sak.strand()
    assert (strand.ending, strand.answered_at, strand.was_in_time) == (Ending.DOCUMENT, late, False)


def test_decided_once(town: Town) -> None:
    """What is decided is decided; and what went away is no request any more."""
    sak = asked(town)
    sak.rule("arkiv", LATER)
    with pytest.raises(Refused, match="venter på en avgjørelse"):
        sak.rule("arkiv", LATER, REFUSED, **WEIGHED)
    gone = asked(town)
    gone.close("arkiv", LATER, Ending.WITHDRAWN, "Ikke nødvendig.")
    with pytest.raises(NotNow):
        gone.rule("arkiv", LATER)


def test_only_documents_are_ruled_on(town: Town) -> None:
    """A comment is no request for documents."""
    sak = call(town, NOON, asks={Ask.FACTS, Ask.DOCUMENTS})
    strand = sak.strand(Kind.ADMINISTRATIVE)
    ruling = Ruling(FULL, None, False, "", "Tone Berg", LATER)
    with pytest.raises(Refused):
        rulings.rule(town.people["leder"], sak.reference, strand.id, strand.version, ruling, LATER)


MAY = {"arkiv": None, "kis": None, "radmann": None, "kis_adviser": Refused, "sentralbord": Refused, "leder": Refused,
       "inspektor": NotFound}  # fmt: skip


@pytest.mark.parametrize("who", MAY)
def test_who_decides(town: Town, who: str) -> None:
    """The archive, and the line above it."""
    sak = asked(town)
    if MAY[who] is None:
        sak.rule(who, LATER)
    else:
        with pytest.raises(MAY[who]):  # type: ignore[arg-type]
            sak.rule(who, LATER)
