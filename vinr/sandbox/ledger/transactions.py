"""Transactions: the entries that every balance is the sum of, and how one is posted."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pydantic_core import from_json, to_json

from ..refusal import Impossible, Refusal
from . import accounts, lots, programs, qualifying
from .calendar_months import months_later
from .limits import MOST_POINTS
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rows import AccountRow, ColumnValues, LotRow, TransactionRow, TransactionType
from .store import DamagedFileError
from .unit_of_work import LedgerChange, UnitOfWork

_NO_METADATA: Final[Mapping[str, str]] = {}
_DIRECTION: Final = "iif(amount > 0, 'credit', 'debit')"


class NewTransaction(NamedTuple):
    """What is to be posted: signed points, and the payment, rule or person behind them."""

    type: TransactionType
    amount: int
    origin_type: str
    origin_id: str | None = None
    reason: str | None = None
    metadata: Mapping[str, str] = _NO_METADATA
    take_first_from: str | None = None
    """The key of an earlier transaction whose points are taken before others."""
    returned_lots: Sequence[LotRow] | None = None
    """For points that are given back: the lots that they were taken from."""
    spent: int = 0
    """For points that a payment earned: its amount, in whole units of currency."""


_COLUMNS: Final = ", ".join(TransactionRow._fields)
_INSERT: Final = (
    f"INSERT INTO transactions (posted_to, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _transaction_row(values: ColumnValues) -> TransactionRow:
    return TransactionRow._make((*values[:-1], from_json(values[-1])))


def find(work: UnitOfWork, key: str) -> TransactionRow | None:
    """The transaction with this key, if there is one."""
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM transactions WHERE key = ?", (key,)
    ).fetchone()
    return None if values is None else _transaction_row(values)


def get(work: UnitOfWork, key: str) -> TransactionRow:
    """The transaction with a key that the ledger itself holds, so it has to be there."""
    transaction = find(work, key)
    if transaction is None:
        raise DamagedFileError(f"the ledger refers to a transaction that it does not have: {key}")
    return transaction


def page(
    work: UnitOfWork, window: PageWindow, *, account: str | None, type: str | None
) -> Page[TransactionRow]:
    """A page of transactions; ``type`` is one of the guide's, or ``credit`` or ``debit``."""
    conditions: list[tuple[str, str | int]] = []
    if account is not None:
        conditions.append(("account = ?", account))
    if type is not None:
        column = _DIRECTION if type in ("credit", "debit") else "type"
        conditions.append((f"{column} = ?", type))
    query = TableQuery("transactions", _COLUMNS, tuple(conditions))
    return fetch_page(work, query, window, _transaction_row)


def post(work: UnitOfWork, account: AccountRow, new: NewTransaction) -> TransactionRow:
    """Post a transaction to an active account."""
    accounts.refuse_inactive(account, "account")
    return post_to_any(work, account, new)


def post_to_any(work: UnitOfWork, account: AccountRow, new: NewTransaction) -> TransactionRow:
    """Post a transaction to an account of any status; its points go into lots or come from them."""
    taken = lots.plan(work, account.key, -new.amount, new.take_first_from) if new.amount < 0 else ()
    transaction = append(work, account, new)
    if taken:
        lots.take(work, taken)
    if new.amount > 0:
        _add_lots(work, account, transaction, new.returned_lots)
    return transaction


def append(work: UnitOfWork, account: AccountRow, new: NewTransaction) -> TransactionRow:
    """Insert a transaction and update the account's points; lots stay as they are."""
    program = programs.get(work, account.program)
    gained = qualifying.points_for_lifetime(new.type, new.amount)
    balance = account.balance + new.amount
    lifetime_points = account.lifetime_points + gained
    _refuse_impossible(account, new, max(balance, lifetime_points))
    points_before = qualifying.points_of(work, account, program)
    transaction = _insert(work, account, new, balance)
    counted = qualifying.points_for_tier(program, new.type, new.amount, new.spent)
    qualifying.add(work, program, transaction, counted)
    work.db.execute(
        "UPDATE accounts SET balance = ?, lifetime_points = ? WHERE key = ?",
        (balance, lifetime_points, account.key),
    )
    work.changes.append(LedgerChange(f"transaction.{new.type}", transaction))
    override = account.tier_override, account.override_lifetime
    tier_before = program.tier_with_override(points_before, *override)
    if program.tier_with_override(points_before + counted, *override) != tier_before:
        updated = account._replace(balance=balance, lifetime_points=lifetime_points)
        work.changes.append(LedgerChange("account.updated", updated))
    return transaction


def _add_lots(
    work: UnitOfWork,
    account: AccountRow,
    transaction: TransactionRow,
    returned: Sequence[LotRow] | None,
) -> None:
    if returned is not None:
        for part in returned:
            lots.add(work, transaction.key, account.key, part.points, part.expires)
        return
    months = programs.get(work, account.program).expiry_months
    expires = None if months is None else months_later(transaction.created, months)
    if expires is not None:
        lots.add(work, transaction.key, account.key, transaction.amount, expires)


def _refuse_impossible(account: AccountRow, new: NewTransaction, most_points: int) -> None:
    if account.balance + new.amount < 0:
        raise Refusal(
            "insufficient_points",
            f"The account has {account.balance} points; {-new.amount} cannot be taken from it.",
            param="amount",
        )
    if most_points > MOST_POINTS:
        raise Impossible(
            "parameter_invalid",
            "The account would have more than 2**63 - 1 points.",
            param="amount",
        )


def _insert(
    work: UnitOfWork, account: AccountRow, new: NewTransaction, points_after: int
) -> TransactionRow:
    transaction = TransactionRow(
        key=work.new_key("transactions", "transaction"),
        account=account.key,
        type=new.type,
        amount=new.amount,
        points_after=points_after,
        origin_type=new.origin_type,
        origin_id=new.origin_id,
        reason=new.reason,
        created=work.now,
        metadata=new.metadata,
    )
    work.db.execute(
        _INSERT,
        (account.key, *transaction[:-1], to_json(new.metadata).decode()),
    )
    return transaction
