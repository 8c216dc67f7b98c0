"""Many calls at the same moment: tasks for async clients, threads for the others."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import anyio

T = TypeVar("T")


async def aeventually(condition: Callable[[], bool]) -> None:
    """Waits until it holds; fails after ten seconds."""
    with anyio.fail_after(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await anyio.sleep(0.001)


def eventually(condition: Callable[[], bool]) -> None:
    """Waits until it holds; fails after ten seconds."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


async def atogether(count: int, call: Callable[[], Awaitable[T]]) -> list[T]:
    """The results of so many tasks, all started before one of them goes on."""

    results: list[T] = []

    async def one() -> None:
        results.append(await call())

    async with anyio.create_task_group() as tasks:
        for _ in range(count):
            tasks.start_soon(one)
    return results


def together(count: int, call: Callable[[], T]) -> list[T]:
    """The results of so many threads, let go at the same moment."""
    barrier = Barrier(count)

    def one() -> T:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(count) as threads:
        futures = [threads.submit(one) for _ in range(count)]
        return [future.result() for future in futures]
