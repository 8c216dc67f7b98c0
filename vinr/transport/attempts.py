"""The attempts of one call: what was tried, what it showed, and whether to try again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic

from ..calls.call import Call, ResultT
from ..config import Options, Timeout
from ..errors import APIStatusError, DeadlineExceededError, VinrError
from ..models.model import came_in
from ..models.response import LastResponse
from .decode import Failure, decode, fault_failure
from .log import log_attempt
from .retry import RetryBudget, RetryEvent, wait_for
from .statuses import settles
from .wire import Fault, Reply, Safety, WireRequest

_Clock = Callable[[], float]


class Attempts(Generic[ResultT]):
    """One call on its way. The drivers do the sending; everything else is decided here."""

    def __init__(
        self, call: Call[ResultT], request: WireRequest, options: Options, budget: RetryBudget
    ) -> None:
        self.request = request
        self.made = 0
        self.ambiguous = False
        self._call = call
        self._options = options
        self._budget = budget
        self._started = time.monotonic()

    def timeout(self) -> Timeout:
        """The time-outs of the next attempt, none beyond what the deadline leaves."""
        left = self._left()
        limits = self._options.timeout
        if left is None:
            return limits
        left = max(left, 0.001)
        return Timeout(
            connect=min(limits.connect, left),
            read=min(limits.read, left),
            write=min(limits.write, left),
            pool=min(limits.pool, left),
        )

    def judge(self, end: Reply | Fault) -> ResultT | Failure:
        """What one attempt came to: the model, or a failure with the error to raise."""
        self.made += 1
        log_attempt(self._call.operation, self.request, self.made, end)
        outcome = self._decoded(end)
        if isinstance(outcome, Failure):
            self._describe(outcome)
        else:
            self._budget.give_back()
        return outcome

    def wait(self, failure: Failure) -> float | None:
        """Seconds until the next attempt; None where this failure stands."""
        if self.made > self._options.max_retries:
            return None
        seconds = wait_for(failure.safety, self.made, failure.error.retry_after)
        left = self._left()
        if seconds is None or (left is not None and seconds >= left):
            return None
        if not self._budget.take():
            return None
        self._announce(failure, seconds)
        return seconds

    def _decoded(self, end: Reply | Fault) -> ResultT | Failure:
        if isinstance(end, Fault):
            return self._faulty(end)
        outcome = decode(self._call, end)
        if isinstance(outcome, Failure):
            return outcome
        came_in(
            outcome,
            LastResponse(
                status=end.status,
                attempts=self.made,
                elapsed=time.monotonic() - self._started,
                idempotency_key=self.request.idempotency_key,
                headers=end.headers,
            ),
        )
        return outcome

    def _faulty(self, fault: Fault) -> Failure:
        failure = fault_failure(self._call, fault)
        left = self._left()
        if fault.timed_out and left is not None and left <= 0:
            error = DeadlineExceededError(
                f"{self._call.operation}: no answer within the deadline of"
                f" {self._options.deadline} s"
            )
            return Failure(error, fault.safety)
        return failure

    def _describe(self, failure: Failure) -> None:
        """Adds what only the whole call knows to the error of its last attempt."""
        error = failure.error
        self.ambiguous = self.ambiguous or failure.safety is Safety.AMBIGUOUS
        error.attempts = self.made
        error.idempotency_key = self.request.idempotency_key
        if self.request.method == "GET":
            error.outcome_unknown = False
        elif self.ambiguous and not (isinstance(error, APIStatusError) and settles(error)):
            error.outcome_unknown = True

    def _announce(self, failure: Failure, seconds: float) -> None:
        if self._options.on_retry is None:
            return
        key = self.request.idempotency_key
        event = RetryEvent(self._call.operation, self.made, seconds, failure.error, key)
        self._options.on_retry(event)

    def _left(self) -> float | None:
        deadline = self._options.deadline
        return None if deadline is None else self._started + deadline - time.monotonic()


def raised(failure: Failure) -> VinrError:
    """The error to raise, saying how to settle an unknown outcome."""
    error = failure.error
    if error.outcome_unknown:
        error.message += (
            "; VINR may have executed it: repeat the call with idempotency_key="
            f"{error.idempotency_key!r} to learn the outcome, nothing will happen twice"
        )
        error.args = (error.message,)
    return error
