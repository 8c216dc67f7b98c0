"""Transactions: the immutable entries that every balance is made of, and how one is posted."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from pydantic_core import from_json, to_json

from ..refusal import Impossible, Refusal
from . import accounts, lots, programs
from .accounts import Account
from .listing import Page, Row, Selection, Window, select
from .lots import Lot
from .work import Fact, UnitOfWork

Type = Literal["earn", "redeem", "expire", "adjust", "reverse"]

MOST_POINTS: Final = 2**63 - 1

_NO_METADATA: Final[Mapping[str, str]] = {}
_RAISES_LIFETIME: Final = frozenset({"earn", "adjust"})


class Entry(NamedTuple):
    """What is to be posted: signed points, and the payment, rule or person behind them."""

    type: Type
    amount: int
    origin_type: str
    origin_id: str | None = None
    reason: str | None = None
    metadata: Mapping[str, str] = _NO_METADATA
    of: str | None = None
    """The key of an earlier entry whose points are to be taken before others."""
    back: Sequence[Lot] | None = None
    """The lots that points which come back were taken from."""


class Transaction(NamedTuple):
    """One entry of the ledger; ``key`` is its id without the prefix of a dialect."""

    key: str
    account: str
    type: Type
    amount: int
    points_after: int
    """The balance right after this entry was posted."""
    origin_type: str
    origin_id: str | None
    reason: str | None
    created: int
    metadata: Mapping[str, str]


_COLUMNS: Final = ", ".join(Transaction._fields)
_INSERT: Final = (
    f"INSERT INTO transactions (posted_to, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _read(row: Row) -> Transaction:
    return Transaction._make((*row[:-1], from_json(row[-1])))


def find(work: UnitOfWork, key: str) -> Transaction | None:
    """The entry with this key."""
    row: Row | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM transactions WHERE key = ?", (key,)
    ).fetchone()
    return None if row is None else _read(row)


def get(work: UnitOfWork, key: str) -> Transaction:
    """The entry with a key that the ledger itself gave."""
    transaction = find(work, key)
    if transaction is None:
        raise LookupError(f"the ledger names an entry that it does not have: {key}")
    return transaction


def page(
    work: UnitOfWork, window: Window, *, account: str | None, type: str | None
) -> Page[Transaction]:
    """A page of the ledger; ``type`` is one of the guide's, or ``credit`` or ``debit`` by sign."""
    conditions: list[tuple[str, str]] = []
    if account is not None:
        conditions.append(("account", account))
    if type is not None:
        column = _DIRECTION if type in ("credit", "debit") else "type"
        conditions.append((column, type))
    return select(work, Selection("transactions", _COLUMNS, tuple(conditions)), window, _read)


_DIRECTION: Final = "iif(amount > 0, 'credit', 'debit')"


def post(work: UnitOfWork, account: Account, entry: Entry) -> Transaction:
    """Post an entry to an active account."""
    accounts.refuse_unless_active(account, "account")
    return post_always(work, account, entry)


def post_always(work: UnitOfWork, account: Account, entry: Entry) -> Transaction:
    """Post an entry: its points are put into lots, or taken from them."""
    taken = lots.parts(work, account.key, -entry.amount, entry.of) if entry.amount < 0 else ()
    transaction = append(work, account, entry)
    if taken:
        lots.take(work, taken)
    if entry.amount > 0:
        _put_into_lots(work, account, transaction, entry.back)
    return transaction


def append(work: UnitOfWork, account: Account, entry: Entry) -> Transaction:
    """Append an entry to the ledger and move the account's points with it."""
    balance = account.balance + entry.amount
    lifetime_points = account.lifetime_points + lifetime_part(entry.type, entry.amount)
    _refuse_impossible(account, entry, max(balance, lifetime_points))
    transaction = _insert(work, account, entry, balance)
    work.db.execute(
        "UPDATE accounts SET balance = ?, lifetime_points = ? WHERE key = ?",
        (balance, lifetime_points, account.key),
    )
    work.facts.append(Fact(f"transaction.{entry.type}", transaction))
    if _promoted(work, account, lifetime_points):
        after = account._replace(balance=balance, lifetime_points=lifetime_points)
        work.facts.append(Fact("account.updated", after))
    return transaction


def _put_into_lots(
    work: UnitOfWork, account: Account, transaction: Transaction, back: Sequence[Lot] | None
) -> None:
    if back is not None:
        for part in back:
            lots.add(work, transaction.key, account.key, part.points, part.expires)
        return
    months = programs.get(work, account.program).expiry_months
    expires = None if months is None else lots.months_later(transaction.created, months)
    if expires is not None:
        lots.add(work, transaction.key, account.key, transaction.amount, expires)


def lifetime_part(type: Type, amount: int) -> int:
    """What an entry adds to lifetime points: grants and earnings do, nothing takes away."""
    return amount if amount > 0 and type in _RAISES_LIFETIME else 0


def _refuse_impossible(account: Account, entry: Entry, most_points: int) -> None:
    if account.balance + entry.amount < 0:
        raise Refusal(
            "insufficient_points",
            f"The account has {account.balance} points; {-entry.amount} cannot be taken from it.",
            param="amount",
        )
    if most_points > MOST_POINTS:
        raise Impossible(
            "parameter_invalid",
            "The account would have more than 2**63 - 1 points.",
            param="amount",
        )


def _insert(work: UnitOfWork, account: Account, entry: Entry, points_after: int) -> Transaction:
    transaction = Transaction(
        key=work.new_key("transactions", "transaction"),
        account=account.key,
        type=entry.type,
        amount=entry.amount,
        points_after=points_after,
        origin_type=entry.origin_type,
        origin_id=entry.origin_id,
        reason=entry.reason,
        created=work.now,
        metadata=entry.metadata,
    )
    work.db.execute(
        _INSERT,
        (account.key, *transaction[:-1], to_json(entry.metadata).decode()),
    )
    return transaction


def _promoted(work: UnitOfWork, account: Account, lifetime_points: int) -> bool:
    program = programs.get(work, account.program)
    if not program.has_tier_between(account.lifetime_points, lifetime_points):
        return False
    after = account._replace(lifetime_points=lifetime_points)
    return accounts.tier_of(work, after) != accounts.tier_of(work, account)
