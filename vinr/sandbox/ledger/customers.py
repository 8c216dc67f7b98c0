"""Customers: every id is one; only an e-mail address has to be set."""

from typing import Final

from .rows import CustomerRow
from .unit_of_work import UnitOfWork

DEFAULT_DOMAIN: Final = "@example.test"
"""Behind a customer's id it is the address of whom none was set for."""


def get(work: UnitOfWork, customer_id: str) -> CustomerRow:
    """The customer with this id; the address is ``<id>@example.test`` unless one was set."""
    row: tuple[str] | None = work.db.execute(
        "SELECT email FROM customers WHERE id = ?", (customer_id,)
    ).fetchone()
    return CustomerRow(customer_id, row[0] if row else customer_id + DEFAULT_DOMAIN)


def put(work: UnitOfWork, customer: CustomerRow) -> None:
    """Set a customer's address."""
    work.db.execute(
        "INSERT INTO customers (id, email) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET email = excluded.email",
        (customer.id, customer.email),
    )
