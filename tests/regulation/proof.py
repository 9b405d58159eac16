"""What the proof enumerates. `python -m tests.regulation.proof` prints how many combinations each part has."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from pressedesk import rules
from pressedesk.regulation.facts import FIELDS, Facts
from pressedesk.regulation.vocabulary import NO, Known, Level, Role
from tests.regulation.domains import LINE, OWNERS, POLITICS, combinations_of, domain, over, subsets

OPEN = {"level": (None, *Level), **dict.fromkeys(("principled", "own_field", "personnel", "client_case"), tuple(Known))}
"""The facts under the principle of «vet ikke», open or answered."""


def ladder() -> Iterator[dict[str, Any]]:
    """What the rules of the ladder read: the product of all of it."""
    yield from over("level", "principled", "addressed", "asks", "own_field", "personnel")


def before_the_ladder() -> Iterator[dict[str, Any]]:
    """What the owners before the ladder read, with the level and a crisis beside."""
    yield from over("form", "asks", "letter_political", "level", "crisis", "crisis_released")


def climbs() -> Iterator[tuple[Role, frozenset[Role], Role | None, Level | None]]:
    """Every first owner × every set of unreachable offices on the lines × every subject, at a section and elsewhere."""
    subjects = (None, *LINE, *POLITICS, Role.KONTOADMINISTRATOR)
    away = subsets((*LINE, *POLITICS, Role.KONTOADMINISTRATOR))
    yield from product(sorted(set(OWNERS) - {Role.VARAORDFORER}), away, subjects, (Level.SECTION, Level.UNIT))


def covering(seed: int = 15) -> list[Facts]:
    """Facts among which every two values of every two facts occur together."""
    draw = random.Random(seed)
    values = {name: domain(name) for name in FIELDS}
    usual = Facts(personnel=NO, client_case=NO)
    found, seen = [], set()
    for one, other in combinations(FIELDS, 2):
        for first, second in product(values[one], values[other]):
            if (one, first, other, second) in seen:
                continue
            drawn = {name: draw.choice([*values[name], getattr(usual, name)]) for name in FIELDS}
            record = {**drawn, one: first, other: second}
            found.append(Facts(**record))
            seen |= {(a, record[a], b, record[b]) for a, b in combinations(FIELDS, 2)}
    return found


CONTEXTS: list[dict[str, Any]] = [
    {},
    {"asks": []},
    {"asks": ["facts", "assessment"], "political_process": True},
    {"asks": ["political"]},
    {"asks": ["political", "facts", "documents"], "important": True},
    {"asks": ["documents"]},
    {"addressed": "ansatt"},
    {"addressed": "ansatt", "asks": ["assessment"], "agreement": "specific"},
    {"addressed": "ansatt", "subject": "radmann"},
    {"addressed": "ansatt", "subject": "ansatt"},
    {"addressed": "ansatt", "subject": "seksjonsleder"},
    {"addressed": "ansatt", "unavailable": ["ansatt", "virksomhetsleder"]},
    {"addressed": "virksomhetsleder_kis"},
    {"addressed": "virksomhetsleder_kis", "subject": "virksomhetsleder_kis"},
    {"addressed": "virksomhetsleder", "in_doubt": True},
    {"addressed": "kommunalsjef", "subject": "virksomhetsleder"},
    {"addressed": "seksjonsleder", "subject": "kommunalsjef", "waiver": "written"},
    {"case_public": True, "unavailable": ["kommunalsjef", "radmann"]},
    {"form": "letter", "letter_error": True},
    {"form": "letter", "letter_error": True, "letter_political": True, "subject": "ordforer"},
    {"form": "letter", "letter_error": True, "subject": "radmann", "letter_author": "kommunalsjef"},
    {"form": "own_account", "letter_error": True, "subject": "virksomhetsleder"},
    {"form": "not_media"},
    {"crisis": True},
    {"capacities": ["private", "official"]},
    {"capacities": None, "addressed": "tillitsvalgt"},
]
"""Around the open facts: one context for each rule that reads them, and for each step that moves an owner."""


def unknowns() -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
    """Every context with every combination of the five facts, open or answered."""
    for context in CONTEXTS:
        for values in product(*OPEN.values()):
            yield context, values


def counted() -> dict[str, int]:
    """How many combinations each part of the proof has."""
    return {
        "hver regel over sine egne opplysninger": sum(map(combinations_of, rules.REGULATION.rules.values())),
        "stigen": sum(1 for _ in ladder()),
        "eierne foran stigen": sum(1 for _ in before_the_ladder()),
        "hvem som trer inn": sum(1 for _ in climbs()),
        "hvem kan si hva, mot avgjørelsen": len(covering()) * len(Role) * 6,
        "vet ikke": sum(1 for _ in unknowns()),
    }


if __name__ == "__main__":
    for part, number in counted().items():
        sys.stdout.write(f"{number:>9}  {part}\n")
