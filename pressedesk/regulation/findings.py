"""What a rule can say, and what comes of it: effects, findings, decisions, permissions. Frozen data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, is_dataclass
from typing import Any

from pressedesk.regulation.vocabulary import (
    Clock,
    Code,
    Condition,
    Force,
    Gap,
    Guidance,
    Kind,
    Outcome,
    Prohibition,
    Role,
    Statement,
    When,
)


@dataclass(frozen=True)
class Owns:
    """`role` owns the strand; those `beside` own it with him. The first one said holds."""

    role: Role
    beside: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Treats:
    """Strands of these kinds get this outcome. The first one said holds."""

    kinds: frozenset[Kind]
    outcome: Outcome


@dataclass(frozen=True)
class PassesOn:
    """The strand lies outside the regulation: the contact is passed on, and anybody may answer for himself."""


@dataclass(frozen=True)
class Grants:
    """These roles may give these statements. `exception`: against a main rule of its own point."""

    roles: frozenset[Role]
    kinds: frozenset[Statement]
    condition: Condition | None = None
    exception: bool = False


@dataclass(frozen=True)
class Reserves:
    """These statements are for those to whom they are granted, so not for the other `roles`. Never shown unasked."""

    kinds: frozenset[Statement]
    roles: frozenset[Role] = frozenset(Role)


@dataclass(frozen=True)
class Bars:
    """`what` is prohibited, and takes these statements from these roles. A bar beats a grant."""

    what: Prohibition
    kinds: frozenset[Statement]
    roles: frozenset[Role]


@dataclass(frozen=True)
class Consults:
    """`by` must ask one of `any_of` before he gives a statement of these `kinds`, or when in doubt."""

    by: Role
    any_of: frozenset[Role]
    when: When
    kinds: frozenset[Statement]


@dataclass(frozen=True)
class Informs:
    """`role` is told of the inquiry."""

    role: Role


@dataclass(frozen=True)
class Guides:
    """Advice to whoever speaks; refuses nothing."""

    code: Guidance


@dataclass(frozen=True)
class Silent:
    """The regulation is silent here: a gap, and something else fills it."""

    gap: Gap


@dataclass(frozen=True)
class Moves:
    """The strand goes to `to` instead of the office that owned it; `gap` says why."""

    to: Role
    gap: Gap


Effect = Owns | Treats | PassesOn | Grants | Reserves | Bars | Consults | Informs | Guides | Silent | Moves
Says = Iterable[tuple[Effect, Force, str]]


@dataclass(frozen=True)
class Finding:
    """What one rule said of these facts. `because`: the facts it read. `place`: where the rule stands in the order."""

    source: str
    rule: str
    force: Force
    effect: Effect
    text: str
    because: tuple[str, ...]
    place: int = 0


@dataclass(frozen=True)
class Point:
    """A point of the regulation, or another source, with its rules in the order they are read."""

    source: str
    rules: tuple[Callable[..., Says], ...]

    def __init__(self, source: str, *rules: Callable[..., Says]):
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "rules", rules)


@dataclass(frozen=True)
class StrandDecision:
    """One strand: whose it is (None: passed on), what is done with it, which clock runs, by which sources."""

    kind: Kind
    owner: Role | None
    outcome: Outcome
    clock: Clock | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MayState:
    """What one role may state in this inquiry, and by which source."""

    role: Role
    kinds: tuple[Statement, ...]
    condition: Condition | None
    force: Force
    source: str


@dataclass(frozen=True)
class Consult:
    """Whom one role must ask: any one of `any_of`."""

    by: Role
    any_of: tuple[Role, ...]
    when: When
    force: Force
    source: str


@dataclass(frozen=True)
class Prohibited:
    """What nobody bound by it may do here."""

    what: Prohibition
    force: Force
    source: str


@dataclass(frozen=True)
class Advice:
    """Guidance to whoever speaks."""

    code: Guidance
    source: str


@dataclass(frozen=True)
class Reason:
    """One rule that spoke, the facts it read, and its sentence."""

    rule: str
    source: str
    force: Force
    because: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Decision:
    """What the regulation says of one inquiry. `regulation` is its version; lists in the order of the vocabularies."""

    regulation: str
    owner: Role | None
    co_owners: tuple[Role, ...]
    inform: tuple[Role, ...]
    strands: tuple[StrandDecision, ...]
    may_state: tuple[MayState, ...]
    consult: tuple[Consult, ...]
    prohibited: tuple[Prohibited, ...]
    guidance: tuple[Advice, ...]
    points: tuple[int, ...]
    gaps: tuple[Gap, ...]
    reasons: tuple[Reason, ...]

    def to_json(self) -> dict[str, Any]:
        """The decision as JSON holds it, its keys in the order of the contract."""
        return {name: _json(value) for name, value in vars(self).items()}


def _json(value: object) -> object:
    if isinstance(value, Code):
        return value.value
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    if is_dataclass(value):
        return {name: _json(each) for name, each in vars(value).items()}
    return value


@dataclass(frozen=True)
class Permission:
    """Whether a role may give a statement, and the finding that says so.

    `overridable`: no, but a recorded deviation can lift it. `needs`: what is lacking, in words of the records
    («consultation», «agreement», «deviation») or the fact that must be answered («personnel»).
    """

    allowed: bool
    overridable: bool
    finding: Finding
    needs: tuple[str, ...]
