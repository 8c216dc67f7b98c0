"""Moves a shop's purchases into a loyalty program: members enrolled, points posted, ledger checked.

    python examples/import_purchases.py examples/purchases.csv

The file has the columns InvoiceNo,customer,date,country,lines,amount, plain or gzipped. One point
is given per whole currency unit, truncated towards zero; a refund takes points back, and one that
would leave less than zero is refused, counted and gone on from. Running it twice changes nothing:
each posting's idempotency key is made of the invoice number.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from vinr import UnprocessableError, Vinr, VinrError
from vinr.sandbox import Sandbox

COLUMNS = {"InvoiceNo", "customer", "date", "amount"}


@dataclass(frozen=True)
class Purchase:
    """One invoice, or one refund where the amount is below zero."""

    invoice: str
    customer: str
    date: str
    points: int


@dataclass
class Totals:
    """What became of a file; the last line of the output."""

    members: int = 0
    posted: int = 0
    refused: int = 0
    skipped: int = 0
    points: int = 0
    ledger_matches: bool = False


def read_purchases(path: Path) -> list[Purchase]:
    """The rows of a purchase file in order of date."""
    data = path.read_bytes()
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    missing = COLUMNS.difference(rows.fieldnames or ())
    if missing:
        raise SystemExit(f"{path} has no column {', '.join(sorted(missing))}")
    return sorted(
        (_purchase(path, rows.line_num, row) for row in rows), key=lambda purchase: purchase.date
    )


def _purchase(path: Path, line: int, row: dict[str, str]) -> Purchase:
    try:
        points = int(Decimal(row["amount"]))  # int truncates towards zero
    except (InvalidOperation, TypeError, ValueError, OverflowError):
        raise SystemExit(f"{path}, line {line}: {row['amount']!r} is no amount") from None
    return Purchase(row["InvoiceNo"], row["customer"], row["date"], points)


class Import:
    """One run over a file against one program."""

    def __init__(self, client: Vinr, program: str) -> None:
        self.client = client
        self.program = program
        self.totals = Totals()
        self.accounts: dict[str, str] = {}
        self.balances: Counter[str] = Counter()
        self.changes = 0

    def add(self, purchase: Purchase) -> None:
        """Enrols the customer where that is needed, and posts the points."""
        account = self.accounts.get(purchase.customer) or self._enrol(purchase.customer)
        if purchase.points == 0:
            self.totals.skipped += 1
        elif self._post(account, purchase):
            self.totals.posted += 1
            self.balances[account] += purchase.points
        else:
            self.totals.refused += 1

    def _enrol(self, customer: str) -> str:
        member, created = self.client.loyalty.accounts.get_or_create(
            program=self.program, customer=customer
        )
        self.changes += created
        self.totals.members += 1
        self.accounts[customer] = member.id
        return member.id

    def _post(self, account: str, purchase: Purchase) -> bool:
        try:
            transaction = self.client.loyalty.transactions.create(
                account=account,
                amount=purchase.points,
                reason="purchase" if purchase.points > 0 else "refund",
                metadata={"invoice": purchase.invoice},
                idempotency_key=f"invoice-{purchase.invoice}",
            )
        except UnprocessableError as error:
            if error.code != "insufficient_points":
                raise
            return False
        self.changes += not transaction.last_response.replayed
        return True

    def check(self) -> None:
        """Reads everything back: each balance has to be the sum of the member's ledger."""
        transactions, accounts = self.client.loyalty.transactions, self.client.loyalty.accounts
        ledger: Counter[str] = Counter()
        for entry in transactions.list(limit=100, prefetch=1):
            ledger[entry.account] += entry.amount
        members = set(self.accounts.values())
        matches = True
        for member in accounts.list(program=self.program, limit=100, prefetch=1):
            if member.id in members:
                self.totals.points += member.balance
                expected = self.balances[member.id]
                matches = matches and member.balance == ledger[member.id] == expected
        self.totals.ledger_matches = matches


@contextmanager
def connected(db: str | None, base_url: str | None) -> Generator[Vinr]:
    """A client of the service at a URL, or of a sandbox in this process."""
    if base_url is not None:
        key = os.environ.get("VINR_SECRET_KEY", "sk_test_import")
        with Vinr(secret_key=key, base_url=base_url) as client:
            yield client
    else:
        with Sandbox(db or ":memory:") as sandbox, sandbox.client() as client:
            yield client


def show(console: Console, run: Import, path: Path) -> None:
    """A summary that a person likes to read."""
    totals = run.totals
    table = Table(title=f"Purchases of {path.name}", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row("members", f"{totals.members:,}")
    table.add_row("postings made", f"{totals.posted:,}")
    table.add_row("refused, balance too low", f"{totals.refused:,}")
    table.add_row("skipped, worth no point", f"{totals.skipped:,}")
    table.add_row("points on all balances", f"{totals.points:,}")
    table.add_row("every balance is its ledger's sum", "yes" if totals.ledger_matches else "NO")
    console.print(table)
    if run.changes == 0:
        console.print("Nothing changed: all of it was there already.")
    else:
        console.print(f"{run.changes:,} changes: enrolments and postings that were not there yet.")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="the purchase file, plain or gzipped")
    parser.add_argument("--program", default="prog_default")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--db", help="a sandbox kept in this file, instead of one in memory")
    where.add_argument("--base-url", help="a service, such as http://127.0.0.1:8321/v1")
    arguments = parser.parse_args()

    purchases = read_purchases(arguments.path)
    with connected(arguments.db, arguments.base_url) as client:
        run = Import(client, arguments.program)
        progress = Console(stderr=True)
        for purchase in track(purchases, "Posting points", console=progress):
            run.add(purchase)
        run.check()
    show(Console(), run, arguments.path)
    print(json.dumps(asdict(run.totals)))
    return 0 if run.totals.ledger_matches else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (VinrError, OSError) as error:
        sys.exit(f"import stopped: {error}")
