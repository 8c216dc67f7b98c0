# Generated from tests/_async/test_middleware.py; do not edit.
"""Middleware: what it is told, what it may add, and what it cannot break."""

from __future__ import annotations

import logging

import httpx
import pytest
import respx
from pydantic import BaseModel
from typing_extensions import override

from vinr import (
    APIConnectionError,
    Attempt,
    AttemptOutcome,
    CallInfo,
    ConfigurationError,
    DeadlineExceededError,
    LastResponse,
    Middleware,
    NotFoundError,
    RetryEvent,
    Vinr,
    VinrError,
)
from vinr.sandbox import LoseReply, Sandbox, Status

BASE = "https://vinr.test/v1"


class Notes(Middleware):
    """Writes down all it is told."""

    def __init__(self, name: str = "notes", told: list[str] | None = None) -> None:
        self.name = name
        self.told: list[str] = [] if told is None else told

    def _note(self, text: str) -> None:
        self.told.append(f"{self.name}: {text}")

    @override
    def on_call(self, call: CallInfo) -> None:
        call.state[self] = "kept"
        self._note(f"call {call.operation} {call.method} {call.url_template} {call.ids}")

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        self._note(f"attempt {attempt.number}")

    @override
    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        status = outcome.response.status if outcome.response else None
        self._note(f"end {attempt.number} {status} {type(outcome.error).__name__}")

    @override
    def on_retry(self, call: CallInfo, event: RetryEvent) -> None:
        self._note(f"retry after {event.attempt}")

    @override
    def on_result(self, call: CallInfo, result: BaseModel, response: LastResponse) -> None:
        self._note(f"result {type(result).__name__} {response.attempts} {call.state[self]}")

    @override
    def on_error(self, call: CallInfo, error: VinrError) -> None:
        self._note(f"error {type(error).__name__} {call.state[self]}")

    @override
    def on_abandoned(self, call: CallInfo) -> None:
        self._note("abandoned")


class Tenant(Middleware):
    @override
    def on_attempt(self, attempt: Attempt) -> None:
        attempt.headers["X-Tenant"] = f"berlin-{attempt.number}"


def client_with(*middleware: Middleware, headers: dict[str, str] | None = None) -> Vinr:
    return Vinr(
        secret_key="sk_test_1", base_url=BASE, middleware=middleware, default_headers=headers
    )


@pytest.mark.usefixtures("short_waits")
def test_the_whole_of_a_call_in_its_order(sandbox: Sandbox) -> None:
    told: list[str] = []
    client = sandbox.client(middleware=[Notes("a", told), Notes("b", told)])
    member = client.loyalty.accounts.create(program="prog_default")
    told.clear()
    sandbox.faults.add("accounts.close", [Status(503), LoseReply()])
    client.loyalty.accounts.close(member.id)
    assert told[:4] == [
        f"a: call accounts.close POST /v1/loyalty/accounts/{{id}}/close ('{member.id}',)",
        f"b: call accounts.close POST /v1/loyalty/accounts/{{id}}/close ('{member.id}',)",
        "a: attempt 1",
        "b: attempt 1",
    ]
    assert [line for line in told if line.startswith("b")][1:] == [
        "b: attempt 1",
        "b: end 1 503 InternalServerError",
        "b: retry after 1",
        "b: attempt 2",
        "b: end 2 None APIConnectionError",
        "b: retry after 2",
        "b: attempt 3",
        "b: end 3 200 NoneType",
        "b: result Account 3 kept",
    ]
    assert told[-2:] == ["b: result Account 3 kept", "a: result Account 3 kept"]


def test_an_error_is_told(sandbox: Sandbox) -> None:
    notes = Notes()
    client = sandbox.client(middleware=[notes])
    with pytest.raises(NotFoundError):
        client.loyalty.accounts.retrieve("loy_nobody")
    assert notes.told[-2:] == ["notes: end 1 404 NotFoundError", "notes: error NotFoundError kept"]


def test_an_attempt_that_no_time_is_left_for_is_told() -> None:
    notes = Notes()
    with client_with(notes) as client:
        with pytest.raises(DeadlineExceededError):
            client.with_options(deadline=0.0001).loyalty.accounts.list()
    assert notes.told[1:] == [
        "notes: attempt 1",
        "notes: end 1 None DeadlineExceededError",
        "notes: error DeadlineExceededError kept",
    ]


