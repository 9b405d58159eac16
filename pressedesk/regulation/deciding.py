"""From what was weighed to a Decision, a Permission, and the open facts that still matter. Knows no point.

Pure. The three are projections of the same findings, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.findings import (
    Advice,
    Consult,
    Decision,
    Finding,
    Guides,
    Informs,
    MayState,
    Moves,
    PassesOn,
    Permission,
    Prohibited,
    Reason,
    Reserves,
    Silent,
    StrandDecision,
    Treats,
)
from pressedesk.regulation.vocabulary import (
    MUNICIPAL,
    N_,
    NO,
    POINTS,
    SOURCE_RANK,
    UNKNOWN,
    YES,
    Ask,
    Capacity,
    Clock,
    Condition,
    Force,
    Gap,
    Level,
    Outcome,
    Role,
    Statement,
    When,
    in_order,
)
from pressedesk.regulation.weighing import Regulation, Strand, Weighed

CLOCKS = {Outcome.HANDLE_AS_INNSYN: Clock.INNSYN, Outcome.PASS_CONTACT: None, Outcome.NO_REPLY: None}
"""The clock of an outcome; every other is a comment."""

OVERRIDABLE = (Force.SKAL_SOM_HOVEDREGEL_IKKE, Force.BOR_IKKE, Force.ANALOGI)
"""What a recorded deviation can lift."""

STRICTEST = (Force.LOV, Force.SKAL_IKKE, Force.SKAL, Force.MOTSETNINGSVIS)
"""Which no is shown when several hold; the others come after these."""

CONSULTED_DEVIATION = (Force.BOR_IKKE, Force.SKAL_SOM_HOVEDREGEL_IKKE)
"""A deviation from 12 or 11 is taken up with a superior first."""

CONSULTATION, AGREEMENT, DEVIATION = "consultation", "agreement", "deviation"
"""What a permission may need, besides the answer to a fact."""

ANSWERS: dict[str, tuple[object, ...]] = {
    "level": tuple(Level),
    "principled": (YES, NO),
    "own_field": (YES, NO),
    "personnel": (YES, NO),
    "client_case": (YES, NO),
}
"""The facts for which «vet ikke» means: the widest owner, and only what every answer would permit. What they may be."""

HIDES = {"personnel": "client_case", "client_case": "personnel"}
"""Two open facts that would hide each other: one is compared with the other read as no."""

OPEN = {
    "asks": N_("Det er ikke sagt hva journalisten vil ha, så det leses som fakta."),
    "level": N_("Det er ikke avklart hvor saken hører hjemme."),
    "principled": N_("Det er ikke avklart om spørsmålet er prinsipielt."),
    "capacities": N_("Det er ikke avklart som hva vedkommende skal svare, så det leses som ansatt."),
    "own_field": N_("Det er ikke avklart om spørsmålet hører til den ansattes eget fagfelt."),
    "personnel": N_("Det er ikke avklart om saken gjelder en enkelt ansatt."),
    "client_case": N_("Det er ikke avklart om saken gjelder en enkelt bruker."),
}


@lru_cache(maxsize=256)
def weigh(regulation: Regulation, facts: Facts) -> Weighed:
    """The inquiry weighed; kept, for a page asks about many roles and kinds of the same facts."""
    return Weighed(regulation, facts)


def decide(regulation: Regulation, facts: Facts) -> Decision:
    """The whole decision."""
    weighed = weigh(regulation, facts)
    return Decision(
        regulation=regulation.version,
        owner=weighed.owner,
        co_owners=weighed.co_owners,
        inform=weighed.inform,
        strands=tuple(_strand(strand) for strand in weighed.strands),
        may_state=tuple(_may_state(weighed)),
        consult=_consult(weighed),
        prohibited=_prohibited(weighed),
        guidance=_guidance(weighed),
        points=tuple(sorted({int(each.source) for each in _pointing(weighed)})),
        gaps=_gaps(weighed),
        reasons=(*_reasons(weighed), *_open_reasons(regulation, facts)),
    )


def _strand(strand: Strand) -> StrandDecision:
    sources = sorted({finding.source for finding in strand.decisive}, key=SOURCE_RANK.__getitem__)
    clock = CLOCKS.get(strand.outcome, Clock.COMMENT)
    return StrandDecision(strand.facts.kind, strand.owner, strand.outcome, clock, tuple(sources))


def _may_state(weighed: Weighed) -> Iterator[MayState]:
    """One row for each role and grant."""
    for role in weighed.speakers():
        rows: dict[tuple[Condition | None, Force, str], list[Statement]] = {}
        stated = weighed.stated(role)
        for kind in in_order(stated):
            finding, grant = stated[kind]
            rows.setdefault((grant.condition, finding.force, finding.source), []).append(kind)
        for (condition, force, source), kinds in rows.items():
            yield MayState(role, tuple(kinds), condition, force, source)


def _consult(weighed: Weighed) -> tuple[Consult, ...]:
    return tuple(sorted(weighed.consults, key=lambda row: (row.by.rank, SOURCE_RANK[row.source], row.when.rank)))


def _prohibited(weighed: Weighed) -> tuple[Prohibited, ...]:
    found = {bar.what: Prohibited(bar.what, finding.force, finding.source) for finding, bar in weighed.bars}
    return tuple(found[what] for what in in_order(found))


def _guidance(weighed: Weighed) -> tuple[Advice, ...]:
    found = {each.effect.code: each.source for each in weighed.said if isinstance(each.effect, Guides)}
    return tuple(Advice(code, found[code]) for code in in_order(found))


def _gaps(weighed: Weighed) -> tuple[Gap, ...]:
    found = {each.effect.gap for each in weighed.said if isinstance(each.effect, Silent | Moves)}
    return tuple(in_order(found | ({Gap.MIXED_INQUIRY} if weighed.mixed else set())))


def _pointing(weighed: Weighed) -> Iterator[Finding]:
    """The findings of points that own, bar, gate, grant an exception or require something."""
    for finding in weighed.reasons:
        if finding.source in POINTS and not isinstance(finding.effect, Informs | Silent | Treats):
            yield finding


def _reasons(weighed: Weighed) -> Iterator[Reason]:
    for each in weighed.reasons:
        yield Reason(each.rule, each.source, each.force, each.because, each.text)
    if weighed.mixed:
        text = N_("Spørsmålet er både politisk og administrativt: ordføreren leder, linja svarer for sin del.")
        yield Reason("blandet_henvendelse", "ikke_regulert", Force.IKKE_REGULERT, ("asks",), text)


def _open_reasons(regulation: Regulation, facts: Facts) -> Iterator[Reason]:
    """What nobody has answered, where the answer would have changed something."""
    for name, answered in _answered(facts):
        if _matters(regulation, name, answered):
            yield Reason("uavklart", "ikke_regulert", Force.IKKE_REGULERT, (name,), OPEN[name])


def still_matters(regulation: Regulation, facts: Facts) -> list[str]:
    """The open facts whose answer would change something: those with most different owners first, then outcomes."""
    ranks = {}
    for name, answered in _answered(facts):
        if _matters(regulation, name, answered):
            strands = [weigh(regulation, each).strands for each in answered]
            owners = {tuple(strand.owner for strand in each) for each in strands}
            outcomes = {tuple(strand.outcome for strand in each) for each in strands}
            ranks[name] = name != "asks", -len(owners), -len(outcomes)
    return sorted(ranks, key=ranks.__getitem__)


def _matters(regulation: Regulation, name: str, answered: list[Facts]) -> bool:
    """Whether the answers would have differed in owner, outcome, permission, prohibited or consultation."""
    if name not in ANSWERS:
        return True
    first, *others = answered
    return any(_differ(weigh(regulation, first), weigh(regulation, other)) for other in others)


def _answered(facts: Facts) -> Iterator[tuple[str, list[Facts]]]:
    """Each open fact, in the order of the contract, with the facts as they would be under each of its answers."""
    for name in FIELDS:
        value = getattr(facts, name)
        if name == "asks" and not value:
            yield name, [facts.but(asks=frozenset({ask})) for ask in Ask]
        elif name == "capacities" and not value:
            yield name, [facts.but(capacities=frozenset({capacity})) for capacity in Capacity]
        elif name in ANSWERS and value in (None, UNKNOWN):
            hides = HIDES.get(name)
            base = facts.but(**{hides: NO}) if hides and getattr(facts, hides) is UNKNOWN else facts
            yield name, [base.but(**{name: answer}) for answer in ANSWERS[name]]


def _differ(one: Weighed, other: Weighed) -> bool:
    if _treatment(one) != _treatment(other) or _consult(one) != _consult(other):
        return True
    if one.bars == other.bars and one.grants == other.grants:
        return False
    return _prohibited(one) != _prohibited(other) or _permission(one) != _permission(other)


def _treatment(weighed: Weighed) -> object:
    strands = [(strand.facts.kind, strand.owner, strand.outcome) for strand in weighed.strands]
    return strands, weighed.co_owners


def _permission(weighed: Weighed) -> object:
    return [
        {kind: grant.condition for kind, (_, grant) in weighed.stated(role).items()} for role in in_order(MUNICIPAL)
    ]


def permit(regulation: Regulation, role: Role, facts: Facts, kind: Statement) -> Permission:
    """Whether `role` may state `kind`. A bar beats a grant; what is granted to others only is reserved to them."""
    weighed = weigh(regulation, facts)
    grant = _grant(weighed, role, kind)
    bars = _against(weighed, role, kind, grant)
    if bars or grant is None:
        shown = min(bars, key=_strictness)
        liftable = grant is not None and all(bar.force in OVERRIDABLE for bar in bars)
        return Permission(False, liftable, shown, _needs_to_lift(regulation, weighed, role, kind, bars, liftable))
    return Permission(True, False, grant, _needs_first(weighed, role, kind))


def _grant(weighed: Weighed, role: Role, kind: Statement) -> Finding | None:
    """What gives him the word. Where every strand is passed on, nothing here is the municipality's to give."""
    if not weighed.inside:
        passed = [each for strand in weighed.strands for each in strand.decisive if isinstance(each.effect, PassesOn)]
        return min(passed, key=lambda finding: finding.place)
    finding, _ = weighed.granted(role).get(kind, (None, None))
    return finding


