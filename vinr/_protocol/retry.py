"""When a failed attempt is repeated, and after how long: a small policy for tenacity to drive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from .._middleware import CallInfo, Middleware
from ..errors import VinrError
from .messages import RetrySafety

if TYPE_CHECKING:
    from tenacity.wait import wait_base

FIRST_WAIT = 0.5
"""Seconds that the second attempt is waited for at most; doubles with every further one."""
LONGEST_WAIT = 8.0
LONGEST_RETRY_AFTER: Final = 60.0
"""Seconds. Where VINR asks for more, the error is raised at once."""


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """The error that the caller gets if no other attempt follows, and whether one may."""

    error: VinrError
    safety: RetrySafety


@dataclass(frozen=True, slots=True)
class RetryEvent:
    """What ``on_retry`` is told before the wait for the next attempt."""

    operation: str
    """A stable name such as ``accounts.create``."""
    attempt: int
    """The attempt that failed, 1 for the first."""
    wait: float
    """Seconds until the next attempt."""
    error: VinrError
    """The error that the caller would get if there were no other attempt."""
    idempotency_key: str | None
    """The key that every attempt of a write is sent with; None for a GET."""


class RetryCallback(Middleware):
    """``on_retry`` of a client."""

    def __init__(self, tell: Callable[[RetryEvent], object]) -> None:
        self._tell = tell

    @override
    def on_retry(self, call: CallInfo, event: RetryEvent) -> None:
        self._tell(event)


def backoff() -> wait_base:
    """The wait where VINR asks for none: random, up to a ceiling that doubles."""
    from tenacity import wait_random_exponential  # noqa: PLC0415  # loaded by the first retry

    return wait_random_exponential(multiplier=FIRST_WAIT, max=LONGEST_WAIT)


class RetryBudget:
    """Keeps one client from multiplying an outage: our choice.

    Every retry takes a token, every success gives a tenth of one back; none left, no retry.
    """

    MOST: Final = 100.0
    GIVEN_BACK: Final = 0.1
    MOST_PACED: Final = 100
    """So many retries at VINR's own rate cost nothing, until one of them succeeds."""

    def __init__(self) -> None:
        self.is_drained: bool = False
        """Whether a success has something to give back."""
        self._tokens = self.MOST
        self._paced = 0
        self._lock = Lock()

    def renew_lock(self) -> None:
        """For a forked child: another thread of the parent may have held the lock."""
        self._lock = Lock()

    def take(self, *, paced: bool) -> bool:
        """One retry's worth; False where the budget is spent.

        A 429 at the rate that VINR itself told multiplies nothing, so a retry after it is paced.
        """
        with self._lock:
            self.is_drained = True
            if paced:
                self._paced += 1
                if self._paced <= self.MOST_PACED:
                    return True
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def give_back(self) -> None:
        """After a success."""
        with self._lock:
            self._paced = 0
            self._tokens = min(self.MOST, self._tokens + self.GIVEN_BACK)
            self.is_drained = self._tokens < self.MOST
