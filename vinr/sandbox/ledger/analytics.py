"""Figures of a program over a period, from its accounts and transactions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ..programs import Program
from .unit_of_work import UnitOfWork

_ACTIVE_SECONDS: Final = 90 * 24 * 60 * 60
_FIRST: Final = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Summary:
    """How a program did."""

    enrolled: int
    """Members that were made in the period, merged ones aside."""
    active: int
    """Members with a transaction in the 90 days before the period's end."""
    liability: Fraction
    """What all points at the period's end are worth, in minor units of money."""
    redemption_rate: Fraction
    """Points redeemed and not given back, as a part of those earned or granted in the period."""


def summary(work: UnitOfWork, program: Program, begin: int | None, end: int | None) -> Summary:
    """The figures from ``begin`` on and before ``end``, unix seconds; without an end up to now."""
    first = _FIRST if begin is None else begin
    last = work.now + 1 if end is None else min(end, work.now + 1)
    [enrolled] = work.db.execute(
        "SELECT count(*) FROM accounts"
        " WHERE program = ? AND status <> 'merged' AND created >= ? AND created < ?",
        (program.id, first, last),
    ).fetchone()
    balance = earned = redeemed = 0
    active: set[str] = set()
    for account, type, origin, amount, created in work.db.execute(
        "SELECT t.account, t.type, t.origin_type, t.amount, t.created FROM transactions AS t"
        " JOIN accounts AS a ON a.key = t.account WHERE a.program = ? AND t.created < ?",
        (program.id, last),
    ):
        balance += amount
        if created >= last - _ACTIVE_SECONDS:
            active.add(account)
        if created < first:
            continue
        if type == "redeem" or (type == "reverse" and origin == "redemption"):
            redeemed -= amount
        elif type in ("earn", "adjust") and amount > 0:
            earned += amount
    return Summary(
        enrolled,
        len(active),
        balance * Fraction(str(program.currency.point_value)),
        Fraction(redeemed, earned) if earned else Fraction(0),
    )
