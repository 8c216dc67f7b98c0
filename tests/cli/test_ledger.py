"""``vinr ledger list``: entries in each format."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("who", [["cust_1"], ["{id}"], []])
def test_entries(run: Run, member: Account, who: list[str], format: str) -> None:
    words = [word.replace("{id}", member.id) for word in who]
    result = run("ledger", "list", *words, "--format", format)
    assert result.exit_code == 0
    [row] = read(result, format)
    assert (row["account"], row["type"], str(row["amount"])) == (member.id, "adjust", "500")
    assert row["created_at"].endswith("Z")


def test_a_table(run: Run, member: Account) -> None:
    words = run("ledger", "list", "cust_1", "--format", "table").stdout.split()
    assert {"amount", "500", "adjust", "welcome"} <= set(words)


def test_a_merged_member_has_its_entries_elsewhere(
    run: Run, member: Account, vinr_client: Vinr
) -> None:
    other = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_2")
    vinr_client.loyalty.accounts.merge(source=member.id, target=other.id)
    result = run("ledger", "list", "cust_1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{member.id} was merged into another account" in result.stderr


def test_a_type_and_a_limit(run: Run, member: Account, vinr_client: Vinr) -> None:
    for _ in range(3):
        vinr_client.loyalty.transactions.create(account=member.id, amount=1)
    assert len(read(run("ledger", "list", "cust_1", "--limit", "2"), "jsonl")) == 2
    assert len(read(run("ledger", "list", "cust_1", "--type", "adjust"), "jsonl")) == 4
    assert run("ledger", "list", "cust_1", "--type", "earn").stdout == ""
