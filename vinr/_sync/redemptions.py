# Generated from vinr/_async/redemptions.py; do not edit.
"""``client.redemptions``: what was redeemed, in the reference's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.redemptions import REDEMPTIONS
from .._keywords import names_near_keywords
from .._models.redemption import Redemption
from .driver import Driver
from .pages import Page, fetch


@names_near_keywords
class Redemptions:
    """Redeem, and look up what was redeemed; redemptions are immutable.

    Source: VINR's reference.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        customer: str,
        redeemable_id: str,
        redeemable_type: str,
        idempotency_key: str | None = None,
    ) -> Redemption:
        """Redeems a reward, coupon or offer for a customer: what it costs is taken off the balance.

        With your own ``idempotency_key`` a repeated call redeems nothing more for as long as VINR
        keeps the key.

        Args:
            customer: The customer's id, ``cust_…``.
            redeemable_id: What to redeem, such as ``rwd_…``.
            redeemable_type: ``reward``, ``coupon`` or ``offer``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            UnprocessableError: The balance does not suffice (code ``insufficient_points``), or the
                account is closed or merged.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference; the code is our choice.
        """
        new = {
            "customer": customer,
            "redeemable_id": redeemable_id,
            "redeemable_type": redeemable_type,
        }
        return self._driver.send(REDEMPTIONS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Redemption:
        """The redemption by its id.

        Args:
            id: ``rdm_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return self._driver.send(REDEMPTIONS.retrieve(id))

    def list(
        self,
        *,
        customer: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Redemption]:
        """Redemptions, newest first; this is the first page, iterate all of them.

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

        Source: VINR's reference.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, REDEMPTIONS.list({"customer": customer}, window))
