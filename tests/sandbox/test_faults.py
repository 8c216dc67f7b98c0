"""Fault plans: the same in process and over HTTP, met in order, each with the effect it says."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

import httpx
import pytest

from tests.sandbox.service import Json, Service, accepted, refused
from vinr.sandbox import (
    Fault,
    Garbage,
    LoseReply,
    Pass,
    Reset,
    Sandbox,
    Slow,
    Status,
    Truncate,
)

POST = "transactions.create"
PATH = "/loyalty/transactions"


@pytest.fixture
def account(service: Service) -> Json:
    return service.enrol()


def posting(service: Service, account: Json, key: str = "k") -> httpx.Response:
    return service.post(PATH, {"account": account["id"], "amount": 5}, key=key)


@pytest.mark.parametrize(
    ("fault", "error", "executed"),
    [
        (LoseReply(), httpx.RemoteProtocolError, True),
        (Reset(), httpx.ReadError, False),
        (Reset(after=True), httpx.ReadError, True),
        (Truncate(), httpx.RemoteProtocolError, True),
        (Garbage(), httpx.RemoteProtocolError, False),
        (Garbage(after=True), httpx.RemoteProtocolError, True),
    ],
    ids=repr,
)
def test_connections_break_before_or_after_the_effect(
    service: Service,
    account: Json,
    fault: Fault,
    error: type[httpx.TransportError],
    executed: bool,
) -> None:
    service.sandbox.faults.add(POST, fault)
    with pytest.raises(error):
        posting(service, account)
    assert service.account(account)["balance"] == (5 if executed else 0)
    again = posting(service, account)
    assert again.headers.get("idempotent-replayed") == ("true" if executed else None)
    assert service.account(account)["balance"] == 5
    service.sandbox.faults.assert_used()


@pytest.mark.parametrize("after", [False, True])
def test_statuses_replace_the_answer(service: Service, account: Json, after: bool) -> None:
    service.sandbox.faults.add(POST, Status(429, retry_after=7, after=after))
    response = posting(service, account)
    refused(response, 429, "rate_limited")
    assert response.headers["retry-after"] == "7"
    assert service.account(account)["balance"] == (5 if after else 0)
    replayed = posting(service, account).headers.get("idempotent-replayed")
    assert (replayed == "true") is after


def test_any_status_code_and_page(service: Service) -> None:
    faults = [Status(418), Status(599), Status(502, body="<h1>bad</h1>")]
    faults.append(Status(422, code="own_code"))
    service.sandbox.faults.add("accounts.list", faults)
    for status, phrase in ((418, "I'm a Teapot"), (599, "Status 599")):
        error = refused(service.get("/loyalty/accounts"), status, f"status_{status}")
        assert error["message"] == f"{phrase}: a planned fault."
    page = service.http.get("/loyalty/accounts")
    assert (page.status_code, page.text) == (502, "<h1>bad</h1>")
    assert page.headers["content-type"] == "text/plain; charset=utf-8"  # no script of it runs
    assert page.headers["x-content-type-options"] == "nosniff"
    refused(service.get("/loyalty/accounts"), 422, "own_code")


def test_a_slow_service_answers_late(service: Service, account: Json) -> None:
    service.sandbox.faults.add(POST, Slow(0.2))
    started = time.monotonic()
    accepted(posting(service, account))
    assert time.monotonic() - started >= 0.2


def test_a_slow_service_refuses_like_a_quick_one(service: Service) -> None:
    service.sandbox.faults.add("accounts.list", Slow(0.01))
    del service.http.headers["x-api-key"]
    refused(service.get("/loyalty/accounts"), 401, "api_key_missing")


@pytest.mark.parametrize("after", [False, True])
def test_a_client_that_gives_up_finds_its_key_in_use_and_then_the_replay(
    service: Service, account: Json, after: bool
) -> None:
    # the second one finds the key in use, and does not wait
    service.sandbox.faults.add(POST, [Slow(1, after=after), Slow(30)])
    service.http.timeout = httpx.Timeout(5, read=0.2)
    with pytest.raises(httpx.ReadTimeout):
        posting(service, account)
    refused(posting(service, account), 409, "idempotency_key_in_use")
    service.sandbox.faults.assert_used()
    deadline = time.monotonic() + 10
    while (response := posting(service, account)).status_code == 409:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert service.account(account)["balance"] == 5
    if service.http.base_url.host == "127.0.0.1" or after:
        assert response.headers["idempotent-replayed"] == "true"


def test_a_slow_request_holds_up_nobody_else(service: Service, account: Json) -> None:
    service.sandbox.faults.add(POST, Slow(30))
    service.http.timeout = httpx.Timeout(5, read=0.1)
    with pytest.raises(httpx.ReadTimeout):
        posting(service, account)
    accepted(posting(service, account, key="other"))
    assert service.account(account)["balance"] >= 5


def test_faults_are_met_in_order_and_by_name(service: Service, account: Json) -> None:
    faults = service.sandbox.faults
    faults.add(POST, [Status(503), Pass()], times=2)
    faults.add("*", Status(500))
    refused(service.get("/loyalty/accounts"), 500, "internal_error")
    statuses = [posting(service, account, key=f"k{n}").status_code for n in range(5)]
    assert statuses == [503, 200, 503, 200, 200]
    assert faults.pending() == []


def test_what_is_pending_is_told(sandbox: Sandbox) -> None:
    sandbox.faults.add(POST, [Status(503, retry_after=1), Slow(2)], times=2)
    sandbox.faults.add("*", [Reset()], times=3)
    told = [(each.operation, each.description, each.times) for each in sandbox.faults.pending()]
    assert told == [
        (POST, "Status(503, retry_after=1)", 1),
        (POST, "Slow(2.0)", 1),
        (POST, "Status(503, retry_after=1)", 1),
        (POST, "Slow(2.0)", 1),
        ("*", "Reset()", 3),
    ]
    with pytest.raises(AssertionError, match=r"transactions\.create: Slow\(2\.0\)"):
        sandbox.faults.assert_used()
    sandbox.faults.clear()
    sandbox.faults.assert_used()


def test_chance_repeats_with_a_seed() -> None:
    def statuses() -> list[int]:
        with Sandbox() as sandbox, httpx.Client(transport=sandbox.transport()) as http:
            sandbox.faults.add("*", [Status(500), Status(503)], probability=0.5, seed=7)
            url = "https://sandbox.api.vinr.com/v1/events"
            headers = {"x-api-key": "sk_test_1"}
            return [http.get(url, headers=headers).status_code for _ in range(40)]

    first = statuses()
    assert first == statuses()
    assert set(first) == {200, 500, 503}


def test_chance_ends_where_it_is_told_to(service: Service) -> None:
    service.sandbox.faults.add("events.list", Status(500), probability=1, times=2)
    assert [service.get("/events").status_code for _ in range(3)] == [500, 500, 200]


def test_the_control_side_has_no_faults(service: Service) -> None:
    service.sandbox.faults.add("*", Status(500))
    url = service.http.base_url.copy_with(path="/_sandbox/health")
    assert service.http.get(url).json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("operation", "accounts.make"),
        ("operation", "sandbox.check"),
        ("faults", []),
        ("times", 0),
        ("times", 10**9),
        ("probability", 1.5),
        ("probability", -0.1),
    ],
)
def test_plans_that_cannot_be(service: Service, param: str, value: object) -> None:
    plan: Json = {"operation": POST, "faults": [Reset()], param: value}
    with pytest.raises(ValueError, match=param.removesuffix("s")):
        service.sandbox.faults.add(**plan)
    sent = {"operation": POST, "faults": [{"kind": "reset"}], param: value}
    refused(control(service, "POST", sent), 400, "parameter_invalid", param)


@pytest.mark.parametrize("status", [200, 399, 600, "503", True])
def test_statuses_that_are_no_fault(service: Service, status: int) -> None:
    with pytest.raises(ValueError, match="Status"):
        Status(status)
    fault = {"kind": "status", "status": status}
    answer = control(service, "POST", {"operation": POST, "faults": [fault]})
    refused(answer, 400, "parameter_invalid", "faults[0][status]")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Slow(-1), "Slow: seconds: Input should be greater than 0"),
        (lambda: Slow(1, after=cast("bool", "x")), "Slow: after: "),
        (lambda: Status(500, retry_after=-1), "Status: retry_after: "),
        (lambda: Status(cast("int", "500")), "Status: status: "),
    ],
)
def test_a_fault_that_cannot_be_is_told_by_name(make: Callable[[], Fault], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}"):
        make()


def test_the_class_of_a_fault_is_none(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="not LoseReply, the class"):
        sandbox.faults.add(POST, [cast("Fault", LoseReply)])
    with pytest.raises(ValueError, match="not 500"):
        sandbox.faults.add(POST, cast("Fault", 500))


@pytest.mark.parametrize(
    ("fault", "param"),
    [
        ({"kind": "slow", "seconds": -1}, "faults[0][seconds]"),
        ({"kind": "status", "status": 500, "other": 1}, "faults[0][other]"),
        ({"kind": "other"}, "faults[0]"),
        ({"status": 500}, "faults[0]"),
        (5, "faults[0]"),
    ],
)
def test_what_is_wrong_in_a_fault_is_named(service: Service, fault: object, param: str) -> None:
    answer = control(service, "POST", {"operation": POST, "faults": [fault]})
    error = answer.json()["error"]
    assert (answer.status_code, error["param"]) == (400, param)


def test_plans_are_made_told_and_dropped_over_http(service: Service, account: Json) -> None:
    faults = [{"kind": "status", "status": 429, "retry_after": 1}, {"kind": "lose_reply"}]
    told = accepted(control(service, "POST", {"operation": POST, "faults": faults, "times": 2}))
    assert [(each["fault"]["kind"], each["times"]) for each in told["pending"]] == [
        ("status", 1),
        ("lose_reply", 1),
    ] * 2
    assert told["pending"][0] == {
        "operation": POST,
        "fault": {
            "kind": "status",
            "status": 429,
            "retry_after": 1,
            "code": None,
            "body": None,
            "after": False,
        },
        "description": "Status(429, retry_after=1)",
        "times": 1,
    }
    refused(posting(service, account), 429, "rate_limited")
    assert len(accepted(control(service, "GET"))["pending"]) == 3
    assert accepted(control(service, "DELETE")) == {"pending": []}
    accepted(posting(service, account))


def control(service: Service, method: str, body: Json | None = None) -> httpx.Response:
    url = service.http.base_url.copy_with(path="/_sandbox/faults")
    return service.http.request(method, url, json=body)
