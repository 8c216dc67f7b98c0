"""The way of a request through the service: route, key, limits, parameters, ledger, answer."""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import to_json

from ..controls import Controls
from ..faults.in_flight import InFlight
from ..ids import Ids
from ..ledger.work import Ledger, UnitOfWork
from ..ratelimit import Allowance, RateLimiter
from ..refusal import Refusal, SandboxClosedError
from . import authentication, content, once, routes
from .dialects import GUIDE, Dialect
from .errors import error_body
from .messages import CONTROL, Request, Response
from .once import Answer, Key
from .operation import Call, Operation

_log: Final = logging.getLogger("vinr.sandbox")


@dataclass(slots=True)
class _Exchange:
    """One request, and what is known so far of its answer."""

    request: Request
    request_id: str
    dialect: Dialect = GUIDE
    allowance: Allowance | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def refused(self, refusal: Refusal) -> Answer:
        self.headers = refusal.headers
        return Answer(refusal.status, error_body(refusal, self.dialect, self.request_id))


class Api:
    """Answers requests: plain sync code that any door calls, from any thread."""

    def __init__(
        self,
        ledger: Ledger,
        limiter: RateLimiter,
        ids: Ids,
        controls: Controls,
    ) -> None:
        self._ledger = ledger
        self._limiter = limiter
        self._ids = ids
        self._controls = controls
        self.in_flight = InFlight()

    def handle(self, request: Request) -> Response:
        """The response to a request; an error object where it is refused.

        Raises SandboxClosedError after the sandbox was closed: nobody is there to answer.
        """
        self._ledger.check_open()
        exchange = self._exchange(request)
        try:
            answer = self._answer(exchange)
        except Refusal as refusal:
            answer = exchange.refused(refusal)
        except SandboxClosedError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of our own is answered too
            answer = exchange.refused(_failure(error))
        return self._response(exchange, answer)

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """The answer of a request that is refused without being looked at."""
        self._ledger.check_open()
        exchange = self._exchange(request)
        exchange.allowance = self._left(request)
        if refusal.status == 429:
            exchange.allowance = exchange.allowance._replace(remaining=0)
        return self._response(exchange, exchange.refused(refusal))

    def operation_of(self, request: Request) -> str | None:
        """The name of the operation; None on the control side and where nothing is."""
        try:
            operation, _ = routes.find(request.method, request.path)
        except Refusal:
            return None
        return None if operation.control else operation.name

    def scope_of(self, request: Request) -> bytes | None:
        """The scope of the request's idempotency key, if it has a good one."""
        try:
            operation, id = routes.find(request.method, request.path)
            caller = authentication.caller(request.headers)
            given = content.read(request, operation.dialect.body)
            key = once.key_of(request.headers) if operation.writes else None
            return (
                None if key is None else once.scoped(key, caller, operation.name, [id, given]).scope
            )
        except Refusal:
            return None

    def _exchange(self, request: Request) -> _Exchange:
        control = request.path.startswith(CONTROL)
        return _Exchange(request, self._ids.request(control=control))

    def _answer(self, exchange: _Exchange) -> Answer:
        request = exchange.request
        operation, id = routes.find(request.method, request.path)
        exchange.dialect = operation.dialect
        caller = None if operation.control else self._admit(exchange, operation)
        given = content.read(request, operation.dialect.body)

        if operation.outside is not None:
            return Answer(200, to_json(operation.outside(self._controls, given)))

        def perform(work: UnitOfWork) -> Answer:
            call = Call(work, operation.dialect, id, exchange.request_id, self._controls)
            return Answer(200, to_json(operation.perform(call, given)))

        if not operation.writes:
            with self._ledger.read() as work:
                return perform(work)
        key = None if caller is None else once.key_of(request.headers)
        if caller is None or key is None:
            with self._ledger.write() as work:
                return perform(work)
        scoped = once.scoped(key, caller, operation.name, [id, given])
        if self.in_flight.holds(scoped.scope):
            message = "The first request with this Idempotency-Key is still running."
            raise Refusal("idempotency_key_in_use", message)
        return self._answer_once(exchange, scoped, perform)

    def _admit(self, exchange: _Exchange, operation: Operation) -> str:
        caller = authentication.caller(exchange.request.headers)
        exchange.allowance = self._limiter.take(caller, "write" if operation.writes else "read")
        wait = exchange.allowance.retry_after
        if wait is not None:
            headers = {"retry-after": str(wait)}
            raise Refusal("rate_limited", "Too many requests with this key.", headers=headers)
        return caller

    def _left(self, request: Request) -> Allowance:
        try:
            operation, _ = routes.find(request.method, request.path)
            caller = authentication.caller(request.headers)
        except Refusal:
            return self._limiter.full()
        return self._limiter.left(caller, "write" if operation.writes else "read")

    def _answer_once(
        self, exchange: _Exchange, key: Key, perform: Callable[[UnitOfWork], Answer]
    ) -> Answer:
        try:
            with self._ledger.write() as work:
                return once.answer(work, key, perform)
        except Refusal as refusal:
            # all that led to it is undone; the refusal is an answer, and kept like any other
            refused = exchange.refused(refusal)
        with self._ledger.write() as work:
            return once.answer(work, key, lambda _: refused)

    def _response(self, exchange: _Exchange, answer: Answer) -> Response:
        allowance = exchange.allowance or self._limiter.full()
        headers = {
            "content-type": "application/json",
            "x-vinr-request-id": exchange.request_id,
            **allowance.headers(),
            **exchange.headers,
        }
        if answer.replayed:
            headers["idempotent-replayed"] = "true"
        body = b"" if exchange.request.method == "HEAD" else answer.body
        return Response(answer.status, headers, body)


def _failure(error: Exception) -> Refusal:
    if isinstance(error, sqlite3.OperationalError) and _is_busy(error):
        headers = {"retry-after": "1"}
        message = "Another process holds the sandbox's file."
        return Refusal("store_busy", message, headers=headers)
    _log.error("the sandbox failed to answer a request", exc_info=error)
    return Refusal("internal_error", "The sandbox failed; this is a fault of its own.")


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
