"""``vinr members adjust``: points up or down, posted once."""

from __future__ import annotations

from uuid import uuid4

import click

from ... import Vinr
from ...loyalty import Transaction
from ..confirm import confirm
from ..failures import settled_by
from ..finding import find, program_option
from ..invocation import output_options, profile_option, say, yes_option
from ..output import write_one
from ..points import points as whole_points
from ..settings import connected

_COLUMNS = ("id", "account", "type", "amount", "reason", "created_at", "metadata")


# a number of points may begin with a minus, which is no option then
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("member")
@click.argument("points", type=whole_points)
@click.option("--reason", metavar="TEXT", help="Why, such as goodwill_credit; kept in the ledger.")
@click.option(
    "--reference",
    metavar="TEXT",
    help="Its cause, such as ticket-4821: posted once for good under it.",
)
@click.option("--idempotency-key", metavar="KEY", help="Posted once while VINR keeps the key.")
@program_option
@yes_option
@profile_option
@output_options
def adjust(
    member: str,
    points: int,
    reason: str | None,
    reference: str | None,
    idempotency_key: str | None,
    program: str | None,
) -> None:
    """Grant points to a member, or take them away: POINTS is such as 500 or -500.

    MEMBER is an account's id (loy_…) or a customer's (cust_…). A balance never falls below zero.
    Entries of the ledger cannot be deleted: a live key asks first.

    With --reference it is posted once for good: where the member's ledger has an entry with this
    reference, that one is shown, and nothing is posted. With --idempotency-key it is posted once
    as long as VINR keeps the key; how long that is VINR does not say.

    \b
    Examples:
      vinr members adjust loy_7Qk 500 --reason goodwill_credit --reference ticket-4821
      vinr members adjust cust_abc123 -200 --reason correction --yes
    """
    if reference is not None and idempotency_key is not None:
        raise click.UsageError("--reference has a key of its own: leave --idempotency-key out")
    with connected() as session:
        account = find(session, member, program).id
        confirm(f"Post {points:+,} points to {account}", session.settings)
        if reference is None:
            entry = _post(session.client, account, points, reason, idempotency_key or str(uuid4()))
        else:
            entry = _post_once(session.client, account, points, reason, reference)
    write_one(entry.model_dump(mode="json"), _COLUMNS)


def _post(client: Vinr, account: str, points: int, reason: str | None, key: str) -> Transaction:
    with settled_by("--idempotency-key", key):
        return client.loyalty.transactions.create(
            account=account, amount=points, reason=reason, idempotency_key=key
        )


def _post_once(
    client: Vinr, account: str, points: int, reason: str | None, reference: str
) -> Transaction:
    with settled_by("--reference", reference):
        entry, posted = client.loyalty.transactions.post_once(
            account=account, amount=points, reason=reason, reference=reference
        )
    if not posted:
        say(f"{reference} was posted before; nothing was posted now.")
    return entry
