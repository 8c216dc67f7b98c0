"""``client.events``: what happened, in both dialects."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime

from .._calls import events as calls
from .._calls.events import EVENTS
from .._calls.pages import Window
from .._keywords import names_near_keywords
from .._models.event import Event
from ..errors import NotFoundError
from .driver import AsyncDriver
from .paginator import AsyncPaginator, fetch


@names_near_keywords
class AsyncEvents:
    """Read what happened, also what no webhook brought; events are immutable.

    Source: VINR's reference.
    """

    def __init__(self, driver: AsyncDriver) -> None:
        self._driver = driver

    async def retrieve(self, id: str) -> Event:
        """The event by its id: the same as a webhook brought.

        Args:
            id: ``evt_…``.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            NotFoundError: There is no such object, or not for this key.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's reference.
        """
        return await self._driver.send(EVENTS.retrieve(id))

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
    ) -> AsyncPaginator[Event]:
        """Events, newest first; await it for the first page, or iterate all of them.

        VINR's times are whole seconds.

        Args:
            type: One such as ``loyalty.points.earned``; all if left out.
            created_gte: What happened from then on, an aware datetime.
            created_lt: What happened before then, an aware datetime.
            limit: Size of a page, 1 to 100; VINR's own if left out.
            starting_after: An id: the list goes on behind it.
            ending_before: An id: what stands before it in the list.
            max_items: Ends the iteration after so many.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            VinrError: A page did not come, or the list does not end (PaginationError).

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
        return fetch(self._driver, listing)

    def catch_up(
        self,
        *,
        since: str | datetime | None,
        type: str | Sequence[str] | None = None,
        limit: int = 100,
        prefetch: int = 0,
    ) -> AsyncGenerator[Event]:
        """Events from ``since`` up to now, the oldest first, each once: what webhooks missed.

        What happens meanwhile is in it, or after its last event. One page is in memory at a time,
        with ``prefetch`` two. From a time on the list is read twice, since VINR lists the newest
        first.

        Args:
            since: The id of the last event that you have handled: the events behind it follow, also
                those of the same second. Or an aware datetime: what happened from then on. None:
                all that VINR keeps.
            type: One type, or several; all if left out.
            limit: Size of a page, 1 to 100.
            prefetch: 1 fetches the next page while you work on this one.

        Raises:
            InvalidRequestError: An argument that VINR could only refuse; nothing was sent.
            PaginationError: VINR does not have the event of the cursor. Start from a time then, and
                leave out what you have handled.
            VinrError: A page did not come.

        Example:
            ```python
            async for event in client.events.catch_up(since=None, type="loyalty.account.created"):
                cursor = event.id  # store it, once the event is handled
            ```

        Source: our choice, on the reference's list of events.
        """
        wanted = calls.catch_up(since, type)
        window = Window(limit=limit, prefetch=prefetch)
        calls.list_(type=wanted.type, created_gte=None, created_lt=None, window=window)
        return self._catch_up(wanted, limit, prefetch)

    async def _catch_up(
        self, wanted: calls.CatchUp, limit: int, prefetch: int
    ) -> AsyncGenerator[Event]:
        cursor = wanted.cursor
        if cursor is not None:
            try:  # a list that does not know its cursor need not say so
                await self.retrieve(cursor)
            except NotFoundError:
                raise wanted.unknown_cursor() from None
        else:
            oldest: Event | None = None
            async for event in self.list(
                type=wanted.type, created_gte=wanted.from_time, limit=limit, prefetch=prefetch
            ):
                oldest = event
            if oldest is None:
                return
            if wanted.wants(oldest):
                yield oldest
            cursor = oldest.id
        newer = self.list(type=wanted.type, ending_before=cursor, limit=limit, prefetch=prefetch)
        async with aclosing(newer.pages()) as pages:
            async for page in pages:
                for event in reversed(page.data):
                    if wanted.wants(event):
                        yield event
