"""Rate limits: learned from the answers, shared by threads and tasks, and never in the way."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from threading import Lock

import pytest

from tests.faults.faults import refused
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import MEMBER, Request, refusal
from tests.together import atogether, together
from vinr import AsyncVinr, RateLimitError, Vinr

PER_SECOND = 40.0
BURST = 20


class Limiter:
    """Answers as VINR does: a token bucket for reads and one for writes."""

    def __init__(self) -> None:
        self.refused = 0
        self._tokens = {"GET": float(BURST), "POST": float(BURST)}
        self._at = time.monotonic()
        self._lock = Lock()

    def __call__(self, wire: Wire, request: Request) -> None:
        with self._lock:
            now = time.monotonic()
            gained = PER_SECOND * (now - self._at)
            self._at = now
            for method, tokens in self._tokens.items():
                self._tokens[method] = min(BURST, tokens + gained)
            allowed = self._tokens[request.method] >= 1
            self._tokens[request.method] -= allowed
            self.refused += not allowed
            tokens = self._tokens[request.method]
        full = time.time() + (BURST - tokens) / PER_SECOND
        headers = {
            "X-RateLimit-Limit": str(BURST),
            "X-RateLimit-Remaining": str(int(tokens)),
            "X-RateLimit-Reset": str(math.ceil(full)),
        }
        if not allowed:
            headers["Retry-After"] = "1"
        answer = wire.service.answer(request) if allowed else refusal(429, "rate_limited")
        wire.send(http(answer.status, answer.body, **headers))


@pytest.fixture
def limiter() -> Limiter:
    return Limiter()


@pytest.fixture
def server(limiter: Limiter) -> Iterator[Server]:
    with Server(always=Fault("rate limits", limiter)) as server:
        yield server


def test_threads_share_what_is_left(server: Server, limiter: Limiter) -> None:
    def work() -> None:
        for _ in range(10):
            assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER

    with Vinr(secret_key=SECRET, base_url=server.url, max_retries=2) as client:
        client.loyalty.accounts.retrieve(MEMBER)
        started = time.monotonic()
        together(16, work)
        taken = time.monotonic() - started

    assert len(server.requests) - limiter.refused == 161
    # all of it succeeded, nearly all at the first try, in little more than the time it needs
    assert limiter.refused < 8
    assert taken < 2.5 * (161 - BURST) / PER_SECOND


async def test_tasks_share_what_is_left(server: Server, limiter: Limiter) -> None:
    async def work() -> None:
        for _ in range(10):
            await client.loyalty.transactions.create(account=MEMBER, amount=1)

    async with AsyncVinr(secret_key=SECRET, base_url=server.url) as client:
        await client.loyalty.transactions.create(account=MEMBER, amount=1)
        await atogether(16, work)

    assert server.service.effects.total() == 161
    assert limiter.refused < 8


def test_reads_do_not_wait_for_writes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeps: list[float] = []
    with Vinr(secret_key=SECRET, base_url=server.url) as client:
        for _ in range(BURST):
            client.loyalty.transactions.create(account=MEMBER, amount=1)
        monkeypatch.setattr(time, "sleep", sleeps.append)
        for _ in range(5):
            client.loyalty.accounts.retrieve(MEMBER)

    assert sleeps == []


def test_a_refusal_is_sat_out_by_the_others_too() -> None:
    with Server([refused(429, "rate_limited", Retry_After="1")]) as server:
        with Vinr(secret_key=SECRET, base_url=server.url) as client:
            with pytest.raises(RateLimitError):
                client.with_options(max_retries=0).loyalty.accounts.retrieve(MEMBER)
            started = time.monotonic()
            client.loyalty.accounts.retrieve(MEMBER)

        assert 0.8 < time.monotonic() - started < 5
        assert len(server.requests) == 2


def test_nobody_waits_beyond_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    sleeps: list[float] = []
    monkeypatch.setattr(time, "sleep", sleeps.append)
    refusals = [refused(429, "rate_limited", Retry_After="30")] * 2
    with Server(refusals) as server, Vinr(secret_key=SECRET, base_url=server.url) as client:
        for view in (client.with_options(max_retries=0), client.with_options(deadline=9)):
            with pytest.raises(RateLimitError) as caught:
                view.loyalty.accounts.retrieve(MEMBER)
            assert (caught.value.attempts, caught.value.retry_after) == (1, 30)

    assert sleeps == []


@pytest.mark.parametrize(
    ("remaining", "reset"),
    [("50", 0), ("50", 60), ("49", 0), ("0", -600), ("0", 10**6), ("nonsense", 1), ("-1", 1)],
)
def test_headers_that_are_no_reason_to_wait(
    remaining: str, reset: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeps: list[float] = []
    monkeypatch.setattr(time, "sleep", sleeps.append)

    def run(wire: Wire, request: Request) -> None:
        answer = wire.service.answer(request)
        headers = {
            "X-RateLimit-Limit": "50",
            "X-RateLimit-Remaining": remaining,
            "X-RateLimit-Reset": str(int(time.time()) + reset),
        }
        wire.send(http(answer.status, answer.body, **headers))

    with (
        Server(always=Fault("headers", run)) as server,
        Vinr(secret_key=SECRET, base_url=server.url) as client,
    ):
        for _ in range(100):
            client.loyalty.accounts.retrieve(MEMBER)

    assert sleeps == []
