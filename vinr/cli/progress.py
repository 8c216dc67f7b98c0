"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from .invocation import invocation
from .output import chosen_format

if TYPE_CHECKING:
    from ..bulk import Progress

ItemT = TypeVar("ItemT")


def tracked(items: Iterable[ItemT], description: str, total: int | None = None) -> Iterator[ItemT]:
    """The items, one by one, with a bar that shows how many have been taken.

    Where each one is written to the same terminal there is no bar.
    """
    rows_between = sys.stdout.isatty() and chosen_format() != "table"
    if invocation().quiet or rows_between or not sys.stderr.isatty():
        return iter(items)
    from rich.console import Console  # noqa: PLC0415 - only where a bar is shown
    from rich.progress import track  # noqa: PLC0415 - only where a bar is shown

    console = Console(stderr=True)
    return iter(track(items, description, total, console=console, transient=True))


@contextmanager
def reading(description: str) -> Generator[Callable[[int, int | None], None] | None]:
    """A bar for what says itself how far it is, by the function that the block gets."""
    if invocation().quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only where a bar is shown
    from rich.progress import Progress as Bar  # noqa: PLC0415 - only where a bar is shown

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(description, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def progress_bar(description: str) -> Generator[Callable[[Progress], object] | None]:
    """What bulk work tells its progress to; None where no bar is shown."""
    with reading(description) as tell:
        yield None if tell is None else lambda now: tell(now.settled, now.rows)
