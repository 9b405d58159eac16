"""Everybody at the desk does anything, in any order: the machine behind test_machine.py.

Each run has a database of its own. An act is a use case, done by whoever it may be; what it refuses must have changed
nothing, and what it does must leave the desk whole. `check` says what whole means.
"""

import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from pressedesk import db, reminders
from pressedesk.access import NotFound, Refused
from pressedesk.desk import answering, intake, transfers, undoing
from pressedesk.desk.change import NotNow, Stale
from pressedesk.events import Event
from pressedesk.models import Inquiry, Reminder, ReminderState, Strand
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Form, Level, Role, Statement, Waiver
from pressedesk.workflow import OPEN, Action, State
from tests.conftest import NOON
from tests.desk.acts import ACTS, BY_THE_DESK, NEEDS, SCENES, UNITS, WEIGHTS, Turn
from tests.organisation import Town

NO_MORE = (NotFound, Refused, NotNow, Stale)
PEOPLE = (
    "leder", "kommunalsjef", "radmann", "ordforer", "kis", "kis_adviser", "sentralbord", "annen_leder",
    "seksjonsleder", "arkiv", "inspektor", "admin",
)  # fmt: skip
DESK = ("sentralbord", "kis_adviser", "kis")
WHOEVER_HAS_IT, A_HALF = 0.75, 0.5
A_CALL, TIME_PASSES, A_SCENE = 0.07, 0.08, 0.25
PUT_THROUGH, TAKEN_BACK, A_WAIVER = 0.2, 0.1, 0.15
ASKS = ((Ask.FACTS,), (Ask.FACTS, Ask.ASSESSMENT), (Ask.POLITICAL, Ask.FACTS), (Ask.FACTS, Ask.DOCUMENTS))
LEVELS = (Level.UNIT, Level.UNIT, Level.SECTION, Level.AREA, Level.CROSS_AREA, None, None)
SUBSTANCE = (Statement.FACTS, Statement.ASSESSMENTS, Statement.LETTER)


@dataclass
class Seen:
    """What the runs together have been through."""

    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    transitions: set[tuple[State, Action]] = field(default_factory=set)


