# Generated from vinr/_async/customers.py; do not edit.
"""``client.customers``: who is behind a member, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Mapping

from .._calls import customers as calls
from .._calls.customers import CUSTOMERS
from .._calls.deletion import delete
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.deleted import Deleted
from .._models.linked import Customer
from .driver import Driver
from .pages import Page


@names_near_keywords
class Customers:
    """Make, look up, change and delete customers.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        email: str | None = None,
        name: str | None = None,
        phone: str | None = None,
        default_payment_method: str | None = None,
        metadata: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> Customer:
        """Makes a customer.

        ``default_payment_method`` is an id; ``metadata`` is flat text, at most 50 entries. A
        customer is no member yet: ``loyalty.accounts.create`` enrols one.

        Source: VINR's reference.
        """
        new = {
            "email": email,
            "name": name,
            "phone": phone,
            "default_payment_method": default_payment_method,
            "metadata": metadata,
        }
        return self._driver.send(CUSTOMERS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Customer:
        """The customer by its id, ``cust_…``.

        Source: VINR's reference.
        """
        return self._driver.send(CUSTOMERS.retrieve(id))

    def update(
        self,
        id: str,
        *,
        email: str | None = None,
        name: str | None = None,
        phone: str | None = None,
        default_payment_method: str | None = None,
        metadata: Mapping[str, str | None] | None = None,
        idempotency_key: str | None = None,
    ) -> Customer:
        """Changes a customer. Parameters that are left out stay as they are.

        Metadata is merged into what is there; None as a value removes the key.

        Source: VINR's reference; how metadata is merged is our choice.
        """
        changes = {
            "email": email,
            "name": name,
            "phone": phone,
            "default_payment_method": default_payment_method,
            "metadata": metadata,
        }
        return self._driver.send(CUSTOMERS.update(id, changes, idempotency_key))

    def delete(self, id: str, *, idempotency_key: str | None = None) -> Deleted:
        """Deletes a customer; its members stay, and have no customer any more.

        After a lost answer the call is repeated, and that the customer is gone by then is no
        error. NotFoundError where it was not there to begin with.

        Source: VINR's reference; the answer is our choice.
        """
        return self._driver.run(delete(CUSTOMERS, id, idempotency_key=idempotency_key))

    def list(
        self,
        *,
        email: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Customer]:
        """Customers, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return Page.fetch(self._driver, calls.list_(email=email, window=window))
