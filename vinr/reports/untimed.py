"""Entries that do not say when they were written: a report names them, and guesses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from .entries import Entry

_MOST_IDS: Final = 100


@dataclass(frozen=True, slots=True)
class Untimed:
    """Entries without a time; they are in no period."""

    entries: int = 0
    """How many there are."""
    points: int = 0
    """Their points together, signed."""
    ids: tuple[str, ...] = ()
    """Of the first hundred."""


@dataclass(slots=True)
class UntimedTally:
    """Counts them, in constant memory."""

    entries: int = 0
    points: int = 0
    ids: list[str] = field(default_factory=list[str])

    def add(self, entry: Entry) -> None:
        """One entry more."""
        self.entries += 1
        self.points += entry.points
        if len(self.ids) < _MOST_IDS:
            self.ids.append(entry.id)

    def include(self, other: UntimedTally) -> None:
        """All entries that another tally has counted."""
        self.entries += other.entries
        self.points += other.points
        self.ids += other.ids[: _MOST_IDS - len(self.ids)]

    def total(self) -> Untimed:
        """What was counted."""
        return Untimed(self.entries, self.points, tuple(self.ids))
