"""Fails when a call has become dearer: ``python -m benchmarks.guard``, a part of ``make test``.

Nothing here depends on how fast the machine is: a call of vinr's is set against the same one of
bare httpx, in the same process and in turns, by byte codes and by processor time.
"""

from __future__ import annotations

import asyncio
import sys
import time
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from statistics import quantiles
from typing import Final, NamedTuple

from .clients import httpx_client, vinr_client
from .crew import ROOT, serving
from .steps import steps

BUDGET: Final = ROOT / "benchmarks" / "budget.toml"
DEARER: Final = 1.10
"""What a call may cost, as a multiple of what is written in the budget."""
TRIES: Final = 4
"""A busy machine makes a time look worse than it is, never better."""
_BATCH: Final = 40
_BATCHES: Final = 40


class Cost(NamedTuple):
    """Of one call, as ratios to bare httpx."""

    steps: float
    time: float


Calls = Callable[[int], object]
"""Does a call so many times."""


class Pair(NamedTuple):
    """The same call twice."""

    ours: Calls
    bare: Calls


def main() -> int:
    """Exit status 1 for a call that has become dearer."""
    budget = tomllib.loads(BUDGET.read_text("utf-8"))
    with serving(sys.executable) as origin, asyncio.Runner() as runner:
        flaws = [
            flaw
            for name, pair in _pairs(f"{origin}/0/0", runner).items()
            for flaw in _flaws(name, pair, budget[name])
        ]
    for flaw in flaws:
        print(flaw, file=sys.stderr)
    return 1 if flaws else 0


def _flaws(name: str, pair: Pair, allowed: Mapping[str, float]) -> list[str]:
    cost = _cost(pair, allowed["time"] * DEARER)
    print(f"{name:10} byte codes {cost.steps:.3f}, processor time {cost.time:.3f} x bare httpx")
    return [
        f"{name} has become dearer: {kind} {value:.3f} x bare httpx, where {allowed[kind]:.3f} is"
        f" in {BUDGET.relative_to(ROOT)}; make it cheaper again, or say there why it has to be"
        for kind, value in cost._asdict().items()
        if value > allowed[kind] * DEARER
    ]


def _cost(pair: Pair, enough: float) -> Cost:
    pair.ours(_BATCH)
    pair.bare(_BATCH)
    seen: list[float] = []
    for _ in range(TRIES):
        seen.append(_time(pair))
        if seen[-1] <= enough:
            break
    for calls in pair:  # the first count of a process misses some, in Python 3.12
        steps(partial(calls, 1))
    counted = [steps(partial(calls, 10)) for calls in pair]
    return Cost(counted[0] / counted[1], min(seen))


def _time(pair: Pair) -> float:
    """The ratio of the quarters that were disturbed least."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(_BATCHES):
        ours.append(_batch(pair.ours))
        bare.append(_batch(pair.bare))
    return quantiles(ours)[0] / quantiles(bare)[0]


def _batch(calls: Calls) -> float:
    start = time.process_time()
    calls(_BATCH)
    return time.process_time() - start


def _pairs(origin: str, runner: asyncio.Runner) -> dict[str, Pair]:
    ours, bare = vinr_client.Calls(origin), httpx_client.Calls(origin)
    aours, abare = vinr_client.AsyncCalls(origin), httpx_client.AsyncCalls(origin)
    return {
        "get": Pair(partial(_repeated, ours.get), partial(_repeated, bare.get)),
        "post": Pair(partial(_repeated, ours.post), partial(_repeated, bare.post)),
        "async-get": Pair(
            partial(_arepeated, runner, aours.get), partial(_arepeated, runner, abare.get)
        ),
        "async-post": Pair(
            partial(_arepeated, runner, aours.post), partial(_arepeated, runner, abare.post)
        ),
    }


def _repeated(call: Callable[[], object], count: int) -> None:
    for _ in range(count):
        call()


def _arepeated(runner: asyncio.Runner, call: Callable[[], Awaitable[object]], count: int) -> None:
    async def many() -> None:
        for _ in range(count):
            await call()

    runner.run(many())


if __name__ == "__main__":
    sys.exit(main())
