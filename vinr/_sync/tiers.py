# Generated from vinr/_async/tiers.py; do not edit.
"""``client.tiers``: the steps that members climb, in the reference's dialect."""

from __future__ import annotations

from collections.abc import Sequence

from .._calls.pages import Window
from .._calls.tiers import TIERS
from .._keywords import names_near_keywords
from .._models.linked import Tier
from .driver import Driver
from .pages import Page


@names_near_keywords
class Tiers:
    """Make, look up and change tiers; the guide has them inside a program.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
        self,
        *,
        name: str,
        min_points: int,
        benefits: Sequence[str] | None = None,
        program: str | None = None,
        idempotency_key: str | None = None,
    ) -> Tier:
        """Makes a tier that members belong to from ``min_points`` lifetime points on.

        ``benefits`` is what its members have, in your words; ``program`` is the default one if left
        out.

        Source: VINR's reference; ``program`` is inferred.
        """
        new = {"name": name, "min_points": min_points, "benefits": benefits, "program": program}
        return self._driver.send(TIERS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Tier:
        """The tier by its id, ``tier_…``.

        Source: VINR's reference.
        """
        return self._driver.send(TIERS.retrieve(id))

    def update(
        self,
        id: str,
        *,
        name: str | None = None,
        min_points: int | None = None,
        benefits: Sequence[str] | None = None,
        idempotency_key: str | None = None,
    ) -> Tier:
        """Changes a tier. Parameters that are left out stay as they are.

        ``min_points`` is in lifetime points; ``benefits`` takes the place of the whole list.

        Source: VINR's reference.
        """
        changes = {"name": name, "min_points": min_points, "benefits": benefits}
        return self._driver.send(TIERS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Tier]:
        """Tiers, lowest first; this is the first page, iterate all of them.

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
        return Page.fetch(self._driver, TIERS.list({}, window))
