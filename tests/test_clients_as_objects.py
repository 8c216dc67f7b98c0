"""A client as tools and colleagues meet it: odd options, mocks, copies, help, pages."""

from __future__ import annotations

import copy
import inspect
import pydoc
from typing import Any
from unittest.mock import create_autospec

import httpx
import pytest
from pydantic import SecretStr

import vinr
from vinr import APIConnectionError, AsyncVinr, ConfigurationError, Event, Timeout, Vinr
from vinr.loyalty import Account, Transaction
from vinr.sandbox import Sandbox

KEY = "sk_test_object"
untyped: Any = vinr


def test_a_mock_of_the_class_knows_its_resources() -> None:
    mocked: Any = create_autospec(Vinr)
    client = mocked(secret_key=KEY)
    client.loyalty.accounts.retrieve("loy_1")
    client.loyalty.accounts.retrieve.assert_called_once_with("loy_1")
    client.loyalty.transactions.create(account="loy_1", amount=5)
    client.loyalty_accounts.list(customer="cust_1")
    client.points_transactions.list(loyalty_account="la_1")
    client.customers.create(email="someone@example.test")
    client.loyalty.redemptions.create.return_value = "redeemed"
    assert client.loyalty.redemptions.create(account="loy_1", reward="rwd_1") == "redeemed"
    with pytest.raises(TypeError):
        client.loyalty.redemptions.create(account="loy_1")
    with pytest.raises(AttributeError):
        _ = client.loyalty.tiers
    with pytest.raises(AttributeError):
        _ = client.loyalty.accounts.delete
    with pytest.raises(TypeError):
        client.loyalty.accounts.close()


async def test_a_list_that_is_not_awaited_is_neither_true_nor_false() -> None:
    async with AsyncVinr(secret_key=KEY) as client:
        found: Any = client.loyalty.accounts.list()
        with pytest.raises(TypeError, match="await the list"):
            assert not found


async def test_a_mock_of_the_async_class_is_awaited() -> None:
    mocked: Any = create_autospec(AsyncVinr)
    client = mocked(secret_key=KEY)
    client.loyalty.accounts.retrieve.return_value = "member"
    assert await client.loyalty.accounts.retrieve("loy_1") == "member"
    client.customers.retrieve.return_value = "customer"
    assert await client.customers.retrieve("cust_1") == "customer"
    client.loyalty.accounts.retrieve.assert_awaited_once_with("loy_1")


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_client_is_not_copied(kind: Any, copied: Any) -> None:
    with pytest.raises(TypeError, match="use the same one everywhere"):
        copied(kind(secret_key=KEY))


async def test_aclose_is_close() -> None:
    client = AsyncVinr(secret_key=KEY)
    await client.aclose()
    with pytest.raises(APIConnectionError, match="closed"):
        await client.loyalty.accounts.retrieve("loy_1")


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
@pytest.mark.parametrize(
    "timeout", [None, httpx.Timeout(None), httpx.Timeout(5, connect=2), Timeout(read=3), 4]
)
def test_time_outs_in_any_form(kind: Any, timeout: Any) -> None:
    kind(secret_key=KEY, timeout=timeout).with_options(timeout=timeout)


def test_the_parts_of_a_time_out_count(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, float]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        raise httpx.ConnectError("no")

    with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
        client = Vinr(
            secret_key=KEY,
            http_client=http_client,
            max_retries=0,
            timeout=httpx.Timeout(5, connect=2),
        )
        with pytest.raises(APIConnectionError):
            client.loyalty.accounts.retrieve("loy_1")
    assert seen == [{"connect": 2, "read": 5, "write": 5, "pool": 5}]


@pytest.mark.parametrize("bad", [0, -1, "5", True, httpx.Timeout(-1), float("nan")])
def test_time_outs_that_cannot_be(bad: Any) -> None:
    with pytest.raises(ConfigurationError, match="timeout"):
        Vinr(secret_key=KEY, timeout=bad)


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
def test_a_key_that_hides_itself(kind: Any) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["x-api-key"])
        return httpx.Response(404)

    if kind is Vinr:
        with httpx.Client(transport=httpx.MockTransport(answer)) as http_client:
            client = Vinr(secret_key=SecretStr(KEY), http_client=http_client)
            with pytest.raises(vinr.NotFoundError):
                client.loyalty.accounts.retrieve("loy_1")
        assert seen == [KEY]
    with pytest.raises(ConfigurationError, match="publishable"):
        kind(secret_key=SecretStr("pk_test_1"))


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("localhost:8321", "http://"),
        ("127.0.0.1:8321/v1", "http://"),
        ("[::1]:8321/v1", "http://"),
        ("api.vinr.com/v1", "https://"),
        ("//api.vinr.com/v1", "https://"),
    ],
)
def test_an_address_without_its_scheme(url: str, scheme: str) -> None:
    with pytest.raises(ConfigurationError, match=f"lacks its scheme: {scheme}"):
        Vinr(secret_key=KEY, base_url=url)


@pytest.mark.parametrize(
    ("shown", "early", "late"),
    [
        (Account, "balance", "Methods"),
        (Transaction, "amount", "Methods"),
        (vinr.LoyaltyAccount, "points_balance", "Methods"),
        (vinr.PointsTransaction, "points_after", "Methods"),
        (Event, "created", "Methods"),
        (vinr.Tier, "min_points", "Methods"),
        (vinr.Customer, "email", "Methods"),
        (vinr.WebhookEndpoint, "enabled_events", "Methods"),
        (vinr.loyalty.Redemption, "discount", "Methods"),
    ],
)
def test_help_shows_fields_first(shown: type, early: str, late: str) -> None:
    text = pydoc.plain(pydoc.render_doc(shown))
    assert "Attributes:" in text
    assert text.index(f"{early}: ") < text.index(late)


@pytest.mark.parametrize("kind", [Vinr, AsyncVinr])
def test_help_of_a_client_describes_its_resources(kind: type) -> None:
    text = pydoc.plain(pydoc.render_doc(kind))
    own = ("loyalty", "loyalty_accounts", "points_transactions", "events", "webhooks")
    beside = ("customers", "tiers", "rewards", "redemptions", "earning_rules", "store_credit")
    for name in (*own, *beside, "webhook_endpoints"):
        assert f"{name} = " in text
    assert "loyalty.accounts" in text
    assert "get_or_create" in text
    assert inspect.getdoc(kind)


def test_pages_as_sequences() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        members = [client.loyalty.accounts.create(program="prog_default") for _ in range(3)]
        page = client.loyalty.accounts.list(limit=2)
        none = client.loyalty.accounts.list(customer="cust_nobody")

    newest_first = members[::-1]
    assert (page[0], page[-1], page[:2]) == (newest_first[0], newest_first[1], newest_first[:2])
    assert (len(page), bool(page), len(none), bool(none)) == (2, True, 0, False)
    with pytest.raises(IndexError):
        _ = page[2]
