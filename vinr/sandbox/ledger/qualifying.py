"""Qualifying points: what counts for a member's tier.

In a program without a tier period these are the lifetime points, and a tier is never lost. In one
with a period they are the points of that period, each transaction's until its time is over: then
a member may go down. A program can also count what was spent, in whole units of currency, or
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ..programs import Program, TierPeriod
from .calendar_months import months_later, start_of_next_block
from .rows import AccountRow, TransactionRow, TransactionType
from .unit_of_work import UnitOfWork

_NEVER: Final = 1 << 62
_RAISES_LIFETIME: Final = frozenset({"earn", "adjust"})


def points_for_lifetime(type: TransactionType, amount: int) -> int:
    """What a transaction adds to lifetime points: grants and earnings do, nothing takes away."""
    return amount if amount > 0 and type in _RAISES_LIFETIME else 0


def points_of(work: UnitOfWork, account: AccountRow, program: Program) -> int:
    """The points that count for the tier of an account now."""
    if _counts_lifetime_points(program):
        return account.lifetime_points
    [points] = work.db.execute(
        "SELECT ifnull(sum(points), 0) FROM qualifying_points WHERE account = ?", (account.key,)
    ).fetchone()
    return int(points)


def points_for_tier(program: Program, type: TransactionType, amount: int, spent: int) -> int:
    """What a transaction of so many points, earned by so much spending, adds to what counts."""
    if program.qualify_on == "points":
        return points_for_lifetime(type, amount)
    return spent if program.qualify_on == "spend" else 0


def add(work: UnitOfWork, program: Program, transaction: TransactionRow, points: int) -> None:
    """Let the points of a new transaction count until their time is over."""
    if points and not _counts_lifetime_points(program):
        until = _end(program.tier_period, transaction.created)
        _insert(work, transaction.key, transaction.account, points, until)


def next_end(work: UnitOfWork) -> float:
    """Unix seconds when the time of some points is over; infinite where none are limited."""
    [until] = work.db.execute("SELECT min(until) FROM qualifying_points").fetchone()
    return math.inf if until is None else until


def account_with_ended(work: UnitOfWork) -> str | None:
    """The key of an account with points whose time is over by now."""
    row: tuple[str] | None = work.db.execute(
        "SELECT account FROM qualifying_points WHERE until <= ? ORDER BY until, seq LIMIT 1",
        (work.now,),
    ).fetchone()
    return row and row[0]


def remove_ended(work: UnitOfWork, account: str) -> None:
    """Let the points of an account whose time is over count no more."""
    work.db.execute(
        "DELETE FROM qualifying_points WHERE account = ? AND until <= ?", (account, work.now)
    )


def recompute(work: UnitOfWork, program: Program) -> None:
    """Count all transactions of a program anew, after what counts was changed."""
    work.db.execute(
        "DELETE FROM qualifying_points"
        " WHERE account IN (SELECT key FROM accounts WHERE program = ?)",
        (program.id,),
    )
    for key, account, points, until in [*expected(work, program)]:
        _insert(work, key, account, points, until)


def expected(work: UnitOfWork, program: Program) -> Iterator[tuple[str, str, int, int]]:
    """What a program's transactions give: key, account, points, and until when they count."""
    if _counts_lifetime_points(program):
        return
    rows = work.db.execute(
        "SELECT t.key, t.account, t.type, t.amount, t.created, ifnull(p.amount, '0')"
        " FROM transactions AS t JOIN accounts AS a ON a.key = t.account"
        " LEFT JOIN payments AS p ON p.earned = t.key WHERE a.program = ? ORDER BY t.seq",
        (program.id,),
    )
    for key, account, type, amount, created, spent in rows:
        points = points_for_tier(program, type, amount, int(Decimal(spent)))
        until = _end(program.tier_period, created)
        if points and until > work.now:
            yield key, account, points, until


def _insert(work: UnitOfWork, transaction: str, account: str, points: int, until: int) -> None:
    work.db.execute(
        "INSERT INTO qualifying_points (entry, account, points, until) VALUES (?, ?, ?, ?)",
        (transaction, account, points, until),
    )
    work.cache.schedule(until)


def _counts_lifetime_points(program: Program) -> bool:
    return program.tier_period is None and program.qualify_on == "points"


def _end(period: TierPeriod | None, created: int) -> int:
    if period is None:
        return _NEVER
    months = period["months"]
    if period["type"] == "rolling":
        return months_later(created, months) or _NEVER
    return start_of_next_block(created, months) or _NEVER