class Desk(RuleBasedStateMachine):
    """The desk of one run. `file`, `town` and `seen` are given to the class by the test."""

    file: ClassVar[Path]
    place: ClassVar[Path]
    town: ClassVar[Town]
    seen: ClassVar[Seen]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.logged: list[str] = []
        self.steps = 0

    @initialize(salt=st.integers(0, (1 << 24) - 1))
    def open_the_desk(self, salt: int) -> None:
        self.salt = salt
        shutil.copyfile(self.file, self.place)
        db.engine().dispose()

    def teardown(self) -> None:
        db.engine().dispose()
        for leftover in self.place.parent.glob(f"{self.place.name}-*"):
            leftover.unlink()

    # What can happen

    @rule(luck=st.integers(0, (1 << 24) - 1))
    def step(self, luck: int) -> None:
        """The telephone rings, or time passes, or somebody does something. One number decides all of it: the library
        then shrinks a run to the steps that matter, and every step is as likely as the next."""
        chance = Random(f"{self.salt} {luck} {self.steps}")
        self.steps += 1
        self.seen.steps += 1
        kind = chance.random()
        if not self.logged or kind < A_CALL:
            self._call(chance)
        elif kind < A_CALL + TIME_PASSES:
            self._let_time_pass(chance)
        elif kind < A_CALL + TIME_PASSES + A_SCENE:
            reference = chance.choice(self.logged)
            for act in chance.choice(SCENES):
                self._act(chance, reference, act)
        else:
            self._act(chance, chance.choice(self.logged))

    def _call(self, chance: Random) -> None:
        """A journalist calls, mostly about a unit."""
        facts = Facts(
            asks=frozenset(chance.choice(ASKS)),
            level=chance.choice(LEVELS),
            personnel=chance.choice([NO] * 5 + [YES, UNKNOWN]),
            client_case=chance.choice([NO] * 5 + [YES]),
            subject=chance.choice([None] * 6 + [Role.VIRKSOMHETSLEDER, Role.RADMANN]),
            form=chance.choice([Form.PRESS] * 6 + [Form.LETTER]),
            letter_error=chance.random() < A_HALF,
        )
        if chance.random() < A_WAIVER:
            facts = replace(facts, form=Form.PRESS, personnel=NO, client_case=YES, waiver=Waiver.WRITTEN)
        unit = chance.choice(UNITS)
        caller = intake.Call("Mari Nygård", "Hva skjer på skolen?", facts, "Granliposten", "400 00 123")
        if unit is not None:
            caller = replace(caller, unit_id=self.town.units[unit])
        desk, token = self.town.people["sentralbord"], f"run-{self.steps}"
        if chance.random() < PUT_THROUGH:
            self._put_through(desk, token, caller, chance)
            return
        logged = intake.log_call(desk, token, caller, self.now, {})
        assert logged.reference is not None
        self.logged.append(logged.reference)
        self.seen.done["call"] += 1
        if chance.random() < TAKEN_BACK and logged.undo_until_at is not None:
            undoing.undo(desk, logged.reference, self.now + timedelta(seconds=5))
            self.seen.done["take back"] += 1

    def _put_through(self, desk: int, token: str, caller: intake.Call, chance: Random) -> None:
        """They speak, nobody answers, or nobody says and the tick finds out."""
        try:
            reference = transfers.put_through(desk, token, caller, None, self.now).reference
        except Refused:
            self.seen.refused["put through"] += 1
            return
        assert reference is not None
        self.logged.append(reference)
        self.seen.done["put through"] += 1
        chance.choice([transfers.they_speak, transfers.nobody_answered, lambda *_: None])(desk, reference, self.now)

    def _let_time_pass(self, chance: Random) -> None:
        """The clock goes on, and the tick does what has fallen due."""
        self.now += timedelta(minutes=chance.choice([1, 20, 70, 400, 1500]))
        assert reminders.tick(self.now).failed == 0

    def _act(self, chance: Random, reference: str, act: str = "") -> None:
        """Somebody does something, or is refused; then nothing has changed. Mostly it is whoever has it."""
        before = self._stands(reference)
        turn = self._turn(chance, reference)
        if not act:
            names = sorted(each for each in ACTS if NEEDS.get(each, lambda _: True)(turn))
            (act,) = chance.choices(names, [WEIGHTS.get(each, 3) for each in names])
        elif not NEEDS.get(act, lambda _: True)(turn):
            return
        if act in BY_THE_DESK and chance.random() < A_HALF:
            turn = replace(turn, person_id=self.town.people[chance.choice(DESK)])
        try:
            made = ACTS[act](turn)
        except NO_MORE as refusal:
            self.seen.refused[act] += 1
            self._changed_nothing(act, turn, before, refusal)
            return
        self.seen.done[act] += 1
        if act == "split":
            self.logged.append(made)
        assert self._stands(reference)[0] > before[0], f"{act} left no event"

    def _turn(self, chance: Random, reference: str) -> Turn:
        with db.reading() as tx:
            inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == reference)).one()
            strand = chance.choice(inquiry.strands)
        person_id = self.town.people[chance.choice(PEOPLE)]
        if chance.random() < WHOEVER_HAS_IT:
            person_id = strand.taken_by_id or strand.acting_id or person_id
        return Turn(self.town, person_id, inquiry, strand, self.now, chance.randrange(2 * 3 * 5 * 7 * 13), self.logged)

    # What must hold

    def _stands(self, reference: str) -> tuple[int, list[tuple[Any, ...]]]:
        """How many lines the record has, and the version of every row."""
        with db.reading() as tx:
            lines = tx.scalar(select(func.count(Event.id))) or 0
            found = select(Inquiry.version, Strand.id, Strand.version, Strand.state)
            rows = tx.execute(found.join(Strand).where(Inquiry.reference == reference).order_by(Strand.id))
            return lines, [tuple(row) for row in rows]

    def _changed_nothing(self, act: str, turn: Turn, before: object, refusal: Exception) -> None:
        """What is refused leaves no trace; and whoever has the strand is never refused to write down what was said."""
        assert self._stands(turn.inquiry.reference) == before, f"{act} changed something: {refusal!r}"
        is_his = turn.person_id in (turn.strand.taken_by_id, turn.strand.acting_id) and turn.strand.state in OPEN
        assert not (act == "answer" and is_his), f"what was said was refused: {refusal!r}"

    @invariant()
    def the_desk_is_whole(self) -> None:
        """No sak is lost, each strand has one owner, each open one its next clock event; nothing passes a ban."""
        if not self.logged:
            return
        with db.reading() as tx:
            inquiries = tx.scalars(select(Inquiry).order_by(Inquiry.id)).all()
            assert {inquiry.reference for inquiry in inquiries} >= set(self.logged)
            planned = set(
                tx.scalars(select(Reminder.strand_id).where(Reminder.state == ReminderState.PLANNED).distinct())
            )
            for inquiry in inquiries:
                self._is_whole(inquiry, planned)

    def _is_whole(self, inquiry: Inquiry, planned: set[int]) -> None:
        live = [strand for strand in inquiry.strands if strand.state is not State.LAPSED]
        assert live or inquiry.joined_into_id or inquiry.undone_at, f"{inquiry.reference} is nobody's"
        for strand in live:
            assert strand.owner_office_id is not None, (inquiry.reference, strand.kind)
            assert strand.state not in OPEN or strand.id in planned, (inquiry.reference, strand.kind, strand.state)
            assert (strand.state in {State.TAKEN, State.CLARIFYING}) <= (strand.taken_by_id is not None)
            if strand.state in OPEN and strand.owner_role is not None:
                self._passes_no_ban(inquiry, strand, strand.owner_role)

    def _passes_no_ban(self, inquiry: Inquiry, strand: Strand, role: Role) -> None:
        """Written from the table of prohibitions (13, fvl § 13), not from rules.py: no record opens these."""
        record = inquiry.decisions[-1]
        facts = Facts.from_json(record.facts)
        is_client = facts.client_case is not NO and not facts.case_public and facts.waiver.value != "written"
        if facts.personnel is NO and not is_client:
            return
        permissions = answering.may_answer(strand, record, role, self.now)
        passed = [kind for kind in SUBSTANCE if permissions[kind].allowed]
        assert not passed, (inquiry.reference, role, passed, record.facts)
