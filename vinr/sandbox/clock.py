"""The sandbox's clock: real time moved forward on request, or time that stands still."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

SEEDED_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Where time stands at first in a sandbox with a seed."""


class Clock:
    """UTC as the sandbox sees it: real time plus everything it was advanced by.

    With a ``start``, time stands still there until it is advanced. Timestamps, expiry, the
    idempotency window and webhook retries all read this one clock.
    """

    def __init__(self, start: datetime | None = None) -> None:
        """Raises ValueError for a start without a time zone."""
        if start is not None and start.tzinfo is None:
            raise ValueError("the start of a sandbox's clock needs a time zone, such as UTC")
        self._start = None if start is None else start.timestamp()
        self.ahead = 0.0
        """Seconds that it was advanced by."""
        self._lock = Lock()

    def time(self) -> float:
        """Unix seconds now."""
        return (time.time() if self._start is None else self._start) + self.ahead

    def elapsed(self) -> float:
        """Seconds that went by since any moment, by themselves or advanced: never at a stand."""
        return time.monotonic() + self.ahead

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Move the clock forward and return the new time.

        What is due by then happens at the next look at the ledger, each at its own moment.
        Raises ValueError for a step back, and where the calendar ends.
        """
        if not min(days, hours, minutes, seconds) >= 0:
            raise ValueError("the sandbox's clock only moves forward")
        try:
            step = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
            with self._lock:
                moved = self.now() + step
                self.ahead += step.total_seconds()
        except (OverflowError, ValueError):
            raise ValueError("the sandbox's clock cannot go beyond the year 9999") from None
        return moved
