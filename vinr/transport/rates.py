"""Rate limits as the answers tell them, shared by all calls of one client.

VINR has a bucket of requests for reads and one for writes (guide). Nothing is known of them
at first, and nothing is waited for while they are well filled. Times are ``time.monotonic()``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from threading import Lock
from typing import Final

from .processes import forget_in_child
from .retry_after import http_date

LONGEST_BLOCK: Final = 60.0
"""What a 429 asks for beyond it is the caller's to decide, not to sit out."""
_SLOWEST: Final = 0.1
"""Requests a second; a slower rate than this is some clock that is wrong."""
_LONGEST_NAP: Final = 1.0
"""While waiting, a call looks this often whether its turn has come earlier."""
_BACK_OFF: Final = 0.9
"""A 429 at the rate that was thought right shows that it is lower."""


class Bucket:
    """Decides when the next request may go. Requests take tickets, and go in their order."""

    def __init__(self) -> None:
        self._issued = 0
        self._sent = 0
        self._ended = 0
        self._size = 0
        self._rate: float | None = None
        """Requests a second, once it is known."""
        self._allowed = 0.0
        """The highest ticket that may go, at the moment ``_at``."""
        self._at = 0.0
        self._blocked_until = 0.0
        self.after_fork()
        forget_in_child(self)

    def after_fork(self) -> None:
        """Another thread of the parent may have held the lock."""
        self._lock = Lock()

    def ticket(self) -> int:
        """A place in the queue, to be handed back by ``leave``."""
        with self._lock:
            self._issued += 1
            return self._issued

    def nap(self, ticket: int, longest: float, *, patient: bool) -> float:
        """Seconds until asking again; 0 where the request with this ticket may go now.

        It goes at once where the wait would take longer than ``longest``, and who is not
        patient does not sit out what a 429 asked for.
        """
        now = time.monotonic()
        with self._lock:
            wait = self._blocked_until - now if patient else 0.0
            if wait <= 0 and self._rate is not None:
                wait = (ticket - self._allowed_at(now)) / self._rate
            if 0 < wait < longest:
                return min(_LONGEST_NAP, wait)
            self._sent += 1
            return 0.0

    def leave(self, *, sent: bool) -> None:
        """The request is over, or was given up before it went."""
        with self._lock:
            self._ended += 1
            if not sent:
                self._sent += 1
                self._allowed += 1  # those behind move up

    def learn(self, status: int, headers: Mapping[str, str], retry_after: float | None) -> None:
        """Takes what an answer says of the bucket."""
        limit = _number(headers.get("x-ratelimit-limit"))
        remaining = _number(headers.get("x-ratelimit-remaining"))
        if status != 429 and (limit is None or remaining is None or self._is_plenty(remaining)):
            return
        now = time.monotonic()
        with self._lock:
            if status == 429:
                self._refused(now, retry_after)
            if limit and remaining is not None:
                self._observed(limit, remaining, headers, now)

    @property
    def paces(self) -> bool:
        """Whether requests go at a rate that VINR's answers told."""
        return self._rate is not None

    def _is_plenty(self, remaining: int) -> bool:
        return self._rate is None and remaining > 10 + 2 * (self._sent - self._ended)

    def _refused(self, now: float, retry_after: float | None) -> None:
        if retry_after and retry_after <= LONGEST_BLOCK:
            self._blocked_until = max(self._blocked_until, now + retry_after)
        if self._rate is not None:
            self._rate = max(_SLOWEST, self._rate * _BACK_OFF)

    def _observed(self, limit: int, remaining: int, headers: Mapping[str, str], now: float) -> None:
        self._size = limit
        allowed = self._allowed_at(now) if self._rate else math.inf
        if self._rate is None or remaining * 2 < limit:
            self._rate = _faster(self._rate, limit - remaining, _until_full(headers))
        if self._rate is None:
            return
        # what is under way may have been counted already, or not
        self._allowed = max(allowed, self._ended + remaining)
        self._allowed = min(self._allowed, self._sent + remaining)
        self._at = now

    def _allowed_at(self, now: float) -> float:
        gained = (self._rate or 0.0) * (now - self._at)
        return min(self._allowed + gained, self._sent + self._size)


def _faster(rate: float | None, missing: int, until_full: float | None) -> float | None:
    """The rate at which so many requests come back by then, or the one that was seen before.

    Whole seconds make it look slower than it is, so the highest is nearest the truth.
    """
    seen = missing / until_full if until_full else 0.0
    return max(seen, rate or 0.0) if seen >= _SLOWEST else rate


def _number(text: str | None) -> int | None:
    return int(text) if text and len(text) <= 9 and text.isascii() and text.isdigit() else None


def _until_full(headers: Mapping[str, str]) -> float | None:
    """Seconds until the bucket is full, by VINR's clock where it tells the time."""
    reset = headers.get("x-ratelimit-reset")
    if not reset or len(reset) > 12 or not (reset.isascii() and reset.isdigit()):
        return None
    sent = http_date(headers.get("date"))
    seconds = int(reset) - (time.time() if sent is None else sent)
    return seconds if seconds > 0 else None