def _against(weighed: Weighed, role: Role, kind: Statement, grant: Finding | None) -> list[Finding]:
    """Every bar that takes `kind` from `role`; without a grant also what reserves it to others."""
    role = weighed.acts_as(role)
    bars = [finding for finding, bar in weighed.bars if role in bar.roles and kind in bar.kinds]
    if grant is None:
        reserved = [
            finding
            for finding in weighed.said
            if isinstance(finding.effect, Reserves) and role in finding.effect.roles and kind in finding.effect.kinds
        ]
        bars.append(min(reserved, key=_strictness))
    return bars


def _strictness(finding: Finding) -> tuple[int, int]:
    force = STRICTEST.index(finding.force) if finding.force in STRICTEST else len(STRICTEST)
    return force, finding.place


def _needs_first(weighed: Weighed, role: Role, kind: Statement) -> tuple[str, ...]:
    """What he must do before he says it."""
    _, grant = weighed.granted(role).get(kind, (None, None))
    asks_first = grant is not None and grant.condition is Condition.AFTER_CONSULTATION
    return (CONSULTATION,) if asks_first or _must_consult(weighed, role, kind) else ()


def _must_consult(weighed: Weighed, role: Role, kind: Statement) -> bool:
    role = weighed.acts_as(role)
    return any(
        row.by is role and row.when is When.BEFORE_ANSWER and kind in effect.kinds
        for row, (_, effect) in weighed.consults.items()
    )


