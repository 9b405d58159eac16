"""From facts to persons: asks the regulation who owns a question, finds the persons behind its offices, and reckons the
clocks. Changes nothing, so the preview while typing and the decision that is stored are the same."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import clocks, formats, organisation, rules
from pressedesk.desk.clarifying import Clarifying, ask_kis
from pressedesk.models import Agreement, Inquiry, Strand
from pressedesk.organisation import OfficeRow, Organisation, Reached
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import Decision
from pressedesk.regulation.vocabulary import AgreementKind, Clock, Kind, Level, Outcome, Role
from pressedesk.workhours import OSLO, Calendar

PROMISE_STEP = timedelta(minutes=5)
DEFAULT_TARGET_MINUTES = 450  # one working day, until the municipality has set its own


@dataclass(frozen=True)
class Question:
    """What routing needs to know of an inquiry, whether it is stored or still being typed."""

    facts: Facts
    unit_id: int | None
    addressed_office_id: int | None
    received_at: datetime
    deadline_at: datetime | None
    promised_at: datetime | None
    passed_by: frozenset[int] = frozenset()  # who cannot now, or did not answer


@dataclass(frozen=True)
class Placed:
    """One strand inside the regulation: its owner's office, the person reached there, and its due time.

    `clarifying`: nobody knows where it belongs, so KIS finds out before that person is told."""

    kind: Kind
    role: Role
    outcome: Outcome
    clock: Clock | None
    office: OfficeRow | None
    reached: Reached | None
    due_at: datetime | None
    due_trace: tuple[str, ...]
    clarifying: Clarifying | None = None


@dataclass(frozen=True)
class Placement:
    """A decision with its persons. `facts` are what it was made from, organisation included."""

    facts: Facts
    decision: Decision
    strands: tuple[Placed, ...]
    outside: tuple[Kind, ...]
    subject_office_id: int | None
    excluded: frozenset[int]
    promise_at: datetime | None  # the time to say on the phone
    calendar: Calendar

    @property
    def asked(self) -> Facts:
        """The facts without the organisation's: who is away changes whom a question is put to, not what is asked."""
        return replace(self.facts, unavailable=frozenset(), deputised=frozenset())

    @property
    def lead(self) -> Placed | None:
        return self.strands[0] if self.strands else None


def place(tx: Session, org: Organisation, question: Question) -> Placement:
    """Ask the regulation who owns the question, and find out who and when. Changes nothing."""
    subject = _subject_office(org, question)
    excluded = frozenset(org.holders.get(subject.id, ())) if subject else frozenset()
    unavailable, deputised = _reachability(org, question, excluded)
    facts = replace(question.facts, unavailable=unavailable, deputised=deputised, crisis=org.is_crisis)
    decision = rules.route(facts)
    calendar = organisation.calendar(tx)
    comment = _comment_due(tx, question, facts, calendar)
    inside, outside = [], []
    for strand in decision.strands:
        if strand.owner is None:
            outside.append(strand.kind)
            continue
        office = org.office(strand.owner, question.unit_id, question.addressed_office_id)
        due_at, trace = _due(strand.clock, comment, question)
        placed = Placed(
            kind=strand.kind,
            role=strand.owner,
            outcome=strand.outcome,
            clock=strand.clock,
            office=office,
            reached=_reach(org, office, excluded, question.passed_by) if office else None,
            due_at=due_at,
            due_trace=trace,
        )
        if _is_uncertain(placed, facts):
            asked = ask_kis(tx, org, facts, due_at, calendar, excluded | question.passed_by)
            placed = replace(placed, clarifying=asked)
        inside.append(placed)
    return Placement(
        facts=facts,
        decision=decision,
        strands=tuple(inside),
        outside=tuple(outside),
        subject_office_id=subject.id if subject else None,
        excluded=excluded,
        promise_at=inside[0].due_at if inside and inside[0].clock is Clock.COMMENT else None,
        calendar=calendar,
    )


