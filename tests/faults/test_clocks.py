"""Clocks that a test has frozen or patched: every wait ends after it was slept once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import anyio
import freezegun
import pytest

from tests.faults.faults import refused
from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import MEMBER, Request
from vinr import AsyncVinr, RateLimitError, Vinr

KEY = "sk_test_clocks"
LATER = refused(429, "rate_limited", Retry_After="1")
FROZEN = "2026-01-01"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits of blocking code, none of which takes any time."""
    sleeps: list[float] = []
    monkeypatch.setattr(time, "sleep", sleeps.append)
    return sleeps


def test_a_wait_ends_while_time_stands_still(server: Server) -> None:
    server.plan(LATER)
    with Vinr(secret_key=KEY, base_url=server.url) as client, freezegun.freeze_time(FROZEN):
        assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER

    assert len(server.requests) == 2


@pytest.mark.parametrize("anyio_backend", ["asyncio"])  # freezegun stops the clock of trio itself
async def test_a_wait_of_a_task_ends_while_time_stands_still(
    server: Server, anyio_backend: str
) -> None:
    server.plan(LATER)
    async with AsyncVinr(secret_key=KEY, base_url=server.url) as client:
        with freezegun.freeze_time(FROZEN, real_asyncio=True), anyio.fail_after(5):
            assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    assert len(server.requests) == 2


@pytest.mark.parametrize("frozen", ["1999-01-01", "2099-01-01"])
def test_a_refusal_in_frozen_time_holds_nothing_up_later(server: Server, frozen: str) -> None:
    server.plan(LATER)
    with Vinr(secret_key=KEY, base_url=server.url, max_retries=0) as client:
        with freezegun.freeze_time(frozen), pytest.raises(RateLimitError):
            client.loyalty.accounts.retrieve(MEMBER)
        started = time.monotonic()
        patient = client.with_options(max_retries=1)
        assert patient.loyalty.accounts.retrieve(MEMBER).id == MEMBER

    assert time.monotonic() - started < 5


def test_each_wait_is_slept_once(server: Server, sleeps: list[float]) -> None:
    server.plan(refused(429, "rate_limited", Retry_After="7"))
    with Vinr(secret_key=KEY, base_url=server.url.replace("127.0.0.1", "localhost")) as client:
        client.loyalty.accounts.retrieve(MEMBER)

    assert [seconds for seconds in sleeps if seconds > 0.1] == [7]


def test_a_deadline_counts_what_was_slept(server: Server, sleeps: list[float]) -> None:
    server.misbehave(refused(429, "rate_limited", Retry_After="7"))
    with (
        Vinr(secret_key=KEY, base_url=server.url, deadline=20, max_retries=9) as client,
        freezegun.freeze_time(FROZEN),
        pytest.raises(RateLimitError),
    ):
        client.loyalty.accounts.retrieve(MEMBER)

    assert [seconds for seconds in sleeps if seconds > 0.1] == [7, 7]


def test_pacing_ends_while_time_stands_still(server: Server, sleeps: list[float]) -> None:
    def run(wire: Wire, request: Request) -> None:
        headers = {"X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "0"}
        reset = str(int(time.time()) + 10)
        wire.send(http(200, wire.service.answer(request).body, X_RateLimit_Reset=reset, **headers))

    server.misbehave(Fault("an empty bucket", run))
    with Vinr(secret_key=KEY, base_url=server.url) as client, freezegun.freeze_time(FROZEN):
        for _ in range(4):
            client.loyalty.accounts.retrieve(MEMBER)

    assert len(server.requests) == 4
    assert all(seconds <= 5 for seconds in sleeps)
