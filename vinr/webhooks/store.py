"""``EventStore``: what a receiver needs of a store that knows which events were handled."""

from __future__ import annotations

import math
from typing import Final, Literal, Protocol, TypeAlias

from ..errors import InvalidRequestError

Claim: TypeAlias = Literal["claimed", "in_work", "handled"]
"""``claimed``: the caller has it now. ``in_work``: somebody else has. ``handled``: it is done."""

KEEP: Final = 30 * 24 * 60 * 60.0
"""Seconds; 30 days, far longer than VINR tries to deliver an event."""


class EventStore(Protocol):
    """Event ids, each in work or handled. Every method is atomic, and is called from any thread.

    A store of your own has these three methods; ``AsyncWebhookReceiver`` calls them in a thread.
    """

    def claim(self, event_id: str, token: str, lease: float) -> Claim:
        """Take an event that nobody has, or whose claim is older than its lease.

        ``token`` is the claim's own; ``lease`` is the seconds after which others may claim the
        event, because whoever has it must have died.
        """
        ...

    def complete(self, event_id: str) -> None:
        """Note that the event is handled, whoever claimed it."""
        ...

    def release(self, event_id: str, token: str) -> None:
        """Give the claim with this token back; nothing happens where others claimed it since."""
        ...


def seconds(name: str, value: float) -> float:
    """A time that is longer than nothing, and ends."""
    if isinstance(value, bool) or not 0 < value < math.inf:
        raise InvalidRequestError(f"{name} must be a number of seconds above 0", param=name)
    return value
