# Generated from tests/faults/_async/test_pool.py; do not edit.
"""Connections that are kept: closed meanwhile, closed in the race, exhausted, or not ours."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event

import httpx
import pytest

from tests.faults.faults import LOST_AFTER, LOST_BEFORE, body, lost, says, stall, status
from tests.faults.matrix import SECRET
from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import MEMBER, Request
from tests.together import together
from vinr import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    DeadlineExceededError,
    Timeout,
    Vinr,
    VinrError,
)
from vinr._sync import default_transport
from vinr._sync import fast_exchange as fast


def post(client: Vinr) -> None:
    client.loyalty.transactions.create(account=MEMBER, amount=5)


def test_one_connection_serves_many_calls(server: Server, client: Vinr) -> None:
    for _ in range(5):
        post(client)

    assert (server.connections, sum(server.service.effects.values())) == (1, 5)


def test_a_connection_closed_while_idle_costs_no_attempt(server: Server, client: Vinr) -> None:
    post(client)
    server.drop_connections()

    post(client)

    assert (server.connections, len(server.requests)) == (2, 2)


@pytest.mark.parametrize("fault", [LOST_BEFORE[0], LOST_BEFORE[1], LOST_AFTER[0], LOST_AFTER[1]])
def test_a_connection_closed_in_the_race(server: Server, client: Vinr, fault: Fault) -> None:
    post(client)
    server.plan(fault)

    post(client)

    assert len(server.requests) == 3
    assert sorted(server.service.effects.values()) == [1, 1]


def test_all_connections_reset(server: Server, client: Vinr) -> None:
    together(8, lambda: post(client))
    before = len(server.requests)
    server.plan(*[LOST_AFTER[1]] * 8)

    together(8, lambda: post(client))

    assert len(server.requests) == before + 16
    assert set(server.service.effects.values()) == {1}
    assert len(server.service.effects) == 16


def test_error_answers_give_their_connection_back(server: Server, client: Vinr) -> None:
    server.plan(*[status(404)] * 150)

    for _ in range(150):
        with pytest.raises(VinrError):
            client.loyalty.accounts.retrieve(MEMBER)

    assert server.connections == 1


@pytest.mark.parametrize(
    "fault",
    [
        says("bytes behind it", lambda it: http(200, it) + b"HTTP/1.1 200 OK\r\n"),
        says("a second answer", lambda it: http(200, it) + http(200, it.replace(b"loy", b"bad"))),
        says("too short", lambda it: http(200, it, Content_Length="1") + http(200, b"{}")),
        body("not JSON", lambda _: b"<html>"),
    ],
    ids=lambda fault: fault.name,
)
def test_a_doubtful_connection_is_not_used_again(
    server: Server, client: Vinr, fault: Fault
) -> None:
    server.plan(fault)

    for _ in range(3):
        assert (client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    assert server.connections == 2


def test_an_exhausted_pool_sends_nothing(server: Server) -> None:
    server.plan(lost("silence", stall))
    one = httpx.Client(limits=httpx.Limits(max_connections=1))
    with one, _client(server, one) as client:
        patience = Timeout(pool=0.2, read=1)
        view = client.with_options(timeout=patience, max_retries=0)

        first, second = together(2, lambda: _ended(view))

        assert {type(first), type(second)} == {APITimeoutError}
        # the one that was sent, and the one that was not
        assert {first.outcome_unknown, second.outcome_unknown} == {True, False}
        assert len(server.requests) == 1
        post(client)


def test_no_connection_of_our_own_is_free(
    server: Server, client: Vinr, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in ((default_transport, "MOST_CONNECTIONS"), (fast, "_MOST_CONNECTIONS")):
        monkeypatch.setattr(module, name, 1)
    one_gave_up = Event()

    def waits(wire: Wire, request: Request) -> None:
        one_gave_up.wait(10)
        wire.answer(wire.service.answer(request))

    def posted_or_gave_up() -> VinrError | None:
        try:
            post(view)
        except APITimeoutError as error:
            one_gave_up.set()
            return error
        return None

    server.plan(Fault("waits", waits))
    view = client.with_options(timeout=Timeout(pool=0.05), max_retries=0)
    errors = [each for each in together(2, posted_or_gave_up) if each is not None]

    assert [(error.outcome_unknown, error.attempts) for error in errors] == [(False, 1)]
    assert "no connection got free" in str(errors[0])
    assert len(server.requests) == 1
    post(client)


def test_nothing_is_sent_after_the_end_of_the_attempt(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came while a new connection was watched for a refusal."""
    monkeypatch.setattr(default_transport, "_REFUSAL_SECONDS", 0.06)
    with _client(server).with_options(deadline=0.05) as client:
        assert type(_ended(client)) is DeadlineExceededError

    assert server.requests == []


