"""The outboxes of all endpoints, safe for threads. Nothing is sent while the lock is held."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from ..clock import Clock
from ..event_log import events_after
from ..ledger.ledger import Ledger
from .delivery import Delivery
from .endpoint import Endpoint
from .outbox import Attempt, Outbox


class Outboxes:
    """Fills outboxes with new events, hands out attempts that are due, and records deliveries."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._by_endpoint: dict[Endpoint, Outbox] = {}
        self._deliveries: list[Delivery] = []
        self._lock = Lock()

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """All endpoints."""
        return list(self._by_endpoint)

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Every attempt so far."""
        return list(self._deliveries)

    def add(self, endpoint: Endpoint) -> None:
        """Add an empty outbox, for events from now on; it replaces the endpoint's old one."""
        with self._lock:
            self._replace(endpoint)

    def clear(self) -> None:
        """Delete all outboxes."""
        with self._lock:
            for outbox in self._by_endpoint.values():
                outbox.close()
            self._by_endpoint.clear()

    def restart(self) -> None:
        """Replace all outboxes by empty ones, for events from now on."""
        with self._lock:
            for endpoint in self._by_endpoint:
                self._replace(endpoint)

    def claim_due(self) -> Sequence[Outbox]:
        """The outboxes with attempts that are due and that nobody else is sending from.

        Each has to be released when nothing in it is due any more.
        """
        with self._lock:
            for outbox in self._by_endpoint.values():
                events, newest = events_after(self._ledger, outbox.last_event)
                outbox.add(events, newest)
            now = self._clock.time()
            claimed = [
                outbox
                for outbox in self._by_endpoint.values()
                if outbox.has_due(now) and not outbox.claimed
            ]
            for outbox in claimed:
                outbox.claimed = True
            return claimed

    def release(self, outbox: Outbox) -> None:
        """Let others send from an outbox."""
        with self._lock:
            outbox.claimed = False

    def take_due(self, outbox: Outbox) -> Attempt | None:
        """Take the next attempt that is due out of an outbox."""
        with self._lock:
            return outbox.take_due(self._clock.time())

    def put_back(self, outbox: Outbox, attempt: Attempt) -> None:
        """Queue an attempt again that was given up."""
        with self._lock:
            outbox.put_back(attempt)

    def record(self, outbox: Outbox, attempt: Attempt, delivery: Delivery) -> None:
        """Record an attempt that was made, and queue the next one if it failed."""
        with self._lock:
            outbox.schedule_retry(attempt, delivery)
            self._deliveries.append(delivery)

    def _replace(self, endpoint: Endpoint) -> None:
        if endpoint in self._by_endpoint:
            self._by_endpoint[endpoint].close()
        _, newest = events_after(self._ledger, None)
        self._by_endpoint[endpoint] = Outbox(endpoint, newest)
