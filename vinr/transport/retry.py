"""When to try again, and after how long: decisions without I/O."""

from __future__ import annotations

import random
from dataclasses import dataclass
from threading import Lock
from typing import Final

from ..errors import VinrError
from .processes import forget_in_child
from .wire import Safety

FIRST_WAIT = 0.5
"""The most that is waited before the second attempt. With ``LONGEST_WAIT`` a seam for tests."""
LONGEST_WAIT = 8.0
LONGEST_RETRY_AFTER: Final = 60.0


@dataclass(frozen=True, slots=True)
class RetryEvent:
    """What ``on_retry`` is told before the wait for the next attempt."""

    operation: str
    attempt: int
    """The attempt that failed, 1 for the first."""
    wait: float
    """Seconds until the next attempt."""
    error: VinrError
    """The error that the caller would get if there were no other attempt."""
    idempotency_key: str | None


class RetryBudget:
    """Keeps one client from multiplying an outage (our choice).

    Every retry takes a token, every success gives a tenth of one back; none left, no retry.
    """

    MOST: Final = 100.0
    GIVEN_BACK: Final = 0.1
    MOST_PACED: Final = 100
    """So many retries at VINR's own rate cost nothing, until one of them succeeds."""

    def __init__(self) -> None:
        self._tokens = self.MOST
        self._paced = 0
        self.after_fork()
        forget_in_child(self)

    def after_fork(self) -> None:
        """Another thread of the parent may have held the lock."""
        self._lock = Lock()

    def take(self) -> bool:
        """One retry's worth; False where the budget is spent."""
        with self._lock:
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def take_paced(self) -> bool:
        """For a retry at the rate that VINR itself told, which multiplies nothing."""
        with self._lock:
            self._paced += 1
            if self._paced <= self.MOST_PACED:
                return True
        return self.take()

    def give_back(self) -> None:
        """After a success."""
        self._paced = 0
        if self._tokens < self.MOST:
            with self._lock:
                self._tokens = min(self.MOST, self._tokens + self.GIVEN_BACK)


def wait_for(safety: Safety, attempt: int, retry_after: float | None) -> float | None:
    """Seconds to wait after attempt number ``attempt`` failed; None where it is final.

    Everything VINR may have executed is repeatable: a GET, or a write with its key.
    """
    if safety in (Safety.FINAL, Safety.FINAL_AMBIGUOUS):
        return None
    if retry_after:  # 0 asks for nothing, and keeps the wait below
        return retry_after if retry_after <= LONGEST_RETRY_AFTER else None
    ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return random.uniform(0, ceiling)  # noqa: S311  # jitter, nothing secret
