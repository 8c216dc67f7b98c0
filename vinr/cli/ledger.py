"""``vinr ledger``: the entries behind the balances."""

from __future__ import annotations

import click

from .finding import find, program_option
from .group import Group
from .invocation import output_options, profile_option
from .output import write
from .progress import tracked
from .settings import connected

_COLUMNS = ("id", "account", "type", "amount", "reason", "created_at")
_CSV_COLUMNS = (*_COLUMNS, "origin", "metadata")


@click.group(cls=Group)
def ledger() -> None:
    """Read the entries behind the balances."""


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
        account = find(session, member, program).id if member else None
        page = session.client.loyalty.transactions.list(
            account=account, type=type, limit=min(limit or 100, 100), max_items=limit
        )
        total = limit or page.total_estimate
        entries = tracked(page, "Reading entries", total)
        write(
            (each.model_dump(mode="json") for each in entries), _COLUMNS, csv_columns=_CSV_COLUMNS
        )
