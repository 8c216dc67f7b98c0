"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from .invocation import invocation
from .output import chosen_format

ItemT = TypeVar("ItemT")


def tracked(items: Iterable[ItemT], description: str, total: int | None = None) -> Iterator[ItemT]:
    """The items, one by one, with a bar that shows how many have been taken.

    Where each one is written to the same terminal there is no bar.
    """
    rows_between = sys.stdout.isatty() and chosen_format() != "table"
    if invocation().quiet or rows_between or not sys.stderr.isatty():
        return iter(items)
    from rich.console import Console  # noqa: PLC0415 - only where a bar is shown
    from rich.progress import track  # noqa: PLC0415 - likewise

    console = Console(stderr=True)
    return iter(track(items, description, total, console=console, transient=True))
