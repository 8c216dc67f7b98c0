"""Redemptions: points taken for a reward, which may be given back until it was handed over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from ..refusal import Impossible, Refusal
from . import accounts, lots, transactions
from .accounts import Account
from .lots import Lot
from .transactions import Entry, Transaction
from .work import UnitOfWork

Status = Literal["open", "fulfilled", "released"]


@dataclass(frozen=True, slots=True)
class Redemption:
    """Points exchanged for a reward, and what became of that."""

    id: str
    account: str
    entry: str
    status: Status
    release: str | None
    """The transaction that gave the points back."""
    parts: str


def redeem(
    work: UnitOfWork, redemption_id: str, account: Account, points: int, reason: str | None
) -> Transaction:
    """Take the points; told again, a redemption takes nothing more."""
    known = _find(work, redemption_id)
    if known is not None:
        return transactions.get(work, known.entry)
    parts = lots.parts(work, account.key, points)
    entry = Entry("redeem", -points, "redemption", redemption_id, reason=reason)
    redeemed = transactions.post(work, account, entry)
    work.db.execute(
        "INSERT INTO redemptions (id, account, entry, status, parts) VALUES (?, ?, ?, 'open', ?)",
        (redemption_id, account.key, redeemed.key, json.dumps(parts)),
    )
    return redeemed


def release(work: UnitOfWork, redemption_id: str) -> Transaction:
    """Give the points back, to expire when they would have; told again, nothing more happens."""
    redemption = _require(work, redemption_id)
    if redemption.release is not None:
        return transactions.get(work, redemption.release)
    if redemption.status == "fulfilled":
        message = "The reward was handed over; its points cannot be released."
        raise Impossible("parameter_invalid", message, param="redemption")
    points = -transactions.get(work, redemption.entry).amount
    parts = tuple(Lot(*part) for part in json.loads(redemption.parts))
    entry = Entry(
        "reverse", points, "redemption", redemption_id, reason="redemption.released", back=parts
    )
    account = accounts.get(work, redemption.account)
    released = transactions.post(work, account, entry)
    work.db.execute(
        "UPDATE redemptions SET status = 'released', release = ? WHERE id = ?",
        (released.key, redemption_id),
    )
    return released


def fulfil(work: UnitOfWork, redemption_id: str) -> Transaction:
    """The reward was handed over: the points are gone for good."""
    redemption = _require(work, redemption_id)
    if redemption.status == "released":
        message = "The points of this redemption were released."
        raise Impossible("parameter_invalid", message, param="redemption")
    work.db.execute("UPDATE redemptions SET status = 'fulfilled' WHERE id = ?", (redemption_id,))
    return transactions.get(work, redemption.entry)


def _find(work: UnitOfWork, redemption_id: str) -> Redemption | None:
    row: tuple[str, str, str, Status, str | None, str] | None = work.db.execute(
        "SELECT id, account, entry, status, release, parts FROM redemptions WHERE id = ?",
        (redemption_id,),
    ).fetchone()
    return None if row is None else Redemption(*row)


def _require(work: UnitOfWork, redemption_id: str) -> Redemption:
    redemption = _find(work, redemption_id)
    if redemption is None:
        raise Refusal("resource_missing", "No such redemption.", param="redemption")
    return redemption
