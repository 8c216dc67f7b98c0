"""Store credit: money that customers and members can spend in the store."""

from __future__ import annotations

from typing import Final

from . import customers
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rows import ColumnValues, StoreCreditRow
from .unit_of_work import UnitOfWork

_COLUMNS: Final = ", ".join(StoreCreditRow._fields)


def issue(  # noqa: PLR0913 - what a credit is, each part by its name
    work: UnitOfWork,
    *,
    account: str | None,
    customer: str | None,
    amount: int,
    currency: str,
    reason: str | None,
    expires: int | None,
) -> StoreCreditRow:
    """Give credit to a customer, to a member, or to both as one."""
    customers.refuse_deleted(work, customer)
    credit = StoreCreditRow(
        key=work.new_key("store_credit", "store credit"),
        account=account,
        customer=customer,
        amount=amount,
        currency=currency.upper(),
        remaining=amount,
        reason=reason,
        expires=expires,
        created=work.now,
    )
    work.db.execute(
        f"INSERT INTO store_credit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", credit
    )
    return credit


def find(work: UnitOfWork, key: str) -> StoreCreditRow | None:
    """The credit with this key, if there is one."""
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM store_credit WHERE key = ?", (key,)
    ).fetchone()
    return None if values is None else StoreCreditRow._make(values)


def page(work: UnitOfWork, window: PageWindow, customer: str | None) -> Page[StoreCreditRow]:
    """A page of all credit, or of a customer's."""
    conditions = () if customer is None else (("customer = ?", customer),)
    query = TableQuery("store_credit", _COLUMNS, conditions)
    return fetch_page(work, query, window, StoreCreditRow._make)


def wallet_balance(work: UnitOfWork, credit: StoreCreditRow) -> int:
    """What the credit's member, or its customer, can spend now in its currency."""
    rows = work.db.execute(
        "SELECT remaining FROM store_credit WHERE currency = ? AND (account = ? OR customer = ?)"
        " AND (expires IS NULL OR expires > ?)",
        (credit.currency, credit.account, credit.customer, work.now),
    ).fetchall()
    return sum(remaining for [remaining] in rows)
