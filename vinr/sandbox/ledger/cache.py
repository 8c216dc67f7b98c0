"""What was read from the store and is still valid, so that not every unit of work reads it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..programs import Program

if TYPE_CHECKING:
    from .store import Version


@dataclass(slots=True)
class LedgerCache:
    """Valid for one version of the store: until another process writes, or a write is undone."""

    version: Version
    programs: dict[str, Program] = field(default_factory=dict[str, Program])
    """The programs that were read so far, by their ids."""
    next_scheduled: float | None = None
    """Unix seconds before which nothing is scheduled; None where that has to be read."""

    def schedule(self, time: float) -> None:
        """Note that something was scheduled for ``time``."""
        self.next_scheduled = min(
            time, math.inf if self.next_scheduled is None else self.next_scheduled
        )
