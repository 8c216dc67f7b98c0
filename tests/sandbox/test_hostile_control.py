"""The control side is told nonsense: it is refused, nothing hangs, nothing is left half done."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox.receiver import SECRET
from tests.sandbox.service import JSON, Json, Service, refused
from vinr.sandbox import Reset, Sandbox
from vinr.sandbox.http_server import server

CONTROLS = [
    *("clock", "faults", "webhooks", "programs", "customers"),
    *("payment_completed", "payment_refunded", "redemption", "expiry"),
]
STRANGE = {
    "null": b"null",
    "a list": b"[]",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "NaN": b'{"days":NaN}',
    "infinite": b'{"days":1e999}',
    "a huge number": b'{"days":' + b"9" * 5000 + b"}",
    "half a character": b'{"name":"\\ud800"}',
    "a name twice": b'{"days":1,"days":1}',
    "UTF-16": '{"days":1}'.encode("utf-16"),
    "flags": b'{"days":true,"points":true,"amount":true,"url":true,"id":true}',
    "objects": b'{"days":{},"points":{},"amount":{},"url":{},"id":{}}',
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
}


def tell(service: Service, what: str, content: bytes) -> httpx.Response:
    path = what if what in CONTROLS[:5] else f"simulate/{what}"
    url = service.http.base_url.copy_with(path=f"/_sandbox/{path}")
    return service.http.post(url, content=content, headers=JSON)


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE.keys())
@pytest.mark.parametrize("what", CONTROLS)
def test_strange_bodies_are_refused(service: Service, what: str, content: bytes) -> None:
    answer = tell(service, what, content)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_a_body_without_an_end_is_refused(service: Service) -> None:
    answer = tell(service, "clock", b'{"days":"' + b"x" * 2**21 + b'"}')
    refused(answer, 413, "request_too_large")


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("faults", {"faults": [{"kind": "status", "status": 503, "body": "\ud800"}]}),
        ("customers", {"id": "cust_1", "email": "a\udfffb"}),
        ("programs", {"id": "prog_1", "name": "\ud800"}),
    ],
)
def test_text_that_no_answer_could_repeat(service: Service, what: str, body: Json) -> None:
    answer = tell(service, what, json.dumps({"operation": "*", **body}).encode())
    refused(answer, 400, "body_invalid")
    assert service.sandbox.faults.pending() == []


def test_a_plan_has_an_end(service: Service) -> None:
    faults = [{"kind": "reset"}] * 1000
    body = {"operation": "events.list", "faults": faults, "times": 1000}
    refused(tell(service, "faults", json.dumps(body).encode()), 400, "parameter_invalid", "times")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/\x00",
        "http://127.0.0.1:1/\r\nX-Other: 1",
        "http://127.0.0.1\\@example.test/",
        "http://example.test#@127.0.0.1/",
        "http://127.0.0.1@example.test/",
        "http://localhost:99999/",
        "http://localhost.example.test/",
        "//127.0.0.1/",
    ],
)
def test_urls_that_only_look_like_this_machine(service: Service, url: str) -> None:
    answer = tell(service, "webhooks", json.dumps({"url": url, "secret": SECRET}).encode())
    refused(answer, 400, "parameter_invalid", "url")
    service.enrol()
    assert service.sandbox.webhooks.deliver() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.test"},
        {"host": "localhost.evil.test:8321"},
        {"origin": "http://evil.test"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_a_page_from_elsewhere_changes_nothing(sandbox: Sandbox, headers: dict[str, str]) -> None:
    sandbox.faults.add("*", Reset())
    with sandbox.serve() as url, httpx.Client(base_url=f"{url[:-3]}/_sandbox/") as http:
        refused(http.delete("faults", headers=headers), 403, "permission_denied")
        assert len(sandbox.faults.pending()) == 1
        reading = http.get("faults", headers=headers)
        assert reading.status_code == (403 if "host" in headers else 200)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8321", "[::1]:8321"])
def test_programs_on_this_machine_are_let_in(sandbox: Sandbox, host: str) -> None:
    with sandbox.serve() as url, httpx.Client(base_url=f"{url[:-3]}/_sandbox/") as http:
        assert http.delete("faults", headers={"host": host}).is_success
        assert http.delete("faults", headers={"host": host, "origin": f"http://{host}"}).is_success


@pytest.fixture
def connection(sandbox: Sandbox) -> Iterator[socket.socket]:
    with sandbox.serve() as url:
        address = httpx.URL(url)
        with socket.create_connection((address.host, address.port or 80), timeout=10) as connection:
            yield connection


@pytest.mark.parametrize(
    ("framing", "rest"),
    [
        ("transfer-encoding: chunked", b"ZZ\r\n"),
        ("content-encoding: gzip\r\ncontent-length: 4", b"abcd"),
        ("content-length: 4", b"abcd"),
        ("content-length: 400", b"{"),
    ],
    ids=["no chunk", "no gzip", "no JSON", "not all of it"],
)
def test_bodies_that_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, connection: socket.socket, framing: str, rest: bytes
) -> None:
    monkeypatch.setattr(server, "BODY_SECONDS", 0.2)
    head = f"POST /_sandbox/clock HTTP/1.1\r\nhost: localhost\r\n{framing}\r\n\r\n"
    connection.sendall(head.encode())
    connection.sendall(rest)
    assert connection.recv(65536).split(b" ", 2)[1] == b"400"


@pytest.mark.parametrize(
    "request_in_bytes",
    [
        b"GET /v1/events?a=" + b"x" * 20_000 + b" HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /v1/events HTTP/1.1\r\nhost: localhost\r\nx: " + b"x" * 20_000 + b"\r\n\r\n",
        b"GET /v1/events HTTP/1.1\r\nno header\r\n\r\n",
        b"no HTTP at all\r\n\r\n",
    ],
    ids=["long path", "long header", "no header", "no HTTP"],
)
def test_what_cannot_be_read_is_refused_as_all_else(
    connection: socket.socket, request_in_bytes: bytes
) -> None:
    connection.sendall(request_in_bytes)
    head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
    assert head.split(b" ", 2)[1] == b"400"
    error = json.loads(body)["error"]
    assert error["code"] == "request_invalid"
    assert error["request_id"] in head.decode()


@pytest.mark.parametrize(
    "path",
    [
        *("/v1/loyalty/accounts/loy_%2Fx", "/v1/loyalty/accounts/%00", "/v1/loyalty/accounts/%ff"),
        *("/v1/loyalty/accounts/..", "/v1/loyalty/accounts/%2e%2e/x", "/v1//loyalty/accounts"),
        *("//v1/events", "//_sandbox/health"),
        *("/v1/loyalty/accounts/%0d%0aX-Other:%201", "/_sandbox/%2e%2e/v1/events"),
        *("/_sandbox/inspector/members/%00", f"/_sandbox/inspector/requests/{10**30}"),
    ],
)
def test_paths_that_lead_nowhere(connection: socket.socket, path: str) -> None:
    connection.sendall(
        f"GET {path} HTTP/1.1\r\nhost: localhost\r\nx-api-key: sk_test_1\r\n\r\n".encode()
    )
    answer = connection.recv(65536)
    assert answer.split(b" ", 2)[1] == b"404"
    assert b"X-Other" not in answer.partition(b"\r\n\r\n")[0]
