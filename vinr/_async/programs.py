"""``client.loyalty.programs``: the rules that members have in common, in the guide's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.programs import PROGRAMS, CurrencyOfProgram, TierRules
from .._keywords import names_near_keywords
from .._models.program import Program
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncPrograms:
    """Make, look up and change loyalty programs.

    Source: VINR's guide.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        name: str,
        currency: CurrencyOfProgram | None = None,
        expiry_months: int | None = None,
        tier_config: TierRules | None = None,
        idempotency_key: str | None = None,
    ) -> Program:
        """Makes a program.

        Args:
            name: Its name.
            currency: What its points are called and worth, such as ``{"name": "Stars",
                "point_value": 1, "rounding": "down", "decimals": 0}``.
            expiry_months: After how many months points expire; never if left out.
            tier_config: How members climb, such as ``{"qualify_on": "points", "period": {"type":
                "rolling", "months": 12}, "tiers": [{"name": "Gold", "rank": 2, "threshold":
                5000}]}``.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide.
        """
        new = {
            "name": name,
            "currency": currency,
            "expiry_months": expiry_months,
            "tier_config": tier_config,
        }
        return await self._driver.send(PROGRAMS.create(new, idempotency_key))

    async def retrieve(self, id: str) -> Program:
        """The program by its id.

        Args:
            id: ``prog_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: our choice.
        """
        return await self._driver.send(PROGRAMS.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        name: str | None = None,
        currency: CurrencyOfProgram | None = None,
        expiry_months: int | None = None,
        tier_config: TierRules | None = None,
        idempotency_key: str | None = None,
    ) -> Program:
        """Changes a program. Parameters that are left out stay as they are.

        Args:
            id: ``prog_…``.
            name: Its name.
            currency: In the form that ``create`` takes.
            expiry_months: After how many months points expire.
            tier_config: In the form that ``create`` takes; a list of tiers takes the place of the
                whole list.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide.
        """
        changes = {
            "name": name,
            "currency": currency,
            "expiry_months": expiry_months,
            "tier_config": tier_config,
        }
        return await self._driver.send(PROGRAMS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[Program]:
        """Programs, newest first; await it for the first page, or iterate all of them.

        Args:
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: our choice.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return fetch(self._driver, PROGRAMS.list({}, window))
