"""Does one library's work in that library's own environment: orders come in, seconds go out.

``python -m benchmarks.worker MODULE`` reads one JSON order a line and answers each with one
JSON line: the seconds it took on the clock, of processor time, and how much was done.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, TypedDict


class Order(TypedDict):
    """What to do, how often, against which origin."""

    work: str
    """``get``, ``post`` or ``items``, with ``async-`` before it for tasks."""
    origin: str
    count: int
    """Calls, or items at most."""
    in_flight: int
    """Tasks or threads at once."""
    options: dict[str, int]
    """For ``items``: what the library's list takes."""
    pause: float
    """For ``items``: seconds that the reader takes for a page of 100."""


class Done(TypedDict):
    """What it took."""

    seconds: float
    processor: float
    count: int


# the libraries are other people's, and this runs where only one of them is installed
class Worker:
    """One library's clients, kept open between orders, so that connections are warm."""

    def __init__(self, module: Any) -> None:
        self._module = module
        self._loop = asyncio.new_event_loop()
        self._open: dict[tuple[str, bool], Any] = {}

    def do(self, order: Order) -> Done:
        """One order; clients are made and warmed before the clock starts."""
        asynchronous = order["work"].startswith("async-")
        self._client(order["origin"], asynchronous=asynchronous)
        if asynchronous:
            return self._loop.run_until_complete(self._tasks(order))
        return self._threads(order)

    def _client(self, origin: str, *, asynchronous: bool) -> Any:
        if (origin, asynchronous) not in self._open:
            self._open[origin, asynchronous] = (
                self._loop.run_until_complete(_made(self._module.AsyncCalls, origin))
                if asynchronous
                else self._module.Calls(origin)
            )
        return self._open[origin, asynchronous]

    def _threads(self, order: Order) -> Done:
        calls = self._client(order["origin"], asynchronous=False)
        if order["work"] == "items":
            return _timed(lambda: _walked(order, calls.items(**order["options"])))
        call: Callable[[], object] = getattr(calls, order["work"])
        if order["in_flight"] == 1:
            call()
            return _timed(lambda: _repeated(call, order["count"]))
        with ThreadPoolExecutor(order["in_flight"]) as threads:
            share = order["count"] // order["in_flight"]

            def all_of_them() -> int:
                futures = [
                    threads.submit(_repeated, call, share) for _ in range(order["in_flight"])
                ]
                return sum(future.result() for future in futures)

            return _timed(all_of_them)

    async def _tasks(self, order: Order) -> Done:
        calls = self._client(order["origin"], asynchronous=True)
        if order["work"] == "async-items":
            return await _timed_async(lambda: _awalked(order, calls.items(**order["options"])))
        call: Callable[[], Awaitable[object]] = getattr(calls, order["work"].removeprefix("async-"))
        share = order["count"] // order["in_flight"]

        async def all_of_them() -> int:
            tasks = (_arepeated(call, share) for _ in range(order["in_flight"]))
            return sum(await asyncio.gather(*tasks))

        await asyncio.gather(*(call() for _ in range(order["in_flight"])))
        return await _timed_async(all_of_them)


async def _made(kind: Any, origin: str) -> Any:
    return kind(origin)


def _repeated(call: Callable[[], object], count: int) -> int:
    for _ in range(count):
        call()
    return count


async def _arepeated(call: Callable[[], Awaitable[object]], count: int) -> int:
    for _ in range(count):
        await call()
    return count


def _walked(order: Order, items: Any) -> int:
    count = 0
    for _ in islice(items, order["count"]):
        count += 1
        if order["pause"] and count % 100 == 0:
            time.sleep(order["pause"])
    return count


async def _awalked(order: Order, items: Any) -> int:
    count = 0
    async for _ in items:
        count += 1
        if order["pause"] and count % 100 == 0:
            await asyncio.sleep(order["pause"])
        if count == order["count"]:
            break
    return count


def _timed(work: Callable[[], int]) -> Done:
    processor, start = time.process_time(), time.perf_counter()
    count = work()
    return _done(start, processor, count)


async def _timed_async(work: Callable[[], Awaitable[int]]) -> Done:
    processor, start = time.process_time(), time.perf_counter()
    count = await work()
    return _done(start, processor, count)


def _done(start: float, processor: float, count: int) -> Done:
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - processor,
        "count": count,
    }


def main() -> None:
    """Answers orders until there are no more."""
    worker = Worker(importlib.import_module(f"benchmarks.clients.{sys.argv[1]}"))
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    for line in sys.stdin:
        print(json.dumps(worker.do(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
