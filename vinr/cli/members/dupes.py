"""``vinr members dupes``: proposes which accounts to merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from ...loyalty import Account
from ..finding import program_option
from ..invocation import output_options, profile_option, say
from ..output import write
from ..progress import tracked
from ..settings import connected
from .duplicates import (
    Proposal,
    alike,
    customer_of,
    email_of,
    left_behind,
    metadata_of,
    with_the_same,
)

_COLUMNS: Final = ("source", "target", "reason", "score", "source_points", "target_points")
_METADATA: Final = "metadata:"


@click.command()
@click.option(
    "--by",
    default="customer",
    show_default=True,
    metavar="TRAIT",
    help="customer, email, similar, or metadata:NAME.",
)
@click.option(
    "--min-score",
    type=click.IntRange(0, 100),
    default=90,
    show_default=True,
    help="For --by similar: how alike, of 100.",
)
@program_option
@profile_option
@output_options
def dupes(by: str, min_score: int, program: str | None) -> None:
    """Propose which accounts to merge; merges nothing.

    All members are read. Their active accounts are compared within each program by TRAIT:

    \b
      customer       the same customer has several active accounts
      email          the customers have the same e-mail address, in any case
      metadata:NAME  the same value under this name, such as metadata:phone
      similar        e-mail addresses and names read alike (pip install "vinr[match]")

    Of accounts that belong together the one with a customer stays, else the one with most lifetime
    points, else the oldest. The lines are a plan: look through them, delete what is wrong, and
    hand the file to `merge --plan`.

    \b
    Examples:
      vinr members dupes --program prog_default --by email --format csv > plan.csv
      vinr members merge --plan plan.csv
    """
    _check(by)
    with connected() as session:
        page = session.client.loyalty.accounts.list(
            program=program or session.settings.program,
            expand=["customer"] if by in ("email", "similar") else None,
            limit=100,
        )
        accounts = list(tracked(page, "Reading members", page.total_estimate))
    proposals = list(_proposals(by, min_score, accounts))
    write((each.row() for each in proposals), _COLUMNS)
    say(f"Merges proposed: {len(proposals)}; accounts read: {len(accounts)}; nothing was merged.")
    for each in left_behind(accounts):
        say(
            f"{each.id} is closed with {each.balance:,} points, and {each.customer_id} has an"
            " active account: VINR merges active accounts only"
        )


def _check(by: str) -> None:
    if by not in ("customer", "email", "similar") and not by.startswith(_METADATA):
        raise click.UsageError(f"--by is customer, email, similar or metadata:NAME, not {by!r}")


def _proposals(by: str, min_score: int, accounts: Sequence[Account]) -> Iterable[Proposal]:
    active = [each for each in accounts if each.status == "active"]
    if by == "similar":
        return alike(active, min_score)
    if by == "customer":
        return with_the_same(customer_of, by, active)
    if by == "email":
        return with_the_same(email_of, by, active)
    name = by.removeprefix(_METADATA)
    return with_the_same(metadata_of(name), name, active)
