"""Traces and metrics by OpenTelemetry: ``Vinr(middleware=[Tracing()])``; the extra ``otel``."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from typing_extensions import override

from ._middleware import Attempt, AttemptOutcome, CallInfo, Middleware
from ._version import __version__
from .errors import ConfigurationError, VinrError

try:
    from opentelemetry import context as contexts
    from opentelemetry import metrics, propagate, trace
except ImportError as _missing:
    raise ImportError(
        "vinr.otel needs an extra that is not installed: pip install 'vinr[otel]'"
    ) from _missing

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, TracerProvider
    from pydantic import BaseModel

    from ._models.response import LastResponse
    from ._protocol.retry import RetryEvent

__all__ = ["Tracing"]

_SUPPRESS: Final = "suppress_instrumentation"
"""What OpenTelemetry's instrumentations look for in the context: httpx's would double our spans."""
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
"""Bounds that the conventions advise for durations."""


@dataclass(slots=True)
class _Traced:
    """What is open of one call."""

    span: Span
    context: Context
    started: float
    attempt: Span | None = None
    token: Token[Context] | None = None


class Tracing(Middleware):
    """A span for each call with a child for each attempt, and metrics, by the HTTP conventions.

    No span or metric has a body, a query, the secret key, an idempotency key, an id or the text of
    an error; ``ids=True`` adds ``url.path``, which has the ids. The trace goes along in the headers
    of each attempt. Where httpx is instrumented too, its own spans are left out. Without
    providers the global ones are used.

    Source: OpenTelemetry's semantic conventions for HTTP; names that begin with ``vinr`` are ours.
    """

    def __init__(
        self,
        *,
        ids: bool = False,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
    ) -> None:
        self._ids = ids
        self._tracer = trace.get_tracer("vinr", __version__, tracer_provider)
        meter = metrics.get_meter("vinr", __version__, meter_provider)
        self._attempts = meter.create_histogram(
            "http.client.request.duration",
            "s",
            "Duration of one attempt",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )
        self._calls = meter.create_histogram(
            "vinr.client.call.duration",
            "s",
            "Duration of one call, with its attempts and waits",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )
        self._retries = meter.create_counter(
            "vinr.client.retries", "{retry}", "Attempts after the first"
        )
        self._rate_limit = meter.create_gauge(
            "vinr.client.rate_limit.remaining", "{request}", "Requests left of VINR's rate limit"
        )

    @override
    def on_call(self, call: CallInfo) -> None:
        attributes = _of_call(call) | {"vinr.operation": call.operation}
        if self._ids:
            attributes["url.path"] = call.path
        span = self._tracer.start_span(f"vinr {call.operation}", attributes=attributes)
        context = trace.set_span_in_context(span)
        call.state[self] = _Traced(span, context, time.monotonic())

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        call = attempt.call
        traced = self._traced(call)
        attributes = _of_call(call)
        if attempt.number > 1:
            attributes["http.request.resend_count"] = attempt.number - 1
        if self._ids:
            attributes["url.path"] = call.path
        traced.attempt = self._tracer.start_span(
            f"{call.method} {call.url_template}",
            context=traced.context,
            kind=trace.SpanKind.CLIENT,
            attributes=attributes,
        )
        context = trace.set_span_in_context(traced.attempt, traced.context)
        carrier: dict[str, str] = {}
        propagate.inject(carrier, context)
        for name, value in carrier.items():
            # what a propagator of the caller's writes must not keep the call from being sent
            with suppress(ConfigurationError):
                attempt.headers[name] = value
        traced.token = contexts.attach(contexts.set_value(_SUPPRESS, True, context))  # noqa: FBT003

    @override
    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        call, response, error = attempt.call, outcome.response, outcome.error
        ended: dict[str, str | int] = {}
        if response is not None:
            ended["http.response.status_code"] = response.status
        if error is not None:
            ended["error.type"] = _type_of(error)
        self._attempts.record(outcome.elapsed, _of_call(call) | ended)
        traced = self._traced(call)
        if traced.attempt is not None:
            if response is not None and response.request_id:
                traced.attempt.set_attribute("vinr.request_id", response.request_id)
            traced.attempt.set_attributes(ended)
        _end_attempt(traced, failed=error is not None)
        remaining = response.rate_limit.remaining if response is not None else None
        if remaining is not None:
            kind = "read" if call.method == "GET" else "write"
            self._rate_limit.set(remaining, {"vinr.rate_limit": kind})

    @override
    def on_retry(self, call: CallInfo, event: RetryEvent) -> None:
        attributes = {"vinr.operation": call.operation, "error.type": _type_of(event.error)}
        self._retries.add(1, attributes)

    @override
    def on_result(self, call: CallInfo, result: BaseModel, response: LastResponse) -> None:
        self._end(call, {"http.response.status_code": response.status})

    @override
    def on_error(self, call: CallInfo, error: VinrError) -> None:
        ended: dict[str, str | int] = {"error.type": _type_of(error)}
        if error.status is not None:
            ended["http.response.status_code"] = error.status
        if error.outcome_unknown:
            self._traced(call).span.set_attribute("vinr.outcome_unknown", True)  # noqa: FBT003
        self._end(call, ended)

    @override
    def on_abandoned(self, call: CallInfo) -> None:
        self._end(call, {"error.type": "abandoned"})

    def _end(self, call: CallInfo, ended: dict[str, str | int]) -> None:
        if self not in call.state:
            return  # on_call itself failed, by a sampler or a processor of the caller's
        traced = self._traced(call)
        failed = "error.type" in ended
        _end_attempt(traced, failed=failed)
        seconds = time.monotonic() - traced.started
        self._calls.record(seconds, ended | {"vinr.operation": call.operation})
        traced.span.set_attributes(ended)
        if failed:
            traced.span.set_status(trace.StatusCode.ERROR)
        traced.span.end()

    def _traced(self, call: CallInfo) -> _Traced:
        return cast("_Traced", call.state[self])


def _end_attempt(traced: _Traced, *, failed: bool) -> None:
    if traced.token is not None:
        contexts.detach(traced.token)
        traced.token = None
    if traced.attempt is not None:
        if failed:
            traced.attempt.set_status(trace.StatusCode.ERROR)
        traced.attempt.end()
        traced.attempt = None


def _of_call(call: CallInfo) -> dict[str, str | int]:
    return {
        "http.request.method": call.method,
        "server.address": call.server_address,
        "server.port": call.server_port,
        "url.template": call.url_template,
    }


def _type_of(error: VinrError) -> str:
    """The status of a response, else the class: never a text, which may say whom it is about."""
    if error.status is not None and error.status >= 400:
        return str(error.status)
    return type(error).__name__
