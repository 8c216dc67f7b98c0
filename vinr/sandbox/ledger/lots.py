"""Lots: points that were posted together and expire together, used oldest first.

Only programs with ``expiry_months`` have them; other points never expire and are used last.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime
from typing import NamedTuple

from .work import UnitOfWork

_MONTHS = 12


class Lot(NamedTuple):
    """What is left of the points of one posting, or a part of that."""

    seq: int
    entry: str
    """The key of the transaction that they came with."""
    account: str
    points: int
    expires: int
    """Unix seconds."""


def months_later(moment: int, months: int) -> int | None:
    """Unix seconds so many calendar months later; a day that is not there is the month's last.

    None beyond the end of the calendar: that never comes.
    """
    before = datetime.fromtimestamp(moment, UTC)
    years, month = divmod(before.month - 1 + months, _MONTHS)
    year = before.year + years
    if year > MAXYEAR:
        return None
    day = min(before.day, monthrange(year, month + 1)[1])
    return int(before.replace(year=year, month=month + 1, day=day).timestamp())


def add(work: UnitOfWork, entry: str, account: str, points: int, expires: int) -> None:
    """Points were posted that will expire."""
    work.db.execute(
        "INSERT INTO lots (entry, account, points, left, expires) VALUES (?, ?, ?, ?, ?)",
        (entry, account, points, points, expires),
    )
    work.remembered.scheduled(expires)


def parts(work: UnitOfWork, account: str, points: int, first: str | None = None) -> Sequence[Lot]:
    """What so many points of an account would be taken from: the soonest to expire.

    Those of the entry ``first`` come before all others. Less than ``points`` where the rest
    never expires.
    """
    taken: list[Lot] = []
    rows = work.db.execute(
        "SELECT seq, entry, account, left, expires FROM lots WHERE account = ? AND left > 0"
        " ORDER BY entry IS NOT ?, expires, seq",
        (account, first),
    )
    for row in rows:
        if points <= 0:
            break
        lot = Lot(*row)
        taken.append(lot._replace(points=min(points, lot.points)))
        points -= lot.points
    return taken


def take(work: UnitOfWork, taken: Sequence[Lot]) -> None:
    """Points were used, or have expired."""
    work.db.executemany(
        "UPDATE lots SET left = left - ? WHERE seq = ?", [(lot.points, lot.seq) for lot in taken]
    )


def next_due(work: UnitOfWork) -> Lot | None:
    """The first lot whose time has come."""
    row: tuple[int, str, str, int, int] | None = work.db.execute(
        "SELECT seq, entry, account, left, expires FROM lots"
        " WHERE left > 0 AND expires <= ? ORDER BY expires, seq LIMIT 1",
        (work.now,),
    ).fetchone()
    return None if row is None else Lot(*row)
