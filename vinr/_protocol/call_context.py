"""What the calls of one client have in common: options, limits, retry budget, who watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .._config import Options
from .._hosts import split_url
from .encode import Encoder
from .log import AttemptLog
from .rate_limiter import RateLimiter
from .retry import RetryBudget, RetryCallback


class SharedLimits:
    """What all calls of one client share, its views included."""

    def __init__(self) -> None:
        self.budget: RetryBudget = RetryBudget()
        self.reads: RateLimiter = RateLimiter()
        self.writes: RateLimiter = RateLimiter()

    def after_fork(self) -> None:
        """In a child, where the locks may be held by threads of the parent."""
        for part in (self.budget, self.reads, self.writes):
            part.renew_lock()


class Server(NamedTuple):
    """Where requests go."""

    address: str
    port: int
    path: str
    """That all paths begin with, such as ``/v1``."""

    @classmethod
    def of(cls, base_url: str) -> Server:
        """The server of a base URL, which was checked."""
        parts = split_url(base_url)
        assert parts is not None  # noqa: S101  # else no client had been made with it
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return cls(parts.hostname or "", port, parts.path)


class CallContext:
    """What all calls under the same options of one client have in common."""

    def __init__(self, options: Options, limits: SharedLimits) -> None:
        self.options = options
        self.limits = limits
        self.encoder = Encoder(options)
        self.timeouts: Mapping[str, float] = options.timeout.steps()
        self.longest_step = max(self.timeouts.values())
        self.server = Server.of(options.base_url)
        tell = options.on_retry
        self.middleware = options.middleware + (() if tell is None else (RetryCallback(tell),))
        self.log = AttemptLog(options.secret_key)
