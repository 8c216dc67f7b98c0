# Generated from vinr/_async/loyalty_rewards.py; do not edit.
"""``client.loyalty.rewards``: what points buy, in the guide's dialect."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from .._calls.loyalty_rewards import LOYALTY_REWARDS
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_reward import Reward
from .driver import Driver
from .pages import Page, fetch


@names_near_keywords
class LoyaltyRewards:
    """Make, look up and change a program's rewards.

    Source: VINR's guide.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
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

        Args:
            program: The program's id, ``prog_…``.
            name: The name that members see.
            type: ``discount_percent``, ``discount_amount``, ``store_credit``, ``free_product`` or
                ``partner``.
            cost: What it costs, in points.
            value: What it brings, by the names on the wire, such as ``{"amount": 500, "currency":
                "EUR"}``: the guide does not list them.
            active: Whether it can be redeemed; False withdraws it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

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
        return self._driver.send(LOYALTY_REWARDS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Reward:
        """The reward by its id.

        Args:
            id: ``rwd_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: inferred from VINR's guide.
        """
        return self._driver.send(LOYALTY_REWARDS.retrieve(id))

    def update(
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
        """Changes a reward. Parameters that are left out stay as they are.

        Args:
            id: ``rwd_…``.
            name: The name that members see.
            type: ``discount_percent``, ``discount_amount``, ``store_credit``, ``free_product`` or
                ``partner``.
            cost: What it costs, in points.
            value: What it brings, by the names on the wire, such as ``{"amount": 500, "currency":
                "EUR"}``: the guide does not list them.
            active: Whether it can be redeemed; False withdraws it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: inferred from VINR's guide.
        """
        changes = {"name": name, "type": type, "cost": cost, "value": value, "active": active}
        return self._driver.send(LOYALTY_REWARDS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        program: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Reward]:
        """Rewards, newest first; this is the first page, iterate all of them.

        Args:
            program: The program's id; of all programs if left out.
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
        return fetch(self._driver, LOYALTY_REWARDS.list({"program": program}, window))
