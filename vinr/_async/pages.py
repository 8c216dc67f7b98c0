"""One page of a list, and the iteration over all of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Generic, overload

from typing_extensions import TypeVar

from .._calls.pages import Listing, has_more
from .._models.envelope import Envelope
from .._models.html_table import html_table
from .._models.model import Model
from .._models.response import LastResponse
from ._concurrency import AsyncPrefetch
from .driver import AsyncDriver

ItemT = TypeVar("ItemT", bound=Model, covariant=True)
FetchedT = TypeVar("FetchedT", bound=Model)


class AsyncPage(Generic[ItemT]):
    """A page of a list, newest first; iterate it for the items of this and all later pages.

    Source: VINR's guide, pagination.
    """

    def __init__(
        self, driver: AsyncDriver, listing: Listing[ItemT], envelope: Envelope[ItemT]
    ) -> None:
        self._driver = driver
        self._listing = listing
        self._envelope = envelope

    @property
    def data(self) -> list[ItemT]:
        """The items of this page."""
        return self._envelope.data

    @property
    def has_more(self) -> bool:
        """Whether VINR says that there are further pages."""
        return has_more(self._envelope)

    @property
    def next_cursor(self) -> str | None:
        """Where the list goes on; pass it as ``starting_after`` to resume later."""
        return self._listing.next_cursor(self._envelope)

    @property
    def total_estimate(self) -> int | None:
        """About how many items the whole list has, where VINR says so.

        Source: VINR's guide.
        """
        return self._envelope.page.total_estimate if self._envelope.page else None

    @property
    def last_response(self) -> LastResponse:
        """The response this page came in."""
        return self._envelope.last_response

    async def next_page(self) -> AsyncPage[ItemT] | None:
        """The page behind this one; None at the end of the list.

        Raises:
            PaginationError: The list repeats a cursor, or says that there is more and not where.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: VINR's guide for the cursors; that a repeated one raises is our choice.
        """
        listing = self._following()
        return None if listing is None else await fetch(self._driver, listing)

    def _following(self) -> Listing[ItemT] | None:
        return self._listing.after(self._envelope)

    async def pages(self) -> AsyncGenerator[AsyncPage[ItemT]]:
        """This page and all behind it.

        With ``prefetch=1`` the next one is fetched while you work on this one.

        Raises:
            PaginationError: The list repeats a cursor, or says that there is more and not where.
            VinrError: The call failed: no connection, a refusal, an answer that cannot be read.

        Source: our choice.
        """
        page: AsyncPage[ItemT] | None
        page = AsyncPage(self._driver, self._listing.restarted(), self._envelope)
        left = self._listing.max_items
        while page is not None:
            left = None if left is None else left - len(page)
            wanted = left is None or left > 0
            prefetch: AsyncPrefetch[AsyncPage[ItemT] | None] | None
            prefetch = AsyncPrefetch(page.next_page) if self._listing.prefetch and wanted else None
            try:
                yield page
                if prefetch is not None:
                    page = await prefetch.result()
                    continue
                following = page._following() if wanted else None  # noqa: SLF001  # a page too
                page = None  # before the next one comes: two at a time make the collector busy
                if following is not None:
                    page = await fetch(self._driver, following)
            finally:
                if prefetch is not None:
                    await prefetch.abandon()

    def __aiter__(self) -> AsyncGenerator[ItemT]:
        return items_of(self.pages(), self._listing.max_items)

    def __len__(self) -> int:
        return len(self._envelope.data)

    @overload
    def __getitem__(self, index: int) -> ItemT: ...
    @overload
    def __getitem__(self, index: slice) -> list[ItemT]: ...
    def __getitem__(self, index: int | slice) -> ItemT | list[ItemT]:
        """The item, or items, of this page alone: ``page[0]`` is ``page.data[0]``."""
        return self._envelope.data[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)} items, has_more={self.has_more}>"

    def _repr_html_(self) -> str:
        """A table of this page's items, in a notebook."""
        return html_table(self.data)


async def fetch(driver: AsyncDriver, listing: Listing[FetchedT]) -> AsyncPage[FetchedT]:
    """One request, one page."""
    return AsyncPage(driver, listing, await driver.send(listing.call))


async def items_of(
    pages: AsyncGenerator[AsyncPage[ItemT]], most: int | None
) -> AsyncGenerator[ItemT]:
    """The items of pages one after the other, and no more than ``most``."""
    async with aclosing(pages):
        async for page in pages:
            items = page.data if most is None else page.data[:most]
            for item in items:
                yield item
            most = None if most is None else most - len(items)
            del page, items  # before the next page comes
