"""The ledger from end to end, through both doors."""

from __future__ import annotations

import pytest

from vinr import AsyncVinr, IdempotencyConflictError, NotFoundError, UnprocessableError
from vinr.sandbox import Sandbox

PROGRAM = "prog_default"


async def test_a_correction_moves_the_balance(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    entry = await client.loyalty.transactions.create(
        account=member.id, amount=500, reason="goodwill_credit", metadata={"ticket": "4821"}
    )

    assert (entry.account, entry.type, entry.amount) == (member.id, "adjust", 500)
    assert (entry.reason, entry.metadata) == ("goodwill_credit", {"ticket": "4821"})
    assert entry.origin is not None
    assert await client.loyalty.transactions.retrieve(entry.id) == entry
    member = await client.loyalty.accounts.retrieve(member.id)
    assert (member.balance, member.lifetime_points) == (500, 500)


async def test_a_balance_never_goes_below_zero(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM)
    await client.loyalty.transactions.create(account=member.id, amount=10)

    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.transactions.create(account=member.id, amount=-11)

    assert caught.value.code == "insufficient_points"
    assert not caught.value.outcome_unknown
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 10


async def test_the_same_key_posts_once(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM)

    entries = [
        await client.loyalty.transactions.create(
            account=member.id, amount=500, idempotency_key="ticket-4821"
        )
        for _ in range(3)
    ]

    assert len({entry.id for entry in entries}) == 1
    assert [entry.last_response.replayed for entry in entries] == [False, True, True]
    assert entries[0].last_response.idempotency_key == "ticket-4821"
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 500


async def test_the_same_key_for_another_posting_is_a_conflict(client: AsyncVinr) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM)
    await client.loyalty.transactions.create(account=member.id, amount=1, idempotency_key="once")

    with pytest.raises(IdempotencyConflictError) as caught:
        await client.loyalty.transactions.create(
            account=member.id, amount=2, idempotency_key="once"
        )

    assert caught.value.idempotency_key == "once"
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 1


async def test_every_type_of_the_guide_with_its_origin(client: AsyncVinr, sandbox: Sandbox) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")
    sandbox.simulate.payment_completed(customer="cust_1", amount="120.90", payment="pay_1")
    sandbox.simulate.redemption(account=member.id, points=20)
    sandbox.simulate.payment_refunded(payment="pay_1")
    await client.loyalty.transactions.create(account=member.id, amount=40)
    sandbox.simulate.expiry(account=member.id, points=15)

    entries = [entry async for entry in client.loyalty.transactions.list(account=member.id)]

    assert [(entry.type, entry.amount) for entry in entries] == [
        ("expire", -15),
        ("adjust", 40),
        ("reverse", -100),
        ("redeem", -20),
        ("earn", 120),
    ]
    assert all(entry.origin is not None and entry.origin.type for entry in entries)
    member = await client.loyalty.accounts.retrieve(member.id)
    assert (member.balance, member.lifetime_points) == (25, 160)
    earned = await client.loyalty.transactions.list(type="earn")
    assert [entry.amount for entry in earned.data] == [120]


@pytest.mark.parametrize("amount", [2**53 + 1, 2**63 - 1])
async def test_large_amounts_are_exact(client: AsyncVinr, amount: int) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM)

    await client.loyalty.transactions.create(account=member.id, amount=amount)

    assert (await client.loyalty.accounts.retrieve(member.id)).balance == amount


@pytest.mark.parametrize("text", ["ü 🎁 \u0000 \u2028", "\"'<&\\", " " * 300])
async def test_any_text_goes_through_unchanged(client: AsyncVinr, text: str) -> None:
    member = await client.loyalty.accounts.create(program=PROGRAM)

    entry = await client.loyalty.transactions.create(
        account=member.id, amount=1, reason=text, metadata={text: text}
    )

    assert (entry.reason, entry.metadata) == (text, {text: text})


async def test_what_is_not_there(client: AsyncVinr) -> None:
    with pytest.raises(NotFoundError):
        await client.loyalty.transactions.retrieve("ptx_nothing")
    with pytest.raises(NotFoundError):
        await client.loyalty.transactions.create(account="loy_nobody", amount=1)