def _needs_to_lift(
    regulation: Regulation, weighed: Weighed, role: Role, kind: Statement, bars: list[Finding], overridable: bool
) -> tuple[str, ...]:
    """What would lift every bar, if anything would: an agreement, an answer to a fact, or a deviation."""
    needs: set[str] = set()
    answers = _bars_by_answer(regulation, weighed, role, kind)
    for bar in bars:
        lifting = {name for name, against in answers if bar.rule not in against}
        if lifting:
            needs |= lifting
        elif "agreement" in bar.because:
            needs.add(AGREEMENT)
        elif overridable:
            needs |= {DEVIATION, CONSULTATION} if bar.force in CONSULTED_DEVIATION else {DEVIATION}
        else:
            return ()
    order = (CONSULTATION, AGREEMENT, DEVIATION, *ANSWERS)
    return tuple(name for name in order if name in needs)


def _bars_by_answer(
    regulation: Regulation, weighed: Weighed, role: Role, kind: Statement
) -> list[tuple[str, set[str]]]:
    """For each answer to each open fact: the rules that would still be against it."""
    found = []
    for name, answers in ANSWERS.items():
        if getattr(weighed.facts, name) in (None, UNKNOWN):
            for answer in answers:
                other = weigh(regulation, weighed.facts.but(**{name: answer}))
                against = _against(other, role, kind, _grant(other, role, kind))
                found.append((name, {bar.rule for bar in against}))
    return found
