# Generated from tests/faults/_async/test_retries.py; do not edit.
"""When and how long: Retry-After, the deadline over all of it, the budget, and who is told."""

from __future__ import annotations

import copy
import pickle
import time

import pytest

from tests.faults.faults import LOST_AFTER, lost, refused, says, stall, status
from tests.faults.matrix import SECRET
from tests.faults.server import Server, http
from tests.faults.service import MEMBER, PROGRAM
from tests.together import together
from vinr import (
    APIConnectionError,
    APITimeoutError,
    DeadlineExceededError,
    InternalServerError,
    RateLimitError,
    RetryEvent,
    Timeout,
    Vinr,
    VinrError,
)
from vinr._config import EngineName

LONGER = {"Content-Length": "9999"}


def post(client: Vinr, key: str | None = None) -> str:
    entry = client.loyalty.transactions.create(account=MEMBER, amount=5, idempotency_key=key)
    return entry.id


def test_retry_after_is_waited_for(server: Server, client: Vinr) -> None:
    server.plan(refused(429, "rate_limited", Retry_After="1"))
    started = time.monotonic()

    post(client)

    assert 1 <= time.monotonic() - started < 5


def test_a_deadline_over_all_requests_of_one_call(server: Server, client: Vinr) -> None:
    empty = b'{"object":"list","data":[],"has_more":false}'
    server.plan(status(200, empty), lost("silence", stall))
    started = time.monotonic()

    with pytest.raises(DeadlineExceededError) as caught:
        client.with_options(deadline=1.0).loyalty.accounts.get_or_create(
            program=PROGRAM, customer="cust_7"
        )

    assert 0.9 < time.monotonic() - started < 4  # the time-out is 5
    assert caught.value.outcome_unknown


def test_silence_in_the_middle_of_an_answer(server: Server, engine: EngineName) -> None:
    half = says("half", lambda body: http(200, body + b" " * 50, **LONGER), stall)
    server.plan(half)
    with Vinr(
        secret_key=SECRET, base_url=server.url, engine=engine,
        max_retries=0, timeout=Timeout(read=1),
    ) as client:  # fmt: skip
        started = time.monotonic()
        with pytest.raises(APITimeoutError) as caught:
            post(client)

    assert time.monotonic() - started < 3
    assert (caught.value.status, caught.value.outcome_unknown) == (200, True)


def test_an_outage_is_not_multiplied(server: Server, client: Vinr) -> None:
    server.misbehave(status(503))
    views = [client, client.with_options(timeout=3), client.with_options(api_version="2026-01-01")]

    def one(number: int) -> None:
        with pytest.raises(InternalServerError):
            client_of(number).loyalty.accounts.retrieve(MEMBER)

    def client_of(number: int) -> Vinr:
        return views[number % len(views)]

    for number in range(1000):
        one(number)

    assert 1000 < len(server.requests) <= 1100


def test_a_limiter_that_lets_nothing_through(server: Server, client: Vinr) -> None:
    limits = {"X_RateLimit_Limit": "500", "X_RateLimit_Remaining": "499"}
    server.misbehave(
        refused(429, "rate_limited", **limits, X_RateLimit_Reset=str(int(time.time()) + 1))
    )

    for _ in range(400):
        with pytest.raises(RateLimitError):
            client.loyalty.accounts.retrieve(MEMBER)

    assert 400 < len(server.requests) <= 600


def test_an_outage_met_by_many_at_once(server: Server, client: Vinr) -> None:
    server.misbehave(status(503))

    def some() -> None:
        for _ in range(20):
            with pytest.raises(InternalServerError):
                client.loyalty.accounts.retrieve(MEMBER)

    together(20, some)

    assert len(server.requests) <= 500


def test_the_callback_sees_every_retry(server: Server) -> None:
    seen: list[RetryEvent] = []
    with Vinr(secret_key=SECRET, base_url=server.url, on_retry=seen.append) as client:
        server.plan(LOST_AFTER[0], refused(429, "rate_limited"))
        post(client, "key-1")
        client.with_options(on_retry=None).loyalty.accounts.retrieve(MEMBER)

    assert [(event.operation, event.attempt) for event in seen] == [
        ("transactions.create", 1),
        ("transactions.create", 2),
    ]
    assert [type(event.error) for event in seen] == [APIConnectionError, RateLimitError]
    assert {event.idempotency_key for event in seen} == {"key-1"}
    assert all(0 <= event.wait <= 0.02 for event in seen)


def test_a_callback_that_raises_loses_nothing(server: Server) -> None:
    def broken(_event: RetryEvent) -> None:
        raise ZeroDivisionError

    with Vinr(secret_key=SECRET, base_url=server.url, on_retry=broken) as client:
        server.plan(LOST_AFTER[0])
        post(client)

    assert list(server.service.effects.values()) == [1]


def test_the_key_of_an_error_settles_the_outcome(server: Server, client: Vinr) -> None:
    """In another process too: the error is pickled, and repeated by its key."""
    server.plan(*[LOST_AFTER[0]] * 3)
    with pytest.raises(VinrError) as caught:
        post(client)
    revived: VinrError = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert vars(revived) == vars(caught.value) == vars(copy.deepcopy(caught.value))
    assert (revived.args, type(revived)) == (caught.value.args, type(caught.value))

    with Vinr(secret_key=SECRET, base_url=server.url) as other:
        entry = other.loyalty.transactions.create(
            account=MEMBER, amount=5, idempotency_key=revived.idempotency_key
        )

    assert entry.last_response.replayed
    assert list(server.service.effects.values()) == [1]


def test_a_view_sends_the_same_key_on_all_attempts(server: Server, client: Vinr) -> None:
    server.plan(LOST_AFTER[0])

    post(client.with_options(max_retries=1, timeout=2))

    assert len({request.key for request in server.requests}) == 1
    assert list(server.service.effects.values()) == [1]
