"""What ``list(…)`` of an async client gives: awaited for the first page, or iterated at once."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from typing import Any, Generic, NoReturn

from .._calls.pages import Listing
from .driver import AsyncDriver
from .pages import AsyncPage, FetchedT, ItemT, items_of
from .pages import fetch as fetch_page


class AsyncPaginator(Generic[ItemT]):
    """A list that is not fetched yet: await it for its first page, or iterate all its items.

    Example:
        ```python
        page = await client.loyalty.accounts.list(limit=20)  # one request
        async for member in client.loyalty.accounts.list():  # every page, one after the other
            print(member.id)
        ```

    Source: our choice.
    """

    def __init__(self, driver: AsyncDriver, listing: Listing[ItemT]) -> None:
        self._driver = driver
        self._listing = listing

    def __bool__(self) -> NoReturn:
        """TypeError: whether a list has items is known when its first page is there."""
        raise TypeError("await the list for its first page, or iterate it: nothing is fetched yet")

    def __await__(self) -> Generator[Any, None, AsyncPage[ItemT]]:
        return fetch_page(self._driver, self._listing).__await__()

    def __aiter__(self) -> AsyncGenerator[ItemT]:
        return items_of(self.pages(), self._listing.max_items)

    async def pages(self) -> AsyncGenerator[AsyncPage[ItemT]]:
        """Every page of the list.

        Raises:
            VinrError: A page did not come, or the list does not end (PaginationError).

        Source: our choice.
        """
        async with aclosing((await self).pages()) as pages:
            async for page in pages:
                yield page
                del page  # before the next one comes


def fetch(driver: AsyncDriver, listing: Listing[FetchedT]) -> AsyncPaginator[FetchedT]:
    """Sends nothing yet; in blocking code the function of this name gives the first page."""
    return AsyncPaginator(driver, listing)
