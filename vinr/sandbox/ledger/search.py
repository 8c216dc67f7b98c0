"""Queries of the inspector: members by a part of an id, a customer or an address; totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from . import accounts, transactions
from .rows import AccountRow, TransactionRow
from .unit_of_work import UnitOfWork

Order = Literal["newest", "balance", "lifetime"]

_ORDERS: Final[dict[Order, str]] = {
    "newest": "a.seq DESC",
    "balance": "a.balance DESC, a.seq DESC",
    "lifetime": "a.lifetime_points DESC, a.seq DESC",
}
_MATCH: Final = (
    " FROM accounts AS a LEFT JOIN customers AS c ON c.id = a.customer"
    " WHERE (?1 = '' OR a.key LIKE ?2 ESCAPE '\\' OR a.customer LIKE ?2 ESCAPE '\\'"
    " OR c.email LIKE ?2 ESCAPE '\\' OR a.program LIKE ?2 ESCAPE '\\')"
    " AND (?3 = '' OR a.status = ?3)"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many there are of everything."""

    members: int
    points: int
    transactions: int
    events: int


@dataclass(frozen=True, slots=True)
class TransactionWithBalance:
    """A transaction, and the balance after it in the account that has it now."""

    transaction: TransactionRow
    balance: int


def members(
    work: UnitOfWork, text: str, status: str, order: Order, rows: slice
) -> tuple[Sequence[AccountRow], int]:
    """Some of the members that match, and how many there are; empty texts match all."""
    parameters = (text, f"%{_escape_like(text)}%", status)
    [total] = work.db.execute("SELECT count(*)" + _MATCH, parameters).fetchone()
    keys = work.db.execute(
        f"SELECT a.key{_MATCH} ORDER BY {_ORDERS[order]} LIMIT ?4 OFFSET ?5",
        (*parameters, rows.stop - rows.start, rows.start),
    ).fetchall()
    return [accounts.get(work, key) for [key] in keys], total


def transactions_with_balance(
    work: UnitOfWork, account: str, rows: slice
) -> tuple[Sequence[TransactionWithBalance], int]:
    """Some of a member's transactions, newest first, and how many there are."""
    amounts = work.db.execute(
        "SELECT key, amount FROM transactions WHERE account = ? ORDER BY seq", (account,)
    ).fetchall()
    # summed here, as sums in SQL stop at 2**63 - 1
    balances = accumulate(amount for _, amount in amounts)
    newest_first = [*zip((key for key, _ in amounts), balances, strict=True)][::-1]
    page = [
        TransactionWithBalance(transactions.get(work, key), balance)
        for key, balance in newest_first[rows]
    ]
    return page, len(amounts)


def events(work: UnitOfWork, type: str, rows: slice) -> tuple[Sequence[str], int]:
    """The keys of some events, newest first, and how many there are; an empty type is any."""
    [total] = work.db.execute(
        "SELECT count(*) FROM events WHERE ?1 = '' OR type = ?1", (type,)
    ).fetchone()
    keys = work.db.execute(
        "SELECT key FROM events WHERE ?1 = '' OR type = ?1 ORDER BY seq DESC LIMIT ?2 OFFSET ?3",
        (type, rows.stop - rows.start, rows.start),
    ).fetchall()
    return [key for [key] in keys], total


def survivor(work: UnitOfWork, account: str) -> str | None:
    """The key of the account that this one was merged into."""
    row: tuple[str] | None = work.db.execute(
        "SELECT target FROM merges WHERE source = ?", (account,)
    ).fetchone()
    return row and row[0]


def totals(work: UnitOfWork) -> Totals:
    """Everything counted."""
    balances = work.db.execute("SELECT balance FROM accounts").fetchall()
    [entries] = work.db.execute("SELECT ifnull(max(seq), 0) FROM transactions").fetchone()
    [events] = work.db.execute("SELECT ifnull(max(seq), 0) FROM events").fetchone()
    return Totals(len(balances), sum(balance for [balance] in balances), entries, events)


def members_by_program(work: UnitOfWork) -> dict[str, int]:
    """How many members each program has."""
    return dict(work.db.execute("SELECT program, count(*) FROM accounts GROUP BY program"))


def _escape_like(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, "\\" + sign)
    return text
