"""From pages to their items. Written by hand in both packages: a thread has a faster way."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Protocol, TypeVar

ItemT = TypeVar("ItemT", covariant=True)


class _Page(Protocol[ItemT]):
    @property
    def data(self) -> Sequence[ItemT]: ...


async def items_of(pages: AsyncGenerator[_Page[ItemT]], most: int | None) -> AsyncGenerator[ItemT]:
    """The items of pages one after the other, and no more than ``most``."""
    async with aclosing(pages):
        async for page in pages:
            items = page.data if most is None else page.data[:most]
            for item in items:
                yield item
            most = None if most is None else most - len(items)
            del page, items  # before the next page comes
