"""``client.redemptions``: what was redeemed, in the reference's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.redemptions import REDEMPTIONS
from .._keywords import names_near_keywords
from .._models.redemption import Redemption
from .driver import AsyncDriver
from .paginator import AsyncPaginator


@names_near_keywords
class AsyncRedemptions:
    """Redeem, and look up what was redeemed; redemptions are immutable.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        customer: str,
        redeemable_id: str,
        redeemable_type: str,
        idempotency_key: str | None = None,
    ) -> Redemption:
        """Redeems a reward, coupon or offer for a customer: what it costs is taken off the balance.

        ``redeemable_type`` is ``reward``, ``coupon`` or ``offer``. Pass your own
        ``idempotency_key`` and a repeated call redeems nothing more for as long as VINR keeps the
        key. UnprocessableError with code ``insufficient_points`` where the balance does not
        suffice; an error with ``outcome_unknown`` where VINR may have redeemed it though no answer
        came.

        Source: VINR's reference; the code is our choice.
        """
        new = {
            "customer": customer,
            "redeemable_id": redeemable_id,
            "redeemable_type": redeemable_type,
        }
        return await self._driver.send(REDEMPTIONS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Redemption:
        """The redemption by its id, ``rdm_…``.

        Source: VINR's reference.
        """
        return await self._driver.send(REDEMPTIONS.retrieve(id))

    def list(
        self,
        *,
        customer: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Redemption]:
        """Redemptions, newest first; await it for the first page, or iterate all of them.

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
        return AsyncPaginator.fetch(self._driver, REDEMPTIONS.list({"customer": customer}, window))
