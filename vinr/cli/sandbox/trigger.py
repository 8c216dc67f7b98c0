"""``vinr sandbox trigger``: what happens inside VINR, on demand."""

from __future__ import annotations

from typing import cast

import click

from ..group import Group
from ..invocation import CommandT, output_options, say
from ..output import Row, write_one
from ..points import points as whole_points
from .control import steered, target_options

_COLUMNS = ("id", "account", "type", "amount", "reason", "created_at", "origin")

_redemption_option = click.option(
    "--redemption", required=True, metavar="ID", help="The redemption's id."
)


@click.group(cls=Group)
def trigger() -> None:
    """Make happen what happens inside VINR: payments, refunds, redemptions, expiry.

    Each writes the entry of the ledger that it led to, and webhook endpoints hear of it.

    \b
    Example:
      vinr sandbox trigger payment.completed --customer cust_1 --amount 12.00
    """


def _options(command: CommandT) -> CommandT:
    return target_options(output_options(command))


@trigger.command("payment.completed")
@click.option("--amount", required=True, metavar="AMOUNT", help="Units of currency, such as 12.00.")
@click.option("--customer", metavar="ID", help="Who paid (cust_…).")
@click.option("--program", metavar="ID", help="Where it earns; default: the default program.")
@click.option("--payment", metavar="ID", help="Its id; it earns once for each id.")
@_options
def payment_completed(
    amount: str,
    customer: str | None,
    program: str | None,
    payment: str | None,
    db: str | None,
    url: str,
) -> None:
    """Complete a payment: its customer's member earns points.

    Nothing is written where nobody earns, or not yet: no member, or a program with pending days.

    \b
    Example:
      vinr sandbox trigger payment.completed --customer cust_1 --amount 12.00 --payment pay_1
    """
    values = {"amount": amount, "customer": customer, "program": program, "payment": payment}
    _happen("payment_completed", values, db, url)


@trigger.command("payment.refunded")
@click.option("--payment", required=True, metavar="ID", help="Which payment.")
@click.option("--amount", metavar="AMOUNT", help="Default: all that is left of it.")
@click.option("--refund", metavar="ID", help="Its id; it counts once for each id.")
@_options
def payment_refunded(
    payment: str, amount: str | None, refund: str | None, db: str | None, url: str
) -> None:
    """Refund a payment: what it earned is taken back, in proportion.

    \b
    Example:
      vinr sandbox trigger payment.refunded --payment pay_1 --amount 3.00
    """
    values = {"payment": payment, "amount": amount, "refund": refund}
    _happen("payment_refunded", values, db, url)


@trigger.command("reward.redeemed")
@click.option("--account", required=True, metavar="ID", help="Whose points (loy_…).")
@click.option("--points", required=True, type=whole_points, metavar="POINTS", help="How many.")
@click.option("--redemption", metavar="ID", help="Its id; it counts once for each id.")
@click.option("--reason", metavar="TEXT", help="Kept in the ledger.")
@_options
def reward_redeemed(
    account: str,
    points: int,
    redemption: str | None,
    reason: str | None,
    db: str | None,
    url: str,
) -> None:
    """Redeem points for a reward: they are taken at once.

    \b
    Example:
      vinr sandbox trigger reward.redeemed --account loy_7Qk --points 30 --redemption red_1
    """
    values = {"account": account, "points": points, "redemption": redemption, "reason": reason}
    _happen("redemption", values, db, url)


@trigger.command("redemption.fulfilled")
@_redemption_option
@_options
def redemption_fulfilled(redemption: str, db: str | None, url: str) -> None:
    """Hand a reward over: its points cannot come back.

    \b
    Example:
      vinr sandbox trigger redemption.fulfilled --redemption red_1
    """
    _happen("redemption_fulfilled", {"redemption": redemption}, db, url)


@trigger.command("redemption.released")
@_redemption_option
@_options
def redemption_released(redemption: str, db: str | None, url: str) -> None:
    """Give the points of a redemption back.

    \b
    Example:
      vinr sandbox trigger redemption.released --redemption red_1
    """
    _happen("redemption_released", {"redemption": redemption}, db, url)


@trigger.command("points.expired")
@click.option("--account", required=True, metavar="ID", help="Whose points (loy_…).")
@click.option("--points", required=True, type=whole_points, metavar="POINTS", help="How many.")
@_options
def points_expired(account: str, points: int, db: str | None, url: str) -> None:
    """Let points of a member expire now.

    \b
    Example:
      vinr sandbox trigger points.expired --account loy_7Qk --points 20
    """
    _happen("expiry", {"account": account, "points": points}, db, url)


def _happen(what: str, values: Row, db: str | None, url: str) -> None:
    with steered(db, url) as control:
        answer = control.call("POST", f"simulate/{what}", values)
    entry = cast("Row | None", answer["transaction"])
    if entry is None:
        say("It happened, and no points were posted: there are none for it, or no such member.")
    else:
        write_one(entry, _COLUMNS)
