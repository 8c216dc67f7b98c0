# Generated from tests/bulk/_async/test_merged.py; do not edit.
"""Customers whose account was merged into another member's: nothing twice, and no guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinr import Vinr, VinrError, bulk
from vinr.sandbox import LoseReply, Sandbox, Status

PROGRAM = "prog_default"


def merged_away(client: Vinr, customer: str, *, anew: bool = True) -> str:
    """Merges the customer's account into another member's; the id of the new account, if any."""
    accounts = client.loyalty.accounts
    old = (accounts.list(program=PROGRAM, customer=customer)).data[0]
    other = accounts.create(program=PROGRAM)
    accounts.merge(source=old.id, target=other.id)
    return (accounts.create(program=PROGRAM, customer=customer)).id if anew else ""


def points(client: Vinr) -> int:
    return sum([account.balance for account in client.loyalty.accounts.list()])


@pytest.mark.parametrize("key", ["order", None])
def test_rows_of_a_customer_who_was_enrolled_anew_are_not_posted_again(
    client: Vinr, file: Path, key: str | None
) -> None:
    bulk.adjust(client, file, program=PROGRAM, key=key, journal=":memory:")
    before = points(client)
    merged_away(client, "a")

    result = bulk.adjust(client, file, program=PROGRAM, key=key, journal=":memory:")

    assert points(client) == before
    assert {row.error_code for row in result.rejections if row.line in (2, 5)} == {"account_merged"}
    assert (result.already_there, result.posted) == (2, 0)  # b's


def test_a_dry_run_says_the_same(client: Vinr, file: Path) -> None:
    bulk.adjust(client, file, program=PROGRAM, key="order", journal=":memory:")
    merged_away(client, "a")

    dry, real = [
        bulk.adjust(client, file, program=PROGRAM, key="order", journal=":memory:", dry_run=dry_run)
        for dry_run in (True, False)
    ]

    assert dry.rejections == real.rejections


def test_what_its_journal_calls_done_is_done(client: Vinr, file: Path) -> None:
    bulk.adjust(client, file, program=PROGRAM, key="order")
    merged_away(client, "a")

    again = bulk.adjust(client, file, program=PROGRAM, key="order")

    assert (again.already_there, again.rejected) == (4, 1)  # b's refund, as before


def test_an_unknown_row_is_not_posted_again(client: Vinr, sandbox: Sandbox, tmp_path: Path) -> None:
    rows = [{"customer": "a", "amount": 5, "n": 1}]
    sandbox.faults.add("transactions.create", LoseReply())
    journal = tmp_path / "journal"
    with pytest.raises(bulk.BulkStoppedError):
        bulk.adjust(
            client.with_options(max_retries=0),
            rows,
            program=PROGRAM,
            key="n",
            patience=0,
            journal=journal,
        )
    merged_away(client, "a")

    result = bulk.adjust(client, rows, program=PROGRAM, key="n", journal=journal)

    assert [row.error_code for row in result.rejections] == ["account_merged"]
    assert points(client) == 5


def test_the_message_says_how_to_post_it(client: Vinr) -> None:
    client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = merged_away(client, "a")
    row: dict[str, object] = {"customer": "a", "amount": 5, "n": 1}

    result = bulk.adjust(client, [row], program=PROGRAM, key="n")
    assert "name the account" in result.rejections[0].error_message

    row = {"account": account, "amount": 5, "n": 1}
    assert (bulk.adjust(client, [row], key="n")).posted == 1


def test_what_the_new_ledger_has_is_there(client: Vinr) -> None:
    client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = merged_away(client, "a")
    client.loyalty.transactions.post_once(account=account, amount=5, reference="1")
    row = {"customer": "a", "amount": 5, "n": 1}

    result = bulk.adjust(client, [row], program=PROGRAM, key="n")

    assert (result.already_there, result.rejected) == (1, 0)


@pytest.mark.parametrize("anew", [True, False])
def test_an_outbox_sets_aside_what_may_stand_in_the_other_ledger(
    client: Vinr, sandbox: Sandbox, tmp_path: Path, anew: bool
) -> None:
    client.loyalty.accounts.create(program=PROGRAM, customer="a")
    with bulk.Outbox(tmp_path / "till", program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r-1")
        sandbox.faults.add("transactions.create", LoseReply())
        with pytest.raises(VinrError):
            outbox.flush(client.with_options(max_retries=0))
        merged_away(client, "a", anew=anew)

        for _ in range(2):
            assert (outbox.flush(client)).rejected == 1
            [entry] = outbox.set_aside()
            assert entry.error_code == "account_merged"
            outbox.retry(entry)

        assert points(client) == 70


def test_an_outbox_delivers_what_it_never_sent(
    client: Vinr, sandbox: Sandbox, tmp_path: Path
) -> None:
    client.loyalty.accounts.create(program=PROGRAM, customer="a")
    account = merged_away(client, "a")
    with bulk.Outbox(tmp_path / "till", program=PROGRAM) as outbox:
        outbox.put(customer="a", amount=70, reference="r-1")
        sandbox.faults.add("accounts.list", Status(503))
        with pytest.raises(bulk.BulkStoppedError):  # before it is sent
            outbox.flush(client.with_options(max_retries=0))

        assert (outbox.flush(client)).posted == 1

    assert (client.loyalty.accounts.retrieve(account)).balance == 70


@pytest.mark.parametrize("status", ["closed", "merged"])
def test_a_dry_run_knows_accounts_that_take_no_points(client: Vinr, status: str) -> None:
    accounts = client.loyalty.accounts
    account, other = [(accounts.create(program=PROGRAM)).id for _ in range(2)]
    if status == "closed":
        client.loyalty.transactions.post_once(account=account, amount=1, reference="1")
        accounts.close(account)
    else:
        accounts.merge(source=account, target=other)
    rows = [{"account": account, "amount": n, "n": n} for n in (1, 2)]

    dry, real = [bulk.adjust(client, rows, key="n", dry_run=dry_run) for dry_run in (True, False)]

    codes = {row.error_code for row in dry.rejections}
    assert codes == {row.error_code for row in real.rejections} == {f"account_{status}"}
    assert (dry.already_there, dry.rejected) == (real.already_there, real.rejected)
