"""Rate limits as the responses tell them, shared by all calls of one client.

VINR has one bucket of requests for reads and one for writes. A request takes a ticket, and
tickets go in their order. Three things can make one wait:

- **The start.** Nothing is known of the bucket before the first response. Until then a few
  requests go at a time, and more with every response.
- **The pace.** Once a response shows that the bucket is being emptied, requests go as fast as it
  is filled again.
- **A block.** A 429 says for how long nothing is to be sent.

Times are seconds of the call's own clock.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Lock
from typing import Final, NamedTuple

from .._models.response import IS_NUMBER
from .header_values import http_date
from .messages import RawResponse

LONGEST_BLOCK: Final = 60.0
"""Seconds. What a 429 asks for beyond that is the caller's to decide."""
LONGEST_PACING: Final = 0.5
"""Seconds until a request that waits for its turn looks again whether it has come."""
_SHORTEST: Final = 0.001
"""Seconds; a shorter wait is none, and might not be noticed by a clock."""
_SLOWEST: Final = 0.1
"""Requests a second; a slower rate than this is some clock that is wrong."""
_BACK_OFF: Final = 0.9
"""A 429 at the rate that was thought right shows that it is lower."""
_FIRST_WINDOW: Final = 8
"""Requests at a time while nothing is known."""
_START_POLL: Final = 0.02
"""Seconds after which a request at the start looks whether a response has come."""
_MOST_START_POLLS: Final = 50
"""A request goes after so many of them, since the service may be slow to answer the first."""


class Ticket:
    """The place of one request in the queue."""

    __slots__ = ("ended_before", "number", "polls", "sent")

    def __init__(self, number: int) -> None:
        self.number: int = number
        self.ended_before: int = 0
        """So many requests were over when this one went: its response has counted them."""
        self.polls: int = 0
        self.sent: bool = False


class _Block(NamedTuple):
    """Seconds from a moment on in which nothing is to be sent."""

    since: float
    seconds: float

    def remaining(self, now: float) -> float:
        """Never more than its seconds, also where the clock was set back."""
        elapsed = now - self.since
        return self.seconds - elapsed if 0 <= elapsed < self.seconds else 0.0


