"""Customers: every id is one; those that were created or put have a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from pydantic_core import from_json, to_json

from ..refusal import Refusal
from . import accounts
from .limits import MOST_METADATA_KEYS
from .pagination import Page, PageWindow, TableQuery, fetch_page
from .rows import ColumnValues, CustomerRow
from .unit_of_work import LedgerChange, UnitOfWork

DEFAULT_DOMAIN: Final = "@example.test"
"""Behind a customer's id it is the address of whom none was set for."""

_PREFIX: Final = "cust_"
_COLUMNS: Final = "id, email, name, phone, default_payment_method, created, deleted, metadata"
_PLACES: Final = ", ".join("?" * len(_COLUMNS.split(", ")))


@dataclass(frozen=True, slots=True)
class CustomerFields:
    """What a request says of a customer; None: nothing. An empty metadata value removes its key."""

    email: str | None = None
    name: str | None = None
    phone: str | None = None
    default_payment_method: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])


def get(work: UnitOfWork, customer_id: str) -> CustomerRow:
    """The customer with this id; the address is ``<id>@example.test`` unless one was set."""
    return _find(work, customer_id) or CustomerRow(customer_id, customer_id + DEFAULT_DOMAIN)


def require(work: UnitOfWork, customer_id: str) -> CustomerRow:
    """The customer with an id from a path; refuses one without a record, and a deleted one."""
    customer = _find(work, customer_id)
    if customer is None or customer.deleted:
        raise Refusal("resource_missing", "No such customer.", param="id")
    return customer


def is_deleted(work: UnitOfWork, customer_id: str) -> bool:
    """Whether there was a customer with this id who was deleted."""
    if work.cache.deleted_customers is None:
        rows = work.db.execute("SELECT id FROM customers WHERE deleted = 1").fetchall()
        work.cache.deleted_customers = {id for [id] in rows}
    return customer_id in work.cache.deleted_customers


def refuse_deleted(work: UnitOfWork, customer_id: str | None) -> None:
    """Refuse to link anything to a customer who was deleted."""
    if customer_id is not None and is_deleted(work, customer_id):
        message = "No such customer: it was deleted."
        raise Refusal("resource_missing", message, param="customer")


def page(work: UnitOfWork, window: PageWindow, email: str | None) -> Page[CustomerRow]:
    """A page of the customers that are not deleted, or of those with an address."""
    conditions: list[tuple[str, str | int]] = [("deleted = ?", 0)]
    if email is not None:
        conditions.append(("email = ?", email))
    query = TableQuery("customer_list", _COLUMNS, tuple(conditions))
    return fetch_page(work, query, window, _row)


def put(work: UnitOfWork, customer: CustomerRow) -> None:
    """Set a customer's address."""
    work.db.execute(
        "INSERT INTO customers (id, email, created) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET email = excluded.email, deleted = 0",
        (customer.id, customer.email, work.now),
    )
    work.cache.deleted_customers = None


def key_of(customer_id: str) -> str:
    """The key of a customer in lists: the whole id, as ids that were put need no prefix."""
    return customer_id


def create(work: UnitOfWork, fields: CustomerFields) -> CustomerRow:
    """A new customer."""
    id = _PREFIX + work.new_key("customers", "customer")
    customer = _changed(CustomerRow(id, id + DEFAULT_DOMAIN, created=work.now), fields)
    _save(work, customer, "customer.created")
    return customer


def update(work: UnitOfWork, customer: CustomerRow, fields: CustomerFields) -> CustomerRow:
    """Change what was given, and nothing else."""
    updated = _changed(customer, fields)
    _save(work, updated, "customer.updated")
    return updated


def delete(work: UnitOfWork, customer: CustomerRow) -> None:
    """Unlink the customer's accounts, whose ledger stays, and forget the person."""
    work.db.execute("UPDATE store_credit SET customer = NULL WHERE customer = ?", (customer.id,))
    keys = work.db.execute(
        "SELECT key FROM accounts WHERE customer = ? ORDER BY seq", (customer.id,)
    ).fetchall()
    for [key] in keys:
        accounts.save(work, accounts.get(work, key)._replace(customer=None))
    erased = CustomerRow(
        customer.id, customer.id + DEFAULT_DOMAIN, created=customer.created, deleted=True
    )
    _save(work, erased, "customer.deleted")


def _changed(customer: CustomerRow, fields: CustomerFields) -> CustomerRow:
    merged = {**customer.metadata, **fields.metadata}
    metadata = {name: value for name, value in merged.items() if value}
    if len(metadata) > MOST_METADATA_KEYS:
        message = f"metadata has at most {MOST_METADATA_KEYS} keys."
        raise Refusal("parameter_invalid", message, param="metadata")
    return replace(
        customer,
        email=fields.email or customer.email,
        name=fields.name or customer.name,
        phone=fields.phone or customer.phone,
        default_payment_method=fields.default_payment_method or customer.default_payment_method,
        metadata=metadata,
    )


def _save(work: UnitOfWork, customer: CustomerRow, kind: str) -> None:
    values = (
        customer.id,
        customer.email,
        customer.name,
        customer.phone,
        customer.default_payment_method,
        customer.created,
        int(customer.deleted),
        to_json(customer.metadata).decode(),
    )
    changes = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
    work.db.execute(
        f"INSERT INTO customers ({_COLUMNS}) VALUES ({_PLACES})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}",
        values,
    )
    if customer.deleted:
        work.cache.deleted_customers = None
    work.changes.append(LedgerChange(kind, customer))


def _find(work: UnitOfWork, customer_id: str) -> CustomerRow | None:
    values: ColumnValues | None = work.db.execute(
        f"SELECT {_COLUMNS} FROM customers WHERE id = ?", (customer_id,)
    ).fetchone()
    return None if values is None else _row(values)


def _row(values: ColumnValues) -> CustomerRow:
    id, email, name, phone, method, created, deleted, metadata = values
    return CustomerRow(id, email, name, phone, method, created, bool(deleted), from_json(metadata))
