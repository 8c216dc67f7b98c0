"""What the sandbox lets go wrong, as a client meets it: retried, and never done twice."""

from __future__ import annotations

import pytest

from vinr import APIConnectionError, APITimeoutError, AsyncVinr, RateLimitError
from vinr.sandbox import Fault, Garbage, LoseReply, Reset, Sandbox, Slow, Status, Truncate

POST = "transactions.create"


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize(
    "fault",
    [
        LoseReply(),
        Reset(),
        Reset(after=True),
        Truncate(),
        Garbage(),
        Status(503),
        Status(500, after=True),
        Slow(0.05),
    ],
    ids=repr,
)
async def test_one_fault_costs_one_retry_and_has_one_effect(
    sandbox: Sandbox, client: AsyncVinr, fault: Fault
) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    sandbox.faults.add(POST, fault)

    entry = await client.loyalty.transactions.create(account=member.id, amount=500)

    assert entry.last_response.attempts == (1 if isinstance(fault, Slow) else 2)
    assert entry.last_response.replayed is (fault.after and not isinstance(fault, Slow))
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 500
    sandbox.faults.assert_used()


@pytest.mark.usefixtures("short_waits")
async def test_a_reply_lost_for_good_leaves_the_outcome_unknown_and_the_key(
    sandbox: Sandbox, client: AsyncVinr
) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    sandbox.faults.add(POST, LoseReply(), times=2)
    once = client.with_options(max_retries=1)

    with pytest.raises(APIConnectionError) as lost:
        await once.loyalty.transactions.create(account=member.id, amount=500)
    assert lost.value.outcome_unknown
    settled = await client.loyalty.transactions.create(
        account=member.id, amount=500, idempotency_key=lost.value.idempotency_key
    )

    assert settled.last_response.replayed
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 500


async def test_a_client_that_gives_up_gets_the_replay_later(
    sandbox: Sandbox, client: AsyncVinr
) -> None:
    member = await client.loyalty.accounts.create(program="prog_default")
    sandbox.faults.add(POST, Slow(0.4))
    hasty = client.with_options(timeout=0.2, max_retries=20)

    entry = await hasty.loyalty.transactions.create(account=member.id, amount=500)

    assert entry.last_response.attempts > 1
    assert (await client.loyalty.accounts.retrieve(member.id)).balance == 500


async def test_time_outs_and_statuses_are_errors_of_their_own(
    sandbox: Sandbox, client: AsyncVinr
) -> None:
    once = client.with_options(max_retries=0, timeout=0.1)
    sandbox.faults.add("accounts.list", [Slow(1), Status(429, retry_after=3)])

    with pytest.raises(APITimeoutError):
        await once.loyalty.accounts.list()
    with pytest.raises(RateLimitError) as limited:
        await once.loyalty.accounts.list()
    assert limited.value.retry_after == 3


@pytest.mark.usefixtures("short_waits")
async def test_the_other_dialect_has_its_own_names(sandbox: Sandbox, client: AsyncVinr) -> None:
    sandbox.faults.add("loyalty_accounts.create", LoseReply())

    await client.loyalty.accounts.create(program="prog_default")
    member = await client.loyalty_accounts.create(customer="cust_1")

    assert member.last_response.attempts == 2
    assert len(sandbox.events.list(type="loyalty_account.created")) == 2
