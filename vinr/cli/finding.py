"""Finds the member that MEMBER on the command line means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from .. import NotFoundError, PermissionDeniedError, Vinr
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
    found = find_all(session, member, program, expand=expand)
    of_status = [account for account in found if account.status == status]
    for candidates in (of_status, found):
        if len(candidates) == 1:
            return candidates[0]
    raise click.UsageError(
        f"{member} has {len(found)} accounts: {_listed(found)};"
        " name the program or the account's id"
    )


def find_all(
    session: Session, member: str, program: str | None = None, *, expand: Sequence[str] = ()
) -> Sequence[Account]:
    """The account with this id, or those of the customer with this id or e-mail address.

    At least one; Failure and VinrError where there is none.
    """
    accounts = session.client.loyalty.accounts
    if member.startswith(_ACCOUNT):
        return [accounts.retrieve(member, expand=expand or None)]
    wanted = program or session.settings.program
    customers = _customers(session.client, member) if "@" in member else [member]
    found = [
        account
        for customer in customers
        for account in accounts.list(customer=customer, program=wanted, expand=expand or None)
    ]
    if found:
        return found
    where = f" in {wanted}" if wanted else ""
    if "@" in member:
        message = f"no customer with the e-mail address {member} has an account{where}"
        raise Failure(message, ExitCode.NOT_FOUND)
    try:  # ids of accounts may begin in other ways, too
        return [accounts.retrieve(member, expand=expand or None)]
    except NotFoundError:
        message = f"{member} is no account, and no customer with an account{where}"
        raise Failure(message, ExitCode.NOT_FOUND) from None


def _customers(client: Vinr, email: str) -> Sequence[str]:
    try:
        return [customer.id for customer in client.customers.list(email=email, limit=100)]
    except (NotFoundError, PermissionDeniedError):
        raise Failure(
            f"nobody can be looked up by {email}: VINR shows this key no customers; name the"
            " account's id (loy_…) or the customer's (cust_…)",
            ExitCode.NOT_FOUND,
        ) from None


def _listed(accounts: Iterable[Account]) -> str:
    return ", ".join(f"{each.id} ({each.status}, {each.program})" for each in accounts)
