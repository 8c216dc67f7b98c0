"""``client.tiers``: the steps that members climb, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Sequence

from .._calls.pages import Window
from .._calls.tiers import TIERS
from .._keywords import names_near_keywords
from .._models.linked import Tier
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncTiers:
    """Make, look up and change tiers; the guide has them inside a program.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        name: str,
        min_points: int,
        benefits: Sequence[str] | None = None,
        program: str | None = None,
        idempotency_key: str | None = None,
    ) -> Tier:
        """Makes a tier that members belong to from so many lifetime points on.

        Args:
            name: The name that members see.
            min_points: Lifetime points from which a member belongs to it.
            benefits: What its members have, in your words.
            program: The program's id; the default one if left out.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference; ``program`` is inferred.
        """
        new = {"name": name, "min_points": min_points, "benefits": benefits, "program": program}
        return await self._driver.send(TIERS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Tier:
        """The tier by its id.

        Args:
            id: ``tier_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(TIERS.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        name: str | None = None,
        min_points: int | None = None,
        benefits: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> Tier:
        """Changes a tier. Parameters that are left out stay as they are.

        Args:
            id: ``tier_…``.
            name: The name that members see.
            min_points: Lifetime points from which a member belongs to it.
            benefits: In the place of the whole list.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference.
        """
        changes = {"name": name, "min_points": min_points, "benefits": benefits}
        return await self._driver.send(TIERS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Tier]:
        """Tiers, lowest first; await it for the first page, or iterate all of them.

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
        return fetch(self._driver, TIERS.list({}, window))
