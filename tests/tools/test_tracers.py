"""What traces httpx sees every call of the default client, and its context goes along."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

import anyio
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, Vinr

KEY: Final = "sk_test_tools"


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "vinr.otel", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    with pytest.raises(ImportError, match=r"pip install 'vinr\[otel\]'"):
        import_module("vinr.otel")


def read(url: str) -> None:
    with Vinr(secret_key=KEY, base_url=url, allow_http=True) as client:
        client.loyalty.accounts.retrieve(MEMBER)


async def aread(url: str) -> None:
    async with AsyncVinr(secret_key=KEY, base_url=url, allow_http=True) as client:
        await client.loyalty.accounts.retrieve(MEMBER)


@pytest.fixture(params=["sync", "asyncio", "trio"])
def reads(request: pytest.FixtureRequest) -> Callable[[str], None]:
    if request.param == "sync":
        return read
    backend: str = request.param
    return lambda url: anyio.run(aread, url, backend=backend)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture(params=["directly", "over a proxy"])
def url(request: pytest.FixtureRequest, server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of the server; as a proxy it answers for any host."""
    monkeypatch.delenv("http_proxy", raising=False)
    if request.param == "directly":
        return server.url
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/v1"))
    server.service.base = "http://vinr.test/v1"
    return server.service.base


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    spans, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield spans
    instrumentor.uninstrument()


def test_opentelemetry(
    reads: Callable[[str], None], url: str, server: Server, spans: InMemorySpanExporter
) -> None:
    reads(url)

    (span,) = spans.get_finished_spans()
    assert span.name == "GET"
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" in server.requests[0].headers["traceparent"]


SENTRY = """
import sys
import anyio, sentry_sdk
from sentry_sdk.transport import Transport
from tests.tools.test_tracers import aread, read

class Kept(Transport):
    def capture_envelope(self, envelope):
        for item in envelope.items:
            spans.extend(item.payload.json.get("spans", []))

spans = []
sentry_sdk.init(dsn="http://key@127.0.0.1:9/1", traces_sample_rate=1.0, transport=Kept)
with sentry_sdk.start_transaction(name="a checkout"):
    read(sys.argv[1])
    anyio.run(aread, sys.argv[1])
assert [span["op"] for span in spans] == ["http.client"] * 2, spans
"""

DATADOG = """
import sys
import anyio
import ddtrace
from ddtrace.trace import TraceFilter, tracer
from tests.tools.test_tracers import aread, read

class Kept(TraceFilter):
    def process_trace(self, trace):
        spans.extend(span.resource for span in trace)
        return None

spans = []
tracer.configure(trace_processors=[Kept()])
ddtrace.patch(httpx=True)
read(sys.argv[1])
anyio.run(aread, sys.argv[1])
assert len(spans) == 2, spans
"""


@pytest.mark.parametrize("program", [SENTRY, DATADOG], ids=["sentry", "ddtrace"])
def test_a_tracer_that_stays_for_the_life_of_a_process(program: str, server: Server) -> None:
    done = subprocess.run([sys.executable, "-c", program, server.url], check=False)

    assert done.returncode == 0
    headers = [request.headers for request in server.requests]
    assert (
        len([each for each in headers if {"sentry-trace", "x-datadog-trace-id"} & set(each)]) == 2
    )
