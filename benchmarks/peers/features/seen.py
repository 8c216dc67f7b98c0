"""Who sees a library's requests: mocks, cassettes, tracers, HTTP clients of the caller's."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.faults.service import Request

from .. import service
from ..service import Service, body_for, serving
from .doing import in_task, succeeds

HTTP_CLIENTS: Final = {
    "`httpx.Client`": ("httpx", "Client"),
    "`httpx2.Client`": ("httpx2", "Client"),
    "`requests.Session`": ("requests", "Session"),
}


def own_client(library: Any) -> str:
    """Of which libraries?"""
    return ", ".join(title for title in HTTP_CLIENTS if _sends_over(library, http_client(title)))


def _sends_over(library: Any, mine: Any) -> bool:
    mine.headers["X-Mine"] = "yes"
    with serving((), service.sound) as server:
        succeeds(lambda: library.over(server.origin, mine))
        return any("x-mine" in each.request.headers for each in server.arrived)


def http_client(title: str) -> Any:
    """One of those that libraries are built on."""
    module, name = HTTP_CLIENTS[title]
    return getattr(importlib.import_module(module), name)()


def respx(library: Any) -> str:
    """Are the answers the mock's?"""
    mock, httpx = importlib.import_module("respx"), importlib.import_module("httpx")

    def answer(request: Any) -> object:
        return httpx.Response(200, content=canned(request))

    def mocking() -> Any:
        router = mock.mock(assert_all_called=False)
        router.route().mock(side_effect=answer)
        return router

    return answered(library, mocking, "`httpx.Client`")


def responses(library: Any) -> str:
    """Are the answers the mock's?"""
    mock = importlib.import_module("responses")

    def answer(request: Any) -> tuple[int, dict[str, str], bytes]:
        return 200, {}, canned(request)

    def mocking() -> Any:
        mocked = mock.RequestsMock(assert_all_requests_are_fired=False)
        mocked.add_callback("GET", re.compile(".*"), answer)
        return mocked

    return answered(library, mocking, "`requests.Session`")


def pytest_httpx(library: Any) -> str:
    """Are the answers the mock's, in a test?"""
    return where(
        threads=_passes(library, "test_threads"),
        tasks=in_tasks(library, lambda: _passes(library, "test_tasks")),
        own=lambda: _passes(library, "test_own_client"),
    )


def _passes(library: Any, test: str) -> bool:
    file = Path(__file__).parent / "pytest_httpx_tests.py"
    arguments = [f"{file}::{test}", "--rootdir", str(file.parent), "-c", os.devnull]
    arguments += ["-p", "pytest_httpx", "-p", "no:cacheprovider"]
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        f"import pytest; sys.exit(pytest.main({arguments!r}))"
    )
    told = {"FEATURES_OF": library.__name__, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | told, check=False, stdout=sys.stderr
    )
    return run.returncode == 0


def vcrpy(library: Any) -> str:
    """Is the second call answered from the file?"""
    vcr = importlib.import_module("vcr")

    def replayed(work: Callable[[Service], object]) -> bool:
        with TemporaryDirectory() as folder, serving((), service.sound) as server:
            for _ in range(2):
                with vcr.use_cassette(f"{folder}/cassette.yaml"):
                    if not succeeds(lambda: work(server)):
                        return False
            return len(server.arrived) == 1

    return where(
        threads=replayed(lambda server: library.Calls(server.origin).get()),
        tasks=in_tasks(library, lambda: replayed(lambda server: in_task(library, server.origin))),
    )


def instrumented(library: Any) -> str:
    """Is there a span, and does the trace go along?"""
    httpx = importlib.import_module("opentelemetry.instrumentation.httpx")
    requests = importlib.import_module("opentelemetry.instrumentation.requests")
    provider, spans = _recording()
    for instrumentor in (
        httpx.HTTPXClientInstrumentor,
        httpx.HTTPX2ClientInstrumentor,
        requests.RequestsInstrumentor,
    ):
        instrumentor().instrument(tracer_provider=provider)

    def traced(work: Callable[[Service], object]) -> bool:
        spans.clear()
        with serving((), service.sound) as server:
            succeeds(lambda: work(server))
            sent = server.arrived and "traceparent" in server.arrived[0].request.headers
        return bool(sent and spans.get_finished_spans())

    return where(
        threads=traced(lambda server: library.Calls(server.origin).get()),
        tasks=in_tasks(library, lambda: traced(lambda server: in_task(library, server.origin))),
    )


def spans(library: Any) -> str:
    """One for the call, and one for each attempt?"""
    provider, recorded = _recording()
    importlib.import_module("opentelemetry.trace").set_tracer_provider(provider)
    with serving([service.status(503)], service.sound) as server:
        succeeds(lambda: library.traced(server.origin))
    found = len(recorded.get_finished_spans())
    return {1: "of the call", 3: "of the call and each attempt"}[found]


def _recording() -> tuple[Any, Any]:
    sdk = importlib.import_module("opentelemetry.sdk.trace")
    export = importlib.import_module("opentelemetry.sdk.trace.export")
    memory = importlib.import_module("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    recorded = memory.InMemorySpanExporter()
    provider = sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(recorded))
    return provider, recorded


def answered(library: Any, mocking: Callable[[], Any], client: str) -> str:
    """Where a mock's answers reach the caller, and nothing the server."""

    def by_mock(work: Callable[[Service], object]) -> bool:
        with serving((), service.sound) as server:
            with mocking():
                done = succeeds(lambda: work(server))
            return done and not server.arrived

    return where(
        threads=by_mock(lambda server: library.Calls(server.origin).get()),
        tasks=in_tasks(library, lambda: by_mock(lambda server: in_task(library, server.origin))),
        own=lambda: by_mock(lambda server: library.over(server.origin, http_client(client))),
    )


def in_tasks(library: Any, work: Callable[[], bool]) -> bool | None:
    """Whether it does; None for a library that blocks only."""
    return work() if hasattr(library, "AsyncCalls") else None


def where(*, threads: bool, tasks: bool | None, own: Callable[[], bool] = lambda: False) -> str:
    """A cell of what was found in threads, in tasks, or else over a client of the caller's."""
    if threads and tasks is not False:
        return "yes"
    if threads or tasks:
        return "in threads" if threads else "in tasks"
    return "over an HTTP client of yours" if own() else "no"


def canned(request: Any) -> bytes:
    """The sound answer to a request of httpx or of requests."""
    path = getattr(request, "path_url", None) or request.url.raw_path.decode()
    return body_for(Request(request.method, path, {}, b""))
