"""What all calls of one client share, its views included: retry budget and rate limits."""

from __future__ import annotations

from typing import Literal

from .rates import Bucket
from .retry import RetryBudget


class Traffic:
    """Made once a client."""

    def __init__(self) -> None:
        self.budget = RetryBudget()
        self._reads = Bucket()
        self._writes = Bucket()

    def bucket(self, method: Literal["GET", "POST"]) -> Bucket:
        """VINR counts reads and writes apart (guide)."""
        return self._reads if method == "GET" else self._writes
