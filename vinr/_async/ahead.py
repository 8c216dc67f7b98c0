"""One fetch that runs ahead of its reader. Written by hand in both packages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Starts the fetch at once, in a task of its own."""

    def __init__(self, fetch: Callable[[], Coroutine[None, None, T]]) -> None:
        self._task = asyncio.get_running_loop().create_task(fetch())

    async def result(self) -> T:
        """What was fetched, or the error that it ended in."""
        return await self._task

    async def abandon(self) -> None:
        """Ends the fetch when nobody reads on."""
        self._task.cancel()
        # not `await self._task`: a cancellation of the reader must not be taken for its own
        await asyncio.wait({self._task})
        if not self._task.cancelled():
            self._task.exception()
