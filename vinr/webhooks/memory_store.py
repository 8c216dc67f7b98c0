"""``MemoryStore``: which events were handled, in memory."""

from __future__ import annotations

import time
from threading import Lock

from .store import KEEP, Claim, seconds


class MemoryStore:
    """Handled events in the memory of one process: for tests, forgotten at its end.

    Args:
        keep: Seconds for which a handled event is known, 30 days by default.

    Source: our choice.
    """

    def __init__(self, *, keep: float = KEEP) -> None:
        self._keep = seconds("keep", keep)
        self._lock = Lock()
        self._claims: dict[str, tuple[str, float]] = {}
        """Token and end of the lease, by event."""
        self._handled: dict[str, float] = {}
        """When it is forgotten, by event, the oldest first."""

    def claim(self, event_id: str, token: str, lease: float) -> Claim:
        """Take an event that nobody has."""
        with self._lock:
            now = time.monotonic()
            if self._handled.get(event_id, now) > now:
                return "handled"
            _, until = self._claims.get(event_id, ("", now))
            if until > now:
                return "in_work"
            self._claims[event_id] = token, now + lease
            return "claimed"

    def complete(self, event_id: str) -> None:
        """Note that the event is handled."""
        with self._lock:
            now = time.monotonic()
            self._claims.pop(event_id, None)
            self._handled.pop(event_id, None)
            self._handled[event_id] = now + self._keep
            while self._handled[oldest := next(iter(self._handled))] <= now:
                del self._handled[oldest]

    def release(self, event_id: str, token: str) -> None:
        """Give a claim back."""
        with self._lock:
            if self._claims.get(event_id, ("", 0.0))[0] == token:
                del self._claims[event_id]
