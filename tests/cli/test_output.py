"""What is written: formats that programs read, and nothing that they would run."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Pass, Sandbox, Status

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "=HYPERLINK(0)"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_csv_is_a_formula_and_numbers_stay_numbers(
    run: Run, member: Account, vinr_client: Vinr, formula: str
) -> None:
    vinr_client.loyalty.transactions.create(account=member.id, amount=-1, reason=formula)
    row = read(run("ledger", "list", "--limit", "1", "--format", "csv"), "csv")[0]
    assert (row["reason"], row["amount"]) == (f"'{formula}", "-1")
    row = read(run("ledger", "list", "--limit", "1"), "jsonl")[0]
    assert (row["reason"], row["amount"]) == (formula, -1)


def test_csv_is_quoted(run: Run, member: Account, vinr_client: Vinr) -> None:
    reason = 'a "b", c\nd é'
    vinr_client.loyalty.transactions.create(account=member.id, amount=1, reason=reason)
    result = run("ledger", "list", "--limit", "1", "--format", "csv")
    [row] = csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8"), newline=""))
    assert row["reason"] == reason


def test_a_table_moves_no_cursor(run: Run, member: Account, vinr_client: Vinr) -> None:
    reason = "\x1b[2J[red]\x07\u202ex"
    vinr_client.loyalty.transactions.create(account=member.id, amount=1, reason=reason)
    said = run("ledger", "list", "--format", "table").stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(said)
    assert "[red]" in said


def test_points_beyond_2_to_53_are_exact(run: Run, member: Account, vinr_client: Vinr) -> None:
    points = 2**60 + 1
    vinr_client.loyalty.transactions.create(account=member.id, amount=points)
    for format in ("json", "jsonl", "csv"):
        row = read(run("ledger", "list", "--limit", "1", "--format", format), format)[0]
        assert str(row["amount"]) == str(points)
    assert f"{points:,}" in run("ledger", "list", "--format", "table").stdout


def test_what_a_later_version_adds_is_kept(run: Run, member: Account) -> None:
    [row] = read(run("ledger", "list"), "jsonl")
    assert row["origin"]["type"] == "manual"


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_a_list_that_breaks_off_fails(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr, format: str
) -> None:
    for _ in range(100):
        vinr_client.loyalty.transactions.create(account=member.id, amount=1)
    service.faults.add("transactions.list", [Pass(), *[Status(503)] * 3])
    result = run("ledger", "list", "--format", format)
    assert result.exit_code == 75
    assert "Error: transactions.list" in result.stderr
    # an array is not closed, so that nobody takes it for all of the list
    assert format != "json" or not result.stdout.rstrip().endswith("]")
