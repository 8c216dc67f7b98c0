"""Members as a person looks for them: by a part of an id, a customer or an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from . import accounts, transactions
from .accounts import Account
from .transactions import Transaction
from .work import UnitOfWork

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
    """How much there is of everything."""

    members: int
    points: int
    entries: int
    events: int


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry, and the member's balance after it: entries that a merge brought along count."""

    entry: Transaction
    balance: int


def members(
    work: UnitOfWork, text: str, status: str, order: Order, rows: slice
) -> tuple[Sequence[Account], int]:
    """Some of the members that match, and how many there are; empty text matches all."""
    asked = (text, f"%{_literally(text)}%", status)
    [total] = work.db.execute("SELECT count(*)" + _MATCH, asked).fetchone()
    found = work.db.execute(
        f"SELECT a.key{_MATCH} ORDER BY {_ORDERS[order]} LIMIT ?4 OFFSET ?5",
        (*asked, rows.stop - rows.start, rows.start),
    ).fetchall()
    return [accounts.get(work, key) for [key] in found], total


def postings(work: UnitOfWork, account: str, rows: slice) -> tuple[Sequence[Posting], int]:
    """Some of a member's entries, newest first, and how many there are."""
    entries = work.db.execute(
        "SELECT key, amount FROM transactions WHERE account = ? ORDER BY seq", (account,)
    ).fetchall()
    # summed here and not in SQL, whose sums stop at 2**63 - 1
    balances = accumulate(amount for _, amount in entries)
    newest = [*zip((key for key, _ in entries), balances, strict=True)][::-1]
    shown: list[Posting] = []
    for key, balance in newest[rows]:
        entry = transactions.find(work, key)
        if entry is not None:
            shown.append(Posting(entry, balance))
    return shown, len(entries)


def events(work: UnitOfWork, type: str, rows: slice) -> tuple[Sequence[str], int]:
    """The keys of some events, newest first, and how many there are; an empty type is any."""
    [total] = work.db.execute(
        "SELECT count(*) FROM events WHERE ?1 = '' OR type = ?1", (type,)
    ).fetchone()
    found = work.db.execute(
        "SELECT key FROM events WHERE ?1 = '' OR type = ?1 ORDER BY seq DESC LIMIT ?2 OFFSET ?3",
        (type, rows.stop - rows.start, rows.start),
    ).fetchall()
    return [key for [key] in found], total


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


def members_of(work: UnitOfWork) -> dict[str, int]:
    """How many members each program has."""
    return dict(work.db.execute("SELECT program, count(*) FROM accounts GROUP BY program"))


def _literally(text: str) -> str:
    for sign in "\\%_":
        text = text.replace(sign, "\\" + sign)
    return text
