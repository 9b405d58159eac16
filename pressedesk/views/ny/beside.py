"""What stands first beside the form while it is typed: each piece is found by the module of its action, and printed by
a template of its own, in the order that stands here.

    @beside("samme_journalist")
    def same_caller(typed: Typed) -> list[Line]: ...       # printed by ny/ved_siden/samme_journalist.html as `data`
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pressedesk.access import Actor
from pressedesk.views.ny.form import CallForm

ORDER = ("samme_journalist", "samme_sak", "hendelse", "forventet")


@dataclass(frozen=True)
class Typed:
    """Somebody is typing a call."""

    tx: Session
    who: Actor
    form: CallForm
    now: datetime


@dataclass(frozen=True)
class Piece:
    """A piece beside the form: the template that prints it, and what it prints."""

    template: str
    data: object


Finds = Callable[[Typed], object | None]
_pieces: dict[str, Finds] = {}


def beside(name: str) -> Callable[[Finds], Finds]:
    """Show what the function finds beside the form; nothing is shown where it finds nothing."""

    def add(function: Finds) -> Finds:
        if name not in ORDER:
            raise ValueError(f"{name} has no place beside the form: {ORDER}")
        _pieces[name] = function
        return function

    return add


def pieces(typed: Typed) -> list[Piece]:
    """What this person should see while typing."""
    found = [(name, _pieces[name](typed)) for name in ORDER if name in _pieces]
    return [Piece(f"ny/ved_siden/{name}.html", data) for name, data in found if data]
