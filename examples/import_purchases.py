"""Moves a shop's purchases into a loyalty program: members enrolled, points posted, ledger checked.

    python examples/import_purchases.py examples/purchases.csv

The file has the columns InvoiceNo,customer,date,country,lines,amount, plain or gzipped. One point
is given per whole currency unit, truncated towards zero; a refund takes points back, and one that
would leave less than zero is refused. Running it twice changes nothing, nor does killing it: each
posting has its invoice number as its reference.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.bar import Bar
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from vinr import Vinr, VinrError, bulk, reports
from vinr.loyalty import Account, Transaction
from vinr.sandbox import Sandbox

MOST_BARS = 16


def posting(row: Mapping[str, str]) -> Mapping[str, object]:
    """What a purchase is worth; ``int`` truncates towards zero."""
    try:
        points = int(Decimal(row["amount"]))
    except (ArithmeticError, ValueError):
        raise ValueError(f"{row['amount']!r} is no amount") from None
    return {
        "customer": row["customer"],
        "amount": points,
        "reason": "purchase" if points > 0 else "refund",
        "metadata": {"invoice": row["InvoiceNo"], "date": row["date"]},
    }


def post(client: Vinr, program: str, path: Path, work: Path) -> bulk.BulkResult:
    """Every row of the file, once."""
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Posting points")
        return bulk.adjust(
            client,
            path,
            program=program,
            key="InvoiceNo",
            order_by="date",
            convert=posting,
            journal=work / f"{path.name}.vinr-journal",
            rejects=work / f"{path.name}.rejects.csv",
            on_progress=lambda now: bar.update(task, total=now.rows, completed=now.settled),
        )


def read_back(
    client: Vinr, program: str
) -> tuple[Sequence[Account], Sequence[Mapping[str, object]]]:
    """Every member and every entry of a member, as the service has them."""
    members = list(client.loyalty.accounts.list(program=program, limit=100, prefetch=1))
    ids = {member.id for member in members}
    entries = client.loyalty.transactions.list(limit=100, prefetch=1)
    return members, [as_of_purchase(entry) for entry in entries if entry.account in ids]


def as_of_purchase(entry: Transaction) -> Mapping[str, object]:
    """The entry with the time of its purchase, which may be long before the import."""
    at = entry.metadata.get("date") or entry.created_at
    return {**entry.model_dump(), "created_at": at}


def kind_by_reason(entry: reports.Entry) -> reports.Kind:
    """All are posted as adjustments; the reason says what they are."""
    kinds = {"purchase": reports.Kind.EARNED, "refund": reports.Kind.REVERSED}
    return kinds.get(entry.reason or "", reports.kind_of(entry))


def show_movement(movement: reports.MovementReport) -> None:
    """Points by the months of the purchases."""
    table = Table("month", title="Points movement", title_justify="left")
    for name in ("earned", "taken back", "other", "outstanding"):
        table.add_column(name, justify="right")
    for month in movement.periods:
        other = month.moved - month.earned - month.reversed
        numbers = (month.earned, month.reversed, other, month.closing)
        table.add_row(f"{month.start:%Y-%m}", *(f"{number:,}" for number in numbers))
    if movement.untimed.points:
        table.caption = f"and {movement.untimed.points:,} points of purchases without a date"
    Console().print(table)


def plot_outstanding(days: Sequence[reports.PeriodMovement]) -> None:
    """Points outstanding over time: a bar for the end of some days, equally far apart."""
    most = max((day.closing for day in days), default=0) or 1
    plot = Table.grid(padding=(0, 1))
    for day in days[:: -(len(days) // MOST_BARS + 1)][::-1]:  # the last day is one of them
        plot.add_row(f"{day.start}", Bar(most, 0, day.closing, width=48), f"{day.closing:,}")
    Console().print("Points outstanding", plot, sep="\n")


def show(result: bulk.BulkResult, path: Path, *, matches: bool) -> None:
    """A summary that a person likes to read, and a last line for programs."""
    posted = result.posted + result.already_there
    table = Table(title=f"Purchases of {path.name}", show_header=False, title_justify="left")
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row("members", f"{result.members:,}")
    table.add_row("postings made", f"{posted:,}")
    table.add_row("refused, balance too low", f"{result.rejected:,}")
    table.add_row("skipped, worth no point", f"{result.skipped:,}")
    table.add_row("points on all balances", f"{result.points:,}")
    table.add_row("every balance is its ledger's sum", "yes" if matches else "NO")
    console = Console()
    console.print(table)
    if result.changed:
        changes = result.posted + result.members_created
        console.print(f"{changes:,} changes: enrolments and postings that were not there yet.")
    else:
        console.print("Nothing changed: all of it was there already.")
    totals = {
        "members": result.members,
        "posted": posted,
        "refused": result.rejected,
        "skipped": result.skipped,
        "points": result.points,
        "ledger_matches": matches,
    }
    print(json.dumps(totals))


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


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", type=Path, help="the purchase file, plain or gzipped")
    parser.add_argument("--program", default="prog_default")
    parser.add_argument("--work", help="keep the journal and the rejects file in this folder")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--db", help="a sandbox kept in this file, instead of one in memory")
    where.add_argument("--base-url", help="a service, such as http://127.0.0.1:8321/v1")
    arguments = parser.parse_args()

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends it as Ctrl-C does
    with connected(arguments.db, arguments.base_url) as client, TemporaryDirectory() as folder:
        work = Path(arguments.work or folder)
        result = post(client, arguments.program, arguments.path, work)
        members, entries = read_back(client, arguments.program)
    movement = reports.points_movement(entries, members=members, classify=kind_by_reason)
    matches = (
        not reports.reconcile(members, entries).drifts
        and movement.adds_up
        and movement.balance == result.points
    )
    show_movement(movement)
    plot_outstanding(reports.points_movement(entries, by="day").periods)
    show(result, arguments.path, matches=matches)
    unreadable = [row for row in result.rejections if row.error_code == "row_invalid"]
    for row in unreadable:
        print(f"{arguments.path}, line {row.line}: {row.error_message}", file=sys.stderr)
    return 0 if matches and not unreadable else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (VinrError, OSError) as error:
        sys.exit(f"import stopped: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted: run the same command again, and it goes on (with --work, at once)")
