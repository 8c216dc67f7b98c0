# Generated from tests/_async/test_transactions.py; do not edit.
"""The ledger from end to end, through both doors."""

from __future__ import annotations

import pytest

from vinr import IdempotencyConflictError, NotFoundError, UnprocessableError, Vinr
from vinr.sandbox import Sandbox

PROGRAM = "prog_default"


def test_a_correction_moves_the_balance(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")

    entry = client.loyalty.transactions.create(
        account=member.id, amount=500, reason="goodwill_credit", metadata={"ticket": "4821"}
    )

    assert (entry.account, entry.type, entry.amount) == (member.id, "adjust", 500)
    assert (entry.reason, entry.metadata) == ("goodwill_credit", {"ticket": "4821"})
    assert entry.origin is not None
    assert client.loyalty.transactions.retrieve(entry.id) == entry
    member = client.loyalty.accounts.retrieve(member.id)
    assert (member.balance, member.lifetime_points) == (500, 500)


def test_a_balance_never_goes_below_zero(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM)
    client.loyalty.transactions.create(account=member.id, amount=10)

    with pytest.raises(UnprocessableError) as caught:
        client.loyalty.transactions.create(account=member.id, amount=-11)

    assert caught.value.code == "insufficient_points"
    assert not caught.value.outcome_unknown
    assert (client.loyalty.accounts.retrieve(member.id)).balance == 10


def test_the_same_key_posts_once(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM)

    entries = [
        client.loyalty.transactions.create(
            account=member.id, amount=500, idempotency_key="ticket-4821"
        )
        for _ in range(3)
    ]

    assert len({entry.id for entry in entries}) == 1
    assert [entry.last_response.replayed for entry in entries] == [False, True, True]
    assert entries[0].last_response.idempotency_key == "ticket-4821"
    assert (client.loyalty.accounts.retrieve(member.id)).balance == 500


def test_the_same_key_for_another_posting_is_a_conflict(client: Vinr) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM)
    client.loyalty.transactions.create(account=member.id, amount=1, idempotency_key="once")

    with pytest.raises(IdempotencyConflictError) as caught:
        client.loyalty.transactions.create(account=member.id, amount=2, idempotency_key="once")

    assert caught.value.idempotency_key == "once"
    assert (client.loyalty.accounts.retrieve(member.id)).balance == 1


def test_every_type_of_the_guide_with_its_origin(client: Vinr, sandbox: Sandbox) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM, customer="cust_1")
    sandbox.simulate.payment_completed(customer="cust_1", amount="120.90", payment="pay_1")
    sandbox.simulate.redemption(account=member.id, points=20)
    sandbox.simulate.payment_refunded(payment="pay_1")
    client.loyalty.transactions.create(account=member.id, amount=40)
    sandbox.simulate.expiry(account=member.id, points=15)

    entries = [entry for entry in client.loyalty.transactions.list(account=member.id)]

    assert [(entry.type, entry.amount) for entry in entries] == [
        ("expire", -15),
        ("adjust", 40),
        ("reverse", -100),
        ("redeem", -20),
        ("earn", 120),
    ]
    assert all(entry.origin is not None and entry.origin.type for entry in entries)
    member = client.loyalty.accounts.retrieve(member.id)
    assert (member.balance, member.lifetime_points) == (25, 160)
    earned = client.loyalty.transactions.list(type="earn")
    assert [entry.amount for entry in earned.data] == [120]


@pytest.mark.parametrize("amount", [2**53 + 1, 2**63 - 1])
def test_large_amounts_are_exact(client: Vinr, amount: int) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM)

    client.loyalty.transactions.create(account=member.id, amount=amount)

    assert (client.loyalty.accounts.retrieve(member.id)).balance == amount


@pytest.mark.parametrize("text", ["ü 🎁 \u0000 \u2028", "\"'<&\\", " " * 300])
def test_any_text_goes_through_unchanged(client: Vinr, text: str) -> None:
    member = client.loyalty.accounts.create(program=PROGRAM)

    entry = client.loyalty.transactions.create(
        account=member.id, amount=1, reason=text, metadata={text: text}
    )

    assert (entry.reason, entry.metadata) == (text, {text: text})


def test_what_is_not_there(client: Vinr) -> None:
    with pytest.raises(NotFoundError):
        client.loyalty.transactions.retrieve("ptx_nothing")
    with pytest.raises(NotFoundError):
        client.loyalty.transactions.create(account="loy_nobody", amount=1)
