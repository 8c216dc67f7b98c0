"""``client.events.catch_up``: what happened since a cursor, the oldest first, each event once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import respx

from vinr import AsyncVinr, InvalidRequestError, PaginationError, events
from vinr.sandbox import Sandbox

HOST = "https://sandbox.api.vinr.com/v1"


async def enrol(client: AsyncVinr, *customers: str) -> None:
    for customer in customers:
        await client.loyalty.accounts.create(program="prog_default", customer=customer)


def happened(sandbox: Sandbox) -> list[str]:
    return [event.id for event in sandbox.events.list()]


@pytest.mark.parametrize("prefetch", [0, 1])
async def test_everything_in_order_and_once_from_any_cursor(
    client: AsyncVinr, sandbox: Sandbox, prefetch: int
) -> None:
    await enrol(client, "cust_1", "cust_2", "cust_3")  # all of it within a second or so
    wanted = happened(sandbox)
    options: dict[str, Any] = {"limit": 2, "prefetch": prefetch}

    assert [each.id async for each in client.events.catch_up(since=None, **options)] == wanted
    for number, cursor in enumerate(wanted):
        caught_up = [each.id async for each in client.events.catch_up(since=cursor, **options)]
        assert caught_up == wanted[number + 1 :]


async def test_a_cursor_from_each_event_goes_on_where_it_stopped(
    client: AsyncVinr, sandbox: Sandbox
) -> None:
    cursor: str | None = None
    seen: list[str] = []
    for customer in ("cust_1", "cust_2", "cust_3"):
        await enrol(client, customer)
        async for event in client.events.catch_up(since=cursor):
            seen.append(event.id)
            cursor = event.id
    assert seen == happened(sandbox)
    assert [each async for each in client.events.catch_up(since=cursor)] == []


async def test_what_happens_meanwhile_comes_too(client: AsyncVinr, sandbox: Sandbox) -> None:
    await enrol(client, "cust_1", "cust_2")
    seen: list[str] = []
    async for event in client.events.catch_up(since=None, limit=2):
        seen.append(event.id)
        if len(seen) == 2:
            await enrol(client, "cust_3")
    assert seen == happened(sandbox)


async def test_from_a_time(client: AsyncVinr, sandbox: Sandbox) -> None:
    for number in range(3):
        await enrol(client, f"cust_{number}")
        sandbox.clock.advance(hours=1)
    log = sandbox.events.list()

    since = log[2].created
    caught_up = [each.id async for each in client.events.catch_up(since=since, limit=1)]
    assert caught_up == [each.id for each in log if each.created >= since]
    assert len(caught_up) == 4
    future = sandbox.clock.now() + timedelta(days=1)
    assert [each async for each in client.events.catch_up(since=future)] == []


@pytest.mark.parametrize(
    "type",
    [
        "loyalty.account.created",
        ["loyalty.account.created"],
        ("loyalty.account.created", "points_transaction.created"),
        ("payment.completed", "points_transaction.created"),  # the oldest is of neither
    ],
)
async def test_types(client: AsyncVinr, sandbox: Sandbox, type: str | Sequence[str]) -> None:
    await enrol(client, "cust_1", "cust_2")
    sandbox.simulate.payment_completed(customer="cust_1", amount="5.00", payment="pay_1")
    log = sandbox.events.list()
    wanted = [each.id for each in log if each.type == type or each.type in type]

    for since in (None, log[0].created):
        caught_up = [each async for each in client.events.catch_up(since=since, type=type)]
        assert [each.id for each in caught_up] == wanted
    behind = client.events.catch_up(since=log[0].id, type=type, limit=1)
    # the cursor may be an event of another type
    assert [each.id async for each in behind] == [each for each in wanted if each != log[0].id]


async def test_a_cursor_that_vinr_does_not_know(client: AsyncVinr) -> None:
    await enrol(client, "cust_1")
    with pytest.raises(PaginationError, match=r"no event evt_old .*too old.*since=datetime") as it:
        [each async for each in client.events.catch_up(since="evt_old")]
    assert (it.value.param, it.value.resource) == ("since", "evt_old")


@pytest.mark.parametrize(
    ("arguments", "param"),
    [
        ({"since": ""}, "since"),
        ({"since": 5}, "since"),
        ({"since": datetime(2026, 1, 1)}, "since"),  # noqa: DTZ001  # that is what is wrong with it
        ({"since": None, "type": []}, "type"),
        ({"since": None, "type": "a b"}, "type"),
        ({"since": None, "type": ["loyalty.points.earned", ""]}, "type"),
        ({"since": None, "limit": 101}, "limit"),
        ({"since": None, "prefetch": -1}, "prefetch"),
    ],
)
def test_bad_arguments_are_refused_at_once(arguments: dict[str, Any], param: str) -> None:
    client = AsyncVinr(secret_key="sk_test_1")
    with pytest.raises(InvalidRequestError) as caught:
        client.events.catch_up(**arguments)
    assert caught.value.param == param


def answer(*ids: str, has_more: bool = False) -> dict[str, Any]:
    made = {"type": "coupon.issued", "data": {"object": {"id": "cpn_1"}}, "created": 1}
    return {"object": "list", "data": [{"id": id, **made} for id in ids], "has_more": has_more}


class Pages:
    """Answers one after the other, and keeps what was asked for."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.queries: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.queries.append(request.url.query.decode())
        return httpx.Response(200, json=self.answers.pop(0))


async def test_on_the_wire(respx_mock: respx.MockRouter) -> None:
    respx_mock.get(f"{HOST}/events/evt_1").respond(json=answer("evt_1")["data"][0])
    pages = Pages(
        answer("evt_3", "evt_2", has_more=True),
        answer("evt_4"),
    )
    respx_mock.get(url__startswith=f"{HOST}/events?").mock(side_effect=pages)
    async with AsyncVinr(secret_key="sk_test_1") as client:
        caught_up = [
            each
            async for each in client.events.catch_up(since="evt_1", type="coupon.issued", limit=2)
        ]

    assert [each.id for each in caught_up] == ["evt_2", "evt_3", "evt_4"]
    assert pages.queries == [
        "type=coupon.issued&limit=2&ending_before=evt_1",
        "type=coupon.issued&limit=2&ending_before=evt_3",
    ]
    assert {type(each) for each in caught_up} == {events.Event}


async def test_from_a_time_on_the_wire(respx_mock: respx.MockRouter) -> None:
    pages = Pages(
        answer("evt_3", "evt_2", has_more=True),
        answer("evt_1"),
        answer("evt_3", "evt_2"),
    )
    respx_mock.get(url__startswith=f"{HOST}/events?").mock(side_effect=pages)
    async with AsyncVinr(secret_key="sk_test_1") as client:
        since = datetime(2026, 1, 1, tzinfo=UTC)
        caught_up = [each.id async for each in client.events.catch_up(since=since)]

    assert caught_up == ["evt_1", "evt_2", "evt_3"]
    assert pages.queries == [
        "created[gte]=1767225600&limit=100",
        "created[gte]=1767225600&limit=100&starting_after=evt_2",
        "limit=100&ending_before=evt_1",
    ]
