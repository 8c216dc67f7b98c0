"""The attempts that are still to be made to one endpoint, in the order in which they are due."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from ..event_log import Event
from .delivery import Delivery
from .endpoint import Endpoint

RETRY_SECONDS: Final = (60, 5 * 60, 30 * 60, 2 * 60 * 60, 24 * 60 * 60)
"""How long after each failed attempt the next one is due.

Source: VINR's guide.
"""


@dataclass(order=True, slots=True)
class Attempt:
    """An attempt that is to be made; attempts are ordered by when they are due."""

    at: float
    """Unix seconds on the sandbox's clock."""
    sequence: int
    event: Event = field(compare=False)
    number: int = field(compare=False, default=1)
    """1 for the first attempt to deliver the event."""


class Outbox:
    """The queue of one endpoint. Not safe for threads: Outboxes has one lock for all of them."""

    def __init__(self, endpoint: Endpoint, last_event: int) -> None:
        """``last_event`` is the sequence number after which events are delivered."""
        self.endpoint = endpoint
        self.last_event: int = last_event
        self.claimed = False
        """Whether somebody is sending from it; attempts to one endpoint are made one by one."""
        self._closed = False
        self._attempts: list[Attempt] = []
        self._sequence = count()

    def add(self, events: Sequence[Event], last_event: int) -> None:
        """Queue the events that the endpoint takes."""
        self.last_event = last_event
        endpoint = self.endpoint
        taken = [event for event in events if endpoint.takes(event.type)]
        if endpoint.doubled:
            taken = [event for event in taken for _ in range(2)]
        newest = max((event.created.timestamp() for event in taken), default=0)
        for event in reversed(taken) if endpoint.out_of_order else taken:
            at = newest if endpoint.out_of_order else event.created.timestamp()
            self._push(Attempt(at, next(self._sequence), event))

    def has_due(self, now: float) -> bool:
        """Whether an attempt is due."""
        return bool(self._attempts) and self._attempts[0].at <= now

    def take_due(self, now: float) -> Attempt | None:
        """Take the next attempt that is due out of the queue."""
        return heapq.heappop(self._attempts) if self.has_due(now) else None

    def put_back(self, attempt: Attempt) -> None:
        """Queue an attempt again that was not made."""
        if not self._closed:
            self._push(attempt)

    def schedule_retry(self, attempt: Attempt, delivery: Delivery) -> None:
        """Queue the next attempt after one that failed, unless it was the last one."""
        if self._closed or delivery.succeeded or attempt.number > len(RETRY_SECONDS):
            return
        at = attempt.at + RETRY_SECONDS[attempt.number - 1]
        self._push(Attempt(at, next(self._sequence), attempt.event, attempt.number + 1))

    def close(self) -> None:
        """Drop all attempts, and those that are put back later."""
        self._closed = True
        self._attempts.clear()

    def _push(self, attempt: Attempt) -> None:
        heapq.heappush(self._attempts, attempt)
