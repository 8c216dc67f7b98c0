"""Lists: which part of one is asked for, and the cursor of its next page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Generic, TypedDict

from .._models.envelope import Envelope, ItemT
from ..errors import PaginationError
from . import checks
from .call import Call, Query

_CURSORS: Final = frozenset({"starting_after", "ending_before"})


class Window(TypedDict, total=False):
    """Which part of a list is asked for, and how the caller wants to read it."""

    limit: int | None
    """Items a page, 1 to 100; VINR's default where it is left out."""
    starting_after: str | None
    """A cursor: go on behind it, towards older items."""
    ending_before: str | None
    """A cursor: go on before it, towards newer items."""
    max_items: int | None
    """Iteration ends after so many items."""
    prefetch: int
    """1: the next page is fetched while the caller works on this one."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[ItemT]):
    """The call for one page of a list, with how far and how eagerly to read on."""

    call: Call[Envelope[ItemT]]
    max_items: int | None = None
    prefetch: int = 0
    number: int = 1
    """Of this page in its iteration, 1 for the first."""
    seen: dict[str, int] = field(default_factory=dict[str, int])
    """Each cursor of this iteration with the number of its page, to notice a repeated one."""

    def restarted(self) -> Listing[ItemT]:
        """The same page as the first of a new iteration."""
        return replace(self, number=1, seen={})

    def next_cursor(self, page: Envelope[ItemT]) -> str | None:
        """Where the list goes on behind this page: the guide's cursor, else the last item's id.

        None at the end of the list; PaginationError where neither is there.
        """
        if not has_more(page):
            return None
        if page.page and page.page.next_cursor:
            return page.page.next_cursor
        if not page.page and page.data:
            return _id_of(page.data[0 if self._direction == "ending_before" else -1])
        raise PaginationError(
            f"{self.call.operation}: the list says that it has more but gives no cursor;"
            " what was read so far is whole, list on from its last item later"
        )

    def after(self, page: Envelope[ItemT]) -> Listing[ItemT] | None:
        """The listing of the page behind this one; None at the end of the list.

        Raises PaginationError where the list does not say where it goes on, or repeats itself.
        """
        cursor = self.next_cursor(page)
        if cursor is None:
            return None
        number = self.number + 1
        if cursor == self._cursor or self.seen.setdefault(cursor, number) != number:
            raise PaginationError(
                f"{self.call.operation}: the list goes in a circle, its cursor came before;"
                " what was read so far is whole, list on from its last item later"
            )
        kept = (pair for pair in self.call.query if pair[0] not in _CURSORS)
        query = (*kept, (self._direction, cursor))
        call = replace(self.call, query=query)
        return Listing(call, self.max_items, self.prefetch, number, self.seen)

    @property
    def _cursor(self) -> str | None:
        return next((value for name, value in self.call.query if name in _CURSORS), None)

    @property
    def _direction(self) -> str:
        return next((name for name, _ in self.call.query if name in _CURSORS), "starting_after")


def listing(
    operation: str, path: str, page: type[Envelope[ItemT]], query: Query, window: Window
) -> Listing[ItemT]:
    """The first page of a list."""
    max_items = checks.whole_number("max_items", window.get("max_items"), 0)
    prefetch = checks.whole_number("prefetch", window.get("prefetch", 0), 0)
    call = Call(
        operation=operation,
        method="GET",
        path=path,
        result=page,
        query=(*query, *_window_query(window)),
    )
    return Listing(call, max_items, prefetch or 0)


def has_more(page: Envelope[ItemT]) -> bool:
    """What either envelope says of further pages."""
    return page.page.has_more if page.page else bool(page.has_more)


def _window_query(window: Window) -> Query:
    limit = checks.limit(window.get("limit"))
    cursor = checks.cursor(window.get("starting_after"), window.get("ending_before"))
    size = () if limit is None else (("limit", str(limit)),)
    return (*size, *cursor.items())


def _id_of(item: object) -> str:
    return str(getattr(item, "id"))  # noqa: B009  # Model has no id of its own, its lists' items do
