"""The desk as a state machine: all acts by all roles in any order, 200 runs of 30 steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from pressedesk import config, db
from pressedesk.config import Settings
from pressedesk.desk import change
from pressedesk.workflow import TRANSITIONS, Action, State, after
from tests.desk.acts import ACTS
from tests.desk.machine import Desk, Seen
from tests.organisation import Town

RUNS, STEPS = 200, 30
MORE_RUNS, TOP_UPS = 50, 6


@pytest.fixture
def seen(town: Town, built: tuple[Path, Town], settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """What the machine goes through; every step of the workflow is noted as it is taken."""
    seen = Seen()

    def noted(state: State, action: Action) -> State | None:
        led_to = after(state, action)
        if led_to is not None:
            seen.transitions.add((state, action))
        return led_to

    monkeypatch.setattr(change, "after", noted)
    config.activate(settings)
    Desk.file, Desk.town, Desk.seen = built[0], town, seen
    Desk.place = Path(settings.database_url.removeprefix("sqlite:///"))
    db.connect(settings.database_url)
    yield seen
    db.engine().dispose()


def run(runs: int, start: int) -> None:
    """So many runs from one start: the same ones every time."""
    limits = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(seed(start)(Desk), settings=limits)


def test_the_desk_stays_whole_whatever_is_done(seen: Seen) -> None:
    """One owner a strand, no lost sak, no answer past a ban, nothing recorded refused, a next clock event, an event
    for every change; and the runs have been through every act and every step of the workflow. What is rare gets a few
    runs more to turn up in."""
    run(RUNS, 0)
    for start in range(1, TOP_UPS + 1):
        if set(ACTS) <= set(seen.done) and seen.transitions == set(TRANSITIONS):
            break
        run(MORE_RUNS, start)
    assert set(ACTS) <= set(seen.done), f"never done: {set(ACTS) - set(seen.done)}"
    assert seen.transitions == set(TRANSITIONS), f"never seen: {set(TRANSITIONS) - seen.transitions}"
