"""Ctrl-C, and what the handlers of other signals raise while a call is under way."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from types import FrameType

import httpx
import pytest

from tests.faults.faults import LOST_AFTER, lost, refused, stall
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server
from tests.faults.service import MEMBER
from tests.together import eventually
from vinr import Vinr
from vinr._config import EngineName


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """As Python handles it, also where the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    "fault", [lost("silence", stall), refused(429, "rate_limited", Retry_After="30")],
    ids=["while waiting for the answer", "between two attempts"],
)  # fmt: skip
def test_ctrl_c(server: Server, fault: Fault, ctrl_c: None, engine: EngineName) -> None:
    def interrupt() -> None:
        eventually(lambda: len(server.requests) == 1)
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    server.plan(fault)
    threading.Thread(target=interrupt).start()
    started = time.monotonic()
    with Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        with pytest.raises(KeyboardInterrupt):
            client.loyalty.transactions.create(account=MEMBER, amount=1)
        assert time.monotonic() - started < 3

        # neither retried nor waited for by the calls that follow
        assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
    assert len(server.requests) == 2


class TimeLimit(Exception):
    """As Celery's, which is no KeyboardInterrupt either."""


@pytest.fixture
def time_limit() -> Iterator[None]:
    def end(*_: object) -> None:
        raise TimeLimit

    before = signal.signal(signal.SIGALRM, end)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_time_limit_ends_the_call(server: Server, time_limit: None, engine: EngineName) -> None:
    server.plan(lost("silence", stall))
    with Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(TimeLimit):
            client.loyalty.transactions.create(account=MEMBER, amount=1)

        assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
    assert len(server.requests) == 2


def test_a_time_limit_over_a_client_of_the_callers(server: Server, time_limit: None) -> None:
    server.plan(lost("silence", stall))
    with (
        httpx.Client() as http_client,
        Vinr(secret_key=SECRET, base_url=server.url, http_client=http_client) as client,
    ):
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(TimeLimit):
            client.loyalty.transactions.create(account=MEMBER, amount=1)

        assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
    assert len(server.requests) == 2


def test_a_call_while_an_alarm_is_dealt_with(server: Server, engine: EngineName) -> None:
    before = signal.signal(signal.SIGALRM, Alarm())
    server.plan(LOST_AFTER[0])
    try:
        signal.raise_signal(signal.SIGALRM)
    except TimeoutError:
        with Vinr(secret_key=SECRET, base_url=server.url, engine=engine) as client:
            client.loyalty.transactions.create(account=MEMBER, amount=1)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert len(server.requests) == 2


class Alarm:
    def __call__(self, *_: object) -> None:
        raise TimeoutError("the alarm")

    def ring(self, *_: object) -> None:
        raise OSError("the alarm")

    def ring_for(self, error: Exception, *_: object) -> None:
        raise error


@contextmanager
def client_over(way: str, url: str) -> Generator[Vinr]:
    own = httpx.Client() if way == "http_client" else None
    engine: EngineName = "fast" if way == "fast" else "httpx"
    client = Vinr(secret_key=SECRET, base_url=url, http_client=own, engine=engine)
    with own or nullcontext(), client:
        yield client


@pytest.mark.parametrize(
    "alarm",
    [Alarm(), Alarm().ring, partial(Alarm().ring_for, RuntimeError("the alarm"))],
    ids=["an object", "a method", "a partial"],
)
@pytest.mark.parametrize("way", ["httpx", "fast", "http_client"])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_raises_what_sockets_raise(
    server: Server, alarm: Callable[[int, FrameType | None], None], way: str
) -> None:
    before = signal.signal(signal.SIGALRM, alarm)
    server.plan(lost("silence", stall))
    with client_over(way, server.url) as client:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises((TimeoutError, OSError, RuntimeError), match=r"^the alarm$"):
                client.loyalty.transactions.create(account=MEMBER, amount=1)
        finally:
            signal.signal(signal.SIGALRM, before)

        assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER
    assert len(server.requests) == 2
