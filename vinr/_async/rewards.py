"""``client.rewards``: what points buy, in the reference's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.rewards import REWARDS
from .._keywords import names_near_keywords
from .._models.reward import Reward
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncRewards:
    """Make, look up and change rewards.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        name: str,
        points_cost: int,
        type: str,
        value: int | str | None = None,
        active: bool | None = None,
        program: str | None = None,
        idempotency_key: str | None = None,
    ) -> Reward:
        """Makes a reward that costs so many points.

        Args:
            name: The name that members see.
            points_cost: What it costs, in points.
            type: ``discount`` or ``item``.
            value: What it is worth, in a form that the reference does not say.
            active: Whether it can be redeemed; False withdraws it.
            program: The program's id; the default one if left out.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference; ``program`` is inferred.
        """
        new = {
            "name": name,
            "points_cost": points_cost,
            "type": type,
            "value": value,
            "active": active,
            "program": program,
        }
        return await self._driver.send(REWARDS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Reward:
        """The reward by its id.

        Args:
            id: ``rwd_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(REWARDS.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        name: str | None = None,
        points_cost: int | None = None,
        type: str | None = None,
        value: int | str | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> Reward:
        """Changes a reward. Parameters that are left out stay as they are.

        Args:
            id: ``rwd_…``.
            name: The name that members see.
            points_cost: What it costs, in points.
            type: ``discount`` or ``item``.
            value: What it is worth, in a form that the reference does not say.
            active: Whether it can be redeemed; False withdraws it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference.
        """
        changes = {
            "name": name,
            "points_cost": points_cost,
            "type": type,
            "value": value,
            "active": active,
        }
        return await self._driver.send(REWARDS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Reward]:
        """Rewards, newest first; await it for the first page, or iterate all of them.

        Args:
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
        return fetch(self._driver, REWARDS.list({}, window))
