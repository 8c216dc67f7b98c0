"""Pages: a list's parameters into a window, its rows into an envelope."""

from collections.abc import Callable
from typing import TypeVar

from ...ledger.listing import Page, Window
from ...refusal import Refusal
from ..dialects import Dialect
from ..parameters.base import ListParameters
from ..render import Json

T = TypeVar("T")


def window(parameters: ListParameters, key_of: Callable[[str], str]) -> Window:
    """The window that the parameters ask for; ``key_of`` takes the prefix off a cursor."""
    after, before = parameters.starting_after, parameters.ending_before
    if after is not None and before is not None:
        raise Refusal(
            "parameter_invalid",
            "starting_after and ending_before cannot be given together.",
            param="ending_before",
        )
    return Window(
        parameters.limit,
        None if after is None else key_of(after),
        None if before is None else key_of(before),
    )


def envelope(dialect: Dialect, page: Page[T], render: Callable[[T], Json]) -> Json:
    """A page of rows as a page of objects in a dialect's envelope."""
    rows = [render(row) for row in page.rows]
    return dialect.page(Page(rows, page.has_more, page.total, page.backwards))
