"""Redemptions: points taken for a reward, to be given back until it was handed over."""

from __future__ import annotations

import json
from typing import Final

from ..refusal import Impossible, Refusal
from . import accounts, lots, transactions
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rewards import Reward
from .rows import AccountRow, ColumnValues, LotRow, RedemptionRow, TransactionRow
from .transactions import NewTransaction
from .unit_of_work import UnitOfWork

PREFIX: Final = "rdm_"
_COLUMNS: Final = ", ".join(RedemptionRow._fields)


def redeem(
    work: UnitOfWork, redemption_id: str, account: AccountRow, points: int, reason: str | None
) -> TransactionRow:
    """Take the points, once for each redemption id."""
    known = find(work, redemption_id)
    if known is not None:
        return transactions.get(work, known.entry)
    return _redeem(work, redemption_id, account, points, reason)


def redeem_reward(work: UnitOfWork, account: AccountRow, reward: Reward) -> RedemptionRow:
    """Take the points of a reward, and give a code for it."""
    accounts.refuse_inactive(account, "account")
    if account.program != reward.program:
        message = "The reward is of another program than the account."
        raise Impossible("parameter_invalid", message, param="reward")
    if not reward.active:
        raise Refusal("reward_inactive", "The reward cannot be had now.", param="reward")
    key = work.new_key("redemptions", "redemption")
    redemption_id = PREFIX + key
    _redeem(work, redemption_id, account, reward.cost, reward.name)
    work.db.execute(
        "UPDATE redemptions SET reward = ?, amount_off = ?, currency = ?, code = ? WHERE id = ?",
        (reward.key, reward.amount_off, reward.currency, key.upper(), redemption_id),
    )
    return require(work, redemption_id, "id")


def _redeem(
    work: UnitOfWork, redemption_id: str, account: AccountRow, points: int, reason: str | None
) -> TransactionRow:
    parts = lots.plan(work, account.key, points)
    redeemed = transactions.post(
        work,
        account,
        NewTransaction("redeem", -points, "redemption", redemption_id, reason=reason),
    )
    work.db.execute(
        "INSERT INTO redemptions (id, account, entry, status, parts, created)"
        " VALUES (?, ?, ?, 'open', ?, ?)",
        (redemption_id, account.key, redeemed.key, json.dumps(parts), work.now),
    )
    return redeemed


def release(work: UnitOfWork, redemption_id: str) -> TransactionRow:
    """Give the points back, once; they expire when they would have without the redemption."""
    redemption = require(work, redemption_id, "redemption")
    if redemption.release is not None:
        return transactions.get(work, redemption.release)
    if redemption.status == "fulfilled":
        message = "The reward was handed over; its points cannot be released."
        raise Impossible("parameter_invalid", message, param="redemption")
    points = -transactions.get(work, redemption.entry).amount
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
    redemption = require(work, redemption_id, "redemption")
    if redemption.status == "released":
        message = "The points of this redemption were released."
        raise Impossible("parameter_invalid", message, param="redemption")
    work.db.execute("UPDATE redemptions SET status = 'fulfilled' WHERE id = ?", (redemption_id,))
    return transactions.get(work, redemption.entry)


def refuse_settled(redemption: RedemptionRow) -> None:
    """Refuse to release what was released already, or applied to a payment."""
    if redemption.status == "released":
        raise Refusal("redemption_released", "The points were given back already.")
    if redemption.status == "fulfilled":
        message = "The redemption was applied to a payment; its points cannot be given back."
        raise Refusal("redemption_applied", message)


def apply_pending(work: UnitOfWork, account: AccountRow) -> None:
    """A payment of the member was completed: the rewards that wait for one are applied to it."""
    work.db.execute(
        "UPDATE redemptions SET status = 'fulfilled'"
        " WHERE account = ? AND status = 'open' AND reward IS NOT NULL",
        (account.key,),
    )


def find(work: UnitOfWork, redemption_id: str) -> RedemptionRow | None:
    """The redemption with this id, if there is one."""
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM redemption_list WHERE id = ?", (redemption_id,)
    ).fetchone()
    return None if values is None else RedemptionRow._make(values)


def require(work: UnitOfWork, redemption_id: str, param: str) -> RedemptionRow:
    """The redemption with an id that came in the parameter ``param``; refuses an unknown one."""
    redemption = find(work, redemption_id)
    if redemption is None:
        raise Refusal("resource_missing", "No such redemption.", param=param)
    return redemption


def page(work: UnitOfWork, window: PageWindow, **columns: str | None) -> Page[RedemptionRow]:
    """A page of the redemptions whose columns have these values; None is no condition."""
    conditions = tuple(
        (f"{name} = ?", value) for name, value in columns.items() if value is not None
    )
    query = TableQuery("redemption_list", _COLUMNS, conditions)
    return fetch_page(work, query, window, RedemptionRow._make)


def key_of(redemption_id: str) -> str:
    """The key of a redemption in lists: the whole id, as ids that were simulated have any form."""
    return redemption_id
