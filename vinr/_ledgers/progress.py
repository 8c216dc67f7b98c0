"""How far a long reading is, for a progress bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

OnProgress: TypeAlias = Callable[[int, int | None], object]
"""Called with how many were read so far, and about how many there are where VINR says so."""
