"""Deviation (points 12 and 11): before anything is said, a reasoned exception from what the regulation advises
against. What the law or a «skal ikke» bars has none."""

from dataclasses import dataclass
from datetime import datetime

from pressedesk.access import Do, Refused
from pressedesk.desk.answering import Consulted, liftable, may_answer
from pressedesk.desk.change import Edit, NotNow, change_strand
from pressedesk.desk.routing import decide_if_outdated
from pressedesk.desk.whom import Asking, Way, ways
from pressedesk.events import EventKind
from pressedesk.models import Consultation, DecisionRecord, Deviation, Strand
from pressedesk.regulation.findings import Finding
from pressedesk.regulation.vocabulary import SOURCES, SUBSTANCE, Force, Role
from pressedesk.workflow import OPEN, Action

WAIVER_POINT = "12"
NO_EXCEPTION = frozenset({Force.LOV, Force.SKAL_IKKE})


@dataclass(frozen=True)
class Reasoned:
    """Why a deviation is made. `is_within_waiver`: it stays inside what the person has released the municipality
    from (point 12). `consulted`: who was asked first, where that is not on record yet."""

    reason: str
    is_within_waiver: bool
    consulted: Consulted | None = None


def asks_waiver(record: DecisionRecord) -> bool:
    """Whether a deviation must stay inside a waiver: where point 12 is what advises against."""
    return any(each["source"] == WAIVER_POINT for each in record.decision["prohibited"])


def why_not(strand: Strand, record: DecisionRecord, now: datetime) -> str:
    """Why no deviation can be made here: the ban that has no exception, with its point."""
    permissions = may_answer(strand, record, strand.owner_role, now) if strand.owner_role else {}
    bars = [each.finding for kind, each in permissions.items() if kind in SUBSTANCE and not each.allowed]
    strict = next((bar for bar in bars if bar.force in NO_EXCEPTION), None)
    if strict is None:
        return "Her er det ikke noe å gjøre begrunnet unntak fra."
    return f"Her kan det ikke gjøres unntak. {strict.text} ({_point(strict)})"


def _point(finding: Finding) -> str:
    title = SOURCES.get(finding.source, finding.source)
    return f"Punkt {finding.source}, {title}" if finding.source.isdecimal() else title


def on_record(strand: Strand, now: datetime) -> Role | None:
    """With whom the owner has consulted by now, the last time; None where nobody has been asked."""
    asked = [each for each in strand.consultations if each.consulted_at <= now]
    return max(asked, key=lambda each: each.consulted_at).with_role if asked else None


def deviate(person_id: int, reference: str, strand_id: int, seen: int, reasoned: Reasoned, now: datetime) -> None:
    """Record a reasoned deviation before the journalist is told. It changes no decision: the ban stands, and beside
    it why it was departed from, by whom, and who was asked.

    Raises NotFound, Refused (no exception is possible, or something it needs is lacking), Stale, NotNow."""
    decide_if_outdated(person_id, reference, now)
    with change_strand(person_id, reference, strand_id, seen, now, Do.ASK) as (edit, strand):
        record = edit.inquiry.decisions[-1]
        if strand.state not in OPEN:
            raise NotNow(strand, Action.ASK)
        lifted = liftable(strand, record, now)
        if not lifted:
            raise Refused(why_not(strand, record, now))
        if not reasoned.reason:
            raise Refused("Skriv hvorfor det gjøres unntak.")
        if asks_waiver(record) and not reasoned.is_within_waiver:
            raise Refused("Unntaket må holde seg innenfor det personen har fritatt kommunen for (punkt 12).")
        with_role = _consulted(edit, strand, reasoned.consulted)
        who = {"strand_id": strand.id, "recorded_at": now, "recorded_by_id": person_id}
        edit.tx.add(Deviation(reason=reasoned.reason, consulted_role=with_role, decided_at=now, **who))
        sources = sorted({permission.finding.source for permission in lifted.values()})
        edit.record(EventKind.DEVIATED, strand, sources=sources, role=with_role.value)


def _consulted(edit: Edit, strand: Strand, given: Consulted | None) -> Role:
    """With whom it was taken up first: as told now, else as it stands on record. Raises Refused."""
    if given is None:
        with_role = on_record(strand, edit.now)
        if with_role is None:
            raise Refused("Rådfør deg først, eller skriv hvem du har rådført deg med.")
        return with_role
    asking = Asking(edit.who, edit.org, strand, edit.inquiry.decisions[-1], edit.now)
    if given.with_role not in {office.role for office in ways(asking).get(Way.DEVIATION, [])}:
        raise Refused("Et unntak tas opp med en overordnet først.")
    if given.at > edit.now:
        raise Refused("Rådføringen må være gjort før unntaket.")
    consultation = Consultation(
        strand_id=strand.id,
        with_role=given.with_role,
        consulted_at=given.at,
        recorded_at=edit.now,
        recorded_by_id=edit.who.person_id,
    )
    edit.tx.add(consultation)
    return given.with_role
