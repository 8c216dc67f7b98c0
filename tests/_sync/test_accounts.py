# Generated from tests/_async/test_accounts.py; do not edit.
"""Members from end to end, through both doors."""

from __future__ import annotations

import pytest

from vinr import (
    AccountAlreadyExistsError,
    BadRequestError,
    NotFoundError,
    UnprocessableError,
    Vinr,
)
from vinr.loyalty import Account
from vinr.sandbox import Program, Sandbox, Tier

PROGRAM = "prog_default"


def enrolled(client: Vinr, customer: str | None = "cust_1", points: int = 0) -> Account:
    """A member, with so many points posted."""
    member = client.loyalty.accounts.create(program=PROGRAM, customer=customer)
    if points:
        client.loyalty.transactions.create(account=member.id, amount=points)
    return client.loyalty.accounts.retrieve(member.id)


def test_a_new_member_is_empty_and_active(client: Vinr) -> None:
    member = client.loyalty.accounts.create(
        program=PROGRAM, customer="cust_1", metadata={"signup_channel": "web"}
    )

    assert (member.program, member.customer, member.status) == (PROGRAM, "cust_1", "active")
    assert (member.balance, member.lifetime_points) == (0, 0)
    assert member.metadata == {"signup_channel": "web"}
    assert client.loyalty.accounts.retrieve(member.id) == member


def test_one_active_account_a_customer(client: Vinr) -> None:
    first = enrolled(client)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    assert caught.value.existing_account == first.id
    assert (caught.value.status, caught.value.code) == (409, "account_already_exists")
    assert caught.value.request_id
    assert caught.value.attempts == 1


def test_anonymous_members_are_not_unique(client: Vinr) -> None:
    first, second = enrolled(client, None), enrolled(client, None)

    assert first.id != second.id
    assert first.customer_id is None


def test_a_welcome_bonus_shows_on_the_next_read(client: Vinr, sandbox: Sandbox) -> None:
    tiers = [Tier(id="tier_bean", name="Bean", min_points=0)]
    coffee = Program(id="prog_coffee", name="Coffee", tiers=tiers, welcome_bonus=50)
    sandbox.configure(program=coffee)

    member = client.loyalty.accounts.create(program="prog_coffee", customer="cust_1")

    assert member.balance == 0
    assert (client.loyalty.accounts.retrieve(member.id)).balance == 50


def test_expand_brings_the_objects(client: Vinr, sandbox: Sandbox) -> None:
    sandbox.add_customer("cust_1", email="someone@example.test")
    plain = enrolled(client, points=1200)

    member = client.loyalty.accounts.retrieve(plain.id, expand=["customer", "tier"])

    assert member.customer is not None
    assert member.tier is not None
    assert member.customer.email == "someone@example.test"
    assert (member.tier.name, member.tier.min_points) == ("Silver", 1000)
    assert (member.customer_id, member.tier_id) == (plain.customer, "silver")


def test_the_tier_follows_lifetime_points(client: Vinr) -> None:
    member = enrolled(client, points=1000)
    client.loyalty.transactions.create(account=member.id, amount=-900)

    member = client.loyalty.accounts.retrieve(member.id)

    assert (member.balance, member.lifetime_points) == (100, 1000)
    assert member.tier_id == "silver"


def test_a_tier_set_by_hand(client: Vinr) -> None:
    member = enrolled(client)

    changed = client.loyalty.accounts.update(member.id, tier="gold")

    assert changed.tier == "gold"
    assert client.loyalty.accounts.retrieve(member.id) == changed


def test_metadata_is_merged_and_none_removes(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM, metadata={"a": "1", "b": "2"})

    changed = client.loyalty.accounts.update(member.id, metadata={"b": None, "c": "3"})

    assert changed.metadata == {"a": "1", "c": "3"}


def test_an_anonymous_member_is_linked_later(client: Vinr) -> None:
    member = enrolled(client, None)
    taken = enrolled(client, "cust_taken")

    linked = client.loyalty.accounts.update(member.id, customer="cust_1")

    assert linked.customer == "cust_1"
    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty.accounts.update(member.id, customer="cust_taken")
    assert caught.value.existing_account == taken.id


def test_close_keeps_the_history_and_reopen_undoes_it(client: Vinr) -> None:
    member = enrolled(client, points=70)

    closed = client.loyalty.accounts.close(member.id)

    assert (closed.status, closed.balance) == ("closed", 70)
    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.transactions.create(account=member.id, amount=1)
    assert caught.value.code == "account_closed"
    reopened = client.loyalty.accounts.reopen(member.id)
    assert (reopened.status, reopened.balance) == ("active", 70)


def test_reopen_needs_the_place_to_be_free(client: Vinr) -> None:
    old = enrolled(client)
    client.loyalty.accounts.close(old.id)
    new = enrolled(client)

    with pytest.raises(AccountAlreadyExistsError) as caught:
        client.loyalty.accounts.reopen(old.id)

    assert caught.value.existing_account == new.id


def test_merge_moves_everything_to_the_target(client: Vinr) -> None:
    source = enrolled(client, None, points=300)
    target = enrolled(client, points=1000)
    client.loyalty.transactions.create(account=source.id, amount=-100)

    survivor = client.loyalty.accounts.merge(source=source.id, target=target.id)

    assert survivor.id == target.id
    assert (survivor.balance, survivor.lifetime_points) == (1200, 1300)
    emptied = client.loyalty.accounts.retrieve(source.id)
    assert (emptied.status, emptied.balance) == ("merged", 0)
    amounts = [entry.amount for entry in client.loyalty.transactions.list(account=target.id)]
    assert sorted(amounts) == [-100, 300, 1000]
    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.accounts.reopen(source.id)
    assert caught.value.code == "account_merged"


def test_lists_are_newest_first_and_filtered(client: Vinr) -> None:
    members = [enrolled(client, f"cust_{number}") for number in range(3)]
    client.loyalty.accounts.close(members[1].id)

    page = client.loyalty.accounts.list(program=PROGRAM, limit=2)
    closed = client.loyalty.accounts.list(status="closed")
    one = client.loyalty.accounts.list(customer="cust_2")

    assert [member.id for member in page.data] == [members[2].id, members[1].id]
    assert page.has_more
    assert [member.id for member in closed.data] == [members[1].id]
    assert [member.id for member in one.data] == [members[2].id]


def test_what_is_not_there(client: Vinr) -> None:
    with pytest.raises(NotFoundError) as caught:
        client.loyalty.accounts.retrieve("loy_nobody")
    assert caught.value.code == "resource_missing"


def test_what_cannot_be_expanded(client: Vinr) -> None:
    member = enrolled(client)

    with pytest.raises(BadRequestError) as caught:
        client.loyalty.accounts.retrieve(member.id, expand=["secrets"])
    assert caught.value.param
