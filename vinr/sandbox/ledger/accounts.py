"""Accounts: how members are found, listed and written."""

from collections.abc import Mapping
from typing import Final

from pydantic_core import from_json, to_json

from ..programs import Tier
from ..refusal import Refusal
from . import programs, qualifying
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rows import AccountRow, ColumnValues
from .store import DamagedFileError
from .unit_of_work import LedgerChange, UnitOfWork

_COLUMNS: Final = ", ".join(AccountRow._fields)
_BY_KEY: Final = f"SELECT {_COLUMNS} FROM accounts WHERE key = ?"
_ACTIVE: Final = (
    f"SELECT {_COLUMNS} FROM accounts WHERE customer = ? AND program = ? AND status = 'active'"
)


def _account_row(values: ColumnValues) -> AccountRow:
    return AccountRow._make((*values[:-1], from_json(values[-1])))


def find(work: UnitOfWork, key: str) -> AccountRow | None:
    """The account with this key, if there is one."""
    values: ColumnValues | None = work.db.execute(_BY_KEY, (key,)).fetchone()
    return None if values is None else _account_row(values)


def get(work: UnitOfWork, key: str) -> AccountRow:
    """The account with a key that the ledger itself holds, so it has to be there."""
    account = find(work, key)
    if account is None:
        raise DamagedFileError(f"the ledger refers to an account that it does not have: {key}")
    return account


def require(work: UnitOfWork, key: str, param: str) -> AccountRow:
    """The account with a key that came in the parameter ``param``; refuses an unknown one."""
    account = find(work, key)
    if account is None:
        raise Refusal("resource_missing", "No such account.", param=param)
    return account


def find_active(work: UnitOfWork, program: str, customer: str) -> AccountRow | None:
    """The one active account that a customer may have in a program."""
    values: ColumnValues | None = work.db.execute(_ACTIVE, (customer, program)).fetchone()
    return None if values is None else _account_row(values)


def page(work: UnitOfWork, window: PageWindow, **columns: str | None) -> Page[AccountRow]:
    """A page of the accounts whose columns have these values; None is no condition."""
    conditions = tuple(
        (f"{name} = ?", value) for name, value in columns.items() if value is not None
    )
    return fetch_page(work, TableQuery("accounts", _COLUMNS, conditions), window, _account_row)


def insert(
    work: UnitOfWork, program: str, customer: str | None, metadata: Mapping[str, str]
) -> AccountRow:
    """A new active account without points."""
    account = AccountRow(
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
    work.changes.append(LedgerChange("account.created", account))
    return account


def save(work: UnitOfWork, account: AccountRow) -> None:
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
    work.changes.append(LedgerChange("account.updated", account))


def tier_of(work: UnitOfWork, account: AccountRow) -> Tier | None:
    """The tier that an account is in: set by hand, or reached by points."""
    program = programs.get(work, account.program)
    points = qualifying.points_of(work, account, program)
    return program.tier_with_override(points, account.tier_override, account.override_lifetime)


def refuse_second_active(work: UnitOfWork, program: str, customer: str | None) -> None:
    """Refuse what would give a customer a second active account in a program."""
    existing = find_active(work, program, customer) if customer else None
    if existing is not None:
        raise Refusal(
            "account_already_exists",
            "The customer already has an active account in this program.",
            param="customer",
            existing_account=existing.key,
        )


def refuse_inactive(account: AccountRow, param: str | None = None) -> None:
    """Refuse to change the points of an account that is closed or merged."""
    if account.status != "active":
        raise Refusal(f"account_{account.status}", f"The account is {account.status}.", param=param)
