"""The sandbox's clock: real time, moved forward on request."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock


class Clock:
    """UTC as the sandbox sees it: real time plus everything it was advanced by.

    Timestamps, the idempotency window and rate limits all read this one clock.
    """

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        """Follow ``source``, a function that gives unix seconds."""
        self._source = source
        self._ahead = 0.0
        self._lock = Lock()

    def time(self) -> float:
        """Unix seconds now."""
        return self._source() + self._ahead

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> datetime:
        """Move the clock forward and return the new time.

        Raises ValueError for a step back, and where the calendar ends.
        """
        if min(days, hours, seconds) < 0:
            raise ValueError("the sandbox's clock only moves forward")
        try:
            step = timedelta(days=days, hours=hours, seconds=seconds)
            with self._lock:
                moved = self.now() + step
                self._ahead += step.total_seconds()
        except OverflowError:
            raise ValueError("the sandbox's clock cannot go beyond the year 9999") from None
        return moved
