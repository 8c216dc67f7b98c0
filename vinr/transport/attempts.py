"""The attempts of one call: what was tried, what it showed, and whether to try again."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Generic

from ..calls.call import Call, ResultT
from ..config import Options
from ..errors import APIResponseError, APIStatusError, DeadlineExceededError, VinrError
from ..models.model import came_in
from ..models.response import LastResponse, is_replay
from . import echoes
from .decode import Failure, decode, fault_failure
from .ending import NO_TIME, ROUNDING, step_limits
from .log import log_attempt, log_callback_error
from .rates import Ticket
from .redact import redact
from .retry import RetryEvent, wait_for
from .statuses import settles
from .traffic import Traffic
from .wire import MAYBE_EXECUTED, Fault, Reply, WireRequest


class Attempts(Generic[ResultT]):
    """One call on its way. The drivers do the sending; everything else is decided here."""

    def __init__(
        self,
        call: Call[ResultT],
        request: WireRequest,
        options: Options,
        traffic: Traffic,
        started: float | None = None,
    ) -> None:
        self.request = request
        self.made = 0
        self.ambiguous = False
        """Whether VINR may have executed the request, as far as the attempts so far tell."""
        self.started = time.monotonic() if started is None else started
        self._call = call
        self._options = options
        self._budget = traffic.budget
        self._bucket = traffic.bucket(request.method)
        self._ticket: Ticket | None = None
        self._replayed = False

    def queue(self) -> float:
        """Seconds to wait before asking again; 0 where the next attempt may go.

        So many threads and tasks share what is left of the rate limit. Who cannot wait for its
        turn goes at once, and hears from VINR whether there was room.
        """
        if self._ticket is None or self._ticket.over:
            self._ticket = self._bucket.ticket()
        if self._ticket.sent:
            return 0.0
        left = self._left()
        patient = self.made < self._options.max_retries
        return self._bucket.nap(self._ticket, inf if left is None else left, patient=patient)

    def leave(self) -> None:
        """The attempt is over, however it ended."""
        if self._ticket is not None and not self._ticket.over:
            self._bucket.leave(self._ticket)

    def limits(self) -> Mapping[str, float] | None:
        """The time-outs of the next attempt; None where no time is left for one."""
        left = self._left()
        if left is not None and left <= NO_TIME:
            return None
        total = self._options.timeout.total
        if left is None or (total is not None and total < left):
            left = total
        return step_limits(self._options.timeout, left)

    def judge(self, end: Reply | Fault) -> ResultT | Failure:
        """What one attempt came to: the model, or a failure with the error to raise."""
        self.made += 1
        secret = self._options.secret_key
        log_attempt(self._call.operation, self.request, self.made, end, secret)
        outcome = self._faulty(end) if isinstance(end, Fault) else self._decoded(end)
        if isinstance(outcome, Failure):
            self._replayed = isinstance(end, Reply) and is_replay(end.headers)
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
        paced = failure.error.status == 429 and self._bucket.paces
        if not (self._budget.take_paced() if paced else self._budget.take()):
            return None
        self._announce(failure, seconds)
        return seconds

    def question(self, failure: Failure) -> Call[ResultT] | None:
        """The GET that tells whether this failure is the echo of our own success, if it may be."""
        echo, error = self._call.echo, failure.error
        # what a lost answer said already is no echo: VINR had refused at once
        if not self.ambiguous or self._replayed or echo is None or error.code not in echo.codes:
            return None
        asked = echoes.question(self._call, error)
        error.outcome_unknown = asked is None
        return asked

    def settle(self, failure: Failure, answer: ResultT | Failure) -> ResultT | Failure:
        """What the call comes to, by the answer to ``question``."""
        if isinstance(answer, Failure):
            failure.error.outcome_unknown = True
            return failure
        if not echoes.proves(self._call, answer):
            return failure
        made, key = self.made + answer.last_response.attempts, self.request.idempotency_key
        came_in(answer, replace(answer.last_response, attempts=made, idempotency_key=key))
        return answer

    def _decoded(self, reply: Reply) -> ResultT | Failure:
        outcome = decode(self._call, reply, self._options.secret_key)
        if isinstance(outcome, Failure):
            if isinstance(outcome.error, APIResponseError) and reply.source is not None:
                reply.source.doubt()  # it may be the answer to an earlier request
            self._learn(reply, outcome.error.retry_after)
            return outcome
        self._learn(reply)
        came_in(
            outcome,
            LastResponse(
                status=reply.status,
                attempts=self.made,
                elapsed=time.monotonic() - self.started,
                idempotency_key=self.request.idempotency_key,
                headers=reply.headers,
            ),
        )
        return outcome

    def _learn(self, reply: Reply, retry_after: float | None = None) -> None:
        if self._ticket is not None:
            self._bucket.learn(self._ticket, reply, retry_after)

    def _faulty(self, fault: Fault) -> Failure:
        left = self._left()
        if not fault.timed_out or left is None or left > ROUNDING:
            return fault_failure(self._call, fault)
        error = DeadlineExceededError(
            f"{self._call.operation}: no answer within the deadline of {self._options.deadline} s",
            status=fault.status,
            request_id=fault.request_id,
        )
        return Failure(error, fault.safety)

    def _describe(self, failure: Failure) -> None:
        """Adds what only the whole call knows to the error of its last attempt."""
        error = failure.error
        running = error.code == "idempotency_key_in_use"
        self.ambiguous = self.ambiguous or running or failure.safety in MAYBE_EXECUTED
        error.attempts = self.made
        error.idempotency_key = self.request.idempotency_key
        settled = isinstance(error, APIStatusError) and settles(error)
        error.outcome_unknown = self.request.method == "POST" and self.ambiguous and not settled
        redact(error, self._options.secret_key)

    def _announce(self, failure: Failure, seconds: float) -> None:
        tell = self._options.on_retry
        if tell is None:
            return
        key = self.request.idempotency_key
        try:
            tell(RetryEvent(self._call.operation, self.made, seconds, failure.error, key))
        # a fault of the callback's must not hide from the caller what became of the call
        except Exception as error:  # noqa: BLE001
            log_callback_error(error)

    def _left(self) -> float | None:
        deadline = self._options.deadline
        return None if deadline is None else self.started + deadline - time.monotonic()


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
