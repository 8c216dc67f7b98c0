"""What a sandbox takes and keeps has an end: connections, codings, nesting, answers, snapshots."""

from __future__ import annotations

import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox import raw_http
from tests.sandbox.service import JSON, Json, Service, accepted, refused
from vinr.sandbox import Sandbox, Slow, state
from vinr.sandbox.http_server import connections

HEAD = b"GET /v1/events HTTP/1.1\r\nhost: localhost\r\nx-api-key: sk_test_1\r\n"


def seconds_until_closed(connection: socket.socket) -> float:
    started = time.monotonic()
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        pass
    return time.monotonic() - started


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET", HEAD, HEAD + b"\r\n", (HEAD + b"\r\n") * 2 + HEAD],
    ids=["nothing", "a word", "half a head", "a request", "two requests and a half"],
)
def test_a_silent_connection_is_closed(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, sent: bytes
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with sandbox.serve() as url, raw_http.connected(url) as connection:
        connection.sendall(sent)
        assert 0.1 < seconds_until_closed(connection) < 3


def test_a_head_that_has_no_end_is_cut(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    with sandbox.serve() as url, raw_http.connected(url) as connection:
        connection.sendall(HEAD)
        started = time.monotonic()
        with suppress(OSError):  # the server closed it
            while time.monotonic() - started < 5:
                connection.sendall(b"x: y\r\n")
                time.sleep(0.02)
        assert time.monotonic() - started < 3


def test_an_answer_may_take_longer(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)
    sandbox.faults.add("events.list", Slow(0.6), times=2)
    with sandbox.serve() as url, httpx.Client(headers={"x-api-key": "sk_test_1"}) as http:
        for _ in range(2):
            assert http.get(f"{url}/events").status_code == 200


def test_forgotten_connections_do_not_use_up_the_descriptors() -> None:
    program = (
        "from vinr.sandbox import Sandbox\n"
        "with Sandbox() as sandbox, sandbox.serve() as url: print(url, flush=True); input()"
    )
    command = [sys.executable, "-c", program]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, text=True, preexec_fn=few_descriptors, **pipes) as process:  # noqa: PLW1509 - one system call
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with ExitStack() as open_connections:
            process.send_signal(signal.SIGSTOP)  # so that it takes all of them at once
            for _ in range(90):  # more than there is room for; the oldest ones make room
                open_connections.enter_context(raw_http.connected(url))
            process.send_signal(signal.SIGCONT)
            headers = {"x-api-key": "sk_test_1"}
            assert httpx.get(f"{url}/events", headers=headers, timeout=10).status_code == 200
        _, said = process.communicate("\n")
    assert said == ""


def few_descriptors() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


@pytest.mark.parametrize("coding", ["gzip, chunked", "gzip", "identity", "chunked, gzip", "x"])
def test_other_transfer_codings_are_not_known(sandbox: Sandbox, coding: str) -> None:
    with sandbox.serve() as url:
        asked = raw_http.request(
            "POST", "/v1/loyalty/accounts", f"transfer-encoding: {coding}", "x-api-key: sk_test_1"
        )
        answer = raw_http.send(url, asked + b"2\r\n{}\r\n0\r\n\r\n")
    assert (answer.status, "transfer_coding_unknown" in answer.body) == (501, True)


def test_chunks_are_known(sandbox: Sandbox) -> None:
    with sandbox.serve() as url, httpx.Client(headers={"x-api-key": "sk_test_1", **JSON}) as http:
        pieces = iter([b'{"program": ', b'"prog_default"}'])
        assert http.post(f"{url}/loyalty/accounts", content=pieces).status_code == 200


@pytest.mark.parametrize(
    "length",
    ["transfer-encoding: chunked\r\ncontent-length: 2", "content-length: 2\r\ncontent-length: 3"],
)
def test_a_body_with_two_lengths_is_refused(sandbox: Sandbox, length: str) -> None:
    with sandbox.serve() as url:
        answer = raw_http.send(url, raw_http.request("POST", "/v1/loyalty/accounts", length))
    assert (answer.status, "request_invalid" in answer.body) == (400, True)


@pytest.mark.parametrize("key", [None, "key"])
@pytest.mark.parametrize("levels", [65, 200, 900, 100_000])
@pytest.mark.parametrize(("opened", "closed"), [('{"a":', "}"), ("[", "]")], ids=["{", "["])
def test_deep_json_is_told_to_be_deep(
    service: Service, opened: str, closed: str, levels: int, key: str | None
) -> None:
    inner = (levels - 1) * opened + "1" + (levels - 1) * closed
    headers = JSON if key is None else {**JSON, "idempotency-key": key}
    for program in (f'{{"metadata":{inner}}}', f'{{"metadata":{inner},"x":"\\u00e9"}}'):
        answer = service.raw("POST", "/loyalty/accounts", program.encode(), headers)
        error = refused(answer, 400, "body_invalid")
        assert "64 levels" in error["message"]


def test_wide_json_is_not_deep(service: Service) -> None:
    body: Json = {"program": "prog_default", "expand": [[]] * 1000}
    refused(service.post("/loyalty/accounts", body), 400, "parameter_invalid", "expand")
    deep = b'{"x":' + b"[" * 63 + b"]" * 63 + b"}"
    answer = service.raw("POST", "/loyalty/accounts", deep, JSON)
    assert "levels" not in answer.text


def kept_answers(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        [number] = db.execute("SELECT count(*) FROM idempotency").fetchone()
    return int(number)


def test_answers_are_deleted_when_their_time_is_over(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with Sandbox(path, start=start) as sandbox, sandbox.client() as client:
        create = partial(client.loyalty.accounts.create, program="prog_default")
        for number in range(5):
            create(idempotency_key=f"key-{number}")
            sandbox.clock.advance(hours=1)
        assert kept_answers(path) == 5
        sandbox.clock.advance(hours=21)  # 26 hours after the first, 22 after the last
        client.loyalty.accounts.list()
        assert kept_answers(path) == 2
        assert create(idempotency_key="key-4").last_response.replayed
        sandbox.clock.advance(hours=2)
        client.loyalty.accounts.list()
        assert kept_answers(path) == 0
        assert len(client.loyalty.accounts.list()) == 5


def test_snapshots_are_kept_up_to_a_size(monkeypatch: pytest.MonkeyPatch, service: Service) -> None:
    size = len(service.sandbox.snapshot())
    monkeypatch.setattr(state, "MOST_SNAPSHOT_BYTES", 3 * size)

    def tell(path: str, body: object = None) -> httpx.Response:
        url = service.http.base_url.copy_with(path=f"/_sandbox/{path}")
        return service.checked(service.http.post(url, json=body))

    kept = [accepted(tell("snapshots")) for _ in range(5)]
    for snapshot in kept[:2]:
        refused(tell("restore", snapshot), 404, "resource_missing", "snapshot")
    for snapshot in kept[2:]:
        accepted(tell("restore", snapshot))
    monkeypatch.setattr(state, "MOST_SNAPSHOT_BYTES", size // 2)
    newest = accepted(tell("snapshots"))
    accepted(tell("restore", newest))
    refused(tell("restore", kept[-1]), 404, "resource_missing", "snapshot")
