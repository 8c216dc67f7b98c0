"""What differs between tasks and threads, and so is written by hand in ``_async`` and ``_sync``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T]) -> T:
    """Runs it here: there is no event loop to hold up."""
    return work()


def together(calls: Sequence[Callable[[], T]]) -> Sequence[T]:
    """The results of calls that run side by side in threads; the first error is raised."""
    if len(calls) == 1:
        return [calls[0]()]
    with ThreadPoolExecutor(max(1, len(calls)), "vinr-ledgers") as executor:
        futures = [executor.submit(copy_context().run, call) for call in calls]
        return [future.result() for future in futures]
