"""The workflow of a strand, drawn from its own table: `docs/workflow.md`.

    .venv/bin/python -m tests.workflow_drawing

writes the file anew; test_workflow.py fails while it says something else than pressedesk/workflow.py.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from pressedesk.workflow import HELD, OPEN, TRANSITIONS, UNTAKEN, Action, Ending, State, after

FILE = Path(__file__).parent.parent / "docs" / "workflow.md"
COMMAND = ".venv/bin/python -m tests.workflow_drawing"
START = State.NEW
NOTHING = "–"


def draw() -> str:
    """The whole page."""
    return "\n".join((*_head(), "", *_diagram(), "", *_table(), "", *_endings(), ""))


def _head() -> Iterator[str]:
    yield "# Arbeidsflyten"
    yield ""
    yield "Et delspørsmål står alltid i én tilstand, og det som kan gjøres med det, følger av den. Siden er tegnet av"
    yield f"tabellen i `pressedesk/workflow.py`. Endrer du tabellen, tegner du på nytt: `{COMMAND}`."
    yield "Hvem som kan gjøre hva, er et annet spørsmål og står i `pressedesk/access/permissions.py`."
    yield ""
    for title, states in (("Åpen", OPEN), ("Ikke tatt", UNTAKEN), ("Hos noen", HELD)):
        yield f"- **{title}**: {', '.join(state.label for state in State if state in states)}."


def _diagram() -> Iterator[str]:
    """What every open state leads out to is one arrow; what comes back to where it began stands in the table alone."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {START.value}"
    yield '    state "Åpen" as open {'
    yield from (_named(state) for state in State if state in OPEN)
    yield "    }"
    yield from (_named(state) for state in State if state not in OPEN)
    for (here, to), labels in arrows().items():
        yield f"    {here} --> {to}: {' · '.join(labels)}"
    yield from (f"    {state.value} --> [*]" for state in State if not _leaves(state))
    yield "```"


def _named(state: State) -> str:
    return f'    state "{state.label}" as {state.value}'


def _leaves(state: State) -> bool:
    return any(here is state and to is not state for (here, _), to in TRANSITIONS.items())


def arrows() -> dict[tuple[str, str], list[str]]:
    """From where to where, and by which actions, in the order of the actions."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for action in Action:
        out = {after(state, action) for state in OPEN}
        is_common = len(out) == 1 and not out & OPEN
        for state in State:
            to = after(state, action)
            here = "open" if is_common and state in OPEN else state.value
            if to is not None and to is not state and action.label not in found[here, to.value]:
                found[here, to.value].append(action.label)
    return {pair: labels for pair, labels in found.items() if labels}


def _table() -> Iterator[str]:
    yield "Hva som kan gjøres fra hver tilstand, og hvor det fører:"
    yield ""
    yield "| " + " | ".join(("Handling", *(state.label for state in State))) + " |"
    yield "| " + " | ".join("---" for _ in (None, *State)) + " |"
    for action in Action:
        leads_to = [after(state, action) for state in State]
        cells = (to.label if to else NOTHING for to in leads_to)
        yield "| " + " | ".join((action.label, *cells)) + " |"
    yield ""
    yield f"{len(State)} tilstander, {len(Action)} handlinger, {len(TRANSITIONS)} overganger."


def _endings() -> Iterator[str]:
    yield "Slik kan et delspørsmål ende når det lukkes:"
    yield ""
    yield "| Utfall | Krever |"
    yield "| --- | --- |"
    for ending in Ending:
        yield f"| {ending.label} | {'at svaret er notert' if ending.needs_answer else 'en begrunnelse'} |"


if __name__ == "__main__":
    FILE.write_text(draw(), "utf-8")
