"""Finds the member that MEMBER on the command line means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from .. import NotFoundError
from ..loyalty import Account
from .exit_codes import ExitCode
from .failures import Failure
from .invocation import CommandT
from .output import Row
from .settings import Session

COLUMNS: Final = ("id", "program", "customer", "status", "balance", "lifetime_points", "tier")
DETAILS: Final = (*COLUMNS, "metadata")

_ACCOUNT: Final = "loy_"


def program_option(command: CommandT) -> CommandT:
    """``--program``."""
    option = click.option(
        "--program", metavar="ID", help="The program (prog_…); default: the profile's."
    )
    return option(command)


def row_of(account: Account) -> Row:
    """The member as VINR sent it."""
    return account.model_dump(mode="json")


def find(
    session: Session,
    member: str,
    program: str | None = None,
    *,
    expand: Sequence[str] = (),
    status: str = "active",
) -> Account:
    """The member with this id; of a customer, the only one, or the only one of that status."""
    accounts = session.client.loyalty.accounts
    if member.startswith(_ACCOUNT):
        return accounts.retrieve(member, expand=expand or None)
    wanted = program or session.settings.program
    found = list(accounts.list(customer=member, program=wanted, expand=expand or None))
    if found:
        return _only(member, found, status)
    try:  # ids of accounts may begin in other ways, too
        return accounts.retrieve(member, expand=expand or None)
    except NotFoundError:
        where = f" in {wanted}" if wanted else ""
        message = f"{member} is no account, and no customer with an account{where}"
        raise Failure(message, ExitCode.NOT_FOUND) from None


def _only(customer: str, found: Sequence[Account], status: str) -> Account:
    of_status = [account for account in found if account.status == status]
    for candidates in (of_status, found):
        if len(candidates) == 1:
            return candidates[0]
    raise click.UsageError(
        f"the customer {customer} has {len(found)} accounts: {_listed(found)};"
        " name the program (--program) or the account's id"
    )


def _listed(accounts: Iterable[Account]) -> str:
    return ", ".join(f"{each.id} ({each.status}, {each.program})" for each in accounts)