def test_nothing_is_told_of_a_view_without_it(sandbox: Sandbox) -> None:
    notes = Notes()
    client = sandbox.client(middleware=[notes])
    client.with_options(middleware=[]).loyalty.accounts.list()
    assert notes.told == []
    client.with_options(timeout=5).loyalty.accounts.list()
    assert notes.told != []


def test_a_repr_says_nothing_of_the_member() -> None:
    call = CallInfo(
        operation="accounts.retrieve",
        method="GET",
        server_address="vinr.test",
        server_port=443,
        idempotency_key="ticket-1",
        path="/v1/loyalty/accounts/loy_secret",
    )
    assert "loy_secret" not in repr(call)
    assert "ticket-1" not in repr(call)


@respx.mock
@pytest.mark.usefixtures("short_waits")
def test_headers_go_along_and_replace_the_defaults() -> None:
    sent: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers)
        if len(sent) == 1:
            return httpx.Response(503, headers={"Retry-After": "0"})
        return httpx.Response(200, json={"data": [], "page": {"has_more": False}})

    respx.get(f"{BASE}/loyalty/accounts").mock(side_effect=answer)
    defaults = {"x-tenant": "nobody", "X-Gateway-Key": "g-1"}
    with client_with(Tenant(), headers=defaults) as client:
        client.loyalty.accounts.list()
    assert [headers.get_list("X-Tenant") for headers in sent] == [["berlin-1"], ["berlin-2"]]
    assert [headers["X-Gateway-Key"] for headers in sent] == ["g-1", "g-1"]


@respx.mock
def test_default_headers_of_a_view() -> None:
    route = respx.get(f"{BASE}/loyalty/accounts").respond(
        json={"data": [], "page": {"has_more": False}}
    )
    with client_with(headers={"X-A": "1"}) as client:
        client.with_options(default_headers={"X-B": "2"}).loyalty.accounts.list()
    headers = route.calls.last.request.headers
    assert "X-A" not in headers
    assert headers["X-B"] == "2"


class Faulty(Middleware):
    """Raises in one of its methods."""

    def __init__(self, hook: str, attempt: int = 1) -> None:
        self.hook = hook
        self.attempt = attempt

    def _raise(self, hook: str) -> None:
        if hook == self.hook:
            raise RuntimeError(hook)

    @override
    def on_call(self, call: CallInfo) -> None:
        self._raise("on_call")

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        if attempt.number == self.attempt:
            self._raise("on_attempt")

    @override
    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        self._raise("on_attempt_end")

    @override
    def on_retry(self, call: CallInfo, event: RetryEvent) -> None:
        self._raise("on_retry")

    @override
    def on_result(self, call: CallInfo, result: BaseModel, response: LastResponse) -> None:
        self._raise("on_result")

    @override
    def on_error(self, call: CallInfo, error: VinrError) -> None:
        self._raise("on_error")


