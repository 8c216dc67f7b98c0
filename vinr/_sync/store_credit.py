# Generated from vinr/_async/store_credit.py; do not edit.
"""``client.store_credit``: money to spend in the store, in the reference's dialect."""

from __future__ import annotations

from datetime import datetime

from .._calls.pages import Window
from .._calls.store_credit import STORE_CREDIT
from .._keywords import names_near_keywords
from .._models.store_credit import StoreCredit
from .driver import Driver
from .pages import Page


@names_near_keywords
class StoreCredits:
    """Issue store credit, and look up what is left of it.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        customer: str,
        amount: int,
        currency: str,
        reason: str | None = None,
        expires_at: datetime | None = None,
        idempotency_key: str | None = None,
    ) -> StoreCredit:
        """Issues credit to a customer: ``amount`` in minor units of ``currency``.

        ``expires_at`` is an aware datetime, sent as unix seconds. Pass your own ``idempotency_key``
        (a ticket, an invoice) and a repeated call issues nothing more for as long as VINR keeps the
        key; an error has ``outcome_unknown`` where VINR may have issued it though no answer came.

        Source: VINR's reference for ``expires_at``; the other parameters are inferred.
        """
        new = {
            "customer": customer,
            "amount": amount,
            "currency": currency,
            "reason": reason,
            "expires_at": expires_at,
        }
        return self._driver.send(STORE_CREDIT.create(new, idempotency_key))

    def retrieve(self, id: str) -> StoreCredit:
        """The credit by its id, ``sc_…``, with what is left of it.

        Source: inferred from VINR's reference.
        """
        return self._driver.send(STORE_CREDIT.retrieve(id))

    def list(
        self,
        *,
        customer: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[StoreCredit]:
        """What was issued, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.

        Source: inferred from VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return Page.fetch(self._driver, STORE_CREDIT.list({"customer": customer}, window))
