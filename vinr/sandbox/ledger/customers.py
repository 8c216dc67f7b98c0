"""Customers: any id is one; only an e-mail address has to be told."""

from dataclasses import dataclass

from .work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of VINR's payments, to whom an account may belong."""

    id: str
    email: str


def get(work: UnitOfWork, customer_id: str) -> Customer:
    """The customer with this id, with an address made up from it where none was told."""
    row: tuple[str] | None = work.db.execute(
        "SELECT email FROM customers WHERE id = ?", (customer_id,)
    ).fetchone()
    return Customer(customer_id, row[0] if row else f"{customer_id}@example.test")


def put(work: UnitOfWork, customer: Customer) -> None:
    """Tell a customer's address."""
    work.db.execute(
        "INSERT INTO customers (id, email) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET email = excluded.email",
        (customer.id, customer.email),
    )
