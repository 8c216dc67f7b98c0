# Generated from tests/_async/test_reference_wire.py; do not edit.
"""Every example of the reference, on the wire: method, URL, headers and body as printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx
import pytest
import respx
from hypothesis import given
from hypothesis import strategies as st

from vinr import Vinr
from vinr._protocol.encode import encode_body

HOST = "https://api.vinr.com/v1"
ACCOUNT: dict[str, object] = {
    "id": "la_4Kp9bQ",
    "customer": "cust_8aZ2",
    "points_balance": 1250,
    "tier": "tier_silver",
    "programme_id": "prog_default",
    "created": 1716300000,
}
SILVER = {"id": "tier_silver", "name": "Silver", "min_points": 1000}
ENTRY: dict[str, object] = {
    "id": "pt_1",
    "loyalty_account": "la_4Kp9bQ",
    "amount": 100,
    "type": "credit",
    "points_after": 1350,
    "reason": "goodwill",
    "created": 1716300000,
}
CREATED = datetime(2024, 5, 21, 14, 0, tzinfo=UTC)


@pytest.fixture
def client() -> Iterator[Vinr]:
    with Vinr(secret_key="sk_live_4242") as client:
        yield client


def assert_form(request: httpx.Request, body: bytes) -> None:
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["x-api-key"] == "sk_live_4242"
    assert request.headers["idempotency-key"]
    assert request.content == body


def test_create(client: Vinr, respx_mock: respx.MockRouter) -> None:
    printed = ACCOUNT | {"points_balance": 0, "tier": "tier_bronze"}
    route = respx_mock.post(f"{HOST}/loyalty-accounts").respond(json=printed)

    account = client.loyalty_accounts.create(customer="cust_8aZ2", programme_id="prog_default")

    assert_form(route.calls.last.request, b"customer=cust_8aZ2&programme_id=prog_default")
    assert (account.id, account.customer, account.points_balance) == ("la_4Kp9bQ", "cust_8aZ2", 0)
    assert (account.tier, account.programme_id) == ("tier_bronze", "prog_default")
    assert account.created == CREATED


def test_retrieve(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(url__startswith=f"{HOST}/loyalty-accounts/la_4Kp9bQ").respond(
        json=ACCOUNT | {"tier": SILVER}
    )

    account = client.loyalty_accounts.retrieve("la_4Kp9bQ", expand=["tier"])

    request = route.calls.last.request
    assert str(request.url) == f"{HOST}/loyalty-accounts/la_4Kp9bQ?expand[]=tier"
    assert "idempotency-key" not in request.headers
    assert (account.tier.name, account.tier.min_points) == ("Silver", 1000)
    assert (account.tier_id, account.customer_id) == ("tier_silver", "cust_8aZ2")


def test_update(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.post(f"{HOST}/loyalty-accounts/la_4Kp9bQ").respond(
        json=ACCOUNT | {"tier": "tier_gold"}
    )

    account = client.loyalty_accounts.update("la_4Kp9bQ", tier="tier_gold")

    assert_form(route.calls.last.request, b"tier=tier_gold")
    assert account.tier == "tier_gold"


def test_list(client: Vinr, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(f"{HOST}/loyalty-accounts?customer=cust_8aZ2&limit=10").respond(
        json={"object": "list", "data": [ACCOUNT], "has_more": False}
    )

    accounts = client.loyalty_accounts.list(customer="cust_8aZ2", limit=10)

    assert route.calls.last.request.url.query == b"customer=cust_8aZ2&limit=10"
    assert [account.id for account in accounts.data] == ["la_4Kp9bQ"]
    assert not accounts.has_more


def test_nested_metadata_and_arrays(client: Vinr, respx_mock: respx.MockRouter) -> None:
    customer = {"id": "cust_8aZ2", "email": "someone@example.test"}
    route = respx_mock.post(f"{HOST}/loyalty-accounts").respond(
        json=ACCOUNT | {"customer": customer, "tier": SILVER}
    )

    account = client.loyalty_accounts.create(
        customer="cust_8aZ2", metadata={"channel": "web & app"}, expand=["customer", "tier"]
    )

    assert_form(
        route.calls.last.request,
        b"customer=cust_8aZ2&metadata[channel]=web+%26+app&expand[]=customer&expand[]=tier",
    )
    assert (account.customer.email, account.tier.min_points) == ("someone@example.test", 1000)


@pytest.mark.parametrize(("type", "signed"), [("credit", 100), ("debit", -100)])
def test_points(client: Vinr, respx_mock: respx.MockRouter, type: str, signed: int) -> None:
    route = respx_mock.post(f"{HOST}/points-transactions").respond(json=ENTRY | {"type": type})

    entry = client.points_transactions.create(
        loyalty_account="la_4Kp9bQ", amount=100, type=type, reason="goodwill"
    )

    assert_form(
        route.calls.last.request,
        f"loyalty_account=la_4Kp9bQ&amount=100&type={type}&reason=goodwill".encode(),
    )
    assert (entry.signed_amount, entry.points_after, entry.created) == (signed, 1350, CREATED)
    assert entry.loyalty_account_id == "la_4Kp9bQ"


def test_the_account_of_an_entry(client: Vinr, respx_mock: respx.MockRouter) -> None:
    account = {"id": "la_4Kp9bQ", "points_balance": 1350}
    respx_mock.get(url__startswith=f"{HOST}/points-transactions/pt_1").respond(
        json=ENTRY | {"loyalty_account": account}
    )

    entry = client.points_transactions.retrieve("pt_1", expand=["loyalty_account"])

    assert entry.loyalty_account.points_balance == 1350
    assert entry.loyalty_account_id == "la_4Kp9bQ"


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(
    ["", "[]", "a[b]", "]", "[", "&", "=", "%", "%5B", "+", " ", "🎁", "a" * 20_000, "\r\n", "\x00"]
)


@given(metadata=st.dictionaries(TEXT, TEXT, max_size=5), expand=st.lists(TEXT, max_size=3))
def test_forms_survive_hostile_text(metadata: dict[str, str], expand: list[str]) -> None:
    """A well-kept parser reads back the pairs that were meant."""
    body = encode_body({"metadata": metadata, "expand": expand}, "form")

    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body))

    assert pairs == [
        *((f"metadata[{key}]", value) for key, value in metadata.items()),
        *(("expand[]", name) for name in expand),
    ]


def test_switches_in_a_form() -> None:
    assert encode_body({"active": True, "hidden": False, "count": 1}, "form") == (
        b"active=true&hidden=false&count=1"
    )
