"""Asking in turn, and what comes of it."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from random import Random

Call = Callable[[], object]


@dataclass(frozen=True)
class Pair:
    """Ours and what it is held against, and the ratio we aim at (None: only told)."""

    name: str
    ours: Call
    bare: Call
    goal: float | None


@dataclass(frozen=True)
class Result:
    """The ratio of the medians, n of each, and the spread: the middle half of the ratios, as a share of the ratio."""

    name: str
    ratio: float
    goal: float | None
    n: int
    spread: float

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def interleaved(pairs: Sequence[Pair], rounds: int, warm_up: int = 10) -> list[Result]:
    """Every call of every pair once a round, in an order that changes."""
    calls = [call for pair in pairs for call in (pair.ours, pair.bare)]
    for call in calls * warm_up:
        call()
    taken: list[list[float]] = [[] for _ in calls]
    order, chance = list(range(len(calls))), Random(1)
    gc.disable()
    for _ in range(rounds):
        chance.shuffle(order)
        for place in order:
            taken[place].append(_seconds(calls[place]))
    gc.enable()
    return [_result(pair, *taken[2 * place : 2 * place + 2]) for place, pair in enumerate(pairs)]


def _seconds(call: Call) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _result(pair: Pair, ours: list[float], bare: list[float]) -> Result:
    ratio = statistics.median(ours) / statistics.median(bare)
    low, _, high = statistics.quantiles((mine / other for mine, other in zip(ours, bare, strict=True)), n=4)
    return Result(pair.name, round(ratio, 2), pair.goal, len(ours), round((high - low) / ratio, 2))
