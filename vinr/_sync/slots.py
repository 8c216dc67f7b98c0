"""So many places, and the wait for one of them. Written by hand in both packages."""

from __future__ import annotations

from queue import Empty, SimpleQueue

import httpcore

from ..transport.ending import left


class Slots:
    """Who comes first is let in first."""

    def __init__(self, count: int) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._free.put(None)

    def take(self, timeout: float | None) -> None:
        """Waits for a place; httpcore.PoolTimeout where none gets free in time."""
        try:
            self._free.get_nowait()
        except Empty:
            self._wait(left(timeout))

    def _wait(self, seconds: float | None) -> None:
        try:
            self._free.get(timeout=None if seconds is None else max(0.0, seconds))
        except Empty:
            raise httpcore.PoolTimeout("no connection got free") from None

    def give(self) -> None:
        """Leaves a place to others."""
        self._free.put(None)
