"""So many places, and the wait for one of them. Written by hand in both packages."""

from __future__ import annotations

import asyncio

import httpcore

from ..transport.ending import left


class AsyncSlots:
    """Who comes first is let in first."""

    def __init__(self, count: int) -> None:
        self._free = asyncio.Semaphore(count)

    async def take(self, timeout: float | None) -> None:
        """Waits for a place; httpcore.PoolTimeout where none gets free in time."""
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(left(timeout)):
                await self._free.acquire()
        except TimeoutError:
            raise httpcore.PoolTimeout("no connection got free") from None

    def give(self) -> None:
        """Leaves a place to others."""
        self._free.release()
