# Generated from vinr/_async/programs.py; do not edit.
"""``client.loyalty.programs``: the rules that members have in common, in the guide's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.programs import PROGRAMS, CurrencyOfProgram, TierRules
from .._keywords import names_near_keywords
from .._models.program import Program
from .driver import Driver
from .pages import Page


@names_near_keywords
class Programs:
    """Make, look up and change loyalty programs.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        name: str,
        currency: CurrencyOfProgram | None = None,
        expiry_months: int | None = None,
        tier_config: TierRules | None = None,
        idempotency_key: str | None = None,
    ) -> Program:
        """Makes a program.

        ``currency`` is what its points are called and worth: ``{"name": "Stars", "point_value": 1,
        "rounding": "down", "decimals": 0}``. Points expire after ``expiry_months``, never if left
        out. ``tier_config`` is how members climb: ``{"qualify_on": "points", "period": {"type":
        "rolling", "months": 12}, "tiers": [{"name": "Gold", "rank": 2, "threshold": 5000}]}``.

        Source: VINR's guide.
        """
        new = {
            "name": name,
            "currency": currency,
            "expiry_months": expiry_months,
            "tier_config": tier_config,
        }
        return self._driver.send(PROGRAMS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Program:
        """The program by its id, ``prog_…``.

        Source: our choice.
        """
        return self._driver.send(PROGRAMS.retrieve(id))

    def update(
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

        ``currency`` and ``tier_config`` have the form that ``create`` takes; a list of tiers takes
        the place of the whole list.

        Source: VINR's guide.
        """
        changes = {
            "name": name,
            "currency": currency,
            "expiry_months": expiry_months,
            "tier_config": tier_config,
        }
        return self._driver.send(PROGRAMS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Program]:
        """Programs, newest first; this is the first page, iterate all of them.

        ``limit`` is the size of a page, 1 to 100; ``starting_after`` and ``ending_before``
        are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one page ahead.

        Source: our choice.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        return Page.fetch(self._driver, PROGRAMS.list({}, window))
