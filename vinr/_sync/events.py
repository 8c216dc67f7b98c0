# Generated from vinr/_async/events.py; do not edit.
"""``client.events``: what happened, in both dialects."""

from __future__ import annotations

from datetime import datetime

from .._calls import events as calls
from .._calls.events import EVENTS
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.event import Event
from .driver import Driver
from .pages import Page


@names_near_keywords
class Events:
    """Read what happened, also what no webhook brought; events are immutable.

    Every method raises InvalidRequestError for arguments that VINR could only refuse, before
    anything is sent, and one of the other VinrErrors where the call fails.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def retrieve(self, id: str) -> Event:
        """The event by its id, ``evt_…``: the same as a webhook brought.

        Source: VINR's reference.
        """
        return self._driver.send(EVENTS.retrieve(id))

    def list(
        self,
        *,
        type: str | None = None,
        created_gte: datetime | None = None,
        created_lt: datetime | None = None,
        limit: int | None = None,
        starting_after: str | None = None,
        ending_before: str | None = None,
        max_items: int | None = None,
        prefetch: int = 0,
    ) -> Page[Event]:
        """Events, newest first; this is the first page, iterate all of them.

        ``type`` is one such as ``loyalty.points.earned``. ``created_gte`` and ``created_lt`` are
        aware datetimes: what happened from the one on, and before the other; VINR's times are
        whole seconds. ``limit`` is the size of a page, 1 to 100; ``starting_after`` and
        ``ending_before`` are cursors; ``max_items`` ends the iteration; ``prefetch=1`` fetches one
        page ahead.

        Source: VINR's reference; ``created_lt``, and how both are written in the query
        (``created[gte]=…``), are inferred.
        """
        window = Window(
            limit=limit,
            starting_after=starting_after,
            ending_before=ending_before,
            max_items=max_items,
            prefetch=prefetch,
        )
        listing = calls.list_(
            type=type, created_gte=created_gte, created_lt=created_lt, window=window
        )
        return Page.fetch(self._driver, listing)
