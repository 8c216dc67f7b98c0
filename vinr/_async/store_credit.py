"""``client.store_credit``: money to spend in the store, in the reference's dialect."""

from __future__ import annotations

from datetime import datetime

from .._calls.pages import Window
from .._calls.store_credit import STORE_CREDIT
from .._keywords import names_near_keywords
from .._models.store_credit import StoreCredit
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncStoreCredits:
    """Issue store credit, and look up what is left of it.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        customer: str,
        amount: int,
        currency: str,
        reason: str | None = None,
        expires_at: datetime | None = None,
        idempotency_key: str | None = None,
    ) -> StoreCredit:
        """Issues credit to a customer.

        With your own ``idempotency_key`` (a ticket, an invoice) a repeated call issues nothing more
        for as long as VINR keeps the key.

        Args:
            customer: The customer's id, ``cust_…``.
            amount: In minor units of the currency, above zero.
            currency: Three letters, such as ``EUR``.
            reason: Why, in your words.
            expires_at: When it is lost, an aware datetime, sent as unix seconds; never if left out.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference for ``expires_at``; the other parameters are inferred.
        """
        new = {
            "customer": customer,
            "amount": amount,
            "currency": currency,
            "reason": reason,
            "expires_at": expires_at,
        }
        return await self._driver.send(STORE_CREDIT.create(new, idempotency_key))

    async def retrieve(self, id: str) -> StoreCredit:
        """The credit by its id, with what is left of it.

        Args:
            id: ``sc_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: inferred from VINR's reference.
        """
        return await self._driver.send(STORE_CREDIT.retrieve(id))

    def list(
        self,
        *,
        customer: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[StoreCredit]:
        """What was issued, newest first; await it for the first page, or iterate all of them.

        Args:
            customer: The customer's id; of all customers if left out.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: inferred from VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, STORE_CREDIT.list({"customer": customer}, window))
