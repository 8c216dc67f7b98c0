"""The example: the same right numbers through every door, and a second run changes nothing."""

from __future__ import annotations

import csv
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
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


def judged(path: Path) -> Iterator[tuple[dict[str, str], int, str]]:
    """Every row, its points and what becomes of it: by hand, from the rules alone."""
    balances: Counter[str] = Counter()
    with path.open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["date"])
    for row in rows:
        points = int(Decimal(row["amount"]))
        if points == 0:
            yield row, points, "skipped"
        elif balances[row["customer"]] + points < 0:
            yield row, points, "refused"
        else:
            balances[row["customer"]] += points
            yield row, points, "posted"


def expected(path: Path) -> dict[str, object]:
    rows = list(judged(path))
    counts = Counter(outcome for _, _, outcome in rows)
    return {
        "members": len({row["customer"] for row, _, _ in rows}),
        "posted": counts["posted"],
        "refused": counts["refused"],
        "skipped": counts["skipped"],
        "points": sum(points for _, points, outcome in rows if outcome == "posted"),
        "ledger_matches": True,
    }


def outstanding(path: Path, digits: int) -> dict[str, str]:
    """At the end of each month (7 digits of the date) or day (10) that has an entry."""
    total, found = 0, dict[str, str]()
    for row, points, outcome in judged(path):
        if outcome == "posted":
            total += points
            found[row["date"][:digits]] = f"{total:,}"
    return found


def test_in_process() -> None:
    summary, last = run(SHIPPED)
    assert last == expected(SHIPPED)
    assert "members" in summary


def test_points_by_month_and_over_time() -> None:
    words = [line.replace("│", " ").split() for line in run(SHIPPED)[0].splitlines() if line]

    months = {line[0]: line[-1] for line in words if re.fullmatch(r"\d{4}-\d\d", line[0])}
    bars = {line[0]: line[-1] for line in words if re.fullmatch(r"\d{4}-\d\d-\d\d", line[0])}

    assert months == outstanding(SHIPPED, 7)
    days = outstanding(SHIPPED, 10)
    assert len(bars) > 8
    assert bars.items() <= days.items()
    assert max(bars) == max(days)


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
