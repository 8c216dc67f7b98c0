"""SIGKILL at random moments, and faults all along: every row once."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.bulk.killed import TILL, plan_faults, run_killed
from tests.bulk.killed import entries as entries_of
from vinr import Vinr, bulk
from vinr.sandbox import Sandbox

SHIPPED = Path(__file__).parents[2] / "examples" / "purchases.csv"


def balances_by_hand(path: Path) -> Counter[str]:
    balances: Counter[str] = Counter()
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            points = int(Decimal(row["amount"]))
            if balances[row["customer"]] + points >= 0:
                balances[row["customer"]] += points
    return balances


@pytest.mark.parametrize("seed", range(2))
def test_killed_and_resumed(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "purchases.csv"
    shutil.copy(SHIPPED, path)
    with Sandbox() as sandbox, sandbox.serve() as url, sandbox.client() as client:
        plan_faults(sandbox, seed)

        hits = run_killed(sandbox, url, path, kills=3, rows=350, seed=seed)

        assert hits > 0
        sandbox.faults.clear()
        expected = balances_by_hand(SHIPPED)
        assert balances(client) == {name: expected[name] for name in expected}
        assert sandbox.check() == []
        sandbox.clock.advance(days=7)
        path.with_name("purchases.csv.vinr-journal").unlink()
        assert not again(client, path).changed
        assert balances(client) == {name: expected[name] for name in expected}


def test_a_till_that_is_switched_off_while_it_delivers(tmp_path: Path) -> None:
    with Sandbox() as sandbox, sandbox.serve() as url, sandbox.client() as client:
        plan_faults(sandbox, 7)

        hits = run_killed(sandbox, url, tmp_path / "till", TILL, kills=3, rows=110, seed=7)

        assert hits > 0
        sandbox.faults.clear()
        for member in client.loyalty.accounts.list(program="prog_default"):
            entries = list(client.loyalty.transactions.list(account=member.id))[::-1]
            first = int((member.customer_id or "c")[1:])
            assert [entry.amount for entry in entries] == list(range(first + 1, 121, 6))
        assert entries_of(sandbox) == 120


def balances(client: Vinr) -> dict[str | None, int]:
    members = client.loyalty.accounts.list(program="prog_default", limit=100)
    return {member.customer_id: member.balance for member in members}


def again(client: Vinr, path: Path) -> bulk.BulkResult:
    def posting(row: Mapping[str, str]) -> Mapping[str, object]:
        return {"customer": row["customer"], "amount": int(Decimal(row["amount"]))}

    return bulk.adjust(client, path, program="prog_default", key="InvoiceNo", convert=posting)
