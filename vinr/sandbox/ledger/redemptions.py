"""Redemptions: points taken for a reward, to be given back until it was handed over."""

from __future__ import annotations

import json

from ..refusal import Impossible, Refusal
from . import accounts, lots, transactions
from .rows import AccountRow, LotRow, RedemptionRow, RedemptionStatus, TransactionRow
from .transactions import NewTransaction
from .unit_of_work import UnitOfWork


def redeem(
    work: UnitOfWork, redemption_id: str, account: AccountRow, points: int, reason: str | None
) -> TransactionRow:
    """Take the points, once for each redemption id."""
    known = _find(work, redemption_id)
    if known is not None:
        return transactions.get(work, known.transaction)
    parts = lots.plan(work, account.key, points)
    redeemed = transactions.post(
        work,
        account,
        NewTransaction("redeem", -points, "redemption", redemption_id, reason=reason),
    )
    work.db.execute(
        "INSERT INTO redemptions (id, account, entry, status, parts) VALUES (?, ?, ?, 'open', ?)",
        (redemption_id, account.key, redeemed.key, json.dumps(parts)),
    )
    return redeemed


def release(work: UnitOfWork, redemption_id: str) -> TransactionRow:
    """Give the points back, once; they expire when they would have without the redemption."""
    redemption = _require(work, redemption_id)
    if redemption.release is not None:
        return transactions.get(work, redemption.release)
    if redemption.status == "fulfilled":
        message = "The reward was handed over; its points cannot be released."
        raise Impossible("parameter_invalid", message, param="redemption")
    points = -transactions.get(work, redemption.transaction).amount
    reversal = NewTransaction(
        "reverse",
        points,
        "redemption",
        redemption_id,
        reason="redemption.released",
        returned_lots=tuple(LotRow(*part) for part in json.loads(redemption.parts)),
    )
    account = accounts.get(work, redemption.account)
    released = transactions.post(work, account, reversal)
    work.db.execute(
        "UPDATE redemptions SET status = 'released', release = ? WHERE id = ?",
        (released.key, redemption_id),
    )
    return released


def fulfil(work: UnitOfWork, redemption_id: str) -> TransactionRow:
    """The reward was handed over: the points cannot be released any more."""
    redemption = _require(work, redemption_id)
    if redemption.status == "released":
        message = "The points of this redemption were released."
        raise Impossible("parameter_invalid", message, param="redemption")
    work.db.execute("UPDATE redemptions SET status = 'fulfilled' WHERE id = ?", (redemption_id,))
    return transactions.get(work, redemption.transaction)


def _find(work: UnitOfWork, redemption_id: str) -> RedemptionRow | None:
    row: tuple[str, str, str, RedemptionStatus, str | None, str] | None = work.db.execute(
        "SELECT id, account, entry, status, release, parts FROM redemptions WHERE id = ?",
        (redemption_id,),
    ).fetchone()
    return None if row is None else RedemptionRow(*row)


def _require(work: UnitOfWork, redemption_id: str) -> RedemptionRow:
    redemption = _find(work, redemption_id)
    if redemption is None:
        raise Refusal("resource_missing", "No such redemption.", param="redemption")
    return redemption
