"""What is measured of every library that can do it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from .roster import Library

Unit = Literal["call", "item"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One column: some work, under some conditions, so many rounds of it."""

    name: str
    title: str
    work: str
    """``get``, ``post`` or ``items``, with ``async-`` before it for tasks."""
    rounds: int
    in_flight: int = 1
    delay: int = 0
    """Milliseconds of server time."""
    items: int = 0
    """For ``items``: the length of the list."""
    options: dict[str, int] = field(default_factory=dict[str, int])
    pause: float = 0.0
    """For ``items``: seconds that the reader takes for a page."""
    only: str | None = None
    """The one library that can do it."""

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return "item" if self.items else "call"

    def fits(self, library: Library) -> bool:
        """Whether the library can do it."""
        if self.only is not None and library.name != self.only:
            return False
        kind = library.tasks if self.work.startswith("async-") else library.threads
        return kind and (library.lists or not self.items)


def _reader(name: str, work: str, prefetch: int) -> Measure:
    title = f"10,000 items, 20 ms of server and 20 ms of reader a page, prefetch={prefetch}"
    return Measure(
        name,
        title,
        work,
        rounds=3,
        delay=20,
        items=10_000,
        options={"prefetch": prefetch},
        pause=0.02,
        only="vinr",
    )


CALLS: Final = (
    Measure("get", "GET, in a thread", "get", 25),
    Measure("post", "POST, in a thread", "post", 25),
    Measure("async-get", "GET, in a task", "async-get", 25),
    Measure("async-post", "POST, in a task", "async-post", 25),
)
CONCURRENCY: Final = (
    Measure("tasks-1", "1 task", "async-get", 9),
    Measure("tasks-10", "10 tasks", "async-get", 9, in_flight=10),
    Measure("tasks-100", "100 tasks", "async-get", 9, in_flight=100),
    Measure("threads-64", "64 threads", "get", 9, in_flight=64),
)
PAGES: Final = (
    Measure("10k", "10,000 items", "items", 15, items=10_000),
    Measure("async-10k", "10,000 items, in a task", "async-items", 15, items=10_000),
    Measure("100k", "100,000 items", "items", 3, items=100_000),
    Measure("10k-20ms", "10,000 items, 20 ms a page", "items", 3, delay=20, items=10_000),
    Measure("100k-20ms", "100,000 items, 20 ms a page", "items", 1, delay=20, items=100_000),
)
PREFETCH: Final = (
    _reader("reader-0", "items", 0),
    _reader("reader-1", "items", 1),
    _reader("async-reader-0", "async-items", 0),
    _reader("async-reader-1", "async-items", 1),
)
FULL: Final = (*CALLS, *CONCURRENCY, *PAGES, *PREFETCH)
QUICK: Final = (
    *(replace(measure, rounds=15) for measure in CALLS),
    *(replace(measure, rounds=5) for measure in (*CONCURRENCY[2:], *PAGES[:2])),
)
