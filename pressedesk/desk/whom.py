"""Whom the owner of a strand may ask before he answers. Five ways that never stand in for each other, and facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pressedesk.access import Actor
from pressedesk.desk.answering import liftable, may_answer
from pressedesk.models import DecisionRecord, Inquiry, RequestKind, Strand
from pressedesk.organisation import LEADS, OfficeRow, Organisation
from pressedesk.regulation.vocabulary import Role, Statement


class Way(StrEnum):
    """Why somebody is asked first."""

    DOUBT = "doubt"  # the leader is in doubt, and then it is a duty (point 6)
    LETTER = "letter"  # before the municipality writes a letter to the editor (point 11)
    DEVIATION = "deviation"  # before a reasoned deviation (point 12)
    AGREEMENT = "agreement"  # so that an employee may give assessments in this case (point 7)
    ADVICE = "advice"  # from KIS: an offer, never a duty done (point 14)
    FACTS = "facts"  # from another unit (strategy 3.1.4)

    @property
    def kind(self) -> RequestKind:
        return KINDS.get(self, RequestKind.CONSULTATION)

    @property
    def source(self) -> str:
        return WAY_SOURCES[self]


KINDS = {Way.AGREEMENT: RequestKind.AGREEMENT, Way.ADVICE: RequestKind.ADVICE, Way.FACTS: RequestKind.FACTS}
WAY_SOURCES = {
    Way.DOUBT: "6",
    Way.LETTER: "11",
    Way.DEVIATION: "12",
    Way.AGREEMENT: "7",
    Way.ADVICE: "14",
    Way.FACTS: "3.1.4",
}
AGREEMENT = "agreement"  # what a permission of an employee needs


@dataclass(frozen=True)
class Asking:
    """Somebody is about to ask about a strand now, under the last decision of its inquiry."""

    who: Actor
    org: Organisation
    strand: Strand
    record: DecisionRecord
    now: datetime

    @property
    def inquiry(self) -> Inquiry:
        return self.strand.inquiry


def ways(asking: Asking) -> dict[Way, list[OfficeRow]]:
    """The ways that apply here, each with the offices that may be asked. Nobody asks his own office, and the office
    that the inquiry is about is never asked."""
    found = {
        Way.DOUBT: _of_decision(asking, Way.DOUBT.source),
        Way.LETTER: _of_decision(asking, Way.LETTER.source),
        Way.DEVIATION: _before_deviating(asking),
        Way.AGREEMENT: _agreeing(asking),
        Way.ADVICE: [asking.org.kis_leader],
        Way.FACTS: _other_leaders(asking),
    }
    out = asking.who.offices | {asking.inquiry.subject_office_id}
    return {way: kept for way, offices in found.items() if (kept := _each_once(offices, out))}


def _each_once(offices: Iterable[OfficeRow | None], out: Iterable[int | None]) -> list[OfficeRow]:
    return list({office.id: office for office in offices if office is not None and office.id not in out}.values())


def _of_decision(asking: Asking, *sources: str) -> list[OfficeRow | None]:
    """The offices that the decision tells the speaker to consult, by one of these points."""
    strand, inquiry = asking.strand, asking.inquiry
    named = {
        role
        for row in asking.record.decision["consult"]
        if row["source"] in sources and _concerns(strand, row["source"], row["by"])
        for role in row["any_of"]
    }
    roles = [role for role in reversed(Role) if role in named]  # the nearest first
    return [asking.org.office(role, inquiry.unit_id, inquiry.addressed_office_id) for role in roles]


def _concerns(strand: Strand, source: str, by: str) -> bool:
    """A duty of the strand's owner; the one of point 11 lies on whoever writes the letter."""
    return by == strand.owner_role if source == Way.DOUBT.source else strand.kind.value == Way.LETTER.value


def _before_deviating(asking: Asking) -> list[OfficeRow | None]:
    """The nearest superior, or whom the points name; only where a deviation is what is lacking."""
    if not liftable(asking.strand, asking.record, asking.now):
        return []
    return [_superior(asking), *_of_decision(asking, Way.DOUBT.source, Way.LETTER.source)]


def _superior(asking: Asking) -> OfficeRow | None:
    """The office above the owner's, the one the inquiry is about passed by; above the rådmann the ordfører."""
    office_id, org = asking.strand.owner_office_id, asking.org
    while office_id in org.offices:
        above = org.superior(office_id)
        if above is None:
            role = org.offices[office_id].role
            return org.office(Role.ORDFORER, None) if role is Role.RADMANN else None
        if above.id != asking.inquiry.subject_office_id:
            return above
        office_id = above.id
    return None


def employee_office(org: Organisation, strand: Strand) -> OfficeRow | None:
    """The employee who would give an assessment: the owner, or the one the journalist asked for."""
    for office_id in (strand.owner_office_id, strand.inquiry.addressed_office_id):
        office = org.offices.get(office_id or 0)
        if office is not None and office.role is Role.ANSATT:
            return office
    return None


def _agreeing(asking: Asking) -> list[OfficeRow | None]:
    """The nearest superior of the employee, where an agreement is what is lacking."""
    employee = employee_office(asking.org, asking.strand)
    if employee is None:
        return []
    permission = may_answer(asking.strand, asking.record, Role.ANSATT, asking.now)[Statement.ASSESSMENTS]
    return [asking.org.superior(employee.id)] if AGREEMENT in permission.needs else []


def _other_leaders(asking: Asking) -> list[OfficeRow | None]:
    """The leader of every unit but the owner's own."""
    org = asking.org
    leaders = [
        office
        for office in org.offices.values()
        if LEADS[org.units[office.unit_id].kind] is office.role and office.id != asking.strand.owner_office_id
    ]
    return [*sorted(leaders, key=lambda office: (office.title, office.id))]


def reached(asking: Asking, office: OfficeRow, passed_by: frozenset[int]) -> int | None:
    """The person behind an office: never the one it is about, never the asker, and whoever cannot now only where
    there is nobody else."""
    subject = asking.inquiry.subject_office_id
    about = {each.person_id for each in asking.inquiry.exclusions} | set(asking.org.holders.get(subject or 0, ()))
    out = frozenset(about | {asking.who.person_id})
    first = asking.org.reach(office.id, out | passed_by).person_id
    return first if first is not None else asking.org.reach(office.id, out).person_id
