"""``vinr import``: files of points or of customers, every row once."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Final

import click

from .. import VinrError, bulk
from .confirm import confirm
from .exit_codes import ExitCode, exit_code_of
from .failures import Failure, described
from .finding import program_option
from .group import Group
from .invocation import (
    CommandT,
    invocation,
    output_options,
    profile_option,
    say,
    yes_option,
)
from .output import write_one
from .progress import progress_bar
from .settings import Session, connected

_COLUMNS: Final = (
    "rows",
    "posted",
    "already_there",
    "skipped",
    "rejected",
    "unknown",
    "left",
    "members",
    "members_created",
    "points_granted",
    "points_taken",
    "points_already_there",
    "points",
    "dry_run",
)
_MONEY: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]+)?").fullmatch
"""What a comma, an exponent or an underscore means would be a guess."""
_MOST_SHOWN: Final = 10
"""Rejected rows on standard error; the rejects file has all of them."""

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def _file_options(command: CommandT) -> CommandT:
    for option in (
        click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing."),
        click.option("--customer", default="customer", help="The column with the customer's id."),
    ):
        command = option(command)
    return command


@click.group("import", cls=Group)
def importing() -> None:
    """Import files of points or of customers, every row once."""


@importing.command("points")
@_FILE
@click.option("--key", metavar="COLUMN", help="What tells rows apart for good, as a receipt does.")
@click.option("--order-by", metavar="COLUMN", help="The order of a member's rows, such as a date.")
@click.option("--amount", default="amount", metavar="COLUMN", help="The column with the points.")
@click.option(
    "--per-unit",
    type=click.IntRange(min=1),
    metavar="N",
    help="The amount is money, such as 19.90: give N points for each whole unit of it.",
)
@click.option("--reason", metavar="TEXT", help="Why, for rows without a reason of their own.")
@click.option(
    "--batch", metavar="NAME", help="A name of this work, in place of the file's content."
)
@_file_options
@program_option
@yes_option
@profile_option
@output_options
def points(
    file: Path,
    key: str | None,
    order_by: str | None,
    amount: str,
    per_unit: int | None,
    reason: str | None,
    batch: str | None,
    customer: str,
    dry_run: bool,  # noqa: FBT001 - click passes it by name
    program: str | None,
) -> None:
    """Post the points of FILE to members, each row once; customers are enrolled.

    FILE is CSV or JSONL, plain or gzipped. A row has `customer` and `amount`, a whole number of
    points, below zero to take them; it may have `reason`. Run it again after any interruption: it
    goes on where it stopped, and changes nothing when it is done. Rows that are refused are in
    FILE.rejects.csv with the reason; mend a copy and import it.

    \b
    Examples:
      vinr import points bonus.csv --key ticket --dry-run
      vinr import points bonus.csv --key ticket
      vinr import points invoices.csv.gz --key InvoiceNo --per-unit 1 --order-by date
    """
    columns = {"customer": customer, "amount": amount}
    convert = None if per_unit is None else _points_per_unit(per_unit, columns)
    with connected() as session:
        _confirm(session, f"Post the points of {file}", dry_run=dry_run)
        with ended(), progress_bar("Posting points") as tell:
            result = bulk.adjust(
                session.client,
                file,
                program=program or session.settings.program,
                key=key,
                order_by=order_by,
                batch=batch,
                reason=reason,
                columns={} if convert else columns,
                convert=convert,
                dry_run=dry_run,
                on_progress=tell,
            )
        show(result)


@importing.command("members")
@_FILE
@_file_options
@program_option
@yes_option
@profile_option
@output_options
def members(
    file: Path,
    customer: str,
    dry_run: bool,  # noqa: FBT001 - click passes it by name
    program: str | None,
) -> None:
    """Enrol the customers of FILE who are no members yet.

    FILE is CSV or JSONL, plain or gzipped, with a column `customer`.

    \b
    Example:
      vinr import members customers.csv --customer id --program prog_default
    """
    with connected() as session:
        where = program or session.settings.program
        if where is None:
            raise click.UsageError("say in which program: --program, or in the profile")
        _confirm(session, f"Enrol the customers of {file}", dry_run=dry_run)
        with ended(), progress_bar("Enrolling members") as tell:
            result = bulk.enrol(
                session.client,
                file,
                program=where,
                columns={"customer": customer},
                dry_run=dry_run,
                on_progress=tell,
            )
        show(result)


def _points_per_unit(
    points: int, columns: Mapping[str, str]
) -> Callable[[Mapping[str, object]], Mapping[str, object]]:
    def convert(row: Mapping[str, object]) -> Mapping[str, object]:
        money = str(row.get(columns["amount"], "")).strip()
        if not _MONEY(money):
            raise ValueError(
                f"{columns['amount']} is {money[:40]!r}, which is no money such as 19.90 or -5"
            )
        amount = int(Decimal(money)) * points  # int truncates towards zero
        return {
            "customer": row.get(columns["customer"]),
            "amount": amount,
            "reason": row.get("reason") or ("purchase" if amount > 0 else "refund"),
        }

    return convert


def _confirm(session: Session, action: str, *, dry_run: bool) -> None:
    if not dry_run:
        confirm(action, session.settings)


@contextmanager
def ended() -> Generator[None]:
    """SIGTERM is as Ctrl-C; what is left says how to go on."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        message = f"interrupted; to go on where it stopped:\n  {invocation().command_line}"
        raise Failure(message, ExitCode.INTERRUPTED) from None
    except bulk.BulkStoppedError as error:
        write_one(_row(error.result), _COLUMNS)
        raise Failure(
            f"{described(error)}\nTo go on where it stopped:\n  {invocation().command_line}",
            _exit_code(error),
        ) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit_code(stopped: bulk.BulkStoppedError) -> ExitCode:
    """The key's where VINR refuses it, else an outage: the next run settles what is left."""
    cause = stopped.__cause__
    is_key = isinstance(cause, VinrError) and exit_code_of(cause) is ExitCode.KEY
    return ExitCode.KEY if is_key else ExitCode.TRY_LATER


def show(result: bulk.BulkResult) -> None:
    """What came of it; ends with the exit code of a partial success where rows were rejected."""
    for rejection in result.rejections[:_MOST_SHOWN]:
        say(f"line {rejection.line}: {rejection.error_code}: {rejection.error_message}")
    if result.rejected > _MOST_SHOWN:
        say(f"… and {result.rejected - _MOST_SHOWN} more")
    if result.rejects is not None:
        say(f"Rejected rows are in {result.rejects}.")
    if not result.changed and not result.dry_run:
        say("Nothing changed: all of it was settled before.")
    write_one(_row(result), _COLUMNS)
    if result.rejected:
        raise click.exceptions.Exit(ExitCode.PARTIAL)


def _row(result: bulk.BulkResult) -> Mapping[str, object]:
    return {name: getattr(result, name) for name in _COLUMNS}
