"""``last_response``: what is known of the response that an object came in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

IS_NUMBER: Final = re.compile("[0-9]{1,12}").fullmatch
"""Whether a header is a whole number, so that ``int`` reads it."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What is left of this key's requests, reads and writes apart.

    Source: VINR's guide, rate limits.
    """

    limit: int | None
    """Requests in a full bucket."""
    remaining: int | None
    """Requests left now."""
    reset: datetime | None
    """When the bucket is full again, UTC."""


@dataclass(frozen=True, slots=True)
class LastResponse:
    """One answer: its status, ids and costs."""

    status: int
    """The HTTP status."""
    attempts: int
    """How many times the request was tried, 1 for no retry."""
    elapsed: float
    """Seconds from the start of the call to its end, waits included."""
    idempotency_key: str | None = None
    """The key that a write was sent with."""
    replayed: bool = False
    """True where the answer is the one that VINR kept for an earlier request with the same key."""
    unanswered: int = 0
    """How many of the attempts VINR may have executed although no answer to them came."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """The answer's headers, by lower-case name."""

    @property
    def request_id(self) -> str | None:
        """The id that VINR's support asks for."""
        return self.headers.get("x-vinr-request-id")

    @property
    def rate_limit(self) -> RateLimit:
        """What the answer says of the rate limit; None where it does not."""
        limit = self.headers.get("x-ratelimit-limit", "")
        remaining = self.headers.get("x-ratelimit-remaining", "")
        reset = self.headers.get("x-ratelimit-reset", "")
        return RateLimit(
            limit=int(limit) if IS_NUMBER(limit) else None,
            remaining=int(remaining) if IS_NUMBER(remaining) else None,
            reset=_utc(int(reset)) if IS_NUMBER(reset) else None,
        )


def _utc(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
