"""A refusal that VINR kept under a key is told from a fresh one."""

from __future__ import annotations

import pickle

import pytest

from vinr import AsyncVinr, UnprocessableError
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Sandbox

PROGRAM = "prog_default"


async def member_with(client: AsyncVinr, points: int) -> Account:
    member = await client.loyalty.accounts.create(program=PROGRAM)
    await client.loyalty.transactions.create(account=member.id, amount=points)
    return member


async def test_says_that_things_may_have_changed_and_what_to_do(client: AsyncVinr) -> None:
    member, transactions = await member_with(client, 200), client.loyalty.transactions
    with pytest.raises(UnprocessableError) as fresh:
        await transactions.create(account=member.id, amount=-500, idempotency_key="till-7")
    await transactions.create(account=member.id, amount=1000)

    with pytest.raises(UnprocessableError) as kept:
        await transactions.create(account=member.id, amount=-500, idempotency_key="till-7")

    assert (fresh.value.replayed, kept.value.replayed) == (False, True)
    assert "kept" not in str(fresh.value)
    assert "the answer that VINR kept from the first request with idempotency_key='till-7'" in str(
        kept.value
    )
    assert "to try anew, pass another key" in str(kept.value)
    answer = kept.value.last_response
    assert answer is not None
    assert (answer.status, answer.replayed, answer.attempts) == (422, True, 1)
    assert answer.request_id == kept.value.request_id
    assert answer.headers["content-type"].startswith("application/json")
    revived = pickle.loads(pickle.dumps(kept.value))  # noqa: S301 - our own pickle
    assert (revived.replayed, revived.last_response) == (True, answer)


async def test_the_answer_to_a_lost_attempt_of_this_call_is_fresh(
    client: AsyncVinr, sandbox: Sandbox
) -> None:
    member = await member_with(client, 200)
    sandbox.faults.add("transactions.create", LoseReply())

    with pytest.raises(UnprocessableError) as caught:
        await client.loyalty.transactions.create(account=member.id, amount=-500)

    assert (caught.value.replayed, caught.value.outcome_unknown) == (True, False)
    assert "kept" not in str(caught.value)
    assert caught.value.last_response is not None
    assert caught.value.last_response.unanswered == 1