class RateLimiter:
    """Decides when the next request may go."""

    def __init__(self) -> None:
        self._issued = 0
        self._sent = 0
        self._ended = 0
        self._window = _FIRST_WINDOW
        """Requests at a time, while no rate is known."""
        self._size = 0
        self._rate: float | None = None
        """Requests a second, once it is known."""
        self._allowed = 0.0
        """The highest ticket that may go, at the moment ``_allowed_at``."""
        self._allowed_at = 0.0
        self._block: _Block | None = None
        self._lock = Lock()

    def renew_lock(self) -> None:
        """For a forked child: another thread of the parent may have held the lock."""
        self._lock = Lock()

    @property
    def paces(self) -> bool:
        """Whether requests go at a rate that VINR's responses told."""
        return self._rate is not None

    def ticket(self) -> Ticket:
        """A place in the queue, to be handed back by ``leave``.

        Where nothing is to be waited for, the request with this ticket goes now.
        """
        with self._lock:
            self._issued += 1
            ticket = Ticket(self._issued)
            if self._rate is None and self._block is None and self._has_room():
                self._goes(ticket)
            return ticket

    def wait(self, ticket: Ticket, now: float, longest: float, *, patient: bool) -> float:
        """Seconds until asking again; 0 where the request with this ticket may go now.

        It goes at once where its turn would come after ``longest`` seconds: VINR then says whether
        there was room. A call without retries left is not patient and does not wait for the end
        of a block, since the 429 is its result.
        """
        with self._lock:
            wait = self._block.remaining(now) if self._block else 0.0
            if not wait:
                self._block = None
            if not wait or not patient:
                wait = self._pacing(ticket, now)
            if _SHORTEST < wait < longest:
                return wait
            self._goes(ticket)
            return 0.0

    def leave(self, ticket: Ticket) -> None:
        """The request is over, or was given up before it went."""
        with self._lock:
            self._ended += 1
            if not ticket.sent:
                self._sent += 1
                self._allowed += 1  # those behind move up

    def learn(
        self, ticket: Ticket, response: RawResponse, now: float, retry_after: float | None = None
    ) -> None:
        """Takes what the response to the request with this ticket says of the bucket."""
        headers, status = response.headers, response.status
        text = headers.get("x-ratelimit-remaining", "")
        left = int(text) if IS_NUMBER(text) else None
        if status != 429 and self._rate is None:
            # none of the requests under way may be counted in what is left
            self._window = self._window * 2 if left is None else max(1, left)
            if left is None or self._is_plenty(left):
                return
        text = headers.get("x-ratelimit-limit", "")
        limit = int(text) if IS_NUMBER(text) else None
        with self._lock:
            if status == 429:
                self._slow_down(now, retry_after)
            if limit and left is not None:
                self._learn_bucket(ticket, limit, left, now, headers)

    def _has_room(self) -> bool:
        return self._sent - self._ended < self._window

    def _goes(self, ticket: Ticket) -> None:
        self._sent += 1
        ticket.sent, ticket.ended_before = True, self._ended

    def _pacing(self, ticket: Ticket, now: float) -> float:
        if self._rate is None:
            ticket.polls += 1
            waits = not self._has_room() and ticket.polls <= _MOST_START_POLLS
            return _START_POLL if waits else 0.0
        return min(LONGEST_PACING, (ticket.number - self._allowed_now(now)) / self._rate)

    def _is_plenty(self, left: int) -> bool:
        return left > 10 + 2 * (self._sent - self._ended)

    def _slow_down(self, now: float, retry_after: float | None) -> None:
        self._window = max(1, self._window // 2)
        if retry_after and retry_after <= LONGEST_BLOCK:
            left = self._block.remaining(now) if self._block else 0.0
            if retry_after > left:
                self._block = _Block(now, retry_after)
        if self._rate is not None:
            self._rate = max(_SLOWEST, self._rate * _BACK_OFF)

    def _learn_bucket(
        self, ticket: Ticket, limit: int, left: int, now: float, headers: Mapping[str, str]
    ) -> None:
        self._size = limit
        allowed = self._allowed_now(now) if self._rate else 0.0
        if self._rate is None or left * 2 < limit:
            self._rate = _refill_rate(self._rate, limit - left, _until_full(headers))
        if self._rate is None:
            return
        # what was under way beside it may have been counted already, or not
        self._allowed = max(allowed, ticket.ended_before + 1 + left)
        self._allowed = min(self._allowed, self._sent + left)
        self._allowed_at = now

    def _allowed_now(self, now: float) -> float:
        self._allowed_at = min(self._allowed_at, now)  # the clock may have been set back
        gained = (self._rate or 0.0) * (now - self._allowed_at)
        return min(self._allowed + gained, self._sent + self._size)


def _refill_rate(known: float | None, missing: int, until_full: float | None) -> float | None:
    """Requests a second that come back to the bucket: the highest estimate so far.

    ``missing`` requests come back within ``until_full`` seconds. Both are whole numbers in the
    headers, rounded up. One less than ``missing`` makes each estimate too low, never too high, so
    the highest of them is the nearest.
    """
    estimate = (missing - 1) / until_full if until_full else 0.0
    return max(estimate, known or 0.0) if estimate >= _SLOWEST else known


def _until_full(headers: Mapping[str, str]) -> float | None:
    """Seconds until the bucket is full, by VINR's clock where it tells the time."""
    reset = headers.get("x-ratelimit-reset", "")
    if not IS_NUMBER(reset):
        return None
    sent = http_date(headers.get("date"))
    seconds = int(reset) - (time.time() if sent is None else sent)
    return seconds if seconds > 0 else None