def test_a_closed_client(server: Server) -> None:
    client = _client(server)
    post(client)
    client.close()
    client.close()

    error = _ended(client)

    assert (type(error), error.attempts, error.outcome_unknown) == (APIConnectionError, 1, False)
    assert "closed" in str(error)
    assert len(server.requests) == 1


class Transport(httpx.BaseTransport):
    """A mock: a transport of the caller's that does what no network does."""

    def __init__(self, does: Callable[[], object]) -> None:
        self.requests = 0
        self._does = does

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == "127.0.0.1"
        self.requests += 1
        return self._does()  # type: ignore[return-value]  # as mocks do by mistake


def raising(error: Exception) -> Callable[[], object]:
    def does() -> object:
        raise error

    return does


@pytest.mark.parametrize(
    "error",
    [
        *(AssertionError("no"), RuntimeError("no"), OSError(5, "no"), httpx.InvalidURL("no")),
        *(httpx.CookieConflict("no"), httpx.StreamConsumed(), RecursionError(), MemoryError()),
        *(UnicodeDecodeError("utf-8", b"", 0, 1, "no"), ExceptionGroup("no", [ValueError()])),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_a_mock_raises_passes_through(server: Server, error: Exception) -> None:
    transport = Transport(raising(error))
    with (
        httpx.Client(transport=transport) as http_client,
        _client(server, http_client) as client,
    ):
        with pytest.raises(type(error)) as caught:
            post(client)

    assert caught.value is error
    assert transport.requests == 1


@pytest.mark.parametrize("error", [httpx.ConnectError("no"), httpx.ReadTimeout("no")])
def test_a_failure_that_a_mock_raises_is_one(server: Server, error: Exception) -> None:
    transport = Transport(raising(error))
    with (
        httpx.Client(transport=transport) as http_client,
        _client(server, http_client) as client,
    ):
        caught = _ended(client)

    assert caught.outcome_unknown == isinstance(error, httpx.ReadTimeout)
    assert type(error).__name__ in caught.message
    assert transport.requests == 3


def test_a_failure_whose_causes_go_in_a_circle(server: Server) -> None:
    failure, cause = httpx.ConnectError("no"), OSError("no")
    failure.__cause__, cause.__cause__ = cause, failure
    transport = Transport(raising(failure))
    with (
        httpx.Client(transport=transport) as http_client,
        _client(server, http_client) as client,
    ):
        caught = _ended(client)

    assert (type(caught), caught.attempts, caught.outcome_unknown) == (APIConnectionError, 3, False)


@pytest.mark.parametrize("answer", [None, "an answer", httpx.Response(200, stream=None)])
def test_an_answer_that_is_none_is_an_error_of_ours(server: Server, answer: object) -> None:
    transport = Transport(lambda: answer)
    with (
        httpx.Client(transport=transport) as http_client,
        _client(server, http_client) as client,
    ):
        error = _ended(client)

    assert type(error) in (APIConnectionError, APIResponseError)
    assert error.__cause__ is None
    assert error.__context__ is sys.exception()  # what is being handled around this test
    assert error.idempotency_key is not None


def test_an_http_client_that_is_told_to_follow_redirects_later(server: Server) -> None:
    server.plan(status(307, Location=f"{server.url}/loyalty/transactions"))
    with httpx.Client() as one, _client(server, one) as client:
        one.follow_redirects = True

        error = _ended(client)

    assert (error.status, len(server.requests)) == (307, 1)


def _client(server: Server, http_client: httpx.Client | None = None) -> Vinr:
    return Vinr(secret_key=SECRET, base_url=server.url, http_client=http_client)


def _ended(client: Vinr) -> VinrError:
    with pytest.raises(VinrError) as caught:
        post(client)
    return caught.value


@pytest.mark.parametrize("code", [204, 304])
def test_a_body_where_none_can_be(server: Server, client: Vinr, code: int) -> None:
    once = client.with_options(max_retries=0)
    head = b"HTTP/1.1 %d OK\r\nTransfer-Encoding: chunked\r\n\r\n" % code
    server.plan(says("no content", lambda _: head + b"0\r\n\r\n"))
    with pytest.raises(VinrError):
        once.loyalty.accounts.retrieve(MEMBER)

    post(once)

    assert (server.connections, len(server.requests)) == (2, 2)
