"""What time brings: points that become spendable, points that expire, each at its moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from . import accounts, lots, payments, transactions
from .lots import Lot
from .transactions import Entry
from .work import UnitOfWork

_ANYTHING: Final = (
    "SELECT EXISTS (SELECT 1 FROM lots WHERE left > 0 AND expires <= ?1)"
    " OR EXISTS (SELECT 1 FROM payments WHERE pending > 0 AND available <= ?1)"
)


def anything(work: UnitOfWork) -> bool:
    """Whether the time of something has come."""
    [found] = work.db.execute(_ANYTHING, (work.now,)).fetchone()
    return bool(found)


def settle(work: UnitOfWork) -> Iterator[None]:
    """Let happen whose time has come, one thing after the other: ``work.now`` is its moment."""
    now = work.now
    try:
        while (moment := _next(work, now)) is not None:
            work.now = moment
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


def _next(work: UnitOfWork, now: int) -> int | None:
    [moment] = work.db.execute(
        "SELECT min(moment) FROM ("
        "SELECT min(expires) AS moment FROM lots WHERE left > 0"
        " UNION ALL SELECT min(available) FROM payments WHERE pending > 0)"
    ).fetchone()
    return moment if moment is not None and moment <= now else None


def _expire(work: UnitOfWork, lot: Lot) -> None:
    lots.take(work, [lot])
    entry = Entry("expire", -lot.points, "transaction", f"ptx_{lot.entry}", reason="points.expired")
    transactions.append(work, accounts.get(work, lot.account), entry)
