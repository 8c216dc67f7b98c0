"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

import anyio

T = TypeVar("T")

in_thread = anyio.to_thread.run_sync
"""Runs what waits for the disk in a thread, so that other tasks go on."""


async def together(calls: Sequence[Callable[[], Awaitable[T]]]) -> Sequence[T]:
    """The results of calls that run side by side; the first error ends the others and is raised."""
    results: dict[int, T] = {}
    errors: list[Exception] = []

    async def run(number: int, call: Callable[[], Awaitable[T]]) -> None:
        try:
            results[number] = await call()
        except Exception as error:  # noqa: BLE001  # raised below, without a group around it
            errors.append(error)
            group.cancel_scope.cancel()

    async with anyio.create_task_group() as group:
        for number, call in enumerate(calls):
            group.start_soon(partial(run, number, call))
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(calls))]
