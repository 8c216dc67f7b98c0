"""The attempts of one call, as a state machine without I/O.

A call goes through these states. Lines on the left are what it yields to its driver; a driver
sends back what came of each.

               ┌────────────────────────────┐
               ▼                            │
    Sleep   WAITING     for the rate limit  │
               ▼                            │
    Send    SENDING     one attempt         │
               │                            │
               ├─ a model ──────────────────┼──────────────▶ returned
               ▼                            │
            FAILED      may it be repeated? │
               ├─ yes ─▶ BACKING OFF  ──────┘  Sleep
               ▼ no
            CHECKING    had an earlier attempt succeeded?   Send: reads the account
               ├─ yes ─────────────────────────────────────▶ returned
               ▼ no
            raised

Whether a failed attempt is repeated is decided in ``_retry``, by tenacity's stop, wait and
retry strategies; what each failure means stands in ``status_errors`` and ``messages``.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Final, Generic, cast

from .._calls.already_applied import Proof
from .._calls.call import Call, ResultT
from .._models.envelope import Envelope
from .._models.model import LAST_RESPONSE, Model
from .._models.response import LastResponse
from ..errors import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    DeadlineExceededError,
    VinrError,
)
from .call_context import CallContext
from .decode import decode
from .messages import (
    FINAL,
    MAY_HAVE_EXECUTED,
    CloseConnection,
    NoResponse,
    RawResponse,
    Received,
    RetrySafety,
    Send,
    Sleep,
    Step,
)
from .rate_limiter import Ticket
from .retry import (
    LONGEST_RETRY_AFTER,
    FailedAttempt,
    RetryEvent,
    backoff,
)
from .status_errors import decode_status, settles_outcome, with_advice

if TYPE_CHECKING:
    from tenacity import Future, RetryCallState

_TOO_SHORT: Final = 0.001
"""So few seconds are not worth another attempt."""
_ROUNDING: Final = 0.01
"""A time-out may end so many seconds early."""
_NO_TIME_LEFT: Final = NoResponse(
    RetrySafety.NOT_SENT, "no time was left for an attempt", timed_out=True
)


class CallAttempts(Generic[ResultT]):
    """One call on its way."""

    def __init__(
        self, call: Call[ResultT], context: CallContext, started: float | None = None
    ) -> None:
        """``started`` is the monotonic time at which the first call of a plan began."""
        self.made = 0
        self._call = call
        self._context = context
        self._options = context.options
        self._request = context.encoder.encode(call)
        limits = context.limits
        self._rate_limiter = limits.reads if call.method == "GET" else limits.writes
        self._started = time.monotonic() if started is None else started
        self._clock_lag = 0.0
        """Seconds that were slept while the clock stood still, as tests make it do."""
        self._ambiguous = False
        """Whether VINR may have executed the request, as far as the attempts so far tell."""
        self._unanswered = 0
        """Attempts that VINR may have executed, though no answer to them came."""
        self._last: RawResponse | None = None
        """The response of the last attempt; None where there was none."""

    def run(self) -> Generator[Step, Received, ResultT]:
        """The model that VINR answers with; raises a VinrError for anything else."""
        outcome = yield from self._attempt()
        if isinstance(outcome, FailedAttempt):
            outcome = yield from self._retry(outcome)
            if isinstance(outcome, FailedAttempt):
                outcome = yield from self._check_already_applied(outcome)
            if isinstance(outcome, FailedAttempt):
                raise with_advice(outcome.error, self._call, self._options.secret_key)
        return outcome

    # --- one attempt

    def _attempt(self) -> Generator[Step, Received, ResultT | FailedAttempt]:
        ticket = self._rate_limiter.ticket()
        try:
            if not ticket.sent:
                yield from self._wait_for_turn(ticket)
            send = self._next_send()
            received: RawResponse | NoResponse
            if isinstance(send, NoResponse):
                received = send
            else:
                received = cast("RawResponse | NoResponse", (yield send))
        finally:
            self._rate_limiter.leave(ticket)
        self.made += 1
        outcome = self._judge(received, ticket)
        if isinstance(outcome, FailedAttempt):
            self._describe(outcome)
            if isinstance(outcome.error, APIResponseError) and isinstance(received, RawResponse):
                yield from self._close(received)
        return outcome

    def _wait_for_turn(self, ticket: Ticket) -> Generator[Step, Received, None]:
        patient = self.made < self._options.max_retries
        while True:
            left = self._left()
            wait = self._rate_limiter.wait(
                ticket, self._now(), inf if left is None else left, patient=patient
            )
            if not wait:
                return
            yield from self._sleep(wait)

    def _sleep(self, seconds: float) -> Generator[Step, Received, None]:
        before = time.monotonic()
        yield Sleep(seconds)
        noticed = time.monotonic() - before
        if noticed < seconds / 2:
            self._clock_lag += seconds - noticed

    def _close(self, response: RawResponse) -> Generator[Step, Received, None]:
        """It may have been the response to an earlier request, and the next one would follow."""
        if response.connection is not None:
            yield CloseConnection(response.connection)

    def _next_send(self) -> Send | NoResponse:
        """The next attempt with its time-outs; else why there is none."""
        left, whole = self._left(), self._options.timeout.total
        timeouts, longest_step = self._context.timeouts, self._context.longest_step
        if left is not None and left <= _TOO_SHORT:
            return _NO_TIME_LEFT
        if left is None or (whole is not None and whole < left):
            left = whole
        if left is None:
            return Send(self._request, timeouts, inf)
        if left < longest_step:
            timeouts = {step: min(seconds, left) for step, seconds in timeouts.items()}
        return Send(self._request, timeouts, time.monotonic() + left)

    def _now(self) -> float:
        """Seconds on the clock of this call, on which what was slept always counts."""
        return time.monotonic() + self._clock_lag

    def _left(self) -> float | None:
        """Seconds until the deadline; not more than all of them where the clock was set back."""
        deadline = self._options.deadline
        if deadline is None:
            return None
        return min(deadline, self._started + deadline - self._now())

    # --- what came of it

    def _judge(self, received: RawResponse | NoResponse, ticket: Ticket) -> ResultT | FailedAttempt:
        if isinstance(received, NoResponse):
            self._last = None
            return self._no_response(received)
        self._last = received
        now = self._now()
        if not 200 <= received.status < 300:
            failed = decode_status(self._call.operation, received, self._options.secret_key)
            self._rate_limiter.learn(ticket, received, now, failed.error.retry_after)
            return failed
        self._rate_limiter.learn(ticket, received, now)
        outcome = decode(self._call, received, self._options.secret_key)
        if isinstance(outcome, FailedAttempt):
            return outcome
        if self._context.limits.budget.is_drained:
            self._context.limits.budget.give_back()
        response = self._last_response(received, received.headers)
        vars(outcome)[LAST_RESPONSE] = response
        if Envelope in self._call.result.__mro__:  # pydantic's issubclass is slow
            for item in cast("Envelope[Model]", outcome).data:
                vars(item)[LAST_RESPONSE] = response
        return outcome

    def _last_response(self, received: RawResponse, headers: Mapping[str, str]) -> LastResponse:
        return LastResponse(
            status=received.status,
            attempts=self.made,
            elapsed=max(0.0, self._now() - self._started),
            idempotency_key=self._request.idempotency_key,
            replayed=_is_replay(received),
            unanswered=self._unanswered,
            headers=headers,
        )

    def _no_response(self, failure: NoResponse) -> FailedAttempt:
        left = self._left()
        message = f"{self._call.operation}: {failure.summary}"
        kind: type[VinrError] = APIConnectionError
        if failure.timed_out:
            kind = APITimeoutError
            if left is not None and left <= _ROUNDING:
                kind = DeadlineExceededError
                within = f"within the deadline of {self._options.deadline} s"
                message = f"{self._call.operation}: no answer {within}"
        error = kind(message, status=failure.status, request_id=failure.request_id)
        return FailedAttempt(error, failure.safety)

    def _describe(self, failed: FailedAttempt) -> None:
        """Adds what only the whole call knows to the error of its last attempt."""
        error, secret = failed.error, self._options.secret_key
        running = error.code == "idempotency_key_in_use"
        may_have_executed = failed.safety in MAY_HAVE_EXECUTED
        self._ambiguous = self._ambiguous or running or may_have_executed
        if self._last is not None:
            headers = self._last.headers
            error.replayed = _is_replay(self._last)
            cleaned = {name: secret.removed_from(value) for name, value in headers.items()}
            error.last_response = self._last_response(self._last, cleaned)
        self._unanswered += may_have_executed
        error.attempts = self.made
        error.idempotency_key = self._request.idempotency_key
        settled = isinstance(error, APIStatusError) and settles_outcome(error)
        error.outcome_unknown = self._call.method != "GET" and self._ambiguous and not settled
        secret.remove_from(error)

    # --- further attempts

    def _retry(self, failed: FailedAttempt) -> Generator[Step, Received, ResultT | FailedAttempt]:
        """What the call comes to after its first attempt failed."""
        if not _is_repeatable(failed) or not self._options.max_retries:
            return failed
        # loaded here: a call that succeeds at once pays nothing for it
        from tenacity import Retrying, retry_if_result  # noqa: PLC0415

        waits: list[float] = []
        attempts = Retrying(
            retry=retry_if_result(_is_repeatable),
            wait=self._wait,
            stop=self._stops,
            before_sleep=self._tell,
            sleep=waits.append,
            retry_error_callback=_failed,
        )
        outcome: ResultT | FailedAttempt = failed
        for attempt in attempts:
            if waits:
                yield from self._sleep(waits.pop())
                outcome = yield from self._attempt()
            attempt.retry_state.set_result(outcome)
        return outcome

    def _wait(self, state: RetryCallState) -> float:
        """Seconds until the next attempt."""
        # 0 asks for nothing, and keeps the jittered wait
        return _failed(state).error.retry_after or backoff()(state)

    def _stops(self, state: RetryCallState) -> bool:
        """Whether attempts, time or the retry budget do not allow another one."""
        if state.attempt_number > self._options.max_retries:
            return True
        left = self._left()
        if left is not None and state.upcoming_sleep >= left:
            return True
        paced = _failed(state).error.status == 429 and self._rate_limiter.paces
        return not self._context.limits.budget.take(paced=paced)

    def _tell(self, state: RetryCallState) -> None:
        """Tells those who watch the call of the coming wait; here nobody does."""

    def _retry_event(self, state: RetryCallState) -> RetryEvent:
        error, key = _failed(state).error, self._request.idempotency_key
        return RetryEvent(self._call.operation, self.made, state.upcoming_sleep, error, key)

    # --- a refusal that only says that an earlier attempt had succeeded

    def _check_already_applied(
        self, failed: FailedAttempt
    ) -> Generator[Step, Received, ResultT | FailedAttempt]:
        """Reads the accounts where a lost attempt may be what the refusal is about."""
        applied, error = self._call.already_applied, failed.error
        # a stored refusal was the first response to this key, so nothing had been executed
        if applied is None or not self._ambiguous or error.code != applied.code:
            return failed
        if self._last is not None and _is_replay(self._last):
            return failed
        error.outcome_unknown = True
        if not applied.may_explain(error):
            return failed
        try:
            account = yield from self._proved(applied.proofs)
        except VinrError:
            return failed
        error.outcome_unknown = False
        return failed if account is None else account

    def _proved(self, proofs: tuple[Proof, ...]) -> Generator[Step, Received, ResultT | None]:
        """The account of the last proof; None where one of them does not hold."""
        made, accounts = self.made, list[ResultT]()
        for proof in proofs:
            call = cast("Call[ResultT]", proof.reading)
            reading = self._reading(call)
            account = yield from reading.run()
            made += reading.made
            if not proof.holds_for(account):
                return None
            accounts.append(account)
        last, key = accounts[-1], self._request.idempotency_key
        response = replace(last.last_response, attempts=made, idempotency_key=key)
        vars(last)[LAST_RESPONSE] = response
        return last

    def _reading(self, call: Call[ResultT]) -> CallAttempts[ResultT]:
        return type(self)(call, self._context, self._started)


def _is_replay(response: RawResponse) -> bool:
    """Whether VINR kept it for an earlier request with the same key."""
    return response.headers.get("idempotent-replayed", "").lower() == "true"


def _failed(state: RetryCallState) -> FailedAttempt:
    """The outcome of the last attempt, as tenacity's strategies are asked about it."""
    return cast("FailedAttempt", cast("Future", state.outcome).result())


def _is_repeatable(outcome: object) -> bool:
    """Whether another attempt is safe, and makes sense.

    What VINR may have executed is repeatable too: it is a GET, or a write with its key.
    """
    if not isinstance(outcome, FailedAttempt) or outcome.safety in FINAL:
        return False
    return (outcome.error.retry_after or 0) <= LONGEST_RETRY_AFTER
