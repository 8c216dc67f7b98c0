"""The example: the same right numbers through every door, and a second run changes nothing."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from vinr.sandbox import Sandbox

EXAMPLES = Path(__file__).parents[1] / "examples"
SHIPPED = EXAMPLES / "purchases.csv"


def run(path: Path, *options: str) -> tuple[str, object]:
    """The summary, and the last line."""
    command = [sys.executable, str(EXAMPLES / "import_purchases.py"), str(path), *options]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    *summary, last = result.stdout.splitlines()
    return "\n".join(summary), json.loads(last)


def expected(path: Path) -> dict[str, object]:
    """The same by hand, from the rules alone."""
    balances: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with path.open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["date"])
    for row in rows:
        points = int(Decimal(row["amount"]))
        if points == 0:
            counts["skipped"] += 1
        elif balances[row["customer"]] + points < 0:
            counts["refused"] += 1
        else:
            counts["posted"] += 1
            balances[row["customer"]] += points
    return {
        "members": len({row["customer"] for row in rows}),
        "posted": counts["posted"],
        "refused": counts["refused"],
        "skipped": counts["skipped"],
        "points": balances.total(),
        "ledger_matches": True,
    }


def test_in_process() -> None:
    summary, last = run(SHIPPED)
    assert last == expected(SHIPPED)
    assert "members" in summary


def test_twice_into_a_file_changes_nothing(tmp_path: Path) -> None:
    db = str(tmp_path / "members.sqlite")

    first, last = run(SHIPPED, "--db", db)
    second, last_again = run(SHIPPED, "--db", db)

    assert last == last_again == expected(SHIPPED)
    assert "Nothing changed" not in first
    assert "Nothing changed" in second
    with Sandbox(db) as sandbox:
        assert sandbox.check() == []


def test_over_http() -> None:
    with Sandbox() as sandbox, sandbox.serve() as base_url:
        _, last = run(SHIPPED, "--base-url", base_url)
        assert last == expected(SHIPPED)
        assert sandbox.check() == []


def test_gzip_and_odd_rows(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(
        "InvoiceNo,customer,date,country,lines,amount\n"
        "2,a,2026-01-02 10:00:00,France,1,-5.00\n"  # later than the purchase it follows
        "1,a,2026-01-01 10:00:00,France,1,5.99\n"
        "3,b,2026-01-03 10:00:00,France,1,-0.99\n"
        "4,b,2026-01-04 10:00:00,France,1,-1\n"
        "5,c,2026-01-05 10:00:00,France,1,1e3\n"
    )
    packed = tmp_path / "odd.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))

    _, last = run(packed)

    assert last == expected(path)
    assert last == {
        "members": 3,
        "posted": 3,
        "refused": 1,
        "skipped": 1,
        "points": 1000,
        "ledger_matches": True,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column"),
        ("InvoiceNo,customer,date,amount\n1,a,2026-01-01,much\n", "line 2: 'much' is no amount"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    command = [sys.executable, str(EXAMPLES / "import_purchases.py"), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
