# Generated from vinr/_async/loyalty_earning_rules.py; do not edit.
"""``client.loyalty.earning_rules``: what gives points, in the guide's dialect."""

from __future__ import annotations

from .._calls.loyalty_earning_rules import LOYALTY_EARNING_RULES, AwardOfRule
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.loyalty_earning_rule import EarningRule
from .driver import Driver
from .pages import Page, fetch


@names_near_keywords
class LoyaltyEarningRules:
    """Make, look up and change a program's earning rules.

    Source: VINR's guide.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        program: str,
        trigger: str,
        award: AwardOfRule,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Makes a rule: what triggers it gives points to the member.

        Args:
            program: The program's id, ``prog_…``.
            trigger: What gives points, such as ``payment.completed``.
            award: How many, such as ``{"type": "per_amount", "per": 100, "points": 1}``: one for
                every 100 minor units of money.
            active: Whether it gives points; False ends it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: VINR's guide; ``active`` is inferred.
        """
        new = {"program": program, "trigger": trigger, "award": award, "active": active}
        return self._driver.send(LOYALTY_EARNING_RULES.create(new, idempotency_key))

    def retrieve(self, id: str) -> EarningRule:
        """The rule by its id.

        Args:
            id: ``rule_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: inferred from VINR's guide.
        """
        return self._driver.send(LOYALTY_EARNING_RULES.retrieve(id))

    def update(
        self,
        id: str,
        *,
        trigger: str | None = None,
        award: AwardOfRule | None = None,
        active: bool | None = None,
        idempotency_key: str | None = None,
    ) -> EarningRule:
        """Changes a rule. Parameters that are left out stay as they are.

        Args:
            id: ``rule_…``.
            trigger: What gives points, such as ``payment.completed``.
            award: How many, such as ``{"type": "per_amount", "per": 100, "points": 1}``: one for
                every 100 minor units of money.
            active: Whether it gives points; False ends it.
            idempotency_key: Your own, such as ``ticket-4821``; one is made if left out.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed; ``outcome_unknown`` tells whether it may have been executed.

        Source: inferred from VINR's guide.
        """
        changes = {"trigger": trigger, "award": award, "active": active}
        return self._driver.send(LOYALTY_EARNING_RULES.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        program: str | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[EarningRule]:
        """Rules, newest first; this is the first page, iterate all of them.

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
        return fetch(self._driver, LOYALTY_EARNING_RULES.list({"program": program}, window))
