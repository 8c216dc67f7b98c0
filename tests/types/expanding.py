"""Never run: what mypy and pyright know of expanded fields and overloads, in both dialects."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

import vinr
from vinr import AsyncVinr, Customer, Tier, Vinr
from vinr.loyalty import Account, EarningRule, Program, Redemption, Transaction


def the_guide(client: Vinr) -> None:
    plain = client.loyalty.accounts.retrieve("loy_1")
    assert_type(plain, Account[str | None, str | None])
    assert_type(plain.customer_id, str | None)
    with_tier = client.loyalty.accounts.retrieve("loy_1", expand=["tier"])
    assert_type(with_tier.tier, Tier | None)
    if with_tier.tier is not None:
        assert_type(with_tier.tier.min_points, int | None)
    with_customer = client.loyalty.accounts.retrieve("loy_1", expand=["customer"])
    assert_type(with_customer.customer, Customer | None)
    both = client.loyalty.accounts.retrieve("loy_1", expand=["tier", "customer"])
    assert_type(both, Account[Customer | None, Tier | None])
    for each in client.loyalty.accounts.list(expand=["tier"], limit=10):
        assert_type(each.tier, Tier | None)
    member, created = client.loyalty.accounts.get_or_create(program="prog_1", customer="cust_1")
    assert_type(member.tier, str | None)
    assert_type(created, bool)
    entry = client.loyalty.transactions.create(account="loy_1", amount=1)
    assert_type(entry, Transaction)
    once = client.loyalty.transactions.post_once(account="loy_1", amount=1, reference="r")
    assert_type(once, tuple[Transaction, bool])
    assert_type(entry.created_at, datetime | None)
    takes_any(plain)
    takes_any(both)


def beside_members(client: Vinr) -> None:
    assert_type(client.customers.retrieve("cust_1"), Customer)
    assert_type(client.customers.delete("cust_1"), vinr.Deleted)
    assert_type(client.tiers.list().data[0], Tier)
    assert_type(client.rewards.retrieve("rwd_1"), vinr.Reward)
    redemption = client.loyalty.redemptions.create(account="loy_1", reward="rwd_1")
    assert_type(redemption, Redemption)
    if redemption.discount is not None:
        assert_type(redemption.discount.code, str | None)
    for rule in client.loyalty.earning_rules.list(program="prog_1"):
        assert_type(rule, EarningRule)
    program = client.loyalty.programs.create(
        name="Stars",
        currency={"name": "Star", "point_value": 1},
        tier_config={"tiers": [{"name": "Gold", "rank": 1, "threshold": 5000}]},
    )
    assert_type(program, Program)
    assert_type(client.webhook_endpoints.retrieve("we_1").secret, str | None)


def takes_any(account: Account) -> None:
    assert_type(account.tier_id, str | None)


def the_reference() -> None:
    account = vinr.LoyaltyAccount.retrieve("la_1", expand=["tier"])
    assert_type(account.tier.min_points, int | None)
    assert_type(account.customer, str)
    account_with_customer = vinr.LoyaltyAccount.create(customer="cust_1", expand=["customer"])
    assert_type(account_with_customer.customer.email, str | None)
    both = vinr.LoyaltyAccount.modify("la_1", tier="tier_1", expand=["customer", "tier"])
    assert_type(both, vinr.LoyaltyAccount[Customer, Tier])
    assert_type(vinr.LoyaltyAccount.list(limit=1).data[0].tier, str)
    entry = vinr.PointsTransaction.retrieve("pt_1", expand=["loyalty_account"])
    assert_type(entry.loyalty_account.points_balance, int | None)
    assert_type(entry.signed_amount, int)
    takes_any_of_the_reference(account)
    takes_any_of_the_reference(Vinr().loyalty_accounts.retrieve("la_1"))


def takes_any_of_the_reference(account: vinr.LoyaltyAccount) -> None:
    assert_type(account.tier_id, str | None)


async def async_code(client: AsyncVinr) -> None:
    page = await client.loyalty.accounts.list(expand=["tier"])
    assert_type(page.data[0].tier, Tier | None)
    async for member in client.loyalty.accounts.list():
        assert_type(member.customer, str | None)
    async for customer in client.customers.list():
        assert_type(customer, Customer)
    account = await client.loyalty_accounts.retrieve("la_1", expand=["tier"])
    assert_type(account.tier.min_points, int | None)
