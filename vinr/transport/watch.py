"""What libcurl asks while it waits, which is also when Python looks for signals."""

from __future__ import annotations

import time
from math import inf

from .content import MOST_BYTES
from .head import STATUS


class Watch:
    """Ends an answer that libcurl would go on with."""

    def __init__(self, lines: list[bytes]) -> None:
        self.ended = False
        """Whether it is behind status 101, or too long."""
        self.silent = False
        """Whether it began, and nothing more came for longer than the limit."""
        self._lines = lines
        self._limit = inf
        self._came: tuple[int, ...] = ()
        self._since = 0.0

    def restart(self, limit: float) -> None:
        """A new request goes out; libcurl itself waits for the first byte of its answer."""
        self.ended = self.silent = False
        self._limit = limit
        self._came = ()

    def is_enough(self, _whole: int, received: int, _all: int, _sent: int) -> bool:
        """True ends the transfer."""
        if not self._lines:
            return False
        self.ended = received > MOST_BYTES or self._lines[0][STATUS] == b"101"
        self.silent = not self.ended and self._is_silent(len(self._lines), received)
        return self.ended or self.silent

    def _is_silent(self, *came: int) -> bool:
        # libcurl has a limit of bytes a second instead, and takes the mean of several seconds
        now = time.monotonic()
        if came != self._came:
            self._came, self._since = came, now
        return now - self._since > self._limit
