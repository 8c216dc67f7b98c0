# Generated from tests/_async/test_tracing.py; do not edit.
"""OpenTelemetry: what is exported of a call, and that nothing private is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind, StatusCode, TraceState
from opentelemetry.util.types import Attributes
from typing_extensions import override

from vinr import APIConnectionError, Attempt, Middleware, NotFoundError, Vinr, VinrError
from vinr.otel import Tracing
from vinr.sandbox import LoseReply, Sandbox, Status

KEY = "sk_test_tracing_key"
pytestmark = pytest.mark.usefixtures("short_waits")


class Headers(Middleware):
    """Keeps the trace that goes along with each attempt."""

    def __init__(self) -> None:
        self.traces: list[str] = []

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        self.traces.append(attempt.headers["traceparent"])


class Telemetry:
    """An application's providers, which export to memory."""

    def __init__(self) -> None:
        self.exporter = InMemorySpanExporter()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.reader = InMemoryMetricReader()
        self.meters = MeterProvider([self.reader])

    def tracing(self, *, ids: bool = False) -> Tracing:
        return Tracing(ids=ids, tracer_provider=self.tracers, meter_provider=self.meters)

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        """In the order in which they ended."""
        return self.exporter.get_finished_spans()

    def metrics(self) -> set[str]:
        data = self.reader.get_metrics_data()
        assert data is not None
        return {
            metric.name
            for resource in data.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }

    def exported(self) -> str:
        data = self.reader.get_metrics_data()
        return "".join(span.to_json() for span in self.spans) + (data.to_json() if data else "")


@pytest.fixture
def telemetry() -> Iterator[Telemetry]:
    telemetry = Telemetry()
    yield telemetry
    telemetry.tracers.shutdown()
    telemetry.meters.shutdown()


def test_one_call_with_two_retries(telemetry: Telemetry, sandbox: Sandbox) -> None:
    headers = Headers()
    sandbox.add_customer("cust_private", email="private@example.test")
    client = sandbox.client(secret_key=KEY, middleware=[telemetry.tracing(), headers])
    member = client.with_options(middleware=[]).loyalty.accounts.create(
        program="prog_default", customer="cust_private"
    )
    sandbox.faults.add("transactions.create", [Status(503), LoseReply()])
    client.loyalty.transactions.create(
        account=member.id, amount=987654, reason="private reason", idempotency_key="private-key"
    )

    *attempts, call = telemetry.spans
    assert call.name == "vinr transactions.create"
    assert call.kind is SpanKind.INTERNAL
    assert call.status.status_code is StatusCode.UNSET
    assert dict(call.attributes or {}) == {
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "server.address": "sandbox.api.vinr.com",
        "server.port": 443,
        "url.template": "/v1/loyalty/transactions",
        "vinr.operation": "transactions.create",
    }
    assert [span.name for span in attempts] == ["POST /v1/loyalty/transactions"] * 3
    assert {span.kind for span in attempts} == {SpanKind.CLIENT}
    assert call.context is not None
    assert {span.parent and span.parent.span_id for span in attempts} == {call.context.span_id}
    told = [span.attributes or {} for span in attempts]
    assert [each.get("http.request.resend_count") for each in told] == [None, 1, 2]
    assert [each.get("http.response.status_code") for each in told] == [503, None, 200]
    assert [each.get("error.type") for each in told] == ["503", "APIConnectionError", None]
    assert [span.status.status_code for span in attempts] == [
        StatusCode.ERROR,
        StatusCode.ERROR,
        StatusCode.UNSET,
    ]
    assert [header.rpartition("-")[0] for header in headers.traces] == [
        f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}"
        for span in attempts
        if span.context
    ]
    assert telemetry.metrics() >= {
        "http.client.request.duration",
        "vinr.client.call.duration",
        "vinr.client.retries",
    }
    exported = telemetry.exported()
    for private in (KEY, member.id, "cust_private", "private", "987654"):
        assert private not in exported


def test_an_error_is_in_the_span_without_its_text(telemetry: Telemetry, sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[telemetry.tracing()])
    with pytest.raises(NotFoundError):
        client.loyalty.accounts.retrieve("loy_nobody")
    attempt, call = telemetry.spans
    for span in (attempt, call):
        assert (span.attributes or {})["error.type"] == "404"
        assert span.status.status_code is StatusCode.ERROR
        assert span.status.description is None
    assert "loy_nobody" not in telemetry.exported()


