"""Queries of the inspector: members and events by what is known of them; totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from . import accounts, customers, transactions
from .rows import AccountRow, TransactionRow
from .unit_of_work import UnitOfWork

Order = Literal["newest", "balance", "lifetime"]

_ORDERS: Final[dict[Order, str]] = {
    "newest": "a.seq DESC",
    "balance": "a.balance DESC, a.seq DESC",
    "lifetime": "a.lifetime_points DESC, a.seq DESC",
}
_MATCHING: Final = f"""
WITH RECURSIVE matching (key) AS (
    SELECT a.key FROM accounts AS a LEFT JOIN customers AS c ON c.id = a.customer
        WHERE a.key LIKE :account ESCAPE '\\' OR a.customer LIKE :text ESCAPE '\\'
        OR ifnull(c.email, a.customer || '{customers.DEFAULT_DOMAIN}') LIKE :text ESCAPE '\\'
        OR a.program LIKE :text ESCAPE '\\'
    UNION SELECT account FROM transactions
        WHERE key LIKE :transaction ESCAPE '\\' OR origin_id LIKE :origin ESCAPE '\\'
    UNION SELECT target FROM merges JOIN matching ON source = matching.key
)
"""
_MEMBERS: Final = (
    " FROM accounts AS a WHERE (:any OR a.key IN (SELECT key FROM matching))"
    " AND (:status = '' OR a.status = :status)"
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
    posted_to: str
    """The key of the account that it was posted to; another one after a merge."""


@dataclass(frozen=True, slots=True)
class MemberSearch:
    """What is searched for. Empty texts match everything.

    ``text`` is a part of a customer, an address or a program, or the beginning of what a
    transaction comes from: the id of a request, payment or redemption. ``account`` and
    ``transaction`` are the beginnings of keys where the text is an id.
    """

    text: str = ""
    account: str = ""
    transaction: str = ""
    status: str = ""

    def parameters(self) -> dict[str, object]:
        """The values of the query; LIKE with an empty pattern finds nothing."""
        text, account, transaction = map(_escape_like, (self.text, self.account, self.transaction))
        return {
            "any": not self.text,
            "text": f"%{text}%",
            "account": f"{account}%" if account else f"%{text}%",
            "transaction": transaction and f"{transaction}%",
            "origin": f"{text}%",
            "status": self.status,
        }


def members(
    work: UnitOfWork, wanted: MemberSearch, order: Order, rows: slice
) -> tuple[Sequence[AccountRow], int]:
    """Some of the members that match, and how many there are.

    Where a merged account matches, the account that has its points and entries does too.
    """
    parameters = wanted.parameters()
    [total] = work.db.execute(f"{_MATCHING} SELECT count(*){_MEMBERS}", parameters).fetchone()
    keys = work.db.execute(
        f"{_MATCHING} SELECT a.key{_MEMBERS} ORDER BY {_ORDERS[order]} LIMIT :most OFFSET :first",
        parameters | {"most": rows.stop - rows.start, "first": rows.start},
    ).fetchall()
    return [accounts.get(work, key) for [key] in keys], total


def transactions_with_balance(
    work: UnitOfWork, account: str, rows: slice
) -> tuple[Sequence[TransactionWithBalance], int]:
    """Some of a member's transactions, newest first, and how many there are."""
    amounts = work.db.execute(
        "SELECT key, posted_to, amount FROM transactions WHERE account = ? ORDER BY seq",
        (account,),
    ).fetchall()
    # summed here, as sums in SQL stop at 2**63 - 1
    balances = accumulate(amount for *_, amount in amounts)
    newest_first = [*zip(amounts, balances, strict=True)][::-1]
    page = [
        TransactionWithBalance(transactions.get(work, key), balance, posted_to)
        for (key, posted_to, _), balance in newest_first[rows]
    ]
    return page, len(amounts)


def events(
    work: UnitOfWork, key: str, texts: Sequence[str], type: str, rows: slice
) -> tuple[Sequence[str], int]:
    """The keys of some events, newest first, and how many there are.

    ``key`` is the beginning of an event's key, ``texts`` are spellings of what its object
    contains; both may be empty, and so may the type.
    """
    contains = " OR ".join(["object LIKE ? ESCAPE '\\'"] * len(texts))
    condition = f" FROM events WHERE (key LIKE ? ESCAPE '\\' OR {contains}) AND ? IN ('', type)"
    patterns = [f"%{_escape_like(text)}%" for text in texts]
    parameters = (key and f"{_escape_like(key)}%", *patterns, type)
    [total] = work.db.execute("SELECT count(*)" + condition, parameters).fetchone()
    keys = work.db.execute(
        f"SELECT key{condition} ORDER BY seq DESC LIMIT ? OFFSET ?",
        (*parameters, rows.stop - rows.start, rows.start),
    ).fetchall()
    return [key for [key] in keys], total


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
