"""Many calls at the same moment: tasks for async clients, threads for the others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


async def aeventually(condition: Callable[[], bool]) -> None:
    """Waits until it holds; fails after ten seconds."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.001)


def eventually(condition: Callable[[], bool]) -> None:
    """Waits until it holds; fails after ten seconds."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


async def atogether(count: int, call: Callable[[], Awaitable[T]]) -> list[T]:
    """The results of so many tasks, all started before one of them goes on."""

    async def one() -> T:
        return await call()

    return await asyncio.gather(*(one() for _ in range(count)))


def together(count: int, call: Callable[[], T]) -> list[T]:
    """The results of so many threads, let go at the same moment."""
    barrier = Barrier(count)

    def one() -> T:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(count) as threads:
        futures = [threads.submit(one) for _ in range(count)]
        return [future.result() for future in futures]
