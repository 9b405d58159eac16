"""Reads questions.toml: what invented journalists ask, by the kind of question."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from pressedesk.regulation.facts import Facts
from pressedesk.workhours import local_day

FILE = Path(__file__).with_name("questions.toml")
POOLS = {
    "skoler": ("solbakken", "nordbygda", "elvestad", "furulund", "granheim"),
    "barnehager": ("kloverenga", "bjornehiet", "tyttebaertua", "sildrea", "lovlia"),
}


@dataclass(frozen=True)
class Text:
    """A question with its answer, the units it may belong to, and what is known of it at the call."""

    units: tuple[str, ...]
    question: str
    answer: str
    known: Mapping[str, Any]

    def facts(self, **also: Any) -> Facts:
        """The facts as the switchboard has them; `also` as JSON values of the contract."""
        return Facts.from_json({**self.known, **also})


@cache
def texts() -> dict[str, tuple[Text, ...]]:
    """Every text, by its group in the file."""
    with FILE.open("rb") as file:
        return {group: tuple(_text(row) for row in rows) for group, rows in tomllib.load(file).items()}


def _text(row: dict[str, Any]) -> Text:
    units = row.get("units", "")
    known = {"asks": row["asks"], **({"level": row["level"]} if "level" in row else {}), **row.get("facts", {})}
    return Text(POOLS.get(units, tuple(units.split())), row["question"], row["answer"], known)


def spoken(template: str, unit_name: str, rng: Random, at: datetime) -> str:
    """A text with its blanks filled in."""
    return template.format(navn=unit_name, n=rng.randint(6, 90), uke=local_day(at).isocalendar().week + 1)
