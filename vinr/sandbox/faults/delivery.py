"""How an answer reaches the caller, or fails to."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..api.messages import Response

Ending = Literal["whole", "half", "closed", "reset", "garbage"]


class Delivery(NamedTuple):
    """What a door is to do with a request: the answer, and how much of it arrives."""

    ending: Ending
    response: Response | None = None
    """What ``whole`` and ``half`` send; of others, what the caller never saw."""
