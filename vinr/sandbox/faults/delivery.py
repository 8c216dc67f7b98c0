"""How an answer reaches the caller, or fails to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..api.messages import Response

Ending = Literal["whole", "half", "closed", "reset", "garbage"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a door is to do with a request: the answer, and how much of it arrives."""

    ending: Ending
    response: Response | None = None
    """What ``whole`` and ``half`` send; of others, what the caller never saw."""
