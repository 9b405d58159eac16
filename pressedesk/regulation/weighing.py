"""From facts to findings: walks the lists of `rules.py` strand by strand, and weighs what was said. Knows no point.

Pure. What a rule said of given facts is kept, for a rule is a pure function of the few facts it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import signature
from operator import attrgetter

from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import (
    Bars,
    Consult,
    Consults,
    Finding,
    Grants,
    Informs,
    Moves,
    Owns,
    PassesOn,
    Point,
    Says,
    Silent,
    Treats,
)
from pressedesk.regulation.strands import StrandFacts, is_kis_own_unit, split
from pressedesk.regulation.vocabulary import (
    MUNICIPAL,
    N_,
    Force,
    Kind,
    Level,
    Outcome,
    Role,
    Statement,
    in_order,
)

DERIVED = {"capacity": "capacities", "owner": None}
"""What a rule may read besides facts, and the fact it is derived from."""

KEPT = 4096
"""So many findings of one rule are kept."""


class Rule:
    """One rule of one source. It is given only the facts that it names as parameters."""

    def __init__(self, says: Callable[..., Says], source: str, place: int):
        self.says, self.source, self.place, self.name = says, source, place, says.__name__
        self.reads = tuple(signature(says).parameters)
        self.because = tuple(dict.fromkeys(fact for name in self.reads if (fact := DERIVED.get(name, name))))
        self._given = attrgetter(*self.reads, "kind", "capacity")  # with two more, so that it always gives a tuple
        self._kept: dict[tuple[object, ...], tuple[Finding, ...]] = {}

    def __call__(self, strand: StrandFacts) -> tuple[Finding, ...]:
        """What the rule says of this strand."""
        given = self._given(strand)[: len(self.reads)]
        said = self._kept.get(given)
        if said is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            said = self._kept[given] = self.say(*given)
        return said

    def say(self, *given: object) -> tuple[Finding, ...]:
        """What the rule says of these values of its parameters."""
        return tuple(
            Finding(self.source, self.name, force, effect, text, self.because, self.place)
            for effect, force, text in self.says(*given)
        )


@dataclass(frozen=True, eq=False)
class Regulation:
    """A reading of the regulation: its points, and the lists and tables in which they are read."""

    version: str
    points: tuple[Point, ...]
    law: tuple[Callable[..., Says], ...]
    gates: tuple[Callable[..., Says], ...]
    who: tuple[Callable[..., Says], ...]
    steps: tuple[Callable[..., Says], ...]
    what: tuple[Callable[..., Says], ...]
    duties: tuple[Callable[..., Says], ...]
    always: tuple[Callable[..., Says], ...]
    outcomes: Mapping[Kind, Outcome]
    leads: Mapping[Kind, tuple[Kind, ...]]
    above: Mapping[Role | None, Role]
    nearest_leader: Callable[[Level | None], Role]
    line_above: Callable[[Role, Level | None], tuple[Role, ...]]

    @cached_property
    def rules(self) -> dict[Callable[..., Says], Rule]:
        """Every rule of every list, once, in the order in which they are read."""
        source = {says: point.source for point in self.points for says in point.rules}
        order = (*self.law, *self.gates, *self.who, *self.steps, *self.what, *self.duties, *self.always)
        return {says: Rule(says, source[says], place) for place, says in enumerate(order)}

    def _list(self, listed: Iterable[Callable[..., Says]]) -> tuple[Rule, ...]:
        return tuple(self.rules[says] for says in listed)

    @cached_property
    def before_gates(self) -> tuple[Rule, ...]:
        return self._list(self.law)

    @cached_property
    def at_gates(self) -> tuple[Rule, ...]:
        return self._list(self.gates)

    @cached_property
    def behind_gates(self) -> tuple[Rule, ...]:
        return self._list((*self.who, *self.what, *self.always))

    @cached_property
    def stepping(self) -> tuple[Rule, ...]:
        return self._list(self.steps)

    @cached_property
    def consulting(self) -> tuple[Rule, ...]:
        return self._list(self.duties)


@dataclass(frozen=True, eq=False)
class Strand:
    """One strand with its owner, and what was said that decides it. `first`: who owned before anybody stepped in."""

    facts: StrandFacts
    first: Role | None
    owner: Role | None
    beside: tuple[Role, ...]
    outcome: Outcome
    decisive: tuple[Finding, ...]
    said: tuple[Finding, ...]


def consider(regulation: Regulation, facts: StrandFacts) -> tuple[list[Finding], bool]:
    """What the lists say of one strand, and whether a gate closed: one that owns or passes on silences what follows."""
    said: list[Finding] = []
    for rule in regulation.before_gates:
        said += rule(facts)
    for rule in regulation.at_gates:
        found = rule(facts)
        said += found
        if found and type(found[0].effect) in (Owns, PassesOn):
            return said, True
    for rule in regulation.behind_gates:
        said += rule(facts)
    return said, False


def weigh_strand(regulation: Regulation, facts: StrandFacts) -> Strand:
    """The first who owns it owns it, the first who treats it decides its outcome; then whoever must step in does."""
    said, closed = consider(regulation, facts)
    owns = next((finding for finding in said if type(finding.effect) is Owns), None)
    if owns is None or not isinstance(owns.effect, Owns):
        decisive = tuple(finding for finding in said if type(finding.effect) is PassesOn)
        return Strand(facts, None, None, (), Outcome.PASS_CONTACT, decisive, tuple(said))
    first = owns.effect.role
    owner, stepped = step_in(regulation, facts, first)
    said += stepped
    if not closed:
        speaking = facts.but(owner=owner)
        for rule in regulation.consulting:
            said += rule(speaking)
    outcome, treats = regulation.outcomes.get(facts.kind), None
    for finding in said:
        if isinstance(finding.effect, Treats) and facts.kind in finding.effect.kinds:
            outcome, treats = finding.effect.outcome, finding
            break
    assert outcome is not None, facts.kind  # noqa: S101 – a kind without an outcome is a hole in rules.OUTCOMES
    decisive = tuple(finding for finding in (owns, treats, *stepped) if finding)
    beside = {step_in(regulation, facts, role)[0] for role in owns.effect.beside} - {owner}
    return Strand(facts, first, owner, tuple(in_order(beside)), outcome, decisive, tuple(said))


def step_in(regulation: Regulation, facts: StrandFacts, owner: Role) -> tuple[Role, list[Finding]]:
    """Who acts for `owner`, and what says so."""
    stepped: list[Finding] = []
    for rule in regulation.stepping:
        for finding in rule(facts.but(owner=owner)):
            stepped.append(finding)
            if isinstance(finding.effect, Moves):
                owner = finding.effect.to
    return owner, stepped


class Weighed:
    """The whole inquiry: its strands, and what was said of them."""

    def __init__(self, regulation: Regulation, facts: Facts):
        self.regulation, self.facts = regulation, facts
        self.strands = [weigh_strand(regulation, strand) for strand in split(facts)]
        self.subject = self.strands[0].facts.subject
        self.inside = [strand for strand in self.strands if strand.owner is not None]
        said = [finding for strand in self.strands for finding in strand.said]
        self.bars: list[tuple[Finding, Bars]] = []
        self.grants: list[tuple[Finding, Grants]] = []
        self.consults: dict[Consult, tuple[Finding, Consults]] = {}
        for finding in said:
            effect = finding.effect
            if isinstance(effect, Bars):
                self.bars.append((finding, effect))
            elif isinstance(effect, Grants):
                self.grants.append((finding, effect))
            elif isinstance(effect, Consults) and effect.by is not self.subject:
                self.consults[self._consult(finding, effect)] = finding, effect
        self.said = said
        self.grants.sort(key=lambda granted: granted[0].place)
        self.grants += [carried for strand in self.inside for carried in self._carried(strand)]

    def _carried(self, strand: Strand) -> Iterable[tuple[Finding, Grants]]:
        """Whoever steps in may state what the first office could: an employee's office is that of his leader."""
        if strand.first is strand.owner or strand.owner is None:
            return
        office = strand.first if strand.first is not Role.ANSATT else self.regulation.nearest_leader(self.facts.level)
        has = {kind for _, grant in self.grants if strand.owner in grant.roles for kind in grant.kinds}
        moved = next(finding for finding in strand.decisive if isinstance(finding.effect, Moves))
        for finding, grant in list(self.grants):
            if office in grant.roles and grant.kinds - has:
                effect = Grants(frozenset({strand.owner}), grant.kinds - has, grant.condition)
                text = N_("Den som trer inn, kan si det den som skulle ha svart, kunne ha sagt.")
                place, because = finding.place, moved.because
                yield Finding(moved.source, moved.rule, Force.IKKE_REGULERT, effect, text, because, place), effect
                has |= grant.kinds

    def _consult(self, finding: Finding, effect: Consults) -> Consult:
        """Whom he must ask: not himself, not the one it is about, and, if somebody remains, nobody who is away."""
        out = {effect.by, self.subject}
        others = effect.any_of - out
        reachable = others - (self.facts.unavailable - self.facts.deputised)
        asked = reachable or others
        above = min(effect.any_of, key=lambda role: role.rank)  # the highest of them
        while not asked and above is not Role.ORDFORER:
            above = self.regulation.above[above]
            asked = frozenset({above}) - out
        return Consult(effect.by, tuple(in_order(asked)), effect.when, finding.force, finding.source)

    @cached_property
    def owner(self) -> Role | None:
        """The owner of the first strand that has one."""
        return self.inside[0].owner if self.inside else None

    @cached_property
    def mixed(self) -> list[Strand]:
        """The strands whose owners answer beside the one who leads."""
        beside = self.regulation.leads.get(self.strands[0].facts.kind, ())
        return [strand for strand in self.strands if strand.facts.kind in beside]

    @cached_property
    def co_owners(self) -> tuple[Role, ...]:
        roles = {role for strand in self.inside for role in strand.beside}
        roles |= {strand.owner for strand in self.mixed if strand.owner}
        return tuple(in_order(roles - {self.owner}))

    @cached_property
    def inform(self) -> tuple[Role, ...]:
        """Who is told; never the one it is about."""
        told = {finding.effect.role for finding in self.said if isinstance(finding.effect, Informs)}
        return tuple(in_order(told - {self.subject}))

    def acts_as(self, role: Role) -> Role:
        """The KIS leader in his own unit is its virksomhetsleder."""
        facts = self.facts
        own_unit = role is Role.VIRKSOMHETSLEDER_KIS and is_kis_own_unit(facts.addressed, facts.own_field, facts.level)
        return Role.VIRKSOMHETSLEDER if own_unit else role

    def granted(self, role: Role) -> dict[Statement, tuple[Finding, Grants]]:
        """What is granted to `role`, barred or not: each kind with the first grant that gives it."""
        role = self.acts_as(role)
        found: dict[Statement, tuple[Finding, Grants]] = {}
        for finding, grant in self.grants:
            if role in grant.roles:
                for kind in grant.kinds:
                    found.setdefault(kind, (finding, grant))
        return found

    def barred(self, role: Role) -> set[Statement]:
        """What is taken from `role`."""
        role = self.acts_as(role)
        return {kind for _, bar in self.bars if role in bar.roles for kind in bar.kinds}

    def stated(self, role: Role) -> dict[Statement, tuple[Finding, Grants]]:
        """What `role` may state."""
        barred = self.barred(role)
        return {kind: grant for kind, grant in self.granted(role).items() if kind not in barred}

    def speakers(self) -> list[Role]:
        """Whose statements a decision lists: owners, those above them on the line, the ordfører, and who was asked."""
        if not self.inside:
            return []
        roles = {strand.owner for strand in self.inside if strand.owner} | set(self.co_owners)
        lines = [self.regulation.line_above(role, self.facts.level) for role in roles]
        roles |= {above for line in lines if Role.RADMANN in line for above in line}
        if Role.ORDFORER in self.inform or self.subject is Role.RADMANN:
            roles.add(Role.ORDFORER)
        if self.facts.addressed and self.facts.addressed in MUNICIPAL:
            roles.add(self.facts.addressed)
        return in_order(roles)

    @cached_property
    def reasons(self) -> list[Finding]:
        """What decides or demands: what owns, treats, bars, moves, informs, must be asked, or is a gap; each once."""
        found = {(finding.rule, finding.text): finding for finding in self.said if self._counts(finding)}
        return sorted(found.values(), key=lambda finding: finding.place)

    def _counts(self, finding: Finding) -> bool:
        match finding.effect:
            case Bars() | Informs() | Silent() | Moves():
                return True
            case Owns() | Treats() | PassesOn():
                return any(finding is each for strand in self.strands for each in strand.decisive)
            case Consults():
                return any(finding is each for each, _ in self.consults.values())
            case Grants(exception=exception):
                return exception
            case _:
                return False
