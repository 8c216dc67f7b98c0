"""What was read from the store and is still valid, so that not every unit of work reads it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..programs import Program

if TYPE_CHECKING:
    from .earning_rules import EarningRule
    from .store import Version


@dataclass(slots=True)
class LedgerCache:
    """Valid for one version of the store: until another process writes, or a write is undone."""

    version: Version
    programs: dict[str, Program] = field(default_factory=dict[str, Program])
    """The programs that were read so far, by their ids."""
    earning_rules: dict[str, Sequence[EarningRule]] = field(
        default_factory=dict[str, "Sequence[EarningRule]"]
    )
    """All earning rules of each program that was read so far, active or not."""
    deleted_customers: set[str] | None = None
    """The ids of customers who were deleted; None where they have to be read."""
    next_scheduled: float | None = None
    """Unix seconds before which nothing is scheduled; None where that has to be read."""

    def schedule(self, time: float) -> None:
        """Note that something was scheduled for ``time``."""
        self.next_scheduled = min(
            time, math.inf if self.next_scheduled is None else self.next_scheduled
        )
