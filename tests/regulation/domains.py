"""The domains of the facts: what a proof enumerates, and what a property draws from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from math import prod
from typing import Any

from pressedesk.regulation.facts import FIELDS
from pressedesk.regulation.vocabulary import Ask, Capacity, Known, Role
from pressedesk.regulation.weighing import Rule

LINE = (Role.ANSATT, Role.SEKSJONSLEDER, Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN)
POLITICS = (Role.ORDFORER, Role.VARAORDFORER)
OWNERS = (*LINE, *POLITICS, Role.KONTOADMINISTRATOR, Role.ARKIV_POSTMOTTAK, Role.KRISELEDELSE)
"""Whoever can own a strand."""


def subsets(codes: Iterable[Any]) -> tuple[frozenset[Any], ...]:
    """Every set of these codes, the empty one first."""
    members = list(codes)
    sets = chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))
    return tuple(frozenset(each) for each in sets)


SPECIAL: dict[str, tuple[Any, ...]] = {
    "asks": subsets(Ask),
    "capacities": (None, *subsets(Capacity)),
    "capacity": tuple(Capacity),
    "owner": OWNERS,
    "unavailable": (frozenset(), frozenset({Role.KOMMUNALSJEF}), frozenset(LINE) - {LINE[1]}, frozenset(Role)),
    "deputised": (frozenset(), frozenset({Role.KOMMUNALSJEF}), frozenset({Role.RADMANN}), frozenset(POLITICS)),
}
"""What is no plain list of codes. Who is away is sampled here; the climb has a proof of its own over every set."""


def domain(name: str) -> tuple[Any, ...]:
    """Every value a rule may be given for this fact."""
    fact = FIELDS.get(name)
    if name in SPECIAL or fact is None:
        return SPECIAL[name]
    if fact.codes:
        return (*fact.codes, None) if fact.null else tuple(fact.codes)
    return tuple(Known) if fact.null else (False, True)


def combinations_of(rule: Rule) -> int:
    """How many combinations of its facts a rule has."""
    return prod(len(domain(name)) for name in rule.reads)


def over(*names: str) -> Iterator[dict[str, Any]]:
    """Every combination of the values of these facts."""
    for values in product(*(domain(name) for name in names)):
        yield dict(zip(names, values, strict=True))
