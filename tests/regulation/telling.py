"""How a case is told: facts in a few words, and what is claimed of the decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pressedesk import rules
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.findings import Decision
from pressedesk.regulation.vocabulary import Role, Statement

SETTLED = {"asks": ["facts"], "own_field": False, "personnel": False, "client_case": False}
"""Where nothing is open: facts are asked for, and no single person is concerned."""


def an_inquiry(**known: Any) -> Facts:
    """A settled inquiry with these facts, spelled as in the contract."""
    return Facts.from_json({**SETTLED, **known})


@dataclass(frozen=True)
class Case:
    """One situation as a person would tell it, its facts, and what is claimed.

    Claims: owner, co_owners, inform, points, gaps: exactly. strands: {kind: (owner, outcome, clock)}, exactly.
    bans: the prohibited codes, exactly. guidance: codes, exactly. consult: {by: (any_of, when, source)}, exactly.
    forces: {rule: force}. conditions: {«role kind»: condition of the row}. may, may_not: «role kind» pairs.
    shown: «role kind» → (source, force, overridable, needs) of the permission.
    """

    told: str
    known: dict[str, Any]
    claims: dict[str, Any] = field(default_factory=dict)

    def __init__(self, told: str, known: dict[str, Any], **claims: Any):
        object.__setattr__(self, "told", told)
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "claims", claims)

    def __str__(self) -> str:
        return self.told


def hold(case: Case) -> None:
    """Fails where a claim of the case does not hold."""
    facts = an_inquiry(**case.known)
    decision = rules.route(facts)
    for claim, expected in case.claims.items():
        seen = SEEN[claim](facts, decision, expected)
        assert seen == expected, f"{case.told}: {claim} is {seen}, expected {expected}"


def _strands(_facts: Facts, decision: Decision, _expected: object) -> dict[str, tuple[str | None, ...]]:
    return {each.kind: (each.owner, each.outcome, each.clock) for each in decision.strands}


def _consult(_facts: Facts, decision: Decision, _expected: object) -> dict[str, tuple[list[str], str, str]]:
    rows = {row.by: (list(row.any_of), row.when.value, row.source) for row in decision.consult}
    assert len(rows) == len(decision.consult)
    return rows


def _allowed(facts: Facts, _decision: Decision, expected: list[str]) -> list[str]:
    return [pair for pair in expected if _ask(facts, pair).allowed]


def _not_allowed(facts: Facts, _decision: Decision, expected: list[str]) -> list[str]:
    return [pair for pair in expected if not _ask(facts, pair).allowed]


def _shown(facts: Facts, _decision: Decision, expected: dict[str, object]) -> dict[str, tuple[object, ...]]:
    asked = {pair: _ask(facts, pair) for pair in expected}
    return {pair: (got.finding.source, got.finding.force, got.overridable, got.needs) for pair, got in asked.items()}


def _ask(facts: Facts, pair: str) -> Any:
    role, kind = pair.split()
    return rules.may_state(Role(role), facts, Statement(kind))


SEEN: dict[str, Any] = {
    "owner": lambda facts, decision, _: decision.owner,
    "co_owners": lambda facts, decision, _: list(decision.co_owners),
    "inform": lambda facts, decision, _: list(decision.inform),
    "points": lambda facts, decision, _: list(decision.points),
    "gaps": lambda facts, decision, _: list(decision.gaps),
    "bans": lambda facts, decision, _: [each.what for each in decision.prohibited],
    "guidance": lambda facts, decision, _: [each.code for each in decision.guidance],
    "strands": _strands,
    "consult": _consult,
    "may": _allowed,
    "may_not": _not_allowed,
    "shown": _shown,
    "sources": lambda facts, decision, _: [list(each.sources) for each in decision.strands],
    "open": lambda facts, decision, _: [
        each.because[0] for each in decision.reasons if each.rule == "uavklart"
    ],
    "asked_for": lambda facts, decision, _: rules.still_matters(facts),
    "forces": lambda facts, decision, expected: {
        each.rule: each.force for each in decision.reasons if each.rule in expected
    },
    "conditions": lambda facts, decision, expected: {
        f"{row.role} {kind}": row.condition
        for row in decision.may_state
        for kind in row.kinds
        if f"{row.role} {kind}" in expected
    },
    "rules": lambda facts, decision, _: [each.rule for each in decision.reasons],
}
