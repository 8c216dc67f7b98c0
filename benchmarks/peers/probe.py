"""One piece of work in a library's own environment, and how it ended.

``python -m benchmarks.peers.probe MODULE ORIGIN WORK [SECONDS]`` prints one line of JSON.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from itertools import islice
from typing import Any, TypedDict

MOST_ITEMS = 1_000
"""Of a list; a sound one here has a hundred."""


class Ending(TypedDict):
    """How it ended."""

    raised: bool
    kind: str
    """The class of the result, or of what was raised."""
    items: int
    """Of a list: how many came, ``MOST_ITEMS`` at most."""
    seconds: float
    told: str
    """Of what was raised: its text and its attributes."""


# the libraries are other people's, and this runs where only one of them is installed
def ending(calls: Any, work: str) -> Ending:
    """Does the work."""
    items, started = 0, time.perf_counter()
    try:
        if work == "items":
            for _ in islice(calls.items(), MOST_ITEMS):
                items += 1
            result: object = None
        else:
            result = getattr(calls, work)()
    except Exception as error:  # noqa: BLE001  # whatever the library raises is the answer
        seconds = time.perf_counter() - started
        told = f"{error} {vars(error)!r}"
        return Ending(
            raised=True, kind=type(error).__name__, items=items, seconds=seconds, told=told
        )
    seconds = time.perf_counter() - started
    return Ending(raised=False, kind=type(result).__name__, items=items, seconds=seconds, told="")


def main() -> None:
    """Prints how it ended."""
    module, origin, work, *limit = sys.argv[1:]
    calls: Any = importlib.import_module(f"benchmarks.clients.{module}").Calls(origin)
    if limit:
        calls.limit(float(limit[0]))
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    print(json.dumps(ending(calls, work)), file=answers, flush=True)


if __name__ == "__main__":
    main()
