"""One fetch that runs ahead of its reader. Written by hand in both packages."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Starts the fetch at once, in a thread of its own."""

    def __init__(self, fetch: Callable[[], T]) -> None:
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vinr-prefetch")
        self._future = thread.submit(fetch)
        thread.shutdown(wait=False)

    def result(self) -> T:
        """What was fetched, or the error that it ended in."""
        return self._future.result()

    def abandon(self) -> None:
        """Nobody reads on; a fetch that runs already ends by its own time-out."""
        self._future.cancel()
