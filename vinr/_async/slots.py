"""So many places, and the wait for one of them. Written by hand in both packages."""

from __future__ import annotations

import asyncio

import httpcore

from ..transport.ending import left


class AsyncSlots:
    """Who comes first is let in first."""

    def __init__(self, count: int) -> None:
        self._count = count
        # who waits is bound to the event loop, and a client may be used in several
        self._by_loop: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}

    async def take(self, timeout: float | None) -> None:
        """Waits for a place; httpcore.PoolTimeout where none gets free in time."""
        free = self._free()
        if not free.locked():
            await free.acquire()
            return
        try:
            async with asyncio.timeout(left(timeout)):
                await free.acquire()
        except TimeoutError:
            raise httpcore.PoolTimeout("no connection got free") from None

    def give(self) -> None:
        """Leaves a place to others."""
        self._free().release()

    def _free(self) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        free = self._by_loop.get(loop)
        if free is None:
            for ended in [each for each in list(self._by_loop) if each.is_closed()]:
                self._by_loop.pop(ended, None)
            free = self._by_loop[loop] = asyncio.Semaphore(self._count)
        return free
