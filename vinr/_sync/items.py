"""From pages to their items. Written by hand in both packages: a thread has a faster way."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Protocol, TypeVar

ItemT = TypeVar("ItemT", covariant=True)


class _Page(Protocol[ItemT]):
    @property
    def data(self) -> Sequence[ItemT]: ...


def items_of(pages: Generator[_Page[ItemT]], most: int | None) -> Generator[ItemT]:
    """The items of pages one after the other, and no more than ``most``."""
    with closing(pages):
        for page in pages:
            items = page.data if most is None else page.data[:most]
            yield from items
            most = None if most is None else most - len(items)
            del page, items  # before the next page comes
