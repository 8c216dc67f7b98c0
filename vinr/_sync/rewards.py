# Generated from vinr/_async/rewards.py; do not edit.
"""``client.rewards``: what points buy, in the reference's dialect."""

from __future__ import annotations

from .._calls.pages import Window
from .._calls.rewards import REWARDS
from .._keywords import names_near_keywords
from .._models.reward import Reward
from .driver import Driver
from .pages import Page


@names_near_keywords
class Rewards:
    """Make, look up and change rewards.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def create(
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

        ``type`` is ``discount`` or ``item``; ``value`` is what it is worth, in a form that the
        reference does not say; ``program`` is the default one if left out.

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
        return self._driver.send(REWARDS.create(new, idempotency_key))

    def retrieve(self, id: str) -> Reward:
        """The reward by its id, ``rwd_…``.

        Source: VINR's reference.
        """
        return self._driver.send(REWARDS.retrieve(id))

    def update(
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
        """Changes a reward; ``active=False`` withdraws it.

        Parameters that are left out stay as they are.

        ``points_cost`` is in points.

        Source: VINR's reference.
        """
        changes = {
            "name": name,
            "points_cost": points_cost,
            "type": type,
            "value": value,
            "active": active,
        }
        return self._driver.send(REWARDS.update(id, changes, idempotency_key))

    def list(
        self,
        *,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Reward]:
        """Rewards, newest first; this is the first page, iterate all of them.

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
        return Page.fetch(self._driver, REWARDS.list({}, window))
