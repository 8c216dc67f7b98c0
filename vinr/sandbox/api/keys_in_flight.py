"""Idempotency keys whose first request is still being executed."""

import math
import time
from threading import Lock


class KeysInFlight:
    """Scopes of keys that are in use, each until a time of ``time.monotonic()``."""

    def __init__(self) -> None:
        self._ends: dict[bytes, float] = {}
        self._lock = Lock()

    def holds(self, scope: bytes) -> bool:
        """Whether a key is in use now."""
        if not self._ends:
            return False
        with self._lock:
            return self._ends.get(scope, -math.inf) > time.monotonic()

    def hold_until(self, scope: bytes | None, end: float) -> None:
        """Mark a key as in use until a time of ``time.monotonic()``."""
        if scope is not None:
            with self._lock:
                now = time.monotonic()
                self._ends = {each: until for each, until in self._ends.items() if until > now}
                self._ends[scope] = end

    def release(self, scope: bytes | None) -> None:
        """Mark a key as not in use: its first request was executed."""
        if scope is not None:
            with self._lock:
                self._ends.pop(scope, None)
