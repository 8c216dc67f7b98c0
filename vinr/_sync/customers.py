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
from .pages import Page, fetch


@names_near_keywords
class Customers:
    """Make, look up, change and delete customers.

    Source: VINR's reference.
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

        A customer is no member yet: ``loyalty.accounts.create`` enrols one.

        Args:
            email: The e-mail address.
            name: The customer's name.
            phone: The telephone number.
            default_payment_method: The id of what the customer pays with.
            metadata: Your own texts by name, at most 50.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Example:
            ```python
            customer = client.customers.create(email="ann@example.com", name="Ann")
            ```

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
        """The customer by its id.

        Args:
            id: ``cust_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

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

        Args:
            id: ``cust_…``.
            email: The e-mail address.
            name: The customer's name.
            phone: The telephone number.
            default_payment_method: The id of what the customer pays with.
            metadata: Merged into what is there; None as a value removes the key.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

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

        After a lost answer the call is repeated, and that the customer is gone by then is no error.

        Args:
            id: ``cust_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: It was not there to begin with.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

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

        Args:
            email: Only those with this address.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, calls.list_(email=email, window=window))
