"""How a request meets its fault: what is executed, what is waited for, what arrives."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from contextlib import suppress
from http import HTTPStatus
from typing import Final, Protocol

from ..api.messages import Request, Response
from ..refusal import Refusal, SandboxClosedError
from .delivery import Delivery, Ending
from .in_flight import InFlight
from .kinds import Fault, Slow, Status
from .plans import FaultPlans

Encounter = Generator[float, None, Delivery]
"""Yields seconds of real time to wait; closed early, the service finishes without the caller."""

_ENDINGS: Final[dict[str, Ending]] = {
    "pass": "whole",
    "lose_reply": "closed",
    "reset": "reset",
    "truncate": "half",
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


class Service(Protocol):
    """What answers requests, and what has to be known of one before it is handled."""

    in_flight: InFlight

    def handle(self, request: Request) -> Response:
        """The response to a request."""
        ...

    def operation_of(self, request: Request) -> str | None:
        """The operation's name; None on the control side and where nothing is."""
        ...

    def scope_of(self, request: Request) -> bytes | None:
        """The scope of the request's idempotency key, if it has a good one."""
        ...

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """The answer of a request that is refused without being looked at."""
        ...


class Encounters:
    """Every request of every door passes here; most of them meet nothing."""

    def __init__(self, service: Service, plans: FaultPlans) -> None:
        self._service = service
        self._plans = plans

    def handle(self, request: Request) -> Response:
        """The answer of a request that meets nothing.

        Raises SandboxClosedError after the sandbox was closed.
        """
        return self._service.handle(request)

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """The answer of a request that is refused without being looked at."""
        return self._service.refuse(request, refusal)

    def fault_of(self, request: Request) -> Fault | None:
        """The fault that a request meets now; asking uses it up."""
        if not self._plans.planned:
            return None
        operation = self._service.operation_of(request)
        return None if operation is None else self._plans.take(operation)

    def meet(self, request: Request, fault: Fault) -> Encounter:
        """What becomes of a request that meets a fault, step by step."""
        if isinstance(fault, Slow):
            return (yield from self._slowly(request, fault))
        answer = self._service.handle(request) if fault.after else None
        if isinstance(fault, Status):
            return Delivery("whole", self._replacement(request, fault))
        return Delivery(_ENDINGS[fault.kind], answer)

    def _slowly(self, request: Request, slow: Slow) -> Encounter:
        in_flight, scope = self._service.in_flight, self._service.scope_of(request)
        if scope is not None and in_flight.holds(scope):
            return Delivery("whole", self._service.handle(request))
        answer = self._service.handle(request) if slow.after else None
        end = time.monotonic() + slow.seconds
        in_flight.hold_until(scope, math.inf)  # who waits may wake a little after the end
        try:
            yield slow.seconds
        except GeneratorExit:
            # the service does not notice: what is left to do happens now, and its key
            # stays in use as long as the service would have taken
            if answer is None:
                in_flight.release(scope)
                self._finish_unseen(request)
            in_flight.hold_until(scope, end)
            raise
        in_flight.release(scope)
        return Delivery("whole", answer or self._service.handle(request))

    def _finish_unseen(self, request: Request) -> None:
        with suppress(SandboxClosedError):
            self._service.handle(request)

    def _replacement(self, request: Request, fault: Status) -> Response:
        response = self._service.refuse(request, _Refused(fault))
        if fault.body is None:
            return response
        headers = {**response.headers, "content-type": "text/html; charset=utf-8"}
        return Response(fault.status, headers, fault.body.encode())


class _Refused(Refusal):
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
