"""The way of a request through the API: route, key, limits, parameters, ledger, answer."""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic_core import to_json

from ..dialects.dialect import GUIDE, Dialect
from ..http_message import CONTROL_PREFIX, HttpRequest, HttpResponse
from ..ids import Ids
from ..ledger.ledger import Ledger
from ..ledger.store import DamagedFileError
from ..ledger.unit_of_work import UnitOfWork
from ..rate_limit import Allowance, RateLimiter
from ..refusal import Refusal
from . import authentication, decoding, idempotency, routes
from .controls import Controls
from .errors import error_body
from .idempotency import Answer, ScopedKey
from .keys_in_flight import KeysInFlight
from .operation import ControlOperation, Operation, RequestContext

_log: Final = logging.getLogger("vinr.sandbox")


@dataclass(slots=True)
class _Exchange:
    """A request, and what is known so far of its response."""

    request: HttpRequest
    request_id: str
    dialect: Dialect = GUIDE
    allowance: Allowance | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def refusal_answer(self, refusal: Refusal) -> Answer:
        self.headers = refusal.headers
        return Answer(refusal.status, error_body(refusal, self.dialect, self.request_id))


class Api:
    """Answers requests in both dialects and of the control side, from any thread."""

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
        self.keys_in_flight: KeysInFlight = KeysInFlight()

    def handle(self, request: HttpRequest) -> HttpResponse:
        """The response to a request; an error object where it is refused.

        Raises SandboxClosedError after the sandbox was closed, as there is nobody to answer.
        """
        self._ledger.check_open()
        exchange = self._exchange(request)
        try:
            answer = self._answer(exchange)
        except Refusal as refusal:
            answer = exchange.refusal_answer(refusal)
        except Exception as error:  # noqa: BLE001 - a bug of the sandbox gets an answer too
            self._ledger.check_open()  # it may have been closed meanwhile
            answer = exchange.refusal_answer(_failure(error))
        return self._response(exchange, answer)

    def refuse(self, request: HttpRequest, refusal: Refusal) -> HttpResponse:
        """The response to a request that is refused without being executed."""
        self._ledger.check_open()
        exchange = self._exchange(request)
        exchange.allowance = self._remaining(request)
        if refusal.status == 429:
            exchange.allowance = exchange.allowance._replace(remaining=0)
        return self._response(exchange, exchange.refusal_answer(refusal))

    def is_control(self, request: HttpRequest) -> bool:
        """Whether a request is for the control side."""
        try:
            operation, _ = routes.find(request.method, request.path)
        except Refusal:
            return request.path.startswith(CONTROL_PREFIX)
        return operation.control

    def operation_of(self, request: HttpRequest) -> str | None:
        """The name of the operation; None on the control side, and where no operation is."""
        try:
            operation, _ = routes.find(request.method, request.path)
        except Refusal:
            return None
        return None if operation.control else operation.name

    def idempotency_scope_of(self, request: HttpRequest) -> bytes | None:
        """The scope of the request's idempotency key, if it has a valid one."""
        try:
            operation, id = routes.find(request.method, request.path)
            caller = authentication.caller(request.headers)
            parameters = decoding.parameters_of(request, operation.dialect.body)
            key = idempotency.key_in_headers(request.headers) if operation.writes else None
            if key is None:
                return None
            return idempotency.scope_key(key, caller, operation.name, [id, parameters]).scope
        except Refusal:
            return None

    def _exchange(self, request: HttpRequest) -> _Exchange:
        return _Exchange(request, self._ids.request(control=self.is_control(request)))

    def _answer(self, exchange: _Exchange) -> Answer:
        request = exchange.request
        operation, id = routes.find(request.method, request.path)
        exchange.dialect = operation.dialect
        caller = None if operation.control else self._admit(exchange, operation)
        parameters = decoding.parameters_of(request, operation.dialect.body)

        if isinstance(operation, ControlOperation):
            return Answer(200, to_json(operation.perform(self._controls, parameters)))
        perform_operation = operation.perform

        def perform(work: UnitOfWork) -> Answer:
            context = RequestContext(
                work, operation.dialect, id, exchange.request_id, self._controls
            )
            return Answer(200, to_json(perform_operation(context, parameters)))

        if not operation.writes:
            with self._ledger.read() as work:
                return perform(work)
        key = None if caller is None else idempotency.key_in_headers(request.headers)
        if caller is None or key is None:
            with self._ledger.write() as work:
                return perform(work)
        scoped = idempotency.scope_key(key, caller, operation.name, [id, parameters])
        if self.keys_in_flight.holds(scoped.scope):
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

    def _remaining(self, request: HttpRequest) -> Allowance:
        try:
            operation, _ = routes.find(request.method, request.path)
            caller = authentication.caller(request.headers)
        except Refusal:
            return self._limiter.full()
        return self._limiter.remaining(caller, "write" if operation.writes else "read")

    def _answer_once(
        self, exchange: _Exchange, key: ScopedKey, perform: Callable[[UnitOfWork], Answer]
    ) -> Answer:
        try:
            with self._ledger.write() as work:
                return idempotency.answer_once(work, key, perform)
        except Refusal as refusal:
            # The unit was rolled back. The refusal is an answer, so it is kept like any other.
            refused = exchange.refusal_answer(refusal)
        with self._ledger.write() as work:
            return idempotency.answer_once(work, key, lambda _: refused)

    def _response(self, exchange: _Exchange, answer: Answer) -> HttpResponse:
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
        return HttpResponse(answer.status, headers, body)


def _failure(error: Exception) -> Refusal:
    if isinstance(error, sqlite3.OperationalError) and _is_busy(error):
        headers = {"retry-after": "1"}
        message = "Another process holds the sandbox's file."
        return Refusal("store_busy", message, headers=headers)
    if isinstance(error, (sqlite3.OperationalError, DamagedFileError)):
        _log.error("the sandbox cannot use its file", exc_info=error)
        message = "The sandbox cannot use its file: it is damaged, or its disk is full."
        return Refusal("internal_error", message)
    _log.error("the sandbox failed to answer a request", exc_info=error)
    return Refusal("internal_error", "The sandbox failed; this is a bug of its own.")


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