def test_an_unknown_outcome_is_told(telemetry: Telemetry, sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[telemetry.tracing()], max_retries=0)
    sandbox.faults.add("accounts.create", [LoseReply()])
    with pytest.raises(APIConnectionError):
        client.loyalty.accounts.create(program="prog_default")
    assert (telemetry.spans[-1].attributes or {})["vinr.outcome_unknown"] is True


def test_ids_where_they_are_asked_for(telemetry: Telemetry, sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[telemetry.tracing(ids=True)])
    member = client.loyalty.accounts.create(program="prog_default")
    client.loyalty.accounts.retrieve(member.id)
    path = f"/v1/loyalty/accounts/{member.id}"
    assert [(span.attributes or {})["url.path"] for span in telemetry.spans[2:]] == [path] * 2


def test_calls_belong_to_the_callers_span(telemetry: Telemetry, sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[telemetry.tracing()])
    with telemetry.tracers.get_tracer("app").start_as_current_span("checkout") as checkout:
        client.loyalty.accounts.list()
        assert trace.get_current_span() is checkout
    call = telemetry.spans[1]
    assert call.parent == checkout.get_span_context()
    assert not trace.get_current_span().get_span_context().is_valid


def test_nothing_stays_open_of_a_call_that_is_abandoned(
    telemetry: Telemetry, sandbox: Sandbox
) -> None:
    class Refusing(Middleware):
        @override
        def on_attempt(self, attempt: Attempt) -> None:
            raise RuntimeError(attempt.number)

    client = sandbox.client(middleware=[telemetry.tracing(), Refusing()])
    with pytest.raises(RuntimeError):
        client.loyalty.accounts.list()
    assert [(span.attributes or {})["error.type"] for span in telemetry.spans[1:]] == ["abandoned"]
    assert not trace.get_current_span().get_span_context().is_valid


class Failing(Sampler):
    """A sampler of the caller's that cannot take some spans."""

    def __init__(self, name: str, attribute: str) -> None:
        self._name = name
        self._attribute = attribute

    @override
    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,
        trace_state: TraceState | None = None,
    ) -> SamplingResult:
        if name == self._name and self._attribute in (attributes or {}):
            raise RuntimeError(name)
        return SamplingResult(Decision.RECORD_AND_SAMPLE, attributes)

    @override
    def get_description(self) -> str:
        return "Failing"


def test_a_failure_of_the_callers_sampler_is_told_once(
    telemetry: Telemetry, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    telemetry.tracers.sampler = Failing("vinr accounts.list", "vinr.operation")
    client = sandbox.client(middleware=[telemetry.tracing()])
    with pytest.raises(RuntimeError, match=r"vinr accounts\.list"):
        client.loyalty.accounts.list()
    assert (telemetry.spans, caplog.messages) == ((), [])


def test_a_failure_of_the_callers_sampler_at_a_further_attempt(
    telemetry: Telemetry, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.faults.add("accounts.list", [Status(503)])
    telemetry.tracers.sampler = Failing("GET /v1/loyalty/accounts", "http.request.resend_count")
    client = sandbox.client(middleware=[telemetry.tracing()])
    with pytest.raises(VinrError) as raised:
        client.loyalty.accounts.list()
    assert isinstance(raised.value.__cause__, RuntimeError)
    first, call = telemetry.spans
    assert (first.attributes or {})["http.response.status_code"] == 503
    assert call.status.status_code is StatusCode.ERROR
    assert caplog.messages == []


@pytest.mark.parametrize(("traced", "names"), [(True, 2), (False, 1)])
def test_no_doubled_spans_where_httpx_is_instrumented(
    telemetry: Telemetry, vinr_sandbox_url: str, *, traced: bool, names: int
) -> None:
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=telemetry.tracers)
    try:
        with Vinr(
            secret_key=KEY,
            base_url=vinr_sandbox_url,
            middleware=[telemetry.tracing()] if traced else [],
        ) as client:
            client.loyalty.accounts.list()
    finally:
        instrumentor.uninstrument()
    assert len(telemetry.spans) == names
