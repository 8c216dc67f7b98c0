"""The retry policy in tenacity's terms; the decisions are those of ``Attempts``."""

from __future__ import annotations

from typing import Generic

from tenacity import RetryCallState

from ..calls.call import ResultT
from .attempts import Attempts
from .decode import Failure


class Policy(Generic[ResultT]):
    """Answers tenacity's two questions after each attempt: again? and when?"""

    def __init__(self, attempts: Attempts[ResultT]) -> None:
        self._attempts = attempts
        self._wait = 0.0

    def retry(self, state: RetryCallState) -> bool:
        """True where the attempt failed and another one may follow."""
        if state.outcome is None or state.outcome.failed:
            return False  # cancellation and Ctrl-C are no answers of VINR's
        outcome: object = state.outcome.result()
        wait = self._attempts.wait(outcome) if isinstance(outcome, Failure) else None
        self._wait = wait or 0.0
        return wait is not None

    def wait(self, _state: RetryCallState) -> float:
        """Seconds, as decided with the answer to ``retry``."""
        return self._wait
