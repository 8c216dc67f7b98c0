# Generated from tests/_async/test_guide_wire.py; do not edit.
"""Every example of the guide, on the wire: method, URL, headers and body as they are printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
import respx

from vinr import Vinr
from vinr.loyalty import Account, Transaction

HOST = "https://api.vinr.com/v1"
KEY = "sk_live_4242"
MEMBER: dict[str, object] = {
    "id": "loy_7Qk...",
    "program": "prog_default",
    "customer": "cust_abc123",
    "status": "active",
    "balance": 0,
    "lifetime_points": 0,
    "tier": None,
    "metadata": {"signup_channel": "web"},
}
ENTRY: dict[str, object] = {
    "id": "ptx_1",
    "account": "loy_7Qk...",
    "type": "adjust",
    "amount": 500,
    "reason": "goodwill_credit",
    "metadata": {},
}


@pytest.fixture
def client() -> Iterator[Vinr]:
    with Vinr(secret_key=KEY) as client:
        yield client


def listed(*items: object, next_cursor: str | None = None) -> dict[str, object]:
    page = {"has_more": next_cursor is not None, "next_cursor": next_cursor, "total_estimate": 1}
    return {"object": "list", "data": list(items), "page": page}


def answer(body: object) -> httpx.Response:
    return httpx.Response(200, json=body, headers={"x-vinr-request-id": "req_1"})


def sent(route: respx.Route) -> httpx.Request:
    assert route.call_count == 1
    request: httpx.Request = route.calls.last.request
    assert request.headers["x-api-key"] == KEY
    assert "authorization" not in request.headers
    return request


def assert_posted(request: httpx.Request, body: bytes | None) -> None:
    assert re.fullmatch(r"[!-~]{1,255}", request.headers["idempotency-key"])
    assert request.content == (body or b"")
    assert request.headers.get("content-type") == ("application/json" if body else None)


def assert_read(request: httpx.Request) -> None:
    assert request.content == b""
    assert "idempotency-key" not in request.headers
    assert "content-type" not in request.headers


def test_create(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(f"{HOST}/loyalty/accounts").mock(return_value=answer(MEMBER))

    member = client.loyalty.accounts.create(
        program="prog_default", customer="cust_abc123", metadata={"signup_channel": "web"}
    )

    assert_posted(
        sent(route),
        b'{"program":"prog_default","customer":"cust_abc123","metadata":{"signup_channel":"web"}}',
    )
    assert (member.id, member.balance) == ("loy_7Qk...", 0)
    assert member == Account.model_validate_json(json.dumps(MEMBER))
    assert member.last_response.request_id == "req_1"


def test_resolve_before_creating(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(
        f"{HOST}/loyalty/accounts?program=prog_default&customer=cust_abc123&limit=1"
    ).mock(return_value=answer(listed(MEMBER)))

    page = client.loyalty.accounts.list(program="prog_default", customer="cust_abc123", limit=1)

    request = sent(route)
    assert_read(request)
    assert request.url.query == b"program=prog_default&customer=cust_abc123&limit=1"
    assert [member.id for member in page.data] == ["loy_7Qk..."]


def test_balance(client: Vinr, respx_mock: respx.MockRouter) -> None:
    found = MEMBER | {"balance": 1250, "lifetime_points": 2000}
    route = respx_mock.get(f"{HOST}/loyalty/accounts/loy_7Qk...").mock(return_value=answer(found))

    account = client.loyalty.accounts.retrieve("loy_7Qk...")

    assert_read(sent(route))
    assert (account.balance, account.lifetime_points) == (1250, 2000)


def test_ledger(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(f"{HOST}/loyalty/transactions?account=loy_7Qk...&limit=20").mock(
        return_value=answer(listed(ENTRY | {"type": "earn"}, ENTRY | {"id": "ptx_2"}))
    )

    ledger = client.loyalty.transactions.list(account="loy_7Qk...", limit=20)

    assert_read(sent(route))
    assert [(entry.id, entry.type, entry.amount, entry.reason) for entry in ledger.data] == [
        ("ptx_1", "earn", 500, "goodwill_credit"),
        ("ptx_2", "adjust", 500, "goodwill_credit"),
    ]


def test_adjustment(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(f"{HOST}/loyalty/transactions").mock(return_value=answer(ENTRY))

    entry = client.loyalty.transactions.create(
        account="loy_7Qk...", amount=500, reason="goodwill_credit", idempotency_key="ticket-4821"
    )

    request = sent(route)
    assert_posted(
        request,
        b'{"account":"loy_7Qk...","type":"adjust","amount":500,"reason":"goodwill_credit"}',
    )
    assert request.headers["idempotency-key"] == "ticket-4821"
    assert entry == Transaction.model_validate_json(json.dumps(ENTRY))


@pytest.mark.parametrize(("action", "status"), [("close", "closed"), ("reopen", "active")])
def test_close_and_reopen(
    client: Vinr, respx_mock: respx.MockRouter, action: str, status: str
) -> None:
    route = respx_mock.post(f"{HOST}/loyalty/accounts/loy_7Qk.../{action}").mock(
        return_value=answer(MEMBER | {"status": status})
    )
    accounts = client.loyalty.accounts
    call = {"close": accounts.close, "reopen": accounts.reopen}[action]

    account = call("loy_7Qk...")

    assert_posted(sent(route), None)
    assert account.status == status


def test_merge(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(f"{HOST}/loyalty/accounts/merge").mock(return_value=answer(MEMBER))

    survivor = client.loyalty.accounts.merge(source="loy_dupOld...", target="loy_7Qk...")

    assert_posted(sent(route), b'{"source":"loy_dupOld...","target":"loy_7Qk..."}')
    assert survivor.id == "loy_7Qk..."


def test_update(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(f"{HOST}/loyalty/accounts/loy_7Qk...").mock(return_value=answer(MEMBER))

    client.loyalty.accounts.update("loy_7Qk...", tier="gold", metadata={"vip": "yes", "old": None})

    assert_posted(sent(route), b'{"tier":"gold","metadata":{"vip":"yes","old":null}}')


def test_expand(client: Vinr, respx_mock: respx.MockRouter) -> None:
    tier = {"id": "tier_silver", "name": "Silver", "min_points": 1000}
    customer = {"id": "cust_abc123", "email": "someone@example.test"}
    route = respx_mock.get(url__startswith=f"{HOST}/loyalty/accounts/loy_7Qk").mock(
        return_value=answer(MEMBER | {"tier": tier, "customer": customer})
    )

    member = client.loyalty.accounts.retrieve("loy_7Qk...", expand=["customer", "tier"])

    assert sent(route).url.query == b"expand[]=customer&expand[]=tier"
    assert member.tier is not None
    assert member.customer is not None
    assert (member.tier.min_points, member.tier_id) == (1000, "tier_silver")
    assert (member.customer.email, member.customer_id) == ("someone@example.test", "cust_abc123")


@pytest.mark.parametrize(
    ("key", "host"),
    [
        ("sk_live_1", "https://api.vinr.com/v1"),
        ("rk_live_1", "https://api.vinr.com/v1"),
        ("sk_test_1", "https://sandbox.api.vinr.com/v1"),
        ("rk_test_1", "https://sandbox.api.vinr.com/v1"),
    ],
)
def test_the_key_chooses_the_host(respx_mock: respx.MockRouter, key: str, host: str) -> None:
    route = respx_mock.get(f"{host}/loyalty/accounts/loy_7Qk...").mock(return_value=answer(MEMBER))

    with Vinr(secret_key=key, api_version="2026-05-01") as client:
        client.loyalty.accounts.retrieve("loy_7Qk...")

    headers = route.calls.last.request.headers
    assert (headers["x-api-key"], headers["vinr-version"]) == (key, "2026-05-01")
