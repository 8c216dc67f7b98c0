"""``client.loyalty.earning_rules``: what gives points, in the guide's dialect."""

from __future__ import annotations

from .._calls.loyalty_earning_rules import LOYALTY_EARNING_RULES, AwardOfRule
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_earning_rule import EarningRule
from .driver import AsyncDriver
from .paginator import AsyncPaginator


@names_near_keywords
class AsyncLoyaltyEarningRules:
    """Make, look up and change a program's earning rules.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def create(
        self,
        *,
        program: str,
        trigger: str,
        award: AwardOfRule,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Makes a rule: what triggers it gives points to the member.

        ``trigger`` is one such as ``payment.completed``; ``award`` is how many points it gives,
        such as ``{"type": "per_amount", "per": 100, "points": 1}``: one for every 100 minor units
        of money.

        Source: VINR's guide; ``active`` is inferred.
        """
        new = {"program": program, "trigger": trigger, "award": award, "active": active}
        return await self._driver.send(LOYALTY_EARNING_RULES.create(new, idempotency_key))

    async def retrieve(self, id: str) -> EarningRule:
        """The rule by its id, ``rule_…``.

        Source: inferred from VINR's guide.
        """
        return await self._driver.send(LOYALTY_EARNING_RULES.retrieve(id))

    async def update(
        self,
        id: str,
        *,
        trigger: str | None = None,
        award: AwardOfRule | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Changes a rule; ``active=False`` ends it.

        Parameters that are left out stay as they are.

        Source: inferred from VINR's guide.
        """
        changes = {"trigger": trigger, "award": award, "active": active}
        return await self._driver.send(LOYALTY_EARNING_RULES.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        program: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> AsyncPaginator[EarningRule]:
        """Rules, newest first; await it for the first page, or iterate all of them.

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
            self._driver, LOYALTY_EARNING_RULES.list({"program": program}, window)
        )
