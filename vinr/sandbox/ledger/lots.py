"""Lots: points that were posted together and expire together; the soonest to expire go first.

Only programs with ``expiry_months`` have lots. Other points never expire and are used last.
"""

from __future__ import annotations

from collections.abc import Sequence

from .rows import LotRow
from .unit_of_work import UnitOfWork


def add(work: UnitOfWork, transaction: str, account: str, points: int, expires: int) -> None:
    """Add the points of a transaction, which expire at ``expires``."""
    work.db.execute(
        "INSERT INTO lots (entry, account, points, left, expires) VALUES (?, ?, ?, ?, ?)",
        (transaction, account, points, points, expires),
    )
    work.cache.schedule(expires)


def plan(work: UnitOfWork, account: str, points: int, first: str | None = None) -> Sequence[LotRow]:
    """The parts of lots that ``points`` of an account would be taken from.

    The lots of the transaction ``first`` come before all others, then the soonest to expire.
    The parts add up to less than ``points`` where the rest never expires.
    """
    parts: list[LotRow] = []
    rows = work.db.execute(
        "SELECT seq, entry, account, left, expires FROM lots WHERE account = ? AND left > 0"
        " ORDER BY entry IS NOT ?, expires, seq",
        (account, first),
    )
    for row in rows:
        if points <= 0:
            break
        lot = LotRow(*row)
        parts.append(lot._replace(points=min(points, lot.points)))
        points -= lot.points
    return parts


def take(work: UnitOfWork, parts: Sequence[LotRow]) -> None:
    """Take these parts out of their lots: the points were used, or have expired."""
    work.db.executemany(
        "UPDATE lots SET left = left - ? WHERE seq = ?", [(lot.points, lot.seq) for lot in parts]
    )


def first_to_expire(work: UnitOfWork) -> LotRow:
    """The lot that expires before all others; there has to be one."""
    row: tuple[int, str, str, int, int] = work.db.execute(
        "SELECT seq, entry, account, left, expires FROM lots"
        " WHERE left > 0 ORDER BY expires, seq LIMIT 1"
    ).fetchone()
    return LotRow(*row)
