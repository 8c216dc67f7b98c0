"""Accounts as rows: how members are found, listed and written."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from pydantic_core import from_json, to_json

from ..programs import Tier
from ..refusal import Refusal
from . import programs
from .listing import Page, Row, Selection, Window, select
from .work import Fact, UnitOfWork

Status = Literal["active", "closed", "merged"]


class Account(NamedTuple):
    """A member of one program; ``key`` is its id without the prefix of a dialect."""

    key: str
    program: str
    customer: str | None
    status: Status
    balance: int
    lifetime_points: int
    tier_override: str | None
    override_lifetime: int
    """Lifetime points at the time when the tier was set by hand."""
    created: int
    metadata: Mapping[str, str]


_COLUMNS: Final = ", ".join(Account._fields)
_BY_KEY: Final = f"SELECT {_COLUMNS} FROM accounts WHERE key = ?"
_ACTIVE: Final = (
    f"SELECT {_COLUMNS} FROM accounts WHERE customer = ? AND program = ? AND status = 'active'"
)


def _read(row: Row) -> Account:
    return Account._make((*row[:-1], from_json(row[-1])))


def find(work: UnitOfWork, key: str) -> Account | None:
    """The account with this key."""
    row: Row | None = work.db.execute(_BY_KEY, (key,)).fetchone()
    return None if row is None else _read(row)


def get(work: UnitOfWork, key: str) -> Account:
    """The account with a key that the ledger itself gave."""
    account = find(work, key)
    if account is None:
        raise LookupError(f"the ledger names an account that it does not have: {key}")
    return account


def require(work: UnitOfWork, key: str, param: str) -> Account:
    """The account with a key that a parameter gave, or a refusal."""
    account = find(work, key)
    if account is None:
        raise Refusal("resource_missing", "No such account.", param=param)
    return account


def active_of(work: UnitOfWork, program: str, customer: str) -> Account | None:
    """The one active account that a customer may have in a program."""
    row: Row | None = work.db.execute(_ACTIVE, (customer, program)).fetchone()
    return None if row is None else _read(row)


def page(work: UnitOfWork, window: Window, **columns: str | None) -> Page[Account]:
    """A page of the accounts that have these values; None is no condition."""
    given = tuple((name, value) for name, value in columns.items() if value is not None)
    return select(work, Selection("accounts", _COLUMNS, given), window, _read)


def insert(
    work: UnitOfWork, program: str, customer: str | None, metadata: Mapping[str, str]
) -> Account:
    """A new active account without points."""
    account = Account(
        key=work.new_key("accounts", "account"),
        program=program,
        customer=customer,
        status="active",
        balance=0,
        lifetime_points=0,
        tier_override=None,
        override_lifetime=0,
        created=work.now,
        metadata=metadata,
    )
    work.db.execute(
        f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*account[:-1], to_json(metadata).decode()),
    )
    work.facts.append(Fact("account.created", account))
    return account


def save(work: UnitOfWork, account: Account) -> None:
    """Write everything about an account that can change."""
    work.db.execute(
        "UPDATE accounts SET customer = ?, status = ?, balance = ?, lifetime_points = ?,"
        " tier_override = ?, override_lifetime = ?, metadata = ? WHERE key = ?",
        (
            account.customer,
            account.status,
            account.balance,
            account.lifetime_points,
            account.tier_override,
            account.override_lifetime,
            to_json(account.metadata).decode(),
            account.key,
        ),
    )
    work.facts.append(Fact("account.updated", account))


def tier_of(work: UnitOfWork, account: Account) -> Tier | None:
    """The tier that an account is in: set by hand, or reached by lifetime points."""
    return programs.get(work, account.program).tier_with_override(
        account.lifetime_points, account.tier_override, account.override_lifetime
    )


def refuse_second(work: UnitOfWork, program: str, customer: str | None) -> None:
    """Refuse what would give a customer a second active account in a program."""
    holder = active_of(work, program, customer) if customer else None
    if holder is not None:
        raise Refusal(
            "account_already_exists",
            "The customer already has an active account in this program.",
            param="customer",
            existing_account=holder.key,
        )


def refuse_unless_active(account: Account, param: str | None = None) -> None:
    """Refuse to touch the points of an account that is closed or merged."""
    if account.status != "active":
        raise Refusal(f"account_{account.status}", f"The account is {account.status}.", param=param)
