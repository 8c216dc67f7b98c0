"""An endpoint that never answers, or only bit by bit, holds up nobody else."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

import httpx
import pytest

from tests.sandbox.receiver import SECRET, Receiver, receiving
from tests.serving import serving
from tests.together import eventually
from vinr.sandbox import Sandbox
from vinr.sandbox.webhooks import sender

CREATED = ["loyalty.account.created"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "ATTEMPT_SECONDS", 0.4)


@dataclass
class Silent:
    """A server that takes connections and says nothing."""

    url: str
    connections: list[socket.socket] = field(default_factory=list[socket.socket])

    def wait_for_a_delivery(self) -> None:
        eventually(lambda: bool(self.connections))


@contextmanager
def silent() -> Generator[Silent]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = Silent(f"http://127.0.0.1:{server.getsockname()[1]}/hooks")
        thread = threading.Thread(target=accept_all, args=[server, endpoint.connections])
        thread.start()
        try:
            yield endpoint
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in endpoint.connections:
                connection.close()


def accept_all(server: socket.socket, connections: list[socket.socket]) -> None:
    with suppress(OSError):  # it was shut down
        while True:
            connections.append(server.accept()[0])


@contextmanager
def dripping(start: bytes, piece: bytes) -> Generator[str]:
    """The URL of a server whose answer has no end, piece by piece."""
    ended = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):  # the sandbox gave up
            connection.sendall(start)
            while not ended.wait(0.05):
                connection.sendall(piece)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/hooks"
        finally:
            ended.set()
            thread.join()


def enrol(sandbox: Sandbox, members: int) -> None:
    with sandbox.client() as client:
        for _ in range(members):
            client.loyalty.accounts.create(program="prog_default")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"x: y\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"x"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    ],
)
def test_one_deadline_covers_the_whole_attempt(
    sandbox: Sandbox, start: bytes, piece: bytes
) -> None:
    with dripping(start, piece) as url:
        sandbox.webhooks.add(url, secret=SECRET, events=CREATED)
        enrol(sandbox, 1)
        started = time.monotonic()
        [attempt] = sandbox.webhooks.deliver()
    assert (attempt.status, attempt.outcome, attempt.succeeded) == (None, "timed out", False)
    assert time.monotonic() - started < 2


def test_an_answer_whose_body_has_no_end_is_one(sandbox: Sandbox) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x") as url:
        sandbox.webhooks.add(url, secret=SECRET, events=CREATED)
        enrol(sandbox, 1)
        [attempt] = sandbox.webhooks.deliver()
    assert attempt.outcome == "200"


@pytest.mark.usefixtures("quick")
def test_endpoints_are_sent_to_side_by_side(sandbox: Sandbox, receiver: Receiver) -> None:
    with silent() as one, silent() as two, silent() as three:
        for url in (one.url, two.url, three.url, receiver.url):
            sandbox.webhooks.add(url, secret=SECRET, events=CREATED)
        enrol(sandbox, 2)
        started = time.monotonic()
        made = sandbox.webhooks.deliver()
        assert time.monotonic() - started < 0.4 * 6  # one after the other
    assert [each.url for each in made[:2]] == [receiver.url] * 2
    assert [each.outcome for each in made[2:]] == ["timed out"] * 6


def test_events_of_other_endpoints_do_not_wait(sandbox: Sandbox, receiver: Receiver) -> None:
    with silent() as endpoint, sandbox.webhooks.keep_delivering():
        sandbox.webhooks.add(endpoint.url, secret=SECRET, events=CREATED)
        enrol(sandbox, 20)
        endpoint.wait_for_a_delivery()
        sandbox.webhooks.add(receiver.url, secret=SECRET, events=CREATED)
        enrol(sandbox, 1)
        eventually(lambda: len(sandbox.webhooks.deliveries) == 1)
    [delivery] = sandbox.webhooks.deliveries
    assert (delivery.url, len(receiver.events)) == (receiver.url, 1)


def test_the_control_side_answers_meanwhile(sandbox: Sandbox) -> None:
    with silent() as endpoint, sandbox.serve() as base_url:
        sandbox.webhooks.add(endpoint.url, secret=SECRET, events=CREATED)
        enrol(sandbox, 20)
        control = base_url.removesuffix("/v1") + "/_sandbox"
        waiting = threading.Thread(target=httpx.post, args=[f"{control}/webhooks/deliver"])
        waiting.start()
        endpoint.wait_for_a_delivery()
        started = time.monotonic()
        with httpx.Client(base_url=control) as http:
            assert http.get("/webhooks").is_success
            assert http.post("/webhooks", json={"url": endpoint.url, "secret": "other"}).is_success
            assert http.post("/webhooks/deliver").is_success
            assert http.post("/snapshots").is_success
            assert http.delete("/webhooks").is_success
            assert http.post("/reset").is_success
        assert time.monotonic() - started < 3
    waiting.join(3)
    assert not waiting.is_alive()


def test_the_control_side_answers_while_many_deliveries_wait(sandbox: Sandbox) -> None:
    with ExitStack() as stack:
        base_url = stack.enter_context(sandbox.serve())
        control = base_url.removesuffix("/v1") + "/_sandbox"
        waiting: list[threading.Thread] = []
        for _ in range(40):
            endpoint = stack.enter_context(silent())
            sandbox.webhooks.add(endpoint.url, secret=SECRET, events=CREATED)
            enrol(sandbox, 1)
            deliver = [f"{control}/webhooks/deliver"]
            waiting.append(threading.Thread(target=ignoring_the_end, args=deliver))
            waiting[-1].start()
            endpoint.wait_for_a_delivery()
        started = time.monotonic()
        for path in ("/health", "/", "/inspector/events", "/check", "/webhooks"):
            assert httpx.get(f"{control}{path}").is_success
        assert time.monotonic() - started < 3
        sandbox.webhooks.stop_delivering()
        for thread in waiting:
            thread.join(5)
        assert not any(thread.is_alive() for thread in waiting)


def test_what_was_given_up_is_delivered_later(sandbox: Sandbox) -> None:
    with silent() as endpoint:
        sandbox.webhooks.add(endpoint.url, secret=SECRET, events=CREATED)
        enrol(sandbox, 20)
        started = time.monotonic()
        with sandbox.webhooks.keep_delivering():
            endpoint.wait_for_a_delivery()
        assert time.monotonic() - started < 4
        assert sandbox.webhooks.deliveries == []
    made = sandbox.webhooks.deliver()
    assert [(each.attempt, each.outcome) for each in made] == [(1, "ConnectError")] * 20


@pytest.mark.usefixtures("quick")
def test_a_closed_sandbox_delivers_no_more() -> None:
    with silent() as endpoint:
        sandbox = Sandbox()
        sandbox.webhooks.add(endpoint.url, secret=SECRET)
        enrol(sandbox, 4)
        delivering = threading.Thread(target=sandbox.webhooks.deliver)
        delivering.start()
        endpoint.wait_for_a_delivery()

        sandbox.close()
        delivering.join(4)  # not 5 seconds for each of the events

        assert not delivering.is_alive()


def test_what_was_cleared_meanwhile_is_not_tried_again(sandbox: Sandbox) -> None:
    with silent() as endpoint:
        sandbox.webhooks.add(endpoint.url, secret=SECRET, events=CREATED)
        enrol(sandbox, 3)
        delivering = threading.Thread(target=sandbox.webhooks.deliver)
        delivering.start()
        endpoint.wait_for_a_delivery()
        sandbox.webhooks.clear()
        delivering.join(10)
    assert len(sandbox.webhooks.deliveries) == 1
    sandbox.clock.advance(days=2)
    assert sandbox.webhooks.deliver() == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_at_once(end: signal.Signals) -> None:
    with silent() as endpoint, serving() as (process, url), httpx.Client() as http:
        control = f"{url.removesuffix('/v1')}/_sandbox/webhooks"
        http.post(control, json={"url": endpoint.url, "secret": SECRET})
        key = {"x-api-key": "sk_test_1"}
        for _ in range(20):
            body = {"program": "prog_default"}
            assert http.post(f"{url}/loyalty/accounts", json=body, headers=key).is_success
        waiting = threading.Thread(target=ignoring_the_end, args=[f"{control}/deliver"])
        waiting.start()
        endpoint.wait_for_a_delivery()
        started = time.monotonic()
        process.send_signal(end)
        assert process.wait(4) == 0
        assert time.monotonic() - started < 4
        waiting.join(5)


def ignoring_the_end(url: str) -> None:
    try:
        httpx.post(url, timeout=30)
    except httpx.TransportError:
        return
