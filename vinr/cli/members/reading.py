"""``vinr members show`` and ``list``."""

from __future__ import annotations

import click

from ..finding import COLUMNS, DETAILS, find, program_option, row_of
from ..invocation import output_options, profile_option
from ..output import write, write_one
from ..progress import tracked
from ..settings import connected

_expand_option = click.option(
    "--expand",
    multiple=True,
    type=click.Choice(["customer", "tier"]),
    help="Bring the object in place of its id; may be given twice.",
)


@click.command()
@click.argument("member")
@program_option
@_expand_option
@profile_option
@output_options
def show(member: str, program: str | None, expand: tuple[str, ...]) -> None:
    """Show one member: balance, lifetime points, tier, metadata.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). Of a customer's accounts it is the
    active one. Points are whole points.

    \b
    Examples:
      vinr members show loy_7Qk
      vinr members show cust_abc123 --program prog_default --format json
    """
    with connected() as session:
        account = find(session, member, program, expand=expand)
    write_one(row_of(account), DETAILS)


@click.command("list")
@program_option
@click.option("--customer", metavar="ID", help="Only this customer's (cust_…).")
@click.option("--status", metavar="STATUS", help="Only active, closed or merged ones.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="So many at most.")
@_expand_option
@profile_option
@output_options
def list_(
    program: str | None,
    customer: str | None,
    status: str | None,
    limit: int | None,
    expand: tuple[str, ...],
) -> None:
    """List members, newest first, all of them unless --limit says otherwise.

    \b
    Examples:
      vinr members list --program prog_default --status active
      vinr members list --format csv > members.csv
    """
    with connected() as session:
        page = session.client.loyalty.accounts.list(
            program=program or session.settings.program,
            customer=customer,
            status=status,
            expand=expand or None,
            limit=min(limit or 100, 100),
            max_items=limit,
        )
        total = limit or page.total_estimate
        members = tracked(page, "Reading members", total)
        write(map(row_of, members), COLUMNS, csv_columns=DETAILS)
