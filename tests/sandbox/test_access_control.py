"""A page of another origin and another name for this machine reach nothing, however they try."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox import raw_http
from vinr.sandbox import Reset, Sandbox

KEY = "x-api-key: sk_test_1"
EVERYWHERE = [
    "/v1/loyalty/accounts",
    "/v1/nothing",
    "/openapi.json",
    "/_sandbox/health",
    "/_sandbox/nothing",
    "/_sandbox/",
    "/_sandbox/inspector/requests",
]
SPELLINGS = [
    "/%5fsandbox/reset",
    "/%5Fsandbox/reset",
    "/_%73andbox/reset",
    "/_sandbox/%72eset",
    "/_sandbox%2freset",
    "/_sandbox%2Freset",
    "/%2e/_sandbox/reset",
    "/./_sandbox/reset",
    "/v1/../_sandbox/reset",
    "/v1/%2e%2e/_sandbox/reset",
    "//_sandbox/reset",
    "/_sandbox//reset",
    "/_SANDBOX/reset",
    "/_sandbox/reset/",
    "/_sandbox;/reset",
    "/_sandbox/reset;",
    "/_sandbox/reset%00",
    "/_sandbox/inspector/../reset",
    "/_sandbox/inspector/%2e%2e/reset",
    "\\_sandbox\\reset",
    "/\\_sandbox/reset",
]
FOREIGN = [
    "evil.test",
    "evil.test:8321",
    "localhost.evil.test",
    "127.0.0.1.evil.test",
    "evil@localhost",
    "localhost@evil.test",
    "localhost, evil.test",
    "localhost evil.test",
    "localhost/",
    "localhost:x",
    "[::1",
    "",
]


@pytest.fixture
def url(sandbox: Sandbox) -> Iterator[str]:
    """Where a sandbox with a planned fault answers; a reset would forget it."""
    sandbox.faults.add("events.retrieve", Reset())
    with sandbox.serve() as url:
        yield url


def is_untouched(sandbox: Sandbox) -> bool:
    return len(sandbox.faults.pending()) == 1


@pytest.mark.parametrize("path", SPELLINGS)
def test_only_one_spelling_leads_to_an_operation(sandbox: Sandbox, url: str, path: str) -> None:
    answer = raw_http.send(url, raw_http.request("POST", path))
    assert answer.status in (400, 403, 404, 405)
    assert is_untouched(sandbox)


@pytest.mark.parametrize("path", [*SPELLINGS, "/_sandbox/reset"])
def test_no_spelling_passes_the_guard(sandbox: Sandbox, url: str, path: str) -> None:
    for headers in (["origin: http://evil.test"], ["sec-fetch-site: cross-site"]):
        raw_http.send(url, raw_http.request("POST", path, *headers))
        raw_http.send(url, raw_http.request("POST", path, *headers, host="evil.test"))
    assert is_untouched(sandbox)


def test_the_one_spelling_works(sandbox: Sandbox, url: str) -> None:
    assert raw_http.send(url, raw_http.request("POST", "/_sandbox/reset")).status == 200
    assert not is_untouched(sandbox)


def test_ids_may_be_encoded(sandbox: Sandbox) -> None:
    account = sandbox.client().loyalty.accounts.create(program="prog_default")
    encoded = "".join(f"%{ord(letter):02x}" for letter in account.id)
    with sandbox.serve() as url:
        path = f"/v1/loyalty/accounts/{encoded}"
        answer = raw_http.send(url, raw_http.request("GET", path, KEY))
    assert account.id in answer.body


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_gets_no_answer(url: str, host: str, path: str) -> None:
    for method in ("GET", "POST"):
        answer = raw_http.send(url, raw_http.request(method, path, KEY, host=host))
        assert answer.status == 403
        assert "permission_denied" in answer.body or "Not from here" in answer.body


@pytest.mark.parametrize("path", EVERYWHERE)
def test_a_request_without_a_host_gets_no_answer(url: str, path: str) -> None:
    assert raw_http.send(url, f"GET {path} HTTP/1.0\r\n\r\n".encode()).status == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8321", "127.1.2.3", "[::1]:8321"])
def test_names_of_this_machine_do(url: str, host: str) -> None:
    for path in ("/v1/loyalty/accounts", "/openapi.json", "/_sandbox/health", "/_sandbox/"):
        assert raw_http.send(url, raw_http.request("GET", path, KEY, host=host)).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "cross-site, none", "nonsense"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/_sandbox/reset"),
        ("DELETE", "/_sandbox/faults"),
        ("POST", "/_sandbox/inspector/clock"),
    ],
)
def test_a_write_from_another_site_is_refused(
    sandbox: Sandbox, url: str, method: str, path: str, site: str
) -> None:
    origin = "origin: http://localhost"
    for headers in ([f"sec-fetch-site: {site}"], [f"sec-fetch-site: {site}", origin]):
        assert raw_http.send(url, raw_http.request(method, path, *headers)).status == 403
    assert is_untouched(sandbox)


@pytest.mark.parametrize("scheme", ["http", "HTTP", "https"])
def test_targets_in_absolute_form_are_accepted(sandbox: Sandbox, scheme: str) -> None:
    sandbox.client().loyalty.accounts.create(program="prog_default", customer="cust_1")
    with sandbox.serve() as url:
        base = f"{scheme}://{httpx.URL(url).netloc.decode()}"
        for host in ("localhost", httpx.URL(url).netloc.decode()):
            target = f"{base}/v1/loyalty/accounts?customer=cust_1"
            answer = raw_http.send(url, raw_http.request("GET", target, KEY, host=host))
            assert (answer.status, "cust_1" in answer.body) == (200, True)
        asked = raw_http.request("GET", f"{base}/_sandbox/health")
        assert raw_http.send(url, asked).status == 200
        assert raw_http.send(url, raw_http.request("GET", base)).status == 308  # the inspector


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("http://evil.test", "localhost"),
        ("http://localhost@evil.test", "localhost"),
        ("http://evil@localhost", "localhost"),
        ("http://", "localhost"),
        ("http://localhost", "evil.test"),
        ("http://localhost%00", "localhost"),
    ],
)
def test_a_foreign_name_in_either_place_gets_no_answer(url: str, target: str, host: str) -> None:
    for path in ("/v1/loyalty/accounts", "/_sandbox/health", "/_sandbox/", "/openapi.json"):
        answer = raw_http.send(url, raw_http.request("GET", target + path, KEY, host=host))
        assert answer.status in (400, 403)


@pytest.mark.parametrize("target", ["*", "localhost:80", "ftp://localhost/v1/events", "v1/events"])
def test_other_targets_lead_nowhere(url: str, target: str) -> None:
    for method in ("GET", "OPTIONS", "CONNECT"):
        answer = raw_http.send(url, raw_http.request(method, target, KEY))
        assert answer.status in (400, 404, 405)


WITHOUT_THE_COMPILED_PARSER = """
import os
os.environ["AIOHTTP_NO_EXTENSIONS"] = "1"
from tests.sandbox import raw_http
from vinr.sandbox import Sandbox
with Sandbox() as sandbox, sandbox.serve() as url:
    for target in (
        b"/v1/loyalty/accounts/loy_\\xff",
        b"/v1/loyalty/accounts?customer=\\xff",
        b"/_sandbox/?q=\\xff",
        "/v1/loyalty/accounts?customer=cust_\\u00fc".encode(),
    ):
        asked = b"GET " + target + b" HTTP/1.1\\r\\nhost: localhost\\r\\nx-api-key: sk_test_1\\r\\n"
        print(raw_http.send(url, asked + b"connection: close\\r\\n\\r\\n").status)
"""


def test_a_target_that_is_no_text_is_read_as_if_it_were_encoded() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_COMPILED_PARSER],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["404", "400", "200", "400"]


def test_a_path_that_is_no_text_leads_nowhere(url: str) -> None:
    asked = b"GET /v1/loyalty/accounts/loy_\xff HTTP/1.1\r\nhost: localhost\r\n"
    answer = raw_http.send(url, asked + KEY.encode() + b"\r\nconnection: close\r\n\r\n")
    assert answer.status in (400, 404)
