"""``client.loyalty.redemptions``: rewards that members redeem, in the guide's dialect."""

from __future__ import annotations

from .._calls.loyalty_redemptions import LOYALTY_REDEMPTIONS, release
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_redemption import Redemption
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncLoyaltyRedemptions:
    """Redeem rewards, give points back, and look up what was redeemed.

    Source: VINR's guide.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        account: str,
        reward: str,
        idempotency_key: str | None = None,
    ) -> Redemption:
        """Redeems a reward for a member: its points are taken, and ``discount`` has the code.

        With your own ``idempotency_key`` a repeated call redeems nothing more for as long as VINR
        keeps the key.

        Args:
            account: The member's id, ``loy_…``.
            reward: The reward's id, ``rwd_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            UnprocessableError: The balance does not suffice (code ``insufficient_points``), or the
                account is closed or merged.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide; the code is our choice.
        """
        new = {"account": account, "reward": reward}
        return await self._driver.send(LOYALTY_REDEMPTIONS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Redemption:
        """The redemption by its id; ``applied`` once its payment is completed.

        Args:
            id: ``rdm_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: inferred from VINR's guide.
        """
        return await self._driver.send(LOYALTY_REDEMPTIONS.retrieve(id))

    async def release(self, id: str, *, idempotency_key: str | None = None) -> Redemption:
        """Gives the points back, such as when the payment is not made after all.

        After a lost answer the call is repeated; a redemption that is released by then comes back.

        Args:
            id: ``rdm_…``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            APIStatusError: It is released or applied already (ConflictError or UnprocessableError).
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide; path and errors are our choice.
        """
        return await self._driver.run(release(id, idempotency_key=idempotency_key))

    def list(
        self,
        *,
        account: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Redemption]:
        """Redemptions, newest first; await it for the first page, or iterate all of them.

        Args:
            account: The member's id; of all members if left out.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: inferred from VINR's guide.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, LOYALTY_REDEMPTIONS.list({"account": account}, window))
