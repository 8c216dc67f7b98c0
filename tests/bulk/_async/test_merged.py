"""Customers whose account was merged into another member's: nothing twice, and no guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinr import AsyncVinr, VinrError, bulk
from vinr.sandbox import LoseReply, Sandbox, Status

PROGRAM = "prog_default"


async def merged_away(client: AsyncVinr, customer: str, *, anew: bool = True) -> str:
    """Merges the customer's account into another member's; the id of the new account, if any."""
    accounts = client.loyalty.accounts
    old = (await accounts.list(program=PROGRAM, customer=customer)).data[0]
    other = await accounts.create(program=PROGRAM)
    await accounts.merge(source=old.id, target=other.id)
    return (await accounts.create(program=PROGRAM, customer=customer)).id if anew else ""


async def points(client: AsyncVinr) -> int:
    return sum([account.balance async for account in client.loyalty.accounts.list()])


@pytest.mark.parametrize("key", ["order", None])
async def test_rows_of_a_customer_who_was_enrolled_anew_are_not_posted_again(
    client: AsyncVinr, file: Path, key: str | None
) -> None:
    await bulk.async_adjust(client, file, program=PROGRAM, key=key, journal=":memory:")
    before = await points(client)
    await merged_away(client, "a")

    result = await bulk.async_adjust(client, file, program=PROGRAM, key=key, journal=":memory:")

    assert await points(client) == before
    assert {row.error_code for row in result.rejections if row.line in (2, 5)} == {"account_merged"}
    assert (result.already_there, result.posted) == (2, 0)  # b's


async def test_a_dry_run_says_the_same(client: AsyncVinr, file: Path) -> None:
    await bulk.async_adjust(client, file, program=PROGRAM, key="order", journal=":memory:")
    await merged_away(client, "a")

    dry, real = [
        await bulk.async_adjust(
            client, file, program=PROGRAM, key="order", journal=":memory:", dry_run=dry_run
        )
        for dry_run in (True, False)
    ]

    assert dry.rejections == real.rejections


async def test_what_its_journal_calls_done_is_done(client: AsyncVinr, file: Path) -> None:
    await bulk.async_adjust(client, file, program=PROGRAM, key="order")
    await merged_away(client, "a")

    again = await bulk.async_adjust(client, file, program=PROGRAM, key="order")

    assert (again.already_there, again.rejected) == (4, 1)  # b's refund, as before


async def test_an_unknown_row_is_not_posted_again(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    rows = [{"customer": "a", "amount": 5, "n": 1}]
    sandbox.faults.add("transactions.create", LoseReply())
    journal = tmp_path / "journal"
    with pytest.raises(bulk.BulkStoppedError):
        await bulk.async_adjust(
            client.with_options(max_retries=0),
            rows,
            program=PROGRAM,
            key="n",
            patience=0,
            journal=journal,
        )
    await merged_away(client, "a")

    result = await bulk.async_adjust(client, rows, program=PROGRAM, key="n", journal=journal)

    assert [row.error_code for row in result.rejections] == ["account_merged"]
    assert await points(client) == 5


async def test_the_message_says_how_to_post_it(client: AsyncVinr) -> None:
    await client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = await merged_away(client, "a")
    row: dict[str, object] = {"customer": "a", "amount": 5, "n": 1}

    result = await bulk.async_adjust(client, [row], program=PROGRAM, key="n")
    assert "name the account" in result.rejections[0].error_message

    row = {"account": account, "amount": 5, "n": 1}
    assert (await bulk.async_adjust(client, [row], key="n")).posted == 1


async def test_what_the_new_ledger_has_is_there(client: AsyncVinr) -> None:
    await client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = await merged_away(client, "a")
    await client.loyalty.transactions.post_once(account=account, amount=5, reference="1")
    row = {"customer": "a", "amount": 5, "n": 1}

    result = await bulk.async_adjust(client, [row], program=PROGRAM, key="n")

    assert (result.already_there, result.rejected) == (1, 0)


@pytest.mark.parametrize("anew", [True, False])
async def test_an_outbox_sets_aside_what_may_stand_in_the_other_ledger(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path, anew: bool
) -> None:
    await client.loyalty.accounts.create(program=PROGRAM, customer="a")
    with bulk.Outbox(tmp_path / "till", program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r-1")
        sandbox.faults.add("transactions.create", LoseReply())
        with pytest.raises(VinrError):
            await outbox.async_flush(client.with_options(max_retries=0))
        await merged_away(client, "a", anew=anew)

        for _ in range(2):
            assert (await outbox.async_flush(client)).rejected == 1
            [entry] = outbox.set_aside()
            assert entry.error_code == "account_merged"
            outbox.retry(entry)

        assert await points(client) == 70


async def test_an_outbox_delivers_what_it_never_sent(
    client: AsyncVinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    await client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = await merged_away(client, "a")
    with bulk.Outbox(tmp_path / "till", program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r-1")
        sandbox.faults.add("accounts.list", Status(503))
        with pytest.raises(bulk.BulkStoppedError):  # before it is sent
            await outbox.async_flush(client.with_options(max_retries=0))

        assert (await outbox.async_flush(client)).posted == 1

    assert (await client.loyalty.accounts.retrieve(account)).balance == 70


@pytest.mark.parametrize("status", ["closed", "merged"])
async def test_a_dry_run_knows_accounts_that_take_no_points(client: AsyncVinr, status: str) -> None:
    accounts = client.loyalty.accounts
    account, other = [(await accounts.create(program=PROGRAM)).id for _ in range(2)]
    if status == "closed":
        await client.loyalty.transactions.post_once(account=account, amount=1, reference="1")
        await accounts.close(account)
    else:
        await accounts.merge(source=account, target=other)
    rows = [{"account": account, "amount": n, "n": n} for n in (1, 2)]

    dry, real = [
        await bulk.async_adjust(client, rows, key="n", dry_run=dry_run) for dry_run in (True, False)
    ]

    codes = {row.error_code for row in dry.rejections}
    assert codes == {row.error_code for row in real.rejections} == {f"account_{status}"}
    assert (dry.already_there, dry.rejected) == (real.already_there, real.rejected)
