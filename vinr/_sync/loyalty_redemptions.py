# Generated from vinr/_async/loyalty_redemptions.py; do not edit.
"""``client.loyalty.redemptions``: rewards that members redeem, in the guide's dialect."""

from __future__ import annotations

from .._calls.loyalty_redemptions import LOYALTY_REDEMPTIONS, release
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_redemption import Redemption
from .driver import Driver
from .pages import Page


@names_near_keywords
class LoyaltyRedemptions:
    """Redeem rewards, give points back, and look up what was redeemed.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        account: str,
        reward: str,
        idempotency_key: str | None = None,
    ) -> Redemption:
        """Redeems a reward for a member: its points are taken, and ``discount`` has the code.

        Pass your own ``idempotency_key`` and a repeated call redeems nothing more for as long as
        VINR keeps the key. UnprocessableError with code ``insufficient_points`` where the balance
        does not suffice; an error with ``outcome_unknown`` where VINR may have redeemed it though
        no answer came.

        Source: VINR's guide; the code is our choice.
        """
        new = {"account": account, "reward": reward}
        return self._driver.send(LOYALTY_REDEMPTIONS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Redemption:
        """The redemption by its id, ``rdm_…``; ``applied`` once its payment is completed.

        Source: inferred from VINR's guide.
        """
        return self._driver.send(LOYALTY_REDEMPTIONS.retrieve(id))

    def release(self, id: str, *, idempotency_key: str | None = None) -> Redemption:
        """Gives the points back, such as when the payment is not made after all.

        ConflictError or UnprocessableError where it is released or applied already.

        Source: VINR's guide; path and errors are our choice.
        """
        return self._driver.run(release(id, idempotency_key=idempotency_key))

    def list(
        self,
        *,
        account: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Redemption]:
        """Redemptions, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.

        Source: inferred from VINR's guide.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return Page.fetch(self._driver, LOYALTY_REDEMPTIONS.list({"account": account}, window))
