"""What an inquiry's page shows besides its question, its strands and its log: each piece is prepared by the module of
its action, and printed by a template of its own, in the order that stands here.

    @strand_panel("spurt")
    def panel(look: Look, strand: Strand) -> Waiting | None: ...      # printed by sak/paneler/spurt.html as `panel`

    @buttons("ask")
    def ask_first(look: Look, strand: Strand) -> Iterable[Button]: ...
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from pressedesk.access import Actor, Case
from pressedesk.models import Strand

CASE_PANELS = ("krise", "slatt_sammen", "hendelse", "oppgaver", "egen_konto")
STRAND_PANELS = ("overlevering", "spurt", "satt_over", "innsyn", "oppfolging")
BUTTONS = (
    "ask",
    "spoken",
    "cannot_now",
    "not_mine",
    "more_time",
    "not_answering",
    "ruling",
    "join",
    "release",
)


@dataclass(frozen=True)
class Look:
    """Somebody looks at a case now."""

    tx: Session
    who: Actor
    case: Case
    now: datetime


@dataclass(frozen=True)
class Button:
    """A way to an action: a link to its page, or a press that does it (`posts`). `is_main`: one of the big ones."""

    text: str
    url: str
    posts: bool = False
    is_main: bool = False


@dataclass(frozen=True)
class Panel:
    """A piece of the page: the template that prints it, and what it prints."""

    template: str
    data: object


CasePanel = Callable[[Look], object | None]
StrandPanel = Callable[[Look, Strand], object | None]
Buttons = Callable[[Look, Strand], Iterable[Button]]

F = TypeVar("F")

_case_panels: dict[str, CasePanel] = {}
_strand_panels: dict[str, StrandPanel] = {}
_buttons: dict[str, Buttons] = {}


def case_panel(name: str) -> Callable[[CasePanel], CasePanel]:
    """Show what the function finds, above the strands. Nothing is shown where it finds None."""
    return _add(_case_panels, CASE_PANELS, name)


def strand_panel(name: str) -> Callable[[StrandPanel], StrandPanel]:
    """Show what the function finds, in the card of each strand."""
    return _add(_strand_panels, STRAND_PANELS, name)


def buttons(name: str) -> Callable[[Buttons], Buttons]:
    """Show the buttons that the function finds, in the card of each strand."""
    return _add(_buttons, BUTTONS, name)


def _add(known: dict[str, F], order: tuple[str, ...], name: str) -> Callable[[F], F]:
    def add(function: F) -> F:
        if name not in order:
            raise ValueError(f"{name} has no place on the page: {order}")
        known[name] = function
        return function

    return add


def case_panels(look: Look) -> list[Panel]:
    """What stands above the strands for this person now."""
    found = [(name, _case_panels[name](look)) for name in CASE_PANELS if name in _case_panels]
    return [Panel(f"sak/paneler/{name}.html", data) for name, data in found if data is not None]


def strand_panels(look: Look, strand: Strand) -> list[Panel]:
    """What stands in the card of a strand for this person now."""
    found = [(name, _strand_panels[name](look, strand)) for name in STRAND_PANELS if name in _strand_panels]
    return [Panel(f"sak/paneler/{name}.html", data) for name, data in found if data is not None]


def strand_buttons(look: Look, strand: Strand) -> list[Button]:
    """What this person may do to a strand now, besides taking, answering and closing it."""
    return [button for name in BUTTONS if name in _buttons for button in _buttons[name](look, strand)]
