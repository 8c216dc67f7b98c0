"""What happened, from end to end, and what is asked for on the wire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import httpx
import pytest
import respx

from vinr import AsyncVinr, Event, NotFoundError
from vinr.sandbox import Sandbox

HOST = "https://sandbox.api.vinr.com/v1"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def test_events_are_read_newest_first(client: AsyncVinr, sandbox: Sandbox) -> None:
    for number in range(3):
        await client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")

    events = [event async for event in client.events.list(limit=4)]

    assert [event.id for event in events] == [each.id for each in sandbox.events.list()][::-1]
    assert all(isinstance(event, Event) for event in events)
    assert await client.events.retrieve(events[0].id) == events[0]
    page = await client.events.list(limit=4)
    assert (len(page), page.has_more, page.next_cursor) == (4, True, events[3].id)
    newer = [event async for event in client.events.list(ending_before=events[3].id, limit=1)]
    assert sorted(event.id for event in newer) == sorted(event.id for event in events[:3])


async def test_an_event_reads_what_it_is_about(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program="prog_default", customer="cust_1")

    [event] = (await client.events.list(type="loyalty.account.created")).data

    assert event.account == member
    assert event.created.tzinfo is UTC
    assert event.last_response.status == 200


async def test_events_of_a_time(client: AsyncVinr, sandbox: Sandbox) -> None:
    for number in range(3):
        await client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
        sandbox.clock.advance(hours=1)
    kind = "loyalty.account.created"
    newest, middle, oldest = (await client.events.list(type=kind)).data

    since = await client.events.list(type=kind, created_gte=middle.created)
    before = await client.events.list(type=kind, created_lt=middle.created)
    # VINR's times are whole seconds: what is asked for within one begins with the next
    between = await client.events.list(
        type=kind,
        created_gte=oldest.created + timedelta(milliseconds=1),
        created_lt=middle.created + timedelta(milliseconds=1),
    )

    assert (since.data, before.data, between.data) == ([newest, middle], [oldest], [middle])


async def test_an_event_that_is_not_there(client: AsyncVinr) -> None:
    with pytest.raises(NotFoundError):
        await client.events.retrieve("evt_none")


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        (NOON, 1_767_268_800),
        (NOON.astimezone(timezone(timedelta(hours=9))), 1_767_268_800),
        (NOON + timedelta(microseconds=1), 1_767_268_801),
        (datetime(1969, 12, 31, 23, 59, 58, 500_000, tzinfo=UTC), -1),
    ],
)
async def test_on_the_wire(respx_mock: respx.MockRouter, at: datetime, seconds: int) -> None:
    route = respx_mock.get(url__startswith=f"{HOST}/events").respond(
        json={"object": "list", "data": [], "has_more": False}
    )
    async with AsyncVinr(secret_key="sk_test_1") as client:
        await client.events.list(
            type="loyalty.points.earned", created_gte=at, created_lt=at, limit=5
        )

    request: httpx.Request = route.calls.last.request
    assert request.url.query.decode() == (
        f"type=loyalty.points.earned&created[gte]={seconds}&created[lt]={seconds}&limit=5"
    )


async def test_no_filter_is_sent_unasked(respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(f"{HOST}/events").respond(
        json={"object": "list", "data": [], "has_more": False}
    )
    async with AsyncVinr(secret_key="sk_test_1") as client:
        assert not await client.events.list()
    assert not route.calls.last.request.url.query
