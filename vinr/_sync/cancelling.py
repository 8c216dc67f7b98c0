"""Cancellation where it does no harm. Written by hand in both packages: here there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def to_its_end(work: Callable[[], None]) -> None:
    """Nothing comes between."""
    work()


def at_waits(work: T) -> T:
    """The same: Ctrl-C is raised wherever it comes."""
    return work
