"""``client.earning_rules``: what gives points, in the reference's dialect."""

from __future__ import annotations

from .._calls.earning_rules import EARNING_RULES
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.earning_rule import EarningRule
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncEarningRules:
    """Make, look up and change earning rules.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        name: str,
        event: str,
        points_per_unit: int,
        unit_value: int | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Makes a rule: each unit of an event gives so many points.

        Args:
            name: The name that you give it.
            event: What gives points, such as ``payment.completed``.
            points_per_unit: Points for each unit.
            unit_value: How much one unit is, such as 100 minor units of money.
            active: Whether it gives points; False ends it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference; the unit of ``unit_value`` is inferred.
        """
        new = {
            "name": name,
            "event": event,
            "points_per_unit": points_per_unit,
            "unit_value": unit_value,
            "active": active,
        }
        return await self._driver.send(EARNING_RULES.create(new, idempotency_key))

    async def retrieve(self, id: str) -> EarningRule:
        """The rule by its id.

        Args:
            id: ``er_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(EARNING_RULES.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        name: str | None = None,
        event: str | None = None,
        points_per_unit: int | None = None,
        unit_value: int | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Changes a rule. Parameters that are left out stay as they are.

        Points that it gave before stay as they are.

        Args:
            id: ``er_…``.
            name: The name that you give it.
            event: What gives points, such as ``payment.completed``.
            points_per_unit: Points for each unit.
            unit_value: How much one unit is, such as 100 minor units of money.
            active: Whether it gives points; False ends it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's reference; that earlier points stay is inferred.
        """
        changes = {
            "name": name,
            "event": event,
            "points_per_unit": points_per_unit,
            "unit_value": unit_value,
            "active": active,
        }
        return await self._driver.send(EARNING_RULES.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[EarningRule]:
        """Rules, newest first; await it for the first page, or iterate all of them.

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
        return fetch(self._driver, EARNING_RULES.list({}, window))
