"""The attempts of a call that is observed: by middlewares, ``on_retry`` or the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from typing import TYPE_CHECKING

from .._calls.call import Call, ResultT
from .._headers import AddedHeaders
from .._middleware import Attempt, AttemptOutcome, CallInfo, Middleware
from .._models.model import last_response_of
from ..errors import VinrError
from .attempts import CallAttempts
from .call_context import CallContext
from .log import log_fault, logger
from .messages import NoResponse, Received, RetrySafety, Send, Step
from .retry import FailedAttempt

if TYPE_CHECKING:
    from tenacity import RetryCallState


class ObservedAttempts(CallAttempts[ResultT]):
    """One call on its way, with its observers told of each step."""

    def __init__(
        self, call: Call[ResultT], context: CallContext, started: float | None = None
    ) -> None:
        super().__init__(call, context, started)
        self._middleware: tuple[Middleware, ...] = context.middleware
        if logger.isEnabledFor(logging.DEBUG):
            self._middleware = (*self._middleware, context.log)
        self._info = CallInfo(
            operation=call.operation,
            method=call.method,
            server_address=context.server.address,
            server_port=context.server.port,
            path=context.server.path + call.path,
            idempotency_key=self._request.idempotency_key,
        )
        self._told_of_call: list[Middleware] = []
        self._told_of_attempt: list[Middleware] = []
        self._attempt_info: Attempt
        self._attempt_began = 0.0
        self._fault: Exception | None = None
        """What ``on_attempt`` raised, where it ends the call."""

    def run(self) -> Generator[Step, Received, ResultT]:
        try:
            for one in self._middleware:
                self._told_of_call.append(one)
                one.on_call(self._info)
            result = yield from super().run()
        except VinrError as error:
            for one in reversed(self._told_of_call):
                _tell(one, one.on_error, self._info, error)
            raise
        except BaseException:
            for one in reversed(self._told_of_call):
                _tell(one, one.on_abandoned, self._info)
            raise
        for one in reversed(self._told_of_call):
            _tell(one, one.on_result, self._info, result, last_response_of(result))
        return result

    def _attempt(self) -> Generator[Step, Received, ResultT | FailedAttempt]:
        outcome = yield from super()._attempt()
        if isinstance(outcome, FailedAttempt):
            if self._fault is not None:
                outcome.error.__cause__ = self._fault
            error, response = outcome.error, outcome.error.last_response
        else:
            error, response = None, last_response_of(outcome)
        ended = AttemptOutcome(
            elapsed=time.monotonic() - self._attempt_began,
            response=response,
            error=error,
            content=None if self._last is None else self._last.body,
        )
        for one in reversed(self._told_of_attempt):
            _tell(one, one.on_attempt_end, self._attempt_info, ended)
        return outcome

    def _next_send(self) -> Send | NoResponse:
        self._attempt_began = time.monotonic()
        self._attempt_info = attempt = Attempt(
            call=self._info,
            number=self.made + 1,
            headers=AddedHeaders(self._options.default_headers),
        )
        self._told_of_attempt = []
        for one in self._middleware:
            self._told_of_attempt.append(one)
            try:
                one.on_attempt(attempt)
            except Exception as fault:
                if not self.made:
                    raise  # nothing was sent, so there is nothing to be said of it
                self._fault = fault
                what = f"{type(one).__name__}.on_attempt raised {type(fault).__name__}"
                return NoResponse(RetrySafety.FINAL, f"{what} before a further attempt")
        send = super()._next_send()
        if isinstance(send, NoResponse):
            return send
        request = replace(send.request, added_headers=attempt.headers.encoded())
        return send._replace(request=request)

    def _tell(self, state: RetryCallState) -> None:
        event = self._retry_event(state)
        for one in self._middleware:
            _tell(one, one.on_retry, self._info, event)


def _tell(one: Middleware, hook: Callable[..., object], *arguments: object) -> None:
    """A fault of an observer's must not hide from the caller what became of the call."""
    try:
        hook(*arguments)
    except Exception as fault:  # noqa: BLE001
        log_fault(one, hook, fault)
