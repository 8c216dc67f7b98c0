"""Bad input is refused with an error that names it, before anything is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import httpx
import pytest

from vinr import AsyncVinr, InvalidRequestError

# what a caller without a type checker may pass
Call = Callable[[AsyncVinr, Any], Awaitable[object]]


async def expanded(client: AsyncVinr, bad: Any) -> None:
    await client.loyalty.accounts.retrieve("loy_1", expand=cast("list[str]", bad))


async def accounts(client: AsyncVinr, bad: Any) -> None:
    await client.loyalty.accounts.list(**bad)


async def transactions(client: AsyncVinr, bad: Any) -> None:
    await client.loyalty.transactions.list(**bad)


async def events(client: AsyncVinr, bad: Any) -> None:
    await client.events.list(**bad)


IDS: list[object] = [
    *("", ".", "..", "...", "merge", "a/b", "a\\b", "../admin", "%2e%2e", "a?b", "a#b", "a b"),
    *(" a", "a\n", "a\r\n", "a\x00", "é", "🎁", "a" * 256, None, 7, b"loy_1", True),
]
AMOUNTS: list[object] = [True, 1.0, 1.5, Decimal(1), "1", None, 0, 2**63, -(2**63)]
KEYS: list[object] = ["", " ", "a\r\nb", "a\nb", "é", "a" * 256, 7, b"key", "\x7f"]
METADATA: list[object] = [
    {"a": 1},
    {1: "a"},
    {"a": None},
    {"a": ["b"]},
    {"a": "\ud800"},
    {"\ud800": "a"},
    {str(number): "" for number in range(51)},
    [("a", "b")],
    "a=b",
]
WINDOWS: list[object] = [
    *({"limit": value} for value in (0, 101, -1, 1.0, "10", True)),
    {"starting_after": "a", "ending_before": "b"},
    {"starting_after": ""},
    {"ending_before": ""},
    {"max_items": -1},
    {"max_items": 1.5},
]

EVENTS: list[object] = [
    *({"type": value} for value in ("", "a b", "a&b", "a" * 256, 7, ["loyalty.points.earned"])),
    *(
        {name: value}
        for name in ("created_gte", "created_lt")
        for value in (datetime(2026, 1, 1), date(2026, 1, 1), 1_767_225_600, "2026-01-01")  # noqa: DTZ001 - what is refused
    ),
]

CALLS: dict[str, tuple[Call, list[object]]] = {
    "retrieve": (lambda client, bad: client.loyalty.accounts.retrieve(bad), IDS),
    "update": (lambda client, bad: client.loyalty.accounts.update(bad, tier="gold"), IDS),
    "close": (lambda client, bad: client.loyalty.accounts.close(bad), IDS),
    "reopen": (lambda client, bad: client.loyalty.accounts.reopen(bad), IDS),
    "merge source": (
        lambda client, bad: client.loyalty.accounts.merge(source=bad, target="loy_1"),
        [*IDS, "loy_1"],
    ),
    "merge target": (
        lambda client, bad: client.loyalty.accounts.merge(source="loy_1", target=bad),
        IDS,
    ),
    "program": (lambda client, bad: client.loyalty.accounts.create(program=bad), IDS),
    "transaction": (lambda client, bad: client.loyalty.transactions.retrieve(bad), IDS),
    "account of a transaction": (
        lambda client, bad: client.loyalty.transactions.create(account=bad, amount=1),
        IDS,
    ),
    "amount": (
        lambda client, bad: client.loyalty.transactions.create(account="loy_1", amount=bad),
        AMOUNTS,
    ),
    "idempotency_key": (
        lambda client, bad: client.loyalty.accounts.close("loy_1", idempotency_key=bad),
        KEYS,
    ),
    "metadata": (
        lambda client, bad: client.loyalty.accounts.create(program="prog_1", metadata=bad),
        METADATA,
    ),
    "reason": (
        lambda client, bad: client.loyalty.transactions.create(
            account="loy_1", amount=1, reason=bad
        ),
        ["\ud800", 7, b"reason"],
    ),
    "list of accounts": (accounts, WINDOWS),
    "list of transactions": (transactions, WINDOWS),
    "event": (lambda client, bad: client.events.retrieve(bad), IDS),
    "list of events": (events, [*WINDOWS, *EVENTS]),
    "expand": (
        expanded,
        ["tier", b"tier", [""], [1], {"tier"}, 7],
    ),
    "la_ account": (lambda client, bad: client.loyalty_accounts.retrieve(bad), IDS),
    "customer": (lambda client, bad: client.loyalty_accounts.create(customer=bad), IDS),
    "unsigned amount": (
        lambda client, bad: client.points_transactions.create(
            loyalty_account="la_1", amount=bad, type="credit"
        ),
        [*AMOUNTS, -1],
    ),
}


@pytest.mark.parametrize(
    ("call", "bad"),
    [
        pytest.param(call, bad, id=f"{name} {index}")
        for name, (call, values) in CALLS.items()
        for index, bad in enumerate(values)
    ],
)
async def test_refused_before_anything_is_sent(call: Call, bad: object) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(500)

    http_client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    async with AsyncVinr(secret_key="sk_test_1", http_client=http_client) as client:
        with pytest.raises(InvalidRequestError) as caught:
            await call(client, bad)

    assert sent == []
    assert isinstance(caught.value, ValueError)
    assert caught.value.param
    assert caught.value.attempts == 0


async def test_positional_arguments_of_merge_are_not_accepted() -> None:
    async with AsyncVinr(secret_key="sk_test_1") as client:
        merge = cast("Callable[..., Awaitable[object]]", client.loyalty.accounts.merge)
        with pytest.raises(TypeError):
            await merge("loy_1", "loy_2")
