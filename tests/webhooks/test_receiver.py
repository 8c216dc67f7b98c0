"""``WebhookReceiver``: each event's handler runs to its end once, however the event comes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from threading import Event as Signal
from threading import Thread
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from tests.together import eventually
from vinr import (
    AsyncVinr,
    AsyncWebhookReceiver,
    Event,
    InvalidRequestError,
    LoyaltyAccount,
    Vinr,
    Webhook,
    WebhookReceiver,
    WebhookSignatureError,
)
from vinr.loyalty import Account
from vinr.sandbox import Sandbox
from vinr.webhooks import EventStore, MemoryStore

SECRET = "whsec_test"
BODY = json.dumps(
    {"id": "evt_1", "type": "coupon.issued", "data": {"object": {"id": "cpn_1"}}, "created": 1}
)


def signed(body: str = BODY) -> dict[str, str]:
    return {"Vinr-Signature": Webhook.sign(body, SECRET)}


def nothing(event: Event) -> None:
    pass


def unwanted(event: Event) -> None:
    pytest.fail(f"{event.id} is handled once too often")


def asynchronous(handler: Callable[[Event], object]) -> Callable[[Event], Awaitable[object]]:
    async def handle(event: Event) -> object:
        await anyio.lowlevel.checkpoint()
        return handler(event)

    return handle


def test_a_doubled_delivery_is_handled_once(store: EventStore) -> None:
    receiver = WebhookReceiver(["whsec_old", SECRET], store)
    seen: list[str] = []
    receipts = [receiver.receive(BODY, signed(), lambda event: seen.append(event.id)) for _ in "ab"]

    assert seen == ["evt_1"]
    assert [(each.outcome, each.status) for each in receipts] == [
        ("handled", 204),
        ("duplicate", 204),
    ]
    assert receipts[1].event.data.object == {"id": "cpn_1"}


async def test_a_doubled_delivery_is_handled_once_in_a_task(store: EventStore) -> None:
    receiver = AsyncWebhookReceiver(SECRET, store)
    seen: list[str] = []
    handler = asynchronous(lambda event: seen.append(event.id))
    outcomes = [(await receiver.receive(BODY, signed(), handler)).outcome for _ in "ab"]
    assert (seen, outcomes) == (["evt_1"], ["handled", "duplicate"])


def test_a_forged_delivery_reaches_neither_store_nor_handler() -> None:
    receiver = WebhookReceiver(SECRET, MemoryStore())
    with pytest.raises(WebhookSignatureError):
        receiver.receive(BODY + " ", signed(), unwanted)
    assert receiver.receive(BODY, signed(), nothing).outcome == "handled"


def test_the_secret_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_WEBHOOK_SECRET", SECRET)
    assert WebhookReceiver(None, MemoryStore()).receive(BODY, signed(), nothing).status == 204


def test_a_signature_that_is_too_old_for_the_tolerance() -> None:
    header = {"Vinr-Signature": Webhook.sign(BODY, SECRET, 1_750_000_000)}
    with pytest.raises(WebhookSignatureError, match="tolerance of 5 s"):
        WebhookReceiver(SECRET, MemoryStore(), tolerance=5).receive(BODY, header, nothing)


@pytest.mark.parametrize("lease", [0, -1, float("nan"), float("inf"), True])
def test_leases_that_are_none(lease: float) -> None:
    with pytest.raises(InvalidRequestError, match="lease"):
        WebhookReceiver(SECRET, MemoryStore(), lease=lease)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_handler_that_raises_gets_the_next_delivery(
    store: EventStore, error: type[BaseException]
) -> None:
    receiver = WebhookReceiver(SECRET, store)

    def crash(event: Event) -> None:
        raise error

    with pytest.raises(error):
        receiver.receive(BODY, signed(), crash)
    assert receiver.receive(BODY, signed(), nothing).outcome == "handled"


async def test_a_handler_that_raises_or_is_cancelled_in_a_task(store: EventStore) -> None:
    receiver = AsyncWebhookReceiver(SECRET, store)

    async def crash(event: Event) -> None:
        raise ZeroDivisionError

    async def hang(event: Event) -> None:
        scope.cancel()
        await anyio.sleep_forever()

    with pytest.raises(ZeroDivisionError):
        await receiver.receive(BODY, signed(), crash)
    with anyio.CancelScope() as scope:
        await receiver.receive(BODY, signed(), hang)
    assert scope.cancelled_caught
    assert (await receiver.receive(BODY, signed(), asynchronous(nothing))).outcome == "handled"


def test_a_second_delivery_while_the_first_is_in_work(store: EventStore) -> None:
    receiver = WebhookReceiver(SECRET, store)
    entered, leave = Signal(), Signal()

    def slow(event: Event) -> None:
        entered.set()
        assert leave.wait(10)

    first = Thread(target=receiver.receive, args=(BODY, signed(), slow))
    first.start()
    try:
        assert entered.wait(10)
        receipt = receiver.receive(BODY, signed(), unwanted)
        assert (receipt.outcome, receipt.status) == ("in_work", 409)
    finally:
        leave.set()
        first.join()
    assert receiver.receive(BODY, signed(), unwanted).outcome == "duplicate"


def test_a_process_that_died_at_work_is_followed_after_the_lease(store: EventStore) -> None:
    store.claim("evt_1", "of a process that died", 0.02)
    receiver = WebhookReceiver(SECRET, store)
    eventually(lambda: receiver.receive(BODY, signed(), nothing).outcome == "handled")


def test_an_outage_then_catch_up_misses_nothing_and_repeats_nothing(
    vinr_sandbox: Sandbox, vinr_client: Vinr, store: EventStore
) -> None:
    receiver = WebhookReceiver(SECRET, store)
    handled: list[str] = []

    def handler(event: Event) -> None:
        handled.append(event.id)

    def enrol(*customers: str) -> list[Event]:
        known = {event.id for event in vinr_sandbox.events.list()}
        for customer in customers:
            vinr_client.loyalty.accounts.create(program="prog_default", customer=customer)
        return [e for e in vinr_client.events.catch_up(since=None) if e.id not in known]

    before, _missed, after = enrol("cust_1"), enrol("cust_2"), enrol("cust_3", "cust_4")
    for event in [*before, *reversed(after), *after]:  # webhooks, out of order and doubled
        receiver.process(event, handler)

    def catch_up(cursor: str) -> list[str]:
        stream = vinr_client.events.catch_up(since=cursor, limit=2)
        return [receipt.outcome for receipt in receiver.replay(stream, handler)]

    outcomes = catch_up(before[-1].id)
    assert outcomes == ["handled"] * 2 + ["duplicate"] * 4
    assert sorted(handled) == sorted(event.id for event in vinr_sandbox.events.list())
    assert len(handled) == 8
    assert catch_up(before[-1].id) == ["duplicate"] * 6


async def test_the_same_in_a_task(
    vinr_sandbox: Sandbox, anyio_backend_name: str, store: EventStore
) -> None:
    client = vinr_sandbox.async_client()
    receiver = AsyncWebhookReceiver(SECRET, store)
    handled: list[str] = []
    handler = asynchronous(lambda event: handled.append(event.id))
    member = await client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    for _ in "ab":
        stream = client.events.catch_up(since=None)
        async for receipt in receiver.replay(stream, handler):
            assert receipt.status == 204
    assert handled == [event.id for event in vinr_sandbox.events.list()]
    event = await client.events.retrieve(handled[0])
    assert await receiver.current_account(event, client) == member
    [of_reference] = [
        each async for each in client.events.list(type="loyalty_account.created", limit=1)
    ]
    account = await receiver.current_account(of_reference, client)
    assert isinstance(account, LoyaltyAccount)
    assert account.id.removeprefix("la_") == member.id.removeprefix("loy_")
    assert await receiver.current_account(Event.model_validate_json(BODY), client) is None


def test_catching_up_stops_before_an_event_that_is_in_work(
    vinr_client: Vinr, store: EventStore
) -> None:
    for customer in ("cust_1", "cust_2"):
        vinr_client.loyalty.accounts.create(program="prog_default", customer=customer)
    first, second, *rest = vinr_client.events.catch_up(since=None)
    receiver = WebhookReceiver(SECRET, store)
    store.claim(second.id, "of another process", 60)

    def replay() -> list[tuple[str, str]]:
        stream = vinr_client.events.catch_up(since=None)
        return [(each.event.id, each.outcome) for each in receiver.replay(stream, nothing)]

    assert replay() == [(first.id, "handled")]
    store.release(second.id, "of another process")  # it crashed
    assert replay() == [
        (first.id, "duplicate"),
        *[(each.id, "handled") for each in (second, *rest)],
    ]


async def test_catching_up_stops_in_a_task(vinr_async_client: AsyncVinr) -> None:
    await vinr_async_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    store = MemoryStore()
    receiver = AsyncWebhookReceiver(SECRET, store)
    [first] = [each async for each in vinr_async_client.events.catch_up(since=None, type=CREATED)]
    store.claim(first.id, "of another process", 60)
    stream = vinr_async_client.events.catch_up(since=None, type=CREATED)
    assert [each async for each in receiver.replay(stream, asynchronous(nothing))] == []


CREATED = "loyalty.account.created"


def test_the_account_as_it_is_now(vinr_sandbox: Sandbox, vinr_client: Vinr) -> None:
    receiver = WebhookReceiver(SECRET, MemoryStore())
    member = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    vinr_sandbox.simulate.payment_completed(customer="cust_1", amount="80.00", payment="pay_1")
    events = list(vinr_client.events.catch_up(since=None))
    found = {event.type: receiver.current_account(event, vinr_client) for event in events}

    of_the_guide = [found[CREATED], found["loyalty.points.earned"]]
    of_the_reference = [found["loyalty_account.created"], found["points_transaction.created"]]
    for account in of_the_guide:
        assert isinstance(account, Account)
        assert (account.id, account.balance) == (member.id, 80)
    for account in of_the_reference:
        assert isinstance(account, LoyaltyAccount)
        assert account.points_balance == 80
    about_no_member = Event.model_validate_json(BODY)
    assert receiver.current_account(about_no_member, vinr_client) is None


def test_an_unknown_keyword_names_the_near_one() -> None:
    options: dict[str, Any] = {"tolerence": 5}
    with pytest.raises(TypeError, match="did you mean tolerance="):
        WebhookReceiver(SECRET, MemoryStore(), **options)
