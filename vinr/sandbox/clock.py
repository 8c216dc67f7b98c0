"""The sandbox's clock: real time moved forward on request, or time that stands still."""

import math
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

from .._keywords import names_near_keywords

SEEDED_START: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The time in a new sandbox that has a seed."""


@names_near_keywords
class Clock:
    """UTC in the sandbox: real time plus everything it was advanced by.

    With a ``start``, time stands still there until it is advanced. Timestamps, expiry, the time
    that answers are kept by idempotency key, and webhook retries all read this one clock.
    """

    def __init__(self, start: datetime | None = None) -> None:
        """A clock, which a sandbox makes for itself.

        Args:
            start: Where time stands still, an aware datetime; real time if left out.

        Raises:
            ValueError: A start that is no datetime, or one without a time zone.
        """
        self._start = None if start is None else _unix_seconds(start)
        self.offset: float = 0.0
        """Seconds that it was advanced by."""
        self._lock = Lock()

    def time(self) -> float:
        """Unix seconds now."""
        return (time.time() if self._start is None else self._start) + self.offset

    def elapsed(self) -> float:
        """A count of seconds that runs in real time, also where the clock stands still."""
        return time.monotonic() + self.offset

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def advance(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Move the clock forward and return the new time, UTC.

        What is scheduled until then happens when the ledger is next used, each at its own time.

        Args:
            days: Of 24 hours.
            hours: Of 60 minutes.
            minutes: Of 60 seconds.
            seconds: All four are added up.

        Raises:
            ValueError: A step back, or a time beyond the year 9999.

        Example:
            ```python
            sandbox.clock.advance(days=365)
            ```

        Source: our choice.
        """
        steps = {"days": days, "hours": hours, "minutes": minutes, "seconds": seconds}
        for name, each in steps.items():
            _check_step(name, each)
        try:
            step = timedelta(**steps)
            with self._lock:
                new_time = self.now() + step
                self.offset += step.total_seconds()
        except (OverflowError, ValueError):
            raise ValueError("the sandbox's clock cannot go beyond the year 9999") from None
        return new_time


def _unix_seconds(start: object) -> float:
    if isinstance(start, datetime) and start.tzinfo is not None:
        return start.timestamp()
    raise ValueError(
        "the start of a sandbox's clock is a datetime with a time zone, such as"
        f" datetime(2026, 1, 1, tzinfo=UTC), not {start!r}"
    )


def _check_step(name: str, step: object) -> None:
    if not isinstance(step, (int, float)) or math.isnan(step):
        raise ValueError(f"{name} are a number, not {step!r}")
    if step < 0:
        raise ValueError("the sandbox's clock only moves forward")
