"""Rate limits: a token bucket per API key, reads and writes apart."""

import math
from dataclasses import dataclass
from threading import Lock
from typing import Final, Literal, NamedTuple

from .._keywords import names_near_keywords
from .clock import Clock

Kind = Literal["read", "write"]


@names_near_keywords
@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many requests a key may make: ``per_second`` on average, ``burst`` at once.

    The defaults are those of VINR's sandbox.
    """

    per_second: float = 25
    """Requests a second on average."""
    burst: int = 50
    """Requests at once."""

    def __post_init__(self) -> None:
        if not self.per_second > 0 or self.burst < 1:
            raise ValueError("a rate limit needs per_second > 0 and burst >= 1")


ADVERTISED: Final = RateLimit()
"""The limit in the headers where none is enforced."""

MOST_BUCKETS = 10_000
"""Of more, those that are full again are forgotten."""


class Allowance(NamedTuple):
    """What a key has left: whole requests, and the unix seconds when its bucket is full again."""

    limit: int
    remaining: int
    reset: int
    retry_after: int | None = None
    """Seconds until the next request is allowed; None where this one is."""

    def headers(self) -> dict[str, str]:
        """The rate-limit headers of an answer."""
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-reset": str(self.reset),
        }


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class RateLimiter:
    """Counts the requests of every key. Without a limit, every bucket is always full.

    Buckets fill in real time, also where the clock stands still, and by what it is advanced.
    """

    def __init__(self, limit: RateLimit | None, clock: Clock) -> None:
        self._enforced = limit is not None
        self._limit = limit or ADVERTISED
        self._clock = clock
        self._buckets: dict[tuple[str, Kind], _Bucket] = {}
        self._lock = Lock()

    def full(self) -> Allowance:
        """The allowance of a key that has made no request."""
        return self._allowance(self._limit.burst)

    def take(self, caller: str, kind: Kind) -> Allowance:
        """Take one request from a caller's bucket, if one is left in it."""
        if not self._enforced:
            return self.full()
        now = self._clock.elapsed()
        with self._lock:
            bucket = self._refilled(caller, kind, now)
            if bucket.tokens < 1:
                wait = (1 - bucket.tokens) / self._limit.per_second
                return self._allowance(bucket.tokens, max(1, math.ceil(wait)))
            bucket.tokens -= 1
            return self._allowance(bucket.tokens)

    def remaining(self, caller: str, kind: Kind) -> Allowance:
        """A caller's allowance; nothing is taken."""
        with self._lock:
            bucket = self._buckets.get((caller, kind))
            if bucket is None:
                return self.full()
            return self._allowance(self._tokens(bucket, self._clock.elapsed()))

    def _refilled(self, caller: str, kind: Kind, now: float) -> _Bucket:
        if len(self._buckets) > MOST_BUCKETS:
            self._drop_full_buckets(now)
        bucket = self._buckets.setdefault((caller, kind), _Bucket(self._limit.burst, now))
        bucket.tokens = self._tokens(bucket, now)
        bucket.at = now
        return bucket

    def _drop_full_buckets(self, now: float) -> None:
        self._buckets = {
            owner: bucket
            for owner, bucket in self._buckets.items()
            if self._tokens(bucket, now) < self._limit.burst
        }

    def _tokens(self, bucket: _Bucket, now: float) -> float:
        gained = max(0.0, now - bucket.at) * self._limit.per_second
        return min(self._limit.burst, bucket.tokens + gained)

    def _allowance(self, tokens: float, retry_after: int | None = None) -> Allowance:
        until_full = (self._limit.burst - tokens) / self._limit.per_second
        return Allowance(
            self._limit.burst, int(tokens), math.ceil(self._clock.time() + until_full), retry_after
        )