def _reachability(
    org: Organisation, question: Question, excluded: frozenset[int]
) -> tuple[frozenset[Role], frozenset[Role]]:
    """Which roles nobody is there for, and which a deputy acts for. Where a question concerns several areas,
    kommunalsjef means all of them (A16), whichever unit is known, or none."""
    unavailable, deputised = org.reachability(question.unit_id, question.addressed_office_id, excluded)
    chiefs = org.every(Role.KOMMUNALSJEF) if question.facts.level is Level.CROSS_AREA else []
    if any(org.reach(office.id, excluded).person_id is not None for office in chiefs):
        unavailable -= {Role.KOMMUNALSJEF}
    return unavailable, deputised


def _is_uncertain(placed: Placed, facts: Facts) -> bool:
    """Whether it is the rådmann's because nobody knows where it belongs, and he is there."""
    is_his = placed.kind is Kind.ADMINISTRATIVE and placed.role is Role.RADMANN
    return facts.level is None and is_his and placed.reached is not None and placed.reached.person_id is not None


def _reach(org: Organisation, office: OfficeRow, excluded: frozenset[int], passed_by: frozenset[int]) -> Reached:
    """Whoever answers for an office; the one who cannot now only where there is nobody else."""
    reached = org.reach(office.id, excluded, passed_by)
    return reached if reached.person_id is not None else org.reach(office.id, excluded)


def _subject_office(org: Organisation, question: Question) -> OfficeRow | None:
    subject = question.facts.subject
    return org.office(subject, question.unit_id, question.addressed_office_id) if subject else None


Due = tuple[datetime | None, tuple[str, ...]]  # when, and how it was reached, in sentences


def _due(clock: Clock | None, comment: Due, question: Question) -> Due:
    if clock is Clock.INNSYN:
        innsyn = clocks.innsyn_due(question.received_at)
        return innsyn.due_at, innsyn.sentences()
    return comment if clock is Clock.COMMENT else (None, ())


def _comment_due(tx: Session, question: Question, facts: Facts, calendar: Calendar) -> Due:
    """When the press is to have its answer. What has not been promised yet is made fit to be spoken on the phone; a
    promise beyond the deadline was made by the owner later, and holds."""
    promised_at, deadline_at = question.promised_at, question.deadline_at
    is_beyond = promised_at is not None and deadline_at is not None and promised_at > deadline_at
    on = question.received_at.astimezone(OSLO).date()
    target = organisation.target_minutes(tx, Clock.COMMENT, facts.accusation, on)
    due = clocks.comment_due(
        question.received_at,
        DEFAULT_TARGET_MINUTES if target is None else target,
        None if is_beyond else deadline_at,
        promised_at,
        calendar,
    )
    spoken_at = due.at if promised_at else _round_up(due.at, deadline_at)
    if spoken_at == due.at:
        return due.at, due.sentences()
    return spoken_at, (*due.sentences(), f"Rundet opp til kl. {formats.clock_time(spoken_at)}")


def _round_up(at: datetime, deadline_at: datetime | None) -> datetime:
    """Up to five minutes, but never past the deadline."""
    over = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    rounded_at = at + (PROMISE_STEP - over if over else timedelta())
    return min(rounded_at, deadline_at) if deadline_at is not None and deadline_at >= at else rounded_at


def question_of(tx: Session, inquiry: Inquiry, now: datetime) -> Question:
    """A stored inquiry as routing sees it; a specific agreement on record counts as one (point 7)."""
    facts = Facts.from_json(inquiry.facts)
    agreed = tx.scalar(
        select(Agreement.id).join(Strand, Strand.id == Agreement.strand_id).where(Strand.inquiry_id == inquiry.id)
    )
    if agreed is not None:
        facts = replace(facts, agreement=AgreementKind.SPECIFIC)
    return Question(
        facts=facts,
        unit_id=inquiry.unit_id,
        addressed_office_id=inquiry.addressed_office_id,
        received_at=inquiry.received_at,
        deadline_at=inquiry.deadline_at,
        promised_at=inquiry.promised_at,
        passed_by=organisation.passed_by(tx, inquiry.id, now),
    )
