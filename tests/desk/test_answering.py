"""Answering: what may be said is asked before; what was said is recorded as it was, always, and touches nobody."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pressedesk import db
from pressedesk.access import NotFound, Refused
from pressedesk.desk import answering
from pressedesk.desk.answering import Agreed, Channel, Consulted, Deviated
from pressedesk.models import ReminderState, Strand
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Form, Kind, Level, Role, Statement, Waiver
from pressedesk.workflow import Ending, State
from tests.conftest import NOON
from tests.desk.test_handling import ledger
from tests.inquiries import Sak, call
from tests.organisation import Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOON + HOUR
FACTS, ASSESSMENTS, POLITICAL, LETTER = Statement.FACTS, Statement.ASSESSMENTS, Statement.POLITICAL, Statement.LETTER
CONSULTED = Consulted(Role.KOMMUNALSJEF, NOON + MINUTE)
AGREED = Agreed(Role.SEKSJONSLEDER, "Vurdering av vannkvaliteten", NOON + MINUTE)
DEVIATED = Deviated("Personen har bedt om det, skriftlig.", Role.KOMMUNALSJEF, NOON + MINUTE)
BY_EMPLOYEE = {"unit": "vann", "level": Level.SECTION, "addressed": Role.ANSATT, "addressed_office": "ingenior"}
LETTER_FACTS = {"form": Form.LETTER, "letter_error": True}
WAIVED = {"client_case": YES, "waiver": Waiver.WRITTEN}

TOUCHED = [  # told as, facts, who records, role, kind, what was done first, the points it touched
    ("facts by the owner", {}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, []),
    ("assessment by the owner", {}, "leder", Role.VIRKSOMHETSLEDER, ASSESSMENTS, {}, []),
    ("political by the administration", {}, "leder", Role.VIRKSOMHETSLEDER, POLITICAL, {}, ["3"]),
    ("political by the ordfører", {"asks": {Ask.POLITICAL}}, "ordforer", Role.ORDFORER, POLITICAL, {}, []),
    ("facts of a personnel case", {"personnel": YES}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, ["fvl_13"]),
    ("a refusal of one", {"personnel": YES}, "leder", Role.VIRKSOMHETSLEDER, Statement.DECLINE, {}, []),
    ("a personnel case with reasons", {"personnel": YES}, "leder", Role.VIRKSOMHETSLEDER, FACTS,
     {"deviated": DEVIATED}, ["fvl_13"]),
    ("before anybody has said", {"personnel": UNKNOWN}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, ["fvl_13"]),
    ("a client case", {"client_case": YES}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, ["fvl_13"]),
    ("with a waiver", WAIVED, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, ["12"]),
    ("with a waiver and a reason", WAIVED, "leder", Role.VIRKSOMHETSLEDER, FACTS, {"deviated": DEVIATED}, []),
    ("with a reason found afterwards", WAIVED, "leder", Role.VIRKSOMHETSLEDER, FACTS,
     {"deviated": Deviated("Etterpå.", Role.KOMMUNALSJEF, LATER + MINUTE)}, ["12"]),
    ("facts by an employee", {**BY_EMPLOYEE, "own_field": YES}, "ansatt", Role.ANSATT, FACTS, {}, []),
    ("assessment by an employee", {**BY_EMPLOYEE, "own_field": YES}, "ansatt", Role.ANSATT, ASSESSMENTS, {}, ["7"]),
    ("as agreed", {**BY_EMPLOYEE, "own_field": YES}, "ansatt", Role.ANSATT, ASSESSMENTS, {"agreed": AGREED}, []),
    ("agreed afterwards", {**BY_EMPLOYEE, "own_field": YES}, "ansatt", Role.ANSATT, ASSESSMENTS,
     {"agreed": Agreed(Role.SEKSJONSLEDER, "Etterpå", LATER + MINUTE)}, ["7"]),
    ("in doubt, nobody asked", {"in_doubt": True}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {}, ["6"]),
    ("in doubt, asked", {"in_doubt": True}, "leder", Role.VIRKSOMHETSLEDER, FACTS, {"consulted": CONSULTED}, []),
    ("in doubt, asked afterwards", {"in_doubt": True}, "leder", Role.VIRKSOMHETSLEDER, FACTS,
     {"consulted": Consulted(Role.KOMMUNALSJEF, LATER + MINUTE)}, ["6"]),
    ("a letter, nobody asked", LETTER_FACTS, "leder", Role.VIRKSOMHETSLEDER, LETTER, {}, ["11"]),
    ("a letter, asked", LETTER_FACTS, "leder", Role.VIRKSOMHETSLEDER, LETTER, {"consulted": CONSULTED}, []),
    ("a letter of opinions", {"form": Form.LETTER}, "leder", Role.VIRKSOMHETSLEDER, LETTER, {}, ["11"]),
    ("new views under political process", {"political_process": True, "asks": {Ask.FACTS, Ask.ASSESSMENT}}, "leder",
     Role.VIRKSOMHETSLEDER, ASSESSMENTS, {}, ["4.2"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "who", "role", "kind", "first", "points"),
    [each[1:] for each in TOUCHED],
    ids=[each[0] for each in TOUCHED],
)
def test_recorded_as_it_was(
    town: Town, facts: dict[str, Any], who: str, role: Role, kind: Statement, first: dict[str, Any], points: list[str]
) -> None:
    """Nothing that was said is refused. What touched a ban stands beside the answer with its point; what was asked,
    agreed or reasoned before it counts, and what came after does not."""
    sak = call(town, NOON, **facts)
    sak.answer(who, LATER, role=role, kinds=(kind,), text="Slik var det.", **first)
    answer = sak.answers()[0]
    assert [each["source"] for each in answer.touched] == points
    assert sak.strand().state is State.ANSWERED


def test_an_answer_marks_nobody(town: Town) -> None:
    """What touched a ban is a fact about the answer: the record holds codes, and the person has no new row."""
    sak = call(town, NOON, personnel=YES)
    sak.answer("leder", LATER, kinds=(FACTS, Statement.GENERAL_INFO))
    touched = sak.answers()[0].touched
    assert [each["kind"] for each in touched] == ["facts"]
    assert set(touched[0]) == {"kind", "what", "source", "force", "text", "lacks"}


def test_the_first_answer_stops_the_clock_at_its_own_time(town: Town) -> None:
    """Told at 12.30, written down at 14: half an hour by the clock that is measured. A second answer moves nothing."""
    sak = call(town, NOON)
    sak.answer("leder", NOON + 2 * HOUR, at=NOON + 30 * MINUTE)
    strand = sak.strand()
    assert (strand.answered_at, strand.working_minutes, strand.was_in_time) == (NOON + 30 * MINUTE, 30, True)
    assert ReminderState.PLANNED not in ledger(sak).values()
    sak.answer("leder", NOON + 3 * HOUR, text="Mer.")
    assert sak.strand().answered_at == NOON + 30 * MINUTE
    assert [each.said_at for each in sak.answers()] == [NOON + 30 * MINUTE, NOON + 3 * HOUR]


def test_whoever_logged_it_hears_that_it_is_answered(town: Town) -> None:
    """Once; and not the one who answered."""
    sak = call(town, NOON)
    sak.answer("leder", NOON)
    sak.answer("leder", NOON + MINUTE)
    assert sak.told() == ["leder", "sentralbord"]
    own = call(town, NOON, by="leder")
    own.answer("leder", NOON)
    assert own.told() == ["leder"]


MAY_RECORD = {  # by ordinary, by restricted
    "leder": (True, True), "kommunalsjef": (True, True), "radmann": (True, True), "kis": (True, True),
    "kis_adviser": (True, None), "annen_leder": (False, None), "sentralbord": (False, None), "ordforer": (False, None),
}  # fmt: skip


def test_who_records_an_answer(town: Town) -> None:
    """The owner, the line, KIS for the owner; nobody else, and nobody who may not know of it."""
    for who, (ordinary, restricted) in MAY_RECORD.items():
        for may, facts in ((ordinary, {}), (restricted, {"personnel": YES})):
            sak = call(town, NOON, **facts)  # type: ignore[arg-type]
            if may:
                sak.answer(who, NOON)
            else:
                with pytest.raises(Refused if may is False else NotFound):
                    sak.answer(who, NOON)
            assert bool(sak.answers()) is bool(may), who


def test_what_may_be_said_before(town: Town) -> None:
    """Kind by kind, by the role that will speak; an agreement that was made opens it."""
    sak = call(town, NOON, **BY_EMPLOYEE, own_field=YES)

    def allowed(role: Role) -> set[Statement]:
        with db.reading() as tx:
            strand = tx.get_one(Strand, sak.strand().id)
            permissions = answering.may_answer(strand, strand.inquiry.decisions[-1], role, LATER)
        return {kind for kind, permission in permissions.items() if permission.allowed}

    always = {Statement.GENERAL_INFO, Statement.DECLINE}
    assert allowed(Role.ANSATT) == always | {FACTS}
    assert allowed(Role.SEKSJONSLEDER) == always | {FACTS, ASSESSMENTS}
    sak.answer("ansatt", NOON + 2 * MINUTE, agreed=AGREED)
    assert allowed(Role.ANSATT) == always | {FACTS, ASSESSMENTS}


def test_an_answer_given_before_it_was_logged_counts_from_its_own_times(town: Town) -> None:
    """Backdated to the minute the call came, never to a time before it."""
    sak: Sak = call(town, NOON)
    sak.answer("leder", NOON + HOUR, at=NOON, channel=Channel.MEETING)
    assert sak.strand().working_minutes == 0


LATE = [  # how it ended before what was said was written down, what the strand is afterwards
    ("closed without an answer", Ending.NO_ANSWER, State.CLOSED, NOON + 30 * MINUTE),
    ("closed as withdrawn", Ending.WITHDRAWN, State.CLOSED, NOON + 30 * MINUTE),
    ("closed as declined: the journalist was told then", Ending.DECLINED, State.CLOSED, LATER),
]


@pytest.mark.parametrize(("ending", "state", "answered_at"), [each[1:] for each in LATE], ids=[e[0] for e in LATE])
def test_what_was_said_is_recorded_also_when_it_is_over(
    town: Town, ending: Ending, state: State, answered_at: datetime
) -> None:
    """Its ending stays as it was said then, and the clock stops once: at the time the journalist was first told."""
    sak = call(town, NOON)
    sak.close("leder", LATER, ending, "Rakk det ikke.")
    sak.answer("leder", LATER + HOUR, at=NOON + 30 * MINUTE)
    strand = sak.strand()
    assert (strand.state, strand.ending, strand.ending_reason) == (state, ending, "Rakk det ikke.")
    assert (strand.answered_at, strand.was_in_time) == (answered_at, True)
    assert strand.ended_at == LATER
    assert len(sak.answers()) == 1


def test_a_late_answer_is_late_by_the_first_due_time(town: Town) -> None:
    """Whatever it was closed as."""
    sak = call(town, NOON, deadline_at=NOON + 30 * MINUTE)
    sak.close("leder", LATER, Ending.NO_ANSWER, "Rakk det ikke.")
    sak.answer("leder", LATER + HOUR, at=LATER)
    assert sak.strand().was_in_time is False


def test_what_was_said_about_what_lapsed_is_recorded(town: Town) -> None:
    """The question went to somebody else, and was answered all the same."""
    sak = call(town, NOON)
    sak.correct("leder", NOON + MINUTE, asks=["political"])
    assert sak.strand(Kind.ADMINISTRATIVE).state is State.LAPSED
    sak.answer("leder", LATER, kind=Kind.ADMINISTRATIVE)
    strand = sak.strand(Kind.ADMINISTRATIVE)
    assert (strand.state, strand.answered_at) == (State.ANSWERED, LATER)
    assert sak.strand(Kind.POLITICAL).answered_at is None


def test_a_co_owner_answers_too(town: Town) -> None:
    """Several areas: the rådmann owns it with every kommunalsjef, and each may write what he said («samordnes»)."""
    sak = call(town, NOON, level=Level.CROSS_AREA)
    sak.answer("kommunalsjef", NOON, role=Role.KOMMUNALSJEF, text="For oppvekst: 214.")
    sak.answer("radmann", LATER, text="Samlet: 900.")
    assert [each.touched for each in sak.answers()] == [[], []]
    assert sak.strand().answered_at == NOON


def test_permission_is_not_recording(town: Town) -> None:
    """A personnel case, told in full by somebody who may not: written down with its points, and no more allowed."""
    sak = call(town, NOON, personnel=YES)
    for _ in range(2):
        sak.answer("leder", LATER, kinds=(FACTS, ASSESSMENTS, POLITICAL), deviated=DEVIATED, consulted=CONSULTED)
        assert [each["source"] for each in sak.answers()[-1].touched] == ["fvl_13", "fvl_13", "3"]
