"""Members from end to end, through both doors."""

from __future__ import annotations

import pytest

from vinr import (
    AccountAlreadyExistsError,
    AsyncVinr,
    BadRequestError,
    NotFoundError,
    UnprocessableError,
)
from vinr.loyalty import Account
from vinr.sandbox import Program, Sandbox, Tier

PROGRAM = "prog_default"


async def enrolled(client: AsyncVinr, customer: str | None = "cust_1", points: int = 0) -> Account:
    """A member, with so many points posted."""
    member = await client.loyalty.accounts.create(program=PROGRAM, customer=customer)
    if points:
        await client.loyalty.transactions.create(account=member.id, amount=points)
    return await client.loyalty.accounts.retrieve(member.id)


async def test_a_new_member_is_empty_and_active(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(
        program=PROGRAM, customer="cust_1", metadata={"signup_channel": "web"}
    )

    assert (member.program, member.customer, member.status) == (PROGRAM, "cust_1", "active")
    assert (member.balance, member.lifetime_points) == (0, 0)
    assert member.metadata == {"signup_channel": "web"}
    assert await client.loyalty.accounts.retrieve(member.id) == member


async def test_one_active_account_a_customer(client: AsyncVinr) -> None:
    first = await enrolled(client)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    assert caught.value.existing_account == first.id
    assert (caught.value.status, caught.value.code) == (409, "account_already_exists")
    assert caught.value.request_id
    assert caught.value.attempts == 1


async def test_anonymous_members_are_not_unique(client: AsyncVinr) -> None:
    first, second = await enrolled(client, None), await enrolled(client, None)

    assert first.id != second.id
    assert first.customer_id is None


async def test_a_welcome_bonus_shows_on_the_next_read(client: AsyncVinr, sandbox: Sandbox) -> None:
    tiers = [Tier(id="tier_bean", name="Bean", min_points=0)]
    coffee = Program(id="prog_coffee", name="Coffee", tiers=tiers, welcome_bonus=50)
    sandbox.configure(program=coffee)

    member = await client.loyalty.accounts.create(program="prog_coffee", customer="cust_1")

    assert member.balance == 0
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 50


async def test_expand_brings_the_objects(client: AsyncVinr, sandbox: Sandbox) -> None:
    sandbox.add_customer("cust_1", email="someone@example.test")
    plain = await enrolled(client, points=1200)

    member = await client.loyalty.accounts.retrieve(plain.id, expand=["customer", "tier"])

    assert member.customer is not None
    assert member.tier is not None
    assert member.customer.email == "someone@example.test"
    assert (member.tier.name, member.tier.min_points) == ("Silver", 1000)
    assert (member.customer_id, member.tier_id) == (plain.customer, "silver")


async def test_the_tier_follows_lifetime_points(client: AsyncVinr) -> None:
    member = await enrolled(client, points=1000)
    await client.loyalty.transactions.create(account=member.id, amount=-900)

    member = await client.loyalty.accounts.retrieve(member.id)

    assert (member.balance, member.lifetime_points) == (100, 1000)
    assert member.tier_id == "silver"


async def test_a_tier_set_by_hand(client: AsyncVinr) -> None:
    member = await enrolled(client)

    changed = await client.loyalty.accounts.update(member.id, tier="gold")

    assert changed.tier == "gold"
    assert await client.loyalty.accounts.retrieve(member.id) == changed


async def test_metadata_is_merged_and_none_removes(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM, metadata={"a": "1", "b": "2"})

    changed = await client.loyalty.accounts.update(member.id, metadata={"b": None, "c": "3"})

    assert changed.metadata == {"a": "1", "c": "3"}


async def test_an_anonymous_member_is_linked_later(client: AsyncVinr) -> None:
    member = await enrolled(client, None)
    taken = await enrolled(client, "cust_taken")

    linked = await client.loyalty.accounts.update(member.id, customer="cust_1")

    assert linked.customer == "cust_1"
    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.update(member.id, customer="cust_taken")
    assert caught.value.existing_account == taken.id


async def test_close_keeps_the_history_and_reopen_undoes_it(client: AsyncVinr) -> None:
    member = await enrolled(client, points=70)

    closed = await client.loyalty.accounts.close(member.id)

    assert (closed.status, closed.balance) == ("closed", 70)
    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.transactions.create(account=member.id, amount=1)
    assert caught.value.code == "account_closed"
    reopened = await client.loyalty.accounts.reopen(member.id)
    assert (reopened.status, reopened.balance) == ("active", 70)


async def test_reopen_needs_the_place_to_be_free(client: AsyncVinr) -> None:
    old = await enrolled(client)
    await client.loyalty.accounts.close(old.id)
    new = await enrolled(client)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        await client.loyalty.accounts.reopen(old.id)

    assert caught.value.existing_account == new.id


async def test_merge_moves_everything_to_the_target(client: AsyncVinr) -> None:
    source = await enrolled(client, None, points=300)
    target = await enrolled(client, points=1000)
    await client.loyalty.transactions.create(account=source.id, amount=-100)

    survivor = await client.loyalty.accounts.merge(source=source.id, target=target.id)

    assert survivor.id == target.id
    assert (survivor.balance, survivor.lifetime_points) == (1200, 1300)
    emptied = await client.loyalty.accounts.retrieve(source.id)
    assert (emptied.status, emptied.balance) == ("merged", 0)
    amounts = [entry.amount async for entry in client.loyalty.transactions.list(account=target.id)]
    assert sorted(amounts) == [-100, 300, 1000]
    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.accounts.reopen(source.id)
    assert caught.value.code == "account_merged"


async def test_lists_are_newest_first_and_filtered(client: AsyncVinr) -> None:
    members = [await enrolled(client, f"cust_{number}") for number in range(3)]
    await client.loyalty.accounts.close(members[1].id)

    page = await client.loyalty.accounts.list(program=PROGRAM, limit=2)
    closed = await client.loyalty.accounts.list(status="closed")
    one = await client.loyalty.accounts.list(customer="cust_2")

    assert [member.id for member in page.data] == [members[2].id, members[1].id]
    assert page.has_more
    assert [member.id for member in closed.data] == [members[1].id]
    assert [member.id for member in one.data] == [members[2].id]


async def test_what_is_not_there(client: AsyncVinr) -> None:
    with pytest.raises(NotFoundError) as caught:
        await client.loyalty.accounts.retrieve("loy_nobody")
    assert caught.value.code == "resource_missing"


async def test_what_cannot_be_expanded(client: AsyncVinr) -> None:
    member = await enrolled(client)

    with pytest.raises(BadRequestError) as caught:
        await client.loyalty.accounts.retrieve(member.id, expand=["secrets"])
    assert caught.value.param
