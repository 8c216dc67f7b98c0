"""``vinr ledger``: the entries behind the balances."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from .dates import day_after, day_option, timezone_option
from .exit_codes import ExitCode
from .finding import find, program_option
from .group import Group
from .incomplete import end_where_incomplete
from .invocation import output_options, profile_option, say
from .output import Row, write
from .progress import reading, tracked
from .settings import connected

_COLUMNS = ("id", "account", "type", "amount", "reason", "created_at")
_CSV_COLUMNS = (*_COLUMNS, "origin", "metadata")
_STATEMENT_COLUMNS = ("at", "kind", "points", "balance", "reason", "id")
_DRIFT_COLUMNS = ("account", "status", "balance", "ledger", "difference")


@click.group(cls=Group)
def ledger() -> None:
    """Read the entries behind the balances, and hold the balances against them."""


@ledger.command("list")
@click.argument("member", required=False)
@click.option(
    "--type", metavar="TYPE", help="Only earn, redeem, expire, adjust or reverse entries."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many at most.")
@program_option
@profile_option
@output_options
def list_(member: str | None, type: str | None, limit: int | None, program: str | None) -> None:
    """List entries of the ledger, newest first: of MEMBER, or of everyone.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). `amount` is whole points, above
    zero where the balance rose. `created_at` is UTC, and empty where VINR does not send it.

    \b
    Examples:
      vinr ledger list loy_7Qk
      vinr ledger list cust_abc123 --type earn --limit 10
      vinr ledger list --format csv > ledger.csv
    """
    with connected() as session:
        account = find(session, member, program) if member else None
        page = session.client.loyalty.transactions.list(
            account=None if account is None else account.id,
            type=type,
            limit=min(limit or 100, 100),
            max_items=limit,
        )
        if account is not None and account.status == "merged":
            say(
                f"{account.id} was merged into another account, where its entries are now; VINR"
                " does not tell into which one."
            )
        total = limit or page.total_estimate
        entries = tracked(page, "Reading entries", total)
        write(
            (each.model_dump(mode="json") for each in entries), _COLUMNS, csv_columns=_CSV_COLUMNS
        )


@ledger.command()
@click.argument("member")
@day_option("--from", "start", "The first day with lines of its own; default: all.")
@day_option("--as-of", "last", "The last day that counts; default: today.")
@timezone_option
@program_option
@profile_option
@output_options
def statement(
    member: str, start: date | None, last: date | None, timezone: str, program: str | None
) -> None:
    """Show a member's points: opening, each movement with the balance behind it, closing.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). `points` and `balance` are whole
    points. Entries that do not say when they were written are in no line; they are named, and the
    exit code is 6.

    \b
    Examples:
      vinr ledger statement cust_abc123
      vinr ledger statement loy_7Qk --from 2026-06-01 --as-of 2026-06-30 --timezone Europe/Berlin
    """
    from ..reports import fetch_member_statement  # noqa: PLC0415 - only where one is computed

    with connected() as session:
        account = find(session, member, program).id
        found = fetch_member_statement(
            session.client, account, start=start, end=day_after(last), timezone=timezone
        )
    rows = [_line("opening", 0, found.opening)]
    for each in found.lines:
        at = each.at.isoformat()
        rows.append(_line(each.kind, each.points, each.balance, at, each.reason, each.id))
    rows.append(_line("closing", 0, found.closing))
    write(rows, _STATEMENT_COLUMNS)
    end_where_incomplete(found.untimed, found.difference)


def _line(
    kind: str,
    points: int,
    balance: int,
    at: str | None = None,
    reason: str | None = None,
    id: str | None = None,
) -> Row:
    return dict(zip(_STATEMENT_COLUMNS, (at, kind, points, balance, reason, id), strict=True))


@ledger.command()
@program_option
@profile_option
@output_options
def reconcile(program: str | None) -> None:
    """Recompute each balance from its ledger, and list the members where they differ.

    `difference` is the balance less the sum of the entries, in points. A member who gets a posting
    meanwhile is read again. The exit code is 6 where a balance differs.

    \b
    Examples:
      vinr ledger reconcile --program prog_default
      vinr ledger reconcile --format csv > drifts.csv
    """
    from ..reports import fetch_reconciliation  # noqa: PLC0415 - only where one is computed

    with connected() as session, reading("Reading ledgers") as on_progress:
        wanted = program or session.settings.program
        found = fetch_reconciliation(session.client, program=wanted, on_progress=on_progress)
    rows = [asdict(drift) | {"difference": drift.difference} for drift in found.drifts]
    write(rows, _DRIFT_COLUMNS, when_empty="No balance differs.")
    say(f"Members: {found.members:,}; points: {found.balance:,}; differing: {len(rows):,}.")
    if rows:
        raise click.exceptions.Exit(ExitCode.PARTIAL)
