"""What stands first in an inbox besides the strands that are somebody's: each list is found by the module of its
action, and printed by a template of its own, in the order that stands here.

    @inbox_section("spurt", "Du er spurt")
    def asked(desk: Desk) -> list[Line]: ...        # printed by innboks/spurt.html as `data`; nothing when empty
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pressedesk.access import Actor

ORDER = ("satt_over", "kladder", "spurt", "overlevering", "ikke_min", "avklares", "ny_tid", "innsyn", "oppgaver")


@dataclass(frozen=True)
class Desk:
    """Somebody looks at his inbox now."""

    tx: Session
    who: Actor
    now: datetime


@dataclass(frozen=True)
class Listed:
    """One list under its own heading."""

    id: str
    title: str
    lead: str
    template: str
    data: Sequence[object]


Finds = Callable[[Desk], Sequence[object]]
_sections: dict[str, tuple[str, str, Finds]] = {}


def inbox_section(name: str, title: str, lead: str = "") -> Callable[[Finds], Finds]:
    """Show what the function finds under its own heading; nothing is shown where it finds nothing."""

    def add(function: Finds) -> Finds:
        if name not in ORDER:
            raise ValueError(f"{name} has no place in the inbox: {ORDER}")
        _sections[name] = (title, lead, function)
        return function

    return add


def inbox_sections(desk: Desk) -> list[Listed]:
    """What this person must see first."""
    found = [(name, *_sections[name]) for name in ORDER if name in _sections]
    listed = [Listed(name, title, lead, f"innboks/{name}.html", finds(desk)) for name, title, lead, finds in found]
    return [each for each in listed if each.data]
