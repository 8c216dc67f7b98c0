"""A host of several addresses, and a resolver that does not answer: the deadline holds."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import DeadlineExceededError, Vinr

DEADLINE = 0.5
LATE = 1.2
"""Less than three times the deadline: four addresses that had one each would take longer."""
Entry = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int]]


def client(port: int) -> Vinr:
    return Vinr(secret_key="sk_test_1", base_url=f"http://localhost:{port}/v1", deadline=DEADLINE)


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def resolved(host: str, port: int, *_: object, **options: int) -> list[Entry]:
        if host == "localhost" and options.get("flags"):
            raise socket.gaierror("a name")
        kind = (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        found = addresses if host == "localhost" else (host,)
        return [(*kind, (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port whose queue of connections is full, on two addresses."""
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.2", 0))
        port: int = first.getsockname()[1]
        second.bind(("127.0.0.3", port))
        waiting: list[socket.socket] = []
        for listener in (first, second):
            listener.listen(0)
            for _ in range(3):
                waiting.append(caller := socket.socket())
                caller.settimeout(0)
                caller.connect_ex(listener.getsockname())
        yield port
        for caller in waiting:
            caller.close()


def test_the_next_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as server, client(int(server.url.split(":")[2].split("/")[0])) as vinr:
        resolve_to(monkeypatch, "127.0.0.2", "127.0.0.1")

        assert vinr.loyalty.accounts.retrieve(MEMBER).id == MEMBER


def test_all_addresses_share_the_time(deaf: int, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3")

    started = time.monotonic()
    with client(deaf) as vinr, pytest.raises(DeadlineExceededError) as caught:
        vinr.loyalty.transactions.create(account=MEMBER, amount=5)

    assert time.monotonic() - started < DEADLINE + LATE
    assert not caught.value.outcome_unknown


def test_a_resolver_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def resolved(*_: object, **options: int) -> list[Entry]:
        if not options.get("flags"):
            over.wait()
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    started = time.monotonic()
    try:
        with client(1) as vinr, pytest.raises(DeadlineExceededError) as caught:
            vinr.loyalty.transactions.create(account=MEMBER, amount=5)
    finally:
        over.set()

    assert time.monotonic() - started < DEADLINE + LATE
    assert not caught.value.outcome_unknown
