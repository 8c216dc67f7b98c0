"""Imports a purchase file by ``vinr.bulk`` while everything goes wrong, and checks the outcome.

The service loses 2 % of the replies and answers 2 % of the requests with 429 and 1 % with 500. The
import is killed at random moments and started again until it is through. Then the balances are
compared with those computed by hand; and a week later, with the journal deleted, once more.

    python scripts/kill_import.py examples/purchases.csv
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import shutil
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for the tests' own import

from tests.bulk.killed import plan_faults, run_killed, start
from vinr import Vinr
from vinr.sandbox import Sandbox


def by_hand(path: Path) -> tuple[Counter[str], int, int]:
    """Each customer's points, and how many rows there are and how many of them are refused."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8-sig")
    balances: Counter[str] = Counter()
    rows = refused = 0
    for row in csv.DictReader(io.StringIO(text, newline="")):
        rows += 1
        points = int(Decimal(row["amount"]))
        balances[row["customer"]] += 0  # a member with no points is one too
        if balances[row["customer"]] + points < 0:
            refused += 1
        else:
            balances[row["customer"]] += points
    return balances, rows, refused


def balances(client: Vinr) -> Counter[str]:
    """As the service has them."""
    members = client.loyalty.accounts.list(program="prog_default", limit=100)
    return Counter({member.customer_id or "": member.balance for member in members})


def main() -> int:
    """Exit status 1 where a point is missing or too many."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="with the columns InvoiceNo, customer, amount")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()

    expected, rows, refused = by_hand(arguments.path)
    print(
        f"{len(expected):,} members, {expected.total():,} points, {refused:,} rows refused by hand"
    )
    with TemporaryDirectory() as folder, Sandbox() as sandbox, sandbox.serve() as url:
        path = Path(shutil.copy(arguments.path, folder))
        plan_faults(sandbox, arguments.seed)
        hits = run_killed(sandbox, url, path, kills=arguments.kills, rows=rows, seed=arguments.seed)
        print(f"killed {hits} times with seed {arguments.seed}, and resumed to the end")
        sandbox.faults.clear()
        right = _is_right(sandbox, path, expected, refused)
        Path(f"{path}.vinr-journal").unlink()
        sandbox.clock.advance(days=7)
        with start(url, path) as process:
            process.wait()
        print("a week later, without the journal:")
        right = _is_right(sandbox, path, expected, refused) and right
    return 0 if right else 1


def _is_right(sandbox: Sandbox, path: Path, expected: Counter[str], refused: int) -> bool:
    with sandbox.client() as client:
        found = balances(client)
    with Path(f"{path}.rejects.csv").open(newline="") as file:
        rejects = sum(1 for _ in csv.DictReader(file))
    broken = sandbox.check()
    print(f"{len(found):,} members, {found.total():,} points, {rejects:,} rows in the rejects file")
    same = dict(found) == dict(expected)
    return same and rejects == refused and not broken


if __name__ == "__main__":
    sys.exit(main())
