"""Rate limits as the answers tell them, shared by all calls of one client.

VINR has a bucket of requests for reads and one for writes (guide). Nothing is known of them
at first, and nothing is waited for while they are well filled. Times are ``time.monotonic()``.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Lock
from typing import Final

from .processes import forget_in_child
from .retry_after import http_date
from .wire import Reply

LONGEST_BLOCK: Final = 60.0
"""What a 429 asks for beyond it is the caller's to decide, not to sit out."""
_SLOWEST: Final = 0.1
"""Requests a second; a slower rate than this is some clock that is wrong."""
_LONGEST_NAP: Final = 1.0
"""While waiting, a call looks this often whether its turn has come earlier."""
_BACK_OFF: Final = 0.9
"""A 429 at the rate that was thought right shows that it is lower."""


class Ticket:
    """The place of one request in the queue."""

    __slots__ = ("ended_before", "number", "over", "sent")

    def __init__(self, number: int) -> None:
        self.number = number
        self.ended_before = 0
        """So many requests were over when this one went: its answer has counted them."""
        self.sent = False
        self.over = False


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

    def ticket(self) -> Ticket:
        """A place in the queue, to be handed back by ``leave``.

        Nobody waits where nothing is known of a limit: the request with this ticket goes now.
        """
        with self._lock:
            self._issued += 1
            ticket = Ticket(self._issued)
            if self._rate is None and not self._blocked_until:
                self._goes(ticket)
            return ticket

    def nap(self, ticket: Ticket, longest: float, *, patient: bool) -> float:
        """Seconds until asking again; 0 where the request with this ticket may go now.

        It goes at once where the wait would take longer than ``longest``, and who is not
        patient does not sit out what a 429 asked for.
        """
        now = time.monotonic()
        with self._lock:
            wait = self._blocked_until - now if patient else 0.0
            if wait <= 0 and self._rate is not None:
                wait = (ticket.number - self._allowed_at(now)) / self._rate
            if 0 < wait < longest:
                return min(_LONGEST_NAP, wait)
            self._goes(ticket)
            return 0.0

    def leave(self, ticket: Ticket) -> None:
        """The request is over, or was given up before it went."""
        ticket.over = True
        with self._lock:
            self._ended += 1
            if not ticket.sent:
                self._sent += 1
                self._allowed += 1  # those behind move up

    def learn(self, ticket: Ticket, reply: Reply, retry_after: float | None = None) -> None:
        """Takes what the answer to the request with this ticket says of the bucket."""
        headers, status = reply.headers, reply.status
        remaining = _number(headers.get("x-ratelimit-remaining"))
        if status != 429 and (remaining is None or self._is_plenty(remaining)):
            return
        limit = _number(headers.get("x-ratelimit-limit"))
        with self._lock:
            if status == 429:
                self._refused(retry_after)
            if limit and remaining is not None:
                self._observed(ticket, limit, remaining, headers)

    def _goes(self, ticket: Ticket) -> None:
        self._sent += 1
        ticket.sent, ticket.ended_before = True, self._ended

    @property
    def paces(self) -> bool:
        """Whether requests go at a rate that VINR's answers told."""
        return self._rate is not None

    def _is_plenty(self, remaining: int) -> bool:
        return self._rate is None and remaining > 10 + 2 * (self._sent - self._ended)

    def _refused(self, retry_after: float | None) -> None:
        if retry_after and retry_after <= LONGEST_BLOCK:
            until = time.monotonic() + retry_after
            self._blocked_until = max(self._blocked_until, until)
        if self._rate is not None:
            self._rate = max(_SLOWEST, self._rate * _BACK_OFF)

    def _observed(
        self, ticket: Ticket, limit: int, remaining: int, headers: Mapping[str, str]
    ) -> None:
        now = time.monotonic()
        self._size = limit
        allowed = self._allowed_at(now) if self._rate else 0.0
        if self._rate is None or remaining * 2 < limit:
            self._rate = _faster(self._rate, limit - remaining, _until_full(headers))
        if self._rate is None:
            return
        # what was under way beside it may have been counted already, or not
        self._allowed = max(allowed, ticket.ended_before + 1 + remaining)
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
