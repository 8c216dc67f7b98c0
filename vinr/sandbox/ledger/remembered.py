"""What was read from the store and still holds, so that it need not be read in every unit."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..programs import Program
    from .store import Version


@dataclass(slots=True)
class Remembered:
    """Holds for one version of the store: nobody else wrote, nothing was undone."""

    version: Version
    programs: dict[str, Program] = field(default_factory=dict[str, "Program"])
    """Those read so far."""
    next_due: float | None = None
    """Unix seconds before which nothing happens by itself; None where that has to be read."""

    def scheduled(self, moment: float) -> None:
        """Something will happen then."""
        self.next_due = min(moment, math.inf if self.next_due is None else self.next_due)
