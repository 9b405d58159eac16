"""Strands: the parts of an inquiry that the regulation treats each for itself, by kind and capacity. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Capacity, Form, Kind, Known, Level, Role

READS_AS = {
    Role.FOLKEVALGT: Capacity.ELECTED,
    Role.TILLITSVALGT: Capacity.UNION,
    Role.PRIVATPERSON: Capacity.PRIVATE,
}
"""Whoever is asked for by such a role is asked in that capacity, unless something else is known."""

SUBJECTS = frozenset(
    {
        Role.ORDFORER,
        Role.VARAORDFORER,
        Role.RADMANN,
        Role.KOMMUNALSJEF,
        Role.VIRKSOMHETSLEDER,
        Role.SEKSJONSLEDER,
        Role.KONTOADMINISTRATOR,
    }
)
"""Offices whose holder steps aside when the inquiry is about him; an employee does when he is the one asked."""

OUTSIDE_CAPACITIES = {
    Capacity.ELECTED: Kind.ELECTED,
    Capacity.UNION: Kind.UNION,
    Capacity.PRIVATE: Kind.PRIVATE,
}


@dataclass(frozen=True)
class StrandFacts(Facts):
    """The facts as one strand reads them: its own asks, its capacity, and, once it is known, its owner."""

    kind: Kind = Kind.ADMINISTRATIVE
    capacity: Capacity = Capacity.OFFICIAL
    owner: Role | None = None


def split(facts: Facts) -> list[StrandFacts]:
    """The strands of the inquiry, in the order of their kinds. There is always at least one."""
    capacities = _capacities(facts)
    asks = facts.asks & {Ask.DOCUMENTS} if facts.form is Form.LETTER else facts.asks
    rest = asks - {Ask.DOCUMENTS}
    base = object.__new__(StrandFacts)
    base.__dict__.update(facts.__dict__, subject=_subject(facts), letter_author=_letter_author(facts), owner=None)
    strands: list[StrandFacts] = []
    if Capacity.OFFICIAL in capacities and (rest or not facts.asks or facts.form is Form.LETTER):
        strands += [base.but(kind=kind, capacity=Capacity.OFFICIAL, asks=part) for kind, part in _official(facts, rest)]
    if Ask.DOCUMENTS in asks:
        part = base.but(kind=Kind.DOCUMENTS, capacity=Capacity.OFFICIAL, asks=frozenset({Ask.DOCUMENTS}))
        is_letter = facts.form is Form.LETTER  # the archive writes no letter, and corrects none
        strands.append(part.but(form=Form.PRESS, letter_error=False) if is_letter else part)
    for capacity, kind in OUTSIDE_CAPACITIES.items():
        if capacity in capacities:
            strands.append(base.but(kind=kind, capacity=capacity, asks=rest))
    return sorted(strands, key=lambda strand: strand.kind.rank)


def _official(facts: Facts, asks: frozenset[Ask]) -> list[tuple[Kind, frozenset[Ask]]]:
    """What is asked of the municipality, documents apart."""
    if facts.crisis and not facts.crisis_released:
        return [(Kind.CRISIS, asks)]
    if facts.form is Form.NOT_MEDIA:
        return [(Kind.NOT_MEDIA, asks)]
    if facts.form is Form.LETTER:
        return [(Kind.LETTER, asks)]
    kind = Kind.OWN_ACCOUNT if facts.form is Form.OWN_ACCOUNT else Kind.ADMINISTRATIVE
    if Ask.POLITICAL not in asks:
        return [(kind, asks)]
    political = [(Kind.POLITICAL, frozenset({Ask.POLITICAL}))]
    others = asks - {Ask.POLITICAL}
    return [*political, (kind, others)] if others else political


def _capacities(facts: Facts) -> frozenset[Capacity]:
    """The capacities as they are read. Unknown reads as official; the ordfører as elected is the ordfører."""
    given = facts.capacities or frozenset({Capacity.OFFICIAL})
    if given == {Capacity.OFFICIAL} and facts.addressed in READS_AS:
        return frozenset({READS_AS[facts.addressed]})
    if Capacity.ELECTED in given and facts.addressed is Role.ORDFORER:
        return (given - {Capacity.ELECTED}) | {Capacity.OFFICIAL}
    return given


def is_kis_own_unit(addressed: Role | None, own_field: Known, level: Level | None) -> bool:
    """Whether the KIS leader is asked as the head of the unit in question: he is then its virksomhetsleder (14)."""
    return addressed is Role.VIRKSOMHETSLEDER_KIS and own_field is YES and level in (Level.SECTION, Level.UNIT)


def _subject(facts: Facts) -> Role | None:
    """The office holder who steps aside. The KIS leader does in his own unit, and where that is not ruled out."""
    subject = facts.subject
    if subject is Role.VIRKSOMHETSLEDER_KIS and facts.addressed is Role.VIRKSOMHETSLEDER_KIS:
        may_lead = facts.own_field is not NO and facts.level in (Level.SECTION, Level.UNIT, None)
        return Role.VIRKSOMHETSLEDER if may_lead else None
    if subject is Role.ANSATT and facts.addressed is Role.ANSATT:
        return subject
    return subject if subject in SUBJECTS else None


def _letter_author(facts: Facts) -> Role | None:
    author = facts.letter_author
    if author is Role.VIRKSOMHETSLEDER_KIS and is_kis_own_unit(facts.addressed, facts.own_field, facts.level):
        return Role.VIRKSOMHETSLEDER
    return author
