"""Ends a transfer that libcurl would go on with: too long, silent, or no HTTP any more."""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import inf

from .._protocol.body import MOST_BYTES
from .lazy_headers import STATUS


class ProgressGuard:
    """Is asked while libcurl waits, and looks at what has come so far."""

    def __init__(self, lines: Sequence[bytes], pieces: Sequence[bytes]) -> None:
        """``lines`` of the head and ``pieces`` of the body grow meanwhile."""
        self.ended = False
        """Whether the response is longer than allowed, or is status 101."""
        self.silent = False
        """Whether it began, and nothing more came for longer than the limit."""
        self._lines = lines
        self._pieces = pieces
        self._limit = inf
        self._seen: tuple[int, int] = (0, 0)
        self._since = 0.0

    def restart(self, limit: float) -> None:
        """A new request goes out; libcurl itself limits the wait for the first byte."""
        self.ended = self.silent = False
        self._limit = limit
        self._seen = (0, 0)

    def stops(self) -> bool:
        """Whether the transfer is to end."""
        if not self._lines:
            return False
        seen = (len(self._lines), len(self._pieces))
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self._since = seen, now
            too_long = sum(map(len, self._pieces)) > MOST_BYTES
            self.ended = too_long or self._lines[0][STATUS] == b"101"
        # libcurl limits bytes a second instead, and takes the mean of several seconds
        self.silent = not self.ended and now - self._since > self._limit
        return self.ended or self.silent

    def stops_callback(self, _total: int, _now: int, _to_send: int, _sent: int) -> bool:
        """The same for libcurl's XFERINFOFUNCTION."""
        return self.stops()
