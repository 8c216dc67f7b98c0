"""The reference's Python blocks: calls on the models, on a client made at first use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import vinr
from tests.together import together
from vinr._module_level import default
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with Sandbox() as sandbox, sandbox.serve() as base_url:
        monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_environment")
        monkeypatch.setenv("VINR_BASE_URL", base_url)
        yield sandbox
        default.close()


def test_the_reference_as_it_is_printed(sandbox: Sandbox) -> None:
    loyalty_account = vinr.LoyaltyAccount.create(
        customer="cust_8aZ2",
        programme_id="prog_default",
    )
    assert isinstance(loyalty_account, vinr.LoyaltyAccount)
    assert (loyalty_account.customer, loyalty_account.points_balance) == ("cust_8aZ2", 0)
    assert (loyalty_account.tier, loyalty_account.programme_id) == ("tier_bronze", "prog_default")
    assert loyalty_account.created.tzinfo is not None

    entry = vinr.PointsTransaction.create(
        loyalty_account=loyalty_account.id, amount=1250, type="credit", reason="goodwill"
    )
    assert (entry.signed_amount, entry.points_after) == (1250, 1250)

    loyalty_account = vinr.LoyaltyAccount.retrieve(loyalty_account.id)
    assert (loyalty_account.points_balance, loyalty_account.tier) == (1250, "tier_silver")
    expanded = vinr.LoyaltyAccount.retrieve(loyalty_account.id, expand=["tier"])
    assert (expanded.tier.name, expanded.tier.min_points) == ("Silver", 1000)

    assert vinr.LoyaltyAccount.modify(loyalty_account.id, tier="tier_gold").tier == "tier_gold"

    accounts = vinr.LoyaltyAccount.list(customer="cust_8aZ2", limit=10)
    assert [account.id for account in accounts] == [loyalty_account.id]
    assert not accounts.has_more
    entries = vinr.PointsTransaction.list(loyalty_account=loyalty_account.id)
    assert [found.id for found in entries] == [entry.id]
    assert vinr.PointsTransaction.retrieve(entry.id) == entry


def test_the_key_of_the_module_goes_before_the_environment(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    vinr.LoyaltyAccount.list()
    monkeypatch.setattr(vinr, "secret_key", "pk_test_for_browsers")
    with pytest.raises(vinr.ConfigurationError):
        vinr.LoyaltyAccount.list()
    monkeypatch.setattr(vinr, "secret_key", "sk_test_module")
    default.close()
    assert vinr.LoyaltyAccount.list().data == []


def test_closing_without_a_client_is_nothing(sandbox: Sandbox) -> None:
    default.close()
    default.close()
    assert vinr.LoyaltyAccount.list().data == []


def test_no_key_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VINR_SECRET_KEY", raising=False)
    with pytest.raises(vinr.ConfigurationError, match="VINR_SECRET_KEY"):
        vinr.LoyaltyAccount.retrieve("la_1")


def test_a_client_of_a_test_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox:
        monkeypatch.setattr(vinr, "default_client", sandbox.client())
        account = vinr.LoyaltyAccount.create(customer="cust_1")
        assert sandbox.client().loyalty.accounts.retrieve("loy_" + account.id[3:]).balance == 0


def test_threads_that_ask_at_once_share_the_client(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[vinr.Vinr] = []

    def slowly(secret_key: str | None) -> vinr.Vinr:
        made.append(vinr.Vinr(secret_key=secret_key))
        time.sleep(0.05)  # for the other threads to come to the lock
        return made[-1]

    monkeypatch.setattr("vinr._module_level.Vinr", slowly)
    clients = together(4, default.client)
    assert clients == made * 4


def enrolled(customer: str) -> str:
    return vinr.LoyaltyAccount.create(customer=customer).customer


def test_many_threads_at_first_use(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vinr, "secret_key", "sk_test_threads")
    customers = [f"cust_{number}" for number in range(64)]
    with ThreadPoolExecutor(16) as threads:
        found = threads.map(enrolled, customers)
    assert list(found) == customers
