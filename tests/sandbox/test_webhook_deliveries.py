"""Webhooks: signed, in order, retried on the sandbox's clock, doubled or shuffled on request."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import cast

import httpx
import pytest

from tests.sandbox.receiver import SECRET, Receiver, receiving
from tests.sandbox.service import Json, Service, accepted, refused
from tests.together import eventually
from vinr.sandbox import Sandbox, SandboxOptions

CREATED = ["loyalty.account.created"]
BOTH = ["loyalty.account.created", "loyalty_account.created"]
GUIDE = [
    "loyalty.account.created",
    "loyalty.points.earned",
    "loyalty.reward.redeemed",
    "loyalty.account.merged",
]
REFERENCE = ["loyalty_account.created", "loyalty_account.updated", "points_transaction.created"]


@pytest.fixture
def vinr_sandbox_options() -> SandboxOptions:
    return {"seed": 1}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def hooks(service: Service, method: str, path: str = "", body: Json | None = None) -> Json:
    url = service.http.base_url.copy_with(path=f"/_sandbox/webhooks{path}")
    return accepted(service.http.request(method, url, json=body))


def test_events_are_signed_and_delivered_once_in_order(
    service: Service, receiver: Receiver
) -> None:
    service.enrol()
    service.sandbox.webhooks.add(receiver.url, secret=SECRET, dialect="both")
    account = service.enrol()
    service.adjust(account, 5)
    made = service.sandbox.webhooks.deliver()
    assert [event.type for event in receiver.events] == [*BOTH, "points_transaction.created"]
    assert [event.id for event in receiver.events] == [each.event for each in made]
    assert {each.outcome for each in made} == {"200"}
    assert service.sandbox.webhooks.deliver() == []
    assert service.sandbox.webhooks.deliveries == made


def everything_happens(service: Service) -> None:
    """One of each thing that is told, in order."""
    account = service.enrol("cust_1")
    other = service.enrol("cust_2")
    service.sandbox.simulate.payment_completed(customer="cust_1", amount=80)
    service.sandbox.simulate.redemption(account=account["id"], points=30)
    service.adjust(account, 5)
    merging = {"source": other["id"], "target": account["id"]}
    accepted(service.post("/loyalty/accounts/merge", merging))


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        ({}, GUIDE),
        ({"dialect": None}, GUIDE),
        ({"dialect": "guide"}, GUIDE),
        ({"dialect": "reference"}, REFERENCE),
        ({"dialect": "both"}, [*GUIDE, *REFERENCE]),
        ({"events": ["points_transaction.created"]}, ["points_transaction.created"]),
    ],
    ids=str,
)
def test_one_dialect_is_heard_unless_others_are_asked_for(
    service: Service, receiver: Receiver, wanted: Json, types: list[str]
) -> None:
    heard = hooks(service, "POST", body={"url": receiver.url, "secret": SECRET, **wanted})["events"]
    assert heard == (None if wanted.get("dialect") == "both" else sorted(types))
    everything_happens(service)
    service.sandbox.webhooks.deliver()
    assert {event.type for event in receiver.events} == set(types)


def test_an_earn_is_heard_once(service: Service, receiver: Receiver) -> None:
    service.enrol("cust_1")
    service.sandbox.webhooks.add(receiver.url, secret=SECRET)
    earned = service.sandbox.simulate.payment_completed(customer="cust_1", amount=80)
    service.sandbox.webhooks.deliver()
    [event] = receiver.events
    assert earned is not None
    assert (event.type, event.data.object["id"]) == ("loyalty.points.earned", earned.id)


@pytest.mark.parametrize(
    ("wanted", "param"),
    [
        ({"dialect": "english"}, "dialect"),
        ({"dialect": "guide", "events": CREATED}, "dialect"),
    ],
)
def test_dialects_that_are_none(service: Service, wanted: Json, param: str) -> None:
    hook: Json = {"url": "http://127.0.0.1:9/", "secret": SECRET, **wanted}
    with pytest.raises(ValueError, match="dialect"):
        service.sandbox.webhooks.add(**hook)
    control = service.http.base_url.copy_with(path="/_sandbox/webhooks")
    refused(service.http.post(control, json=hook), 400, "parameter_invalid", param)


def test_only_the_types_asked_for(service: Service, receiver: Receiver) -> None:
    service.sandbox.webhooks.add(receiver.url, secret=SECRET, events=["loyalty.account.created"])
    service.adjust(service.enrol(), 5)
    service.sandbox.webhooks.deliver()
    assert [event.type for event in receiver.events] == ["loyalty.account.created"]


def test_failures_are_retried_as_documented(service: Service, receiver: Receiver) -> None:
    receiver.statuses = [500, 404, 302, 503, 500, 500]
    body = {"url": receiver.url, "secret": SECRET, "events": CREATED}
    assert hooks(service, "POST", body=body)["events"] == CREATED
    service.enrol()
    start = service.sandbox.clock.time()
    minutes = [0, 1, 5, 30, 120, 24 * 60]
    for wait in minutes:
        service.sandbox.clock.advance(seconds=max(0, wait * 60 - 1))
        if wait:
            assert hooks(service, "POST", "/deliver")["deliveries"] == []
            service.sandbox.clock.advance(seconds=1)
        assert len(hooks(service, "POST", "/deliver")["deliveries"]) == 1
    service.sandbox.clock.advance(days=30)
    assert hooks(service, "POST", "/deliver")["deliveries"] == []
    made = hooks(service, "GET")["deliveries"]
    assert [each["attempt"] for each in made] == [1, 2, 3, 4, 5, 6]
    assert [each["status"] for each in made] == [500, 404, 302, 503, 500, 500]
    waits = [sum(minutes[: n + 1]) * 60 for n in range(6)]
    assert [each["at"] - start for each in made] == waits
    assert len({event.id for event in receiver.events}) == 1


def test_a_far_jump_makes_the_attempts_on_the_way(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.statuses = [500, 500]
    sandbox.webhooks.add(receiver.url, secret=SECRET, events=CREATED)
    with sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default")
    sandbox.clock.advance(days=1)
    assert [each.status for each in sandbox.webhooks.deliver()] == [500, 500, 200]


def test_doubled_and_out_of_order(service: Service, receiver: Receiver) -> None:
    body = {
        "url": receiver.url,
        "secret": SECRET,
        "dialect": "both",
        "doubled": True,
        "out_of_order": True,
    }
    hooks(service, "POST", body=body)
    service.adjust(service.enrol(), 5)
    service.sandbox.clock.advance(days=1)
    service.sandbox.webhooks.deliver()
    order = [event.id for event in service.sandbox.events.list()]
    assert [event.id for event in receiver.events] == [id for id in order[::-1] for _ in range(2)]


def test_nobody_listens(sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    sandbox.webhooks.add(url, secret=SECRET, events=CREATED)
    with sandbox.client() as client:
        client.loyalty.accounts.create(program="prog_default")
    [attempt] = sandbox.webhooks.deliver()
    assert (attempt.status, attempt.outcome) == (None, "ConnectError")


def test_delivering_by_itself(sandbox: Sandbox, receiver: Receiver) -> None:
    with sandbox.webhooks.keep_delivering(), sandbox.client() as client:
        sandbox.webhooks.add(receiver.url, secret=SECRET)
        client.loyalty.accounts.create(program="prog_default")
        eventually(lambda: len(receiver.events) == 1)


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.test/", "ftp://127.0.0.1/", "nonsense", "http://[::"),
        *("http://127.0.0.1:0/", "http://127.0.0.1:-1/", "http://127.0.0.1:65536/"),
    ],
)
def test_urls_that_nothing_is_sent_to(service: Service, url: str) -> None:
    with pytest.raises(ValueError, match=r"url|this machine"):
        service.sandbox.webhooks.add(url, secret=SECRET)
    control = service.http.base_url.copy_with(path="/_sandbox/webhooks")
    answer = service.http.post(control, json={"url": url, "secret": SECRET})
    error = refused(answer, 400, "parameter_invalid", "url")
    assert "anywhere" not in error["message"]  # which is not to be had over HTTP


def test_what_is_no_url(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="url is a text, not None"):
        sandbox.webhooks.add(cast("str", None), secret=SECRET)


@pytest.mark.parametrize("secret", ["", " "])
def test_a_webhook_needs_a_secret(service: Service, secret: str) -> None:
    url = "http://127.0.0.1:9/"
    with pytest.raises(ValueError, match="a webhook needs a secret"):
        service.sandbox.webhooks.add(url, secret=secret)
    control = service.http.base_url.copy_with(path="/_sandbox/webhooks")
    answer = service.http.post(control, json={"url": url, "secret": secret})
    refused(answer, 400, "parameter_invalid", "secret")
    assert service.sandbox.webhooks.endpoints == []


@pytest.mark.parametrize(
    "events", [[], ["loyalty.account.create"], CREATED[0], [*CREATED, "*"]], ids=str
)
def test_events_that_are_none(service: Service, events: list[str] | str) -> None:
    url = "http://127.0.0.1:9/"
    with pytest.raises(ValueError, match=r"loyalty\.account\.merged"):
        service.sandbox.webhooks.add(url, secret=SECRET, events=events)
    control = service.http.base_url.copy_with(path="/_sandbox/webhooks")
    answer = service.http.post(control, json={"url": url, "secret": SECRET, "events": events})
    refused(answer, 400, "parameter_invalid", "events")
    assert service.sandbox.webhooks.endpoints == []


def test_endpoints_are_told_without_their_secret_and_forgotten(service: Service) -> None:
    hooks(service, "POST", body={"url": "http://localhost:1/", "secret": SECRET})
    told = service.http.get(service.http.base_url.copy_with(path="/_sandbox/webhooks"))
    assert SECRET not in told.text
    assert [each["url"] for each in accepted(told)["endpoints"]] == ["http://localhost:1/"]
    assert hooks(service, "DELETE") == {"endpoints": [], "deliveries": []}
    service.enrol()
    assert service.sandbox.webhooks.deliver() == []


def test_after_a_restore_what_happens_then_is_delivered(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    sandbox.webhooks.add(receiver.url, secret=SECRET, events=CREATED)
    before = sandbox.snapshot()
    with sandbox.client() as client:
        receiver.statuses = [200, 200, 500]
        for number in range(3):
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
        sandbox.webhooks.deliver()
        sandbox.restore(before)
        receiver.events.clear()
        client.loyalty.accounts.create(program="prog_default", customer="cust_after")
        sandbox.clock.advance(days=1)  # no retry is due of what has not happened
        sandbox.webhooks.deliver()
    assert [event.data.object["customer"] for event in receiver.events] == ["cust_after"]


def test_what_a_restore_brings_is_not_delivered(sandbox: Sandbox, receiver: Receiver) -> None:
    with sandbox.client() as client, Sandbox() as another:
        client.loyalty.accounts.create(program="prog_default")
        another.webhooks.add(receiver.url, secret=SECRET)
        another.restore(sandbox.snapshot())
        assert another.webhooks.deliver() == []


def test_a_receiver_may_ask_the_sandbox_back(sandbox: Sandbox) -> None:
    with sandbox.serve() as url, httpx.Client(timeout=30) as http:
        hook = {"url": f"{url}/loyalty/accounts", "secret": SECRET}
        control = httpx.URL(url).copy_with(path="/_sandbox/webhooks")
        assert http.post(control, json=hook).is_success
        key = {"x-api-key": "sk_test_1"}
        http.post(f"{url}/loyalty/accounts", json={"program": "prog_default"}, headers=key)
        made = http.post(control.copy_with(path="/_sandbox/webhooks/deliver")).json()
        assert {each["status"] for each in made["deliveries"]} == {401}
