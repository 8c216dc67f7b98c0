"""What happens by itself in time: points become spendable or expire, tiers end, answers go."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from . import accounts, idempotency, lots, payments, qualifying, transactions
from .rows import AccountRow, LotRow
from .transactions import NewTransaction
from .unit_of_work import LedgerChange, UnitOfWork

_NEXT_POINTS: Final = (
    "SELECT min(time) FROM ("
    "SELECT min(expires) AS time FROM lots WHERE left > 0"
    " UNION ALL SELECT min(available) FROM payments WHERE pending > 0)"
)
_UPCOMING: Final = (
    "SELECT available AS time, pending FROM payments WHERE account = ? AND pending > 0"
    " UNION ALL SELECT expires, -sum(left) FROM lots WHERE account = ? AND left > 0"
    " GROUP BY expires ORDER BY time LIMIT ?"
)


class UpcomingPoints(NamedTuple):
    """Points of one member that will become spendable or expire."""

    at: int
    """Unix seconds."""
    points: int
    """Above zero: they become spendable. Below zero: they expire unless they are used."""


def upcoming(work: UnitOfWork, account: str, most: int) -> Sequence[UpcomingPoints]:
    """What is scheduled for one member, the soonest first."""
    return [UpcomingPoints(*row) for row in work.db.execute(_UPCOMING, (account, account, most))]


def next_time(work: UnitOfWork) -> float:
    """Unix seconds when the next thing is scheduled; infinite where nothing is."""
    return min(_next_points(work), idempotency.next_expiry(work))


def _next_points(work: UnitOfWork) -> float:
    [time] = work.db.execute(_NEXT_POINTS).fetchone()
    return min(math.inf if time is None else time, qualifying.next_end(work))


def run_due(work: UnitOfWork) -> Iterator[None]:
    """Run everything scheduled by now; points move one by one, each at its own ``work.now``."""
    now = work.now
    try:
        while (time := _next_points(work)) <= now:
            work.now = int(time)
            _move_points(work)
            yield
    finally:
        work.now = now
    idempotency.delete_expired(work)


def _move_points(work: UnitOfWork) -> None:
    # at the same second a period ends first: what is posted then counts for the next one
    account = qualifying.account_with_ended(work)
    if account is not None:
        _end_qualifying(work, accounts.get(work, account))
        return
    payment = payments.next_available(work)
    if payment is not None:
        payments.make_available(work, payment)
        return
    _expire(work, lots.first_to_expire(work))


def _end_qualifying(work: UnitOfWork, account: AccountRow) -> None:
    tier = accounts.tier_of(work, account)
    qualifying.remove_ended(work, account.key)
    if accounts.tier_of(work, account) != tier:
        work.changes.append(LedgerChange("account.updated", account))


def _expire(work: UnitOfWork, lot: LotRow) -> None:
    lots.take(work, [lot])
    expiry = NewTransaction(
        "expire", -lot.points, "transaction", f"ptx_{lot.transaction}", reason="points.expired"
    )
    transactions.append(work, accounts.get(work, lot.account), expiry)
