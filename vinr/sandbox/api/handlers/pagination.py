"""Pages: from a list's parameters to a window, and from rows to an envelope."""

from collections.abc import Callable
from typing import TypeVar

from ...dialects.dialect import Dialect
from ...dialects.render import Json
from ...ledger.pagination import Page, PageWindow
from ...parameters.base import ListParameters
from ...refusal import Refusal

T = TypeVar("T")


def window(parameters: ListParameters, key_of: Callable[[str], str]) -> PageWindow:
    """The window of the parameters; ``key_of`` removes the prefix of a cursor."""
    after, before = parameters.starting_after, parameters.ending_before
    if after is not None and before is not None:
        raise Refusal(
            "parameter_invalid",
            "starting_after and ending_before cannot be given together.",
            param="ending_before",
        )
    return PageWindow(
        parameters.limit,
        None if after is None else key_of(after),
        None if before is None else key_of(before),
    )


def envelope(dialect: Dialect, page: Page[T], render: Callable[[T], Json]) -> Json:
    """A page of rows as a page of objects, in a dialect's envelope."""
    rows = [render(row) for row in page.rows]
    return dialect.page(Page(rows, page.has_more, page.total, page.backwards))