@pytest.mark.parametrize("hook", ["on_attempt_end", "on_retry", "on_result"])
@pytest.mark.usefixtures("short_waits")
def test_a_fault_of_an_observers_loses_no_result(
    sandbox: Sandbox, hook: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = sandbox.client(middleware=[Faulty(hook)])
    sandbox.faults.add("accounts.create", [LoseReply()])
    with caplog.at_level(logging.WARNING, "vinr"):
        member = client.loyalty.accounts.create(program="prog_default")
    assert (client.with_options(middleware=[]).loyalty.accounts.list()).data == [member]
    assert f"Faulty.{hook} raised RuntimeError, which was ignored" in caplog.text


def test_a_fault_of_an_observers_hides_no_error(sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[Faulty("on_error")])
    with pytest.raises(NotFoundError):
        client.loyalty.accounts.retrieve("loy_nobody")


@pytest.mark.parametrize("hook", ["on_call", "on_attempt"])
def test_what_is_raised_before_anything_was_sent_comes_out(sandbox: Sandbox, hook: str) -> None:
    notes = Notes()
    client = sandbox.client(middleware=[notes, Faulty(hook)])
    with pytest.raises(RuntimeError, match=hook):
        client.loyalty.accounts.create(program="prog_default")
    assert notes.told[-1] == "notes: abandoned"
    assert (client.with_options(middleware=[]).loyalty.accounts.list()).data == []


@pytest.mark.usefixtures("short_waits")
def test_what_is_raised_later_says_that_the_outcome_is_unknown(sandbox: Sandbox) -> None:
    client = sandbox.client(middleware=[Faulty("on_attempt", attempt=2)])
    sandbox.faults.add("accounts.create", [LoseReply()])
    with pytest.raises(APIConnectionError, match=r"Faulty\.on_attempt raised") as caught:
        client.loyalty.accounts.create(program="prog_default", idempotency_key="k-1")
    assert caught.value.outcome_unknown
    assert caught.value.idempotency_key == "k-1"
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_a_header_of_ours_cannot_be_overridden(sandbox: Sandbox) -> None:
    class Overriding(Middleware):
        @override
        def on_attempt(self, attempt: Attempt) -> None:
            attempt.headers["x-api-key"] = "sk_test_2"

    client = sandbox.client(middleware=[Overriding()])
    with pytest.raises(ConfigurationError, match=r"x-api-key is vinr's own.*secret_key="):
        client.loyalty.accounts.list()


def test_every_documented_path_has_its_template(sandbox: Sandbox) -> None:
    paths = [path for path in sandbox_paths(sandbox) if path.startswith("/v1/")]
    assert paths
    for path in paths:
        call = CallInfo(
            operation="x",
            method="GET",
            server_address="",
            server_port=1,
            idempotency_key=None,
            path=path.replace("{id}", "loy_1"),
        )
        assert call.url_template == path
        assert call.ids == ("loy_1",) * path.count("{id}")


def sandbox_paths(sandbox: Sandbox) -> list[str]:
    with httpx.Client(transport=sandbox.transport(), base_url="https://vinr.test") as http:
        document = http.get("/openapi.json").json()
    return [*document["paths"]]


class Takes(Middleware):
    """Adds a header, and takes it back where it is sent again."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    @override
    def on_attempt(self, attempt: Attempt) -> None:
        self.shown.append(repr(attempt.headers))
        attempt.headers["X-Shop"] = "a-secret-of-the-shop"
        self.shown.append(repr(attempt.headers))
        if attempt.number > 1:
            del attempt.headers["x-shop"]


def test_a_header_is_taken_back_and_its_value_never_shown() -> None:
    takes, sent = Takes(), list[str | None]()

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers.get("x-shop"))
        return httpx.Response(503 if len(sent) == 1 else 404)

    with respx.mock(base_url=BASE) as api:
        api.get("/loyalty/accounts/loy_1").mock(side_effect=answer)
        with Vinr(secret_key="sk_test_1", base_url=BASE, middleware=[takes]) as client:
            with pytest.raises(NotFoundError):
                client.loyalty.accounts.retrieve("loy_1")

    assert sent == ["a-secret-of-the-shop", None]
    assert takes.shown == ["<headers unchanged>", "<headers X-Shop>"] * 2


@pytest.mark.usefixtures("short_waits")
def test_a_refusal_after_a_lost_answer_is_explained_by_reading() -> None:
    notes = Notes()
    refused = {"error": {"type": "invalid_request_error", "code": "account_closed"}}
    closed: dict[str, object] = {
        "id": "loy_1", "program": "prog_default", "customer": None, "status": "closed",
        "balance": 5, "lifetime_points": 5, "tier": None, "metadata": {},
    }  # fmt: skip
    with respx.mock(base_url=BASE) as api:
        close = api.post("/loyalty/accounts/loy_1/close")
        close.side_effect = [httpx.Response(503), httpx.Response(422, json=refused)]
        api.get("/loyalty/accounts/loy_1").respond(json=closed)
        with Vinr(secret_key="sk_test_1", base_url=BASE, middleware=[notes]) as client:
            account = client.loyalty.accounts.close("loy_1")

    assert (account.status, account.last_response.attempts) == ("closed", 3)
    assert [told for told in notes.told if "call" in told] == [
        "notes: call accounts.close POST /v1/loyalty/accounts/{id}/close ('loy_1',)",
        "notes: call accounts.retrieve GET /v1/loyalty/accounts/{id} ('loy_1',)",
    ]
