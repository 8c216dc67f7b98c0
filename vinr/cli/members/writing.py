"""``vinr members resolve``, ``set-tier``, ``close`` and ``reopen``."""

from __future__ import annotations

from uuid import uuid4

import click

from ..confirm import confirm
from ..failures import settled_by
from ..finding import DETAILS, find, program_option, row_of
from ..invocation import CommandT, output_options, profile_option, say, yes_option
from ..output import write_one
from ..settings import connected

_KEY = "--idempotency-key"


def _key_option(command: CommandT) -> CommandT:
    option = click.option(
        _KEY,
        metavar="KEY",
        default=lambda: str(uuid4()),
        show_default="a new one",
        help="With the same key it happens once, however often it is run.",
    )
    return option(command)


@click.command()
@click.argument("customer")
@program_option
@_key_option
@profile_option
@output_options
def resolve(customer: str, program: str | None, idempotency_key: str) -> None:
    """Give the customer's active account in a program; enrol the customer where there is none.

    CUSTOMER is the customer's id (cust_…). It is never a closed or merged account, and of many
    callers at once one enrols the customer.

    \b
    Example:
      vinr members resolve cust_abc123 --program prog_default
    """
    with connected() as session, settled_by(_KEY, idempotency_key):
        account, created = session.client.loyalty.accounts.get_or_create(
            program=session.settings.program_or(program),
            customer=customer,
            idempotency_key=idempotency_key,
        )
    say(f"{customer} was enrolled." if created else f"{customer} was a member already.")
    write_one(row_of(account), DETAILS)


@click.command("set-tier")
@click.argument("member")
@click.argument("tier")
@program_option
@_key_option
@yes_option
@profile_option
@output_options
def set_tier(member: str, tier: str, program: str | None, idempotency_key: str) -> None:
    """Set a member's tier by hand: TIER is its key, such as gold.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). A live key asks first: what the
    tier was before is not kept.

    \b
    Example:
      vinr members set-tier loy_7Qk gold
    """
    with connected() as session:
        account = find(session, member, program)
        confirm(
            f"Set the tier of {account.id} from {account.tier_id or 'none'} to {tier}",
            session.settings,
        )
        with settled_by(_KEY, idempotency_key):
            account = session.client.loyalty.accounts.update(
                account.id, tier=tier, idempotency_key=idempotency_key
            )
    write_one(row_of(account), DETAILS)


@click.command()
@click.argument("member")
@program_option
@_key_option
@yes_option
@profile_option
@output_options
def close(member: str, program: str | None, idempotency_key: str) -> None:
    """Close a member's account; its history stays, and `reopen` undoes it.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). A live key asks first.

    \b
    Example:
      vinr members close loy_7Qk
    """
    with connected() as session:
        account = find(session, member, program)
        confirm(f"Close {account.id} with {account.balance:,} points", session.settings)
        with settled_by(_KEY, idempotency_key):
            account = session.client.loyalty.accounts.close(
                account.id, idempotency_key=idempotency_key
            )
    write_one(row_of(account), DETAILS)


@click.command()
@click.argument("member")
@program_option
@_key_option
@profile_option
@output_options
def reopen(member: str, program: str | None, idempotency_key: str) -> None:
    """Make a closed account active again.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). A customer who has another active
    account in the program by now is refused; a merged account stays merged.

    \b
    Example:
      vinr members reopen loy_7Qk
    """
    with connected() as session:
        account = find(session, member, program, status="closed")
        with settled_by(_KEY, idempotency_key):
            account = session.client.loyalty.accounts.reopen(
                account.id, idempotency_key=idempotency_key
            )
    write_one(row_of(account), DETAILS)
