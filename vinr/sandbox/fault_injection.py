"""Applies planned faults to requests: what is executed, how long it takes, what is sent back."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from .api.api import Api
from .faults.kinds import Fault, Slow, Status
from .faults.plans import FaultPlans
from .http_message import HttpRequest, HttpResponse
from .refusal import Refusal, SandboxClosedError
from .transmission import Ending, Transmission

DelayedTransmission = Generator[float, None, Transmission]
"""Yields seconds of real time to wait. If it is closed early, the request is executed anyway."""

_ENDINGS: Final[dict[str, Ending]] = {
    "pass": "complete",
    "lose_reply": "closed",
    "reset": "reset",
    "truncate": "truncated",
    "garbage": "garbage",
}
_CODES: Final = {
    408: "request_timeout",
    429: "rate_limited",
    500: "internal_error",
    502: "bad_gateway",
    503: "service_unavailable",
    504: "gateway_timeout",
}


class FaultInjector:
    """Finds the planned fault of a request, and applies it."""

    def __init__(self, api: Api, plans: FaultPlans) -> None:
        self._api = api
        self._plans = plans

    def next_fault(self, request: HttpRequest) -> Fault | None:
        """The fault planned for a request, if any; it is then used up."""
        if not self._plans.planned:
            return None
        operation = self._api.operation_of(request)
        return None if operation is None else self._plans.take(operation)

    def inject(self, request: HttpRequest, fault: Fault) -> DelayedTransmission:
        """Execute a request with a fault."""
        if isinstance(fault, Slow):
            return (yield from self._slow_down(request, fault))
        response = self._api.handle(request) if fault.after else None
        if isinstance(fault, Status):
            return Transmission("complete", self._replacement(request, fault))
        return Transmission(_ENDINGS[fault.kind], response)

    def _slow_down(self, request: HttpRequest, slow: Slow) -> DelayedTransmission:
        keys, scope = self._api.keys_in_flight, self._api.idempotency_scope_of(request)
        if scope is not None and keys.holds(scope):
            return Transmission("complete", self._api.handle(request))
        response = self._api.handle(request) if slow.after else None
        end = time.monotonic() + slow.seconds
        keys.hold_until(scope, math.inf)  # the caller may wake a little too late
        try:
            yield slow.seconds
        except GeneratorExit:
            # The caller gave up, which a real service would not notice: the request is executed
            # now, and its key stays in use for as long as the service would have taken.
            if response is None:
                keys.release(scope)
                self._execute_unseen(request)
            keys.hold_until(scope, end)
            raise
        keys.release(scope)
        return Transmission("complete", response or self._api.handle(request))

    def _execute_unseen(self, request: HttpRequest) -> None:
        with suppress(SandboxClosedError):
            self._api.handle(request)

    def _replacement(self, request: HttpRequest, fault: Status) -> HttpResponse:
        response = self._api.refuse(request, _PlannedStatus(fault))
        if fault.body is None:
            return response
        # as text: whoever plans a fault must not be able to run scripts on the sandbox's pages
        headers = {
            **response.headers,
            "content-type": "text/plain; charset=utf-8",
            "x-content-type-options": "nosniff",
        }
        return HttpResponse(fault.status, headers, fault.body.encode())


class _PlannedStatus(Refusal):
    def __init__(self, fault: Status) -> None:
        code = fault.code or _CODES.get(fault.status, f"status_{fault.status}")
        headers = {} if fault.retry_after is None else {"retry-after": str(fault.retry_after)}
        super().__init__(code, f"{_phrase(fault.status)}: a planned fault.", headers=headers)
        self._status = fault.status

    @property
    def status(self) -> int:
        return self._status


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
