"""The features, and how each is found out: a row of the tables for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from . import answers, calls, included, lists, requests_sent, seen
from .names import refuse_any_like


@dataclass(frozen=True, slots=True)
class Feature:
    """One row."""

    title: str
    tells: Callable[[Any], str]
    """What the table says of a library, which is given as its module in ``benchmarks/clients``."""
    way: str | None = None
    """The function of that module in which the library does it; where it has none, it says no."""
    names: str = ""
    """How a public name of such a feature would read; a library that says no has none like it."""
    bare: bool = True
    """Whether it can be asked of bare HTTP libraries too."""


TABLES: Final = {
    "Calls": (
        Feature("Runs in", calls.runs_in),
        Feature("Retries after a 503, and what sets them", calls.retries),
        Feature("A POST has an idempotency key by itself", calls.own_key),
        Feature(
            "A limit of time for all attempts together",
            calls.deadline,
            way="deadline",
            names=r"deadline|total_timeout|budget|elapsed",
        ),
        Feature(
            "A hook or middleware of yours is told of",
            calls.told,
            way="hooked",
            names=r"middleware|(?<!web)hooks?$|interceptor|^on_(request|retry|attempt)",
        ),
        Feature("A refused call leaves the secret key in", calls.secret_places),
        Feature(
            "Calls an endpoint that it has no method for",
            requests_sent.endpoint,
            way="endpoint",
            names=r"^request$|raw_request",
        ),
        Feature("Uploads a file", requests_sent.uploads, way="upload", names=r"upload|multipart"),
    ),
    "Answers": (
        Feature("Results are", answers.types, bare=False),
        Feature("Unknown fields and values", answers.unknown, bare=False),
        Feature("Status and headers beside the result", answers.raw, way="raw", bare=False),
        Feature(
            "Gives an answer piece by piece",
            answers.streams,
            way="streamed",
            names=r"stream|sse",
        ),
        Feature("A list gives", lists.forwards, bare=False),
        Feature(
            "A list goes backwards", lists.backwards, way="backwards", names="before", bare=False
        ),
        Feature("Fetches the next page while you read one", lists.ahead, bare=False),
    ),
    "Mocks, tracers and HTTP clients": (
        Feature("Takes a client of yours", seen.own_client, way="over", bare=False),
        Feature("respx sees its requests", seen.respx),
        Feature("pytest-httpx sees them", seen.pytest_httpx),
        Feature("responses sees them", seen.responses),
        Feature("vcrpy replays them", seen.vcrpy),
        Feature("OpenTelemetry's instrumentation traces them", seen.instrumented),
        Feature(
            "OpenTelemetry spans of its own",
            seen.spans,
            way="traced",
            names=r"telemetry|otel|traci?ng|tracer",
        ),
        Feature(
            "Sends over aiohttp", requests_sent.over_aiohttp, way="over_aiohttp", names="aiohttp"
        ),
    ),
    "What comes with it": (
        Feature(
            "Checks signatures of webhooks",
            included.verifies,
            way="verifies",
            names="webhook|signature",
            bare=False,
        ),
        Feature(
            "Handles a repeated webhook once",
            included.handles_once,
            way="handled",
            names="dedup|duplicate|receiver",
            bare=False,
        ),
        Feature(
            "A service for tests that keeps what you write",
            included.stands_in,
            way="offline",
            names="sandbox|fake|mock|simulat|emulat",
            bare=False,
        ),
        Feature("A command", included.command),
        Feature("Oldest Python", included.oldest_python),
        Feature("Distributions installed, with its own", included.distributions),
    ),
}
FEATURES: Final = {feature.title: feature for table in TABLES.values() for feature in table}


def cell(feature: Feature, library: Any) -> str:
    """What the table says of one feature of one library."""
    if not feature.bare and library.BARE:
        return "–"
    if feature.way is None or hasattr(library, feature.way):
        return feature.tells(library)
    refuse_any_like(feature.names, library)
    return "no"
