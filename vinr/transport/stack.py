"""What is kept for later use, the last one used on top, and nothing for too long."""

from __future__ import annotations

import time
from collections import deque
from typing import Final, Generic, TypeVar

T = TypeVar("T")

LONGEST_IDLE: Final = 5.0
"""Seconds that a connection is kept without use, as httpx does."""


class Stack(Generic[T]):
    """Takes no lock: a deque's own methods can be called from many threads."""

    def __init__(self) -> None:
        self._kept: deque[tuple[float, T]] = deque()

    def take(self) -> T | None:
        """The last one put; None where there is none."""
        try:
            return self._kept.pop()[1]
        except IndexError:
            return None

    def put(self, thing: T) -> T | None:
        """Keeps it, and gives another one that was not needed for long, to be closed."""
        now = time.monotonic()
        self._kept.append((now, thing))
        try:
            since, oldest = self._kept.popleft()
        except IndexError:  # another thread has taken it already
            return None
        if since + LONGEST_IDLE < now:
            return oldest
        self._kept.appendleft((since, oldest))
        return None
