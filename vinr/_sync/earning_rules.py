# Generated from vinr/_async/earning_rules.py; do not edit.
"""``client.earning_rules``: what gives points, in the reference's dialect."""

from __future__ import annotations

from .._calls.earning_rules import EARNING_RULES
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.earning_rule import EarningRule
from .driver import Driver
from .pages import Page


@names_near_keywords
class EarningRules:
    """Make, look up and change earning rules.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
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

        ``event`` is one such as ``payment.completed``; ``unit_value`` is how much one unit is, such
        as 100 minor units of money.

        Source: VINR's reference; the unit of ``unit_value`` is inferred.
        """
        new = {
            "name": name,
            "event": event,
            "points_per_unit": points_per_unit,
            "unit_value": unit_value,
            "active": active,
        }
        return self._driver.send(EARNING_RULES.create(new, idempotency_key))

    def retrieve(self, id: str) -> EarningRule:
        """The rule by its id, ``er_…``.

        Source: VINR's reference.
        """
        return self._driver.send(EARNING_RULES.retrieve(id))

    def update(
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
        """Changes a rule; ``active=False`` ends it.

        Parameters that are left out stay as they are.

        Points that it gave before stay as they are.

        Source: VINR's reference; that earlier points stay is inferred.
        """
        changes = {
            "name": name,
            "event": event,
            "points_per_unit": points_per_unit,
            "unit_value": unit_value,
            "active": active,
        }
        return self._driver.send(EARNING_RULES.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[EarningRule]:
        """Rules, newest first; this is the first page, iterate all of them.

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
        return Page.fetch(self._driver, EARNING_RULES.list({}, window))
