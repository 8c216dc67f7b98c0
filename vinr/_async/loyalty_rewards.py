"""``client.loyalty.rewards``: what points buy, in the guide's dialect."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from .._calls.loyalty_rewards import LOYALTY_REWARDS
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_reward import Reward
from .driver import AsyncDriver
from .paginator import AsyncPaginator


@names_near_keywords
class AsyncLoyaltyRewards:
    """Make, look up and change a program's rewards.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        program: str,
        name: str,
        type: str,
        cost: int,
        value: Mapping[str, JsonValue] | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> Reward:
        """Makes a reward that costs so many points.

        ``type`` is ``discount_percent``, ``discount_amount``, ``store_credit``, ``free_product`` or
        ``partner``; ``value`` is what it brings, by the names on the wire, such as ``{"amount":
        500, "currency": "EUR"}``: the guide does not list them.

        Source: VINR's guide; ``active`` is inferred.
        """
        new = {
            "program": program,
            "name": name,
            "type": type,
            "cost": cost,
            "value": value,
            "active": active,
        }
        return await self._driver.send(LOYALTY_REWARDS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Reward:
        """The reward by its id, ``rwd_…``.

        Source: inferred from VINR's guide.
        """
        return await self._driver.send(LOYALTY_REWARDS.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        name: str | None = None,
        type: str | None = None,
        cost: int | None = None,
        value: Mapping[str, JsonValue] | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> Reward:
        """Changes a reward; ``active=False`` withdraws it.

        Parameters that are left out stay as they are.

        ``cost`` is in points.

        Source: inferred from VINR's guide.
        """
        changes = {"name": name, "type": type, "cost": cost, "value": value, "active": active}
        return await self._driver.send(LOYALTY_REWARDS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        program: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Reward]:
        """Rewards, newest first; await it for the first page, or iterate all of them.

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
        return AsyncPaginator.fetch(
            self._driver, LOYALTY_REWARDS.list({"program": program}, window)
        )
