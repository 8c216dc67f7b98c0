"""Fails when a call has become dearer: ``python -m benchmarks.guard``, a part of ``make test``.

It counts byte codes and looks at no clock, so it says the same on every machine: a call of vinr's
is set against the same one of bare httpx, in the same process.
"""

from __future__ import annotations

import asyncio
import sys
import tomllib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, NamedTuple

from .clients import httpx_client, vinr_client
from .crew import ROOT, serving
from .steps import steps

BUDGET: Final = ROOT / "benchmarks" / "budget.toml"
DEARER: Final = 1.05
"""What a call may cost, as a multiple of what is written in the budget."""
_WARM_UP: Final = 40
_COUNTED: Final = 10

Calls = Callable[[int], object]
"""Does a call so many times."""


class Pair(NamedTuple):
    """The same call twice."""

    ours: Calls
    bare: Calls


def main() -> int:
    """Exit status 1 for a call that has become dearer."""
    budget = tomllib.loads(BUDGET.read_text("utf-8"))
    flaws: list[str] = []
    with serving(sys.executable) as origin, asyncio.Runner() as runner:
        for name, pair in _pairs(f"{origin}/0/0", runner).items():
            cost, allowed = _cost(pair), budget["byte-codes"][name]
            print(f"{name:10} {cost:.3f} x the byte codes of bare httpx")
            if cost > allowed * DEARER:
                flaws.append(
                    f"{name} has become dearer: {cost:.3f} x bare httpx, where {allowed:.3f} is in"
                    f" {BUDGET.relative_to(ROOT)}; make it cheaper again, or say there why it has"
                    " to be"
                )
    for flaw in flaws:
        print(flaw, file=sys.stderr)
    return 1 if flaws else 0


def _cost(pair: Pair) -> float:
    for calls in pair:
        calls(_WARM_UP)
        steps(partial(calls, 1))  # the first count of a process misses some, in Python 3.12
    ours, bare = (steps(partial(calls, _COUNTED)) for calls in pair)
    return ours / bare


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
