"""What time brings: points that become spendable, points that expire, each at its moment."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from . import accounts, lots, payments, transactions
from .lots import Lot
from .transactions import Entry
from .work import UnitOfWork

_NEXT: Final = (
    "SELECT min(moment) FROM ("
    "SELECT min(expires) AS moment FROM lots WHERE left > 0"
    " UNION ALL SELECT min(available) FROM payments WHERE pending > 0)"
)


_COMING: Final = (
    "SELECT available AS moment, pending FROM payments WHERE account = ?1 AND pending > 0"
    " UNION ALL SELECT expires, -sum(left) FROM lots WHERE account = ?1 AND left > 0"
    " GROUP BY expires ORDER BY moment LIMIT ?2"
)


class Coming(NamedTuple):
    """Points of one member that time will move."""

    at: int
    """Unix seconds."""
    points: int
    """Above zero those that become spendable, below those that expire unless they are used."""


def coming(work: UnitOfWork, account: str, most: int) -> Sequence[Coming]:
    """What time will bring to a member, the soonest first."""
    return [Coming(*row) for row in work.db.execute(_COMING, (account, most))]


def next_moment(work: UnitOfWork) -> float:
    """Unix seconds when something happens next; infinite where nothing will."""
    [moment] = work.db.execute(_NEXT).fetchone()
    return math.inf if moment is None else moment


def settle(work: UnitOfWork) -> Iterator[None]:
    """Let happen whose time has come, one thing after the other: ``work.now`` is its moment."""
    now = work.now
    try:
        while (moment := next_moment(work)) <= now:
            work.now = int(moment)
            _happen(work)
            yield
    finally:
        work.now = now


def _happen(work: UnitOfWork) -> None:
    payment = payments.next_available(work)
    if payment is not None:
        payments.make_available(work, payment)
        return
    lot = lots.next_due(work)
    if lot is not None:
        _expire(work, lot)


def _expire(work: UnitOfWork, lot: Lot) -> None:
    lots.take(work, [lot])
    entry = Entry("expire", -lot.points, "transaction", f"ptx_{lot.entry}", reason="points.expired")
    transactions.append(work, accounts.get(work, lot.account), entry)
