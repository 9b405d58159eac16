"""The workflow as one table: what it must always allow, and that docs/workflow.md is drawn from it."""

import pytest

from pressedesk.workflow import HELD, OPEN, TRANSITIONS, UNTAKEN, Action, Ending, State, after
from tests import workflow_drawing


def reachable(start: State, without: frozenset[Action] = frozenset()) -> set[State]:
    """Every state that can be reached from `start`, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for (state, action), to in TRANSITIONS.items():
            if state is here and action not in without and to not in found:
                found.add(to)
                waiting.append(to)
    return found


def test_the_page_in_the_docs_is_drawn_from_the_table() -> None:
    """A picture of the workflow that says something else than the code is worse than none."""
    drawn = workflow_drawing.FILE.read_text("utf-8")
    assert drawn == workflow_drawing.draw(), f"run {workflow_drawing.COMMAND} again"


def test_the_drawing_shows_every_transition() -> None:
    """Each one is an arrow, or, where it comes back to where it began, a cell of the table."""
    drawn = workflow_drawing.draw()
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in drawn.splitlines() if line.startswith("| ")}
    for (state, action), to in TRANSITIONS.items():
        cells = [cell.strip() for cell in rows[action.label].strip("|").split("|")]
        assert cells[1 + list(State).index(state)] == to.label
        if to is not state:
            drawn_arrows = workflow_drawing.arrows()
            own, common = drawn_arrows.get((state, to), []), drawn_arrows.get(("open", to), [])
            assert action.label in (*own, *(common if state in OPEN else []))


def test_every_state_is_reached_from_new() -> None:
    """A state that nothing leads to would be a word in the code and nowhere else."""
    assert reachable(State.NEW) == set(State)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_what_is_open_can_be_answered_closed_taken_and_told(state: State) -> None:
    """Whatever has happened, the journalist can be told, the strand can end, and somebody can have it at once."""
    assert after(state, Action.ANSWER) is State.ANSWERED
    assert after(state, Action.CLOSE) is State.CLOSED
    assert after(state, Action.TAKE) in HELD
    assert after(state, Action.SKIP) is State.TOLD
    assert after(state, Action.RECEIVE) is State.TAKEN


@pytest.mark.parametrize("state", State)
def test_what_was_said_can_always_be_recorded(state: State) -> None:
    """Recording is never refused, also when it comes after the end."""
    to = after(state, Action.ANSWER)
    assert to in set(State) - OPEN


def test_only_a_new_decision_opens_again_what_is_finished() -> None:
    """What is answered or closed stays so; what fell away comes back only where a later decision has it again."""
    opening = {(state, action) for (state, action), to in TRANSITIONS.items() if state not in OPEN and to in OPEN}
    assert opening == {(State.LAPSED, Action.MOVE)}


def test_closed_is_the_end() -> None:
    """Whatever is recorded afterwards, a closed strand stays closed."""
    assert reachable(State.CLOSED) == {State.CLOSED}


def test_an_answered_strand_can_be_closed() -> None:
    """Nothing stays answered for ever."""
    assert after(State.ANSWERED, Action.CLOSE) is State.CLOSED


def test_what_is_handed_back_or_moved_is_told_anew() -> None:
    """A strand never stands with somebody who has not heard of it: it goes to «ny» or «varslet», not to «tatt»."""
    for action in (Action.GIVE_BACK, Action.SKIP, Action.MOVE):
        assert {to for (_, done), to in TRANSITIONS.items() if done is action} <= UNTAKEN


def test_clarifying_waits_for_somebody() -> None:
    """Nothing but a question leads there, save that a superior takes over what already waits."""
    assert {action for (_, action), to in TRANSITIONS.items() if to is State.CLARIFYING} == {Action.ASK, Action.TAKE}
    assert after(State.CLARIFYING, Action.SETTLE) is State.TAKEN


def test_the_sets_of_states_fit_together() -> None:
    """Open is what nobody has taken and what somebody has; neither holds anything finished."""
    assert OPEN == UNTAKEN | HELD
    assert not UNTAKEN & HELD
    assert set(State) - OPEN == {State.ANSWERED, State.CLOSED, State.LAPSED}


def test_an_ending_needs_an_answer_or_a_reason() -> None:
    """Never both, never neither; an honest «ikke noe svar gitt» needs its reason."""
    assert {ending for ending in Ending if ending.needs_answer} == {
        Ending.STATEMENT, Ending.INTERVIEW, Ending.BACKGROUND, Ending.DOCUMENT
    }  # fmt: skip
    assert all(ending.needs_answer is not ending.needs_reason for ending in Ending)
