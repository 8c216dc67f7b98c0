"""Merging: everything of one account moves to another, for good; and where it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..refusal import Impossible, Refusal
from . import accounts
from .limits import MOST_POINTS
from .rows import AccountRow
from .unit_of_work import LedgerChange, UnitOfWork

_WITH_ACCOUNT: Final = (
    "transactions",
    "payments",
    "lots",
    "redemptions",
    "qualifying_points",
    "store_credit",
)
"""The tables whose rows belong to an account."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a merged account went."""

    at: int
    """Unix seconds."""
    target: str
    """The key of the account that it was merged into."""
    survivor: str
    """The key of the account that has its entries now: the target may have been merged too."""
    transactions: int
    """How many had been posted to it."""


def merge(work: UnitOfWork, source: AccountRow, target: AccountRow) -> AccountRow:
    """Move points, lifetime points and transactions to the target, and return it."""
    _refuse_impossible(source, target)
    survivor = target._replace(
        balance=target.balance + source.balance,
        lifetime_points=target.lifetime_points + source.lifetime_points,
    )
    emptied = source._replace(status="merged", balance=0, lifetime_points=0)
    _insert_merge(work, source, target)
    _reparent(work, source, target)
    accounts.save(work, emptied)
    accounts.save(work, survivor)
    work.changes.append(LedgerChange("account.merged", survivor))
    return survivor


def merged(work: UnitOfWork, account: str) -> Merged | None:
    """Where an account went, if it was merged."""
    first = _merge_of(work, account)
    if first is None:
        return None
    target, at = first
    survivor = target
    while (following := _merge_of(work, survivor)) is not None:
        survivor = following[0]
    [count] = work.db.execute(
        "SELECT count(*) FROM transactions WHERE account = ? AND posted_to = ?",
        (survivor, account),
    ).fetchone()
    return Merged(at, target, survivor, count)


def merged_into(work: UnitOfWork, account: str) -> Sequence[AccountRow]:
    """The accounts that were merged into this one, the newest first."""
    keys = work.db.execute(
        "SELECT source FROM merges WHERE target = ? ORDER BY seq DESC", (account,)
    ).fetchall()
    return [accounts.get(work, key) for [key] in keys]


def _merge_of(work: UnitOfWork, account: str) -> tuple[str, int] | None:
    row: tuple[str, int] | None = work.db.execute(
        "SELECT target, created FROM merges WHERE source = ?", (account,)
    ).fetchone()
    return row


def _refuse_impossible(source: AccountRow, target: AccountRow) -> None:
    if source.key == target.key:
        raise _impossible("An account cannot be merged into itself.")
    accounts.refuse_inactive(source, "source")
    accounts.refuse_inactive(target, "target")
    if source.program != target.program:
        raise _impossible("Accounts of two programs cannot be merged.")
    balance = source.balance + target.balance
    if max(balance, source.lifetime_points + target.lifetime_points) > MOST_POINTS:
        raise _impossible("The account would have more than 2**63 - 1 points.")


def _impossible(message: str) -> Refusal:
    return Impossible("parameter_invalid", message, param="target")


def _insert_merge(work: UnitOfWork, source: AccountRow, target: AccountRow) -> None:
    work.db.execute(
        "INSERT INTO merges (source, target, balance, lifetime_points, created)"
        " VALUES (?, ?, ?, ?, ?)",
        (source.key, target.key, source.balance, source.lifetime_points, work.now),
    )


def _reparent(work: UnitOfWork, source: AccountRow, target: AccountRow) -> None:
    for table in _WITH_ACCOUNT:
        work.db.execute(
            f"UPDATE {table} SET account = ? WHERE account = ?", (target.key, source.key)
        )
