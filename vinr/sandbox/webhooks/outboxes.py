"""The outboxes of all endpoints, safe for threads. Nothing is sent while the lock is held."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from ..clock import Clock
from ..event_log import current, events_after
from ..ledger import webhook_endpoints
from ..ledger.ledger import Ledger
from .delivery import Delivery
from .endpoint import Endpoint, made_by_api
from .outbox import Attempt, Outbox


class Outboxes:
    """Fills outboxes with new events, hands out attempts that are due, and records deliveries."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._by_endpoint: dict[Endpoint, Outbox] = {}
        self._made_by_api: set[Endpoint] = set()
        _, self._first_event = events_after(ledger, None)
        self._deliveries: list[Delivery] = []
        self._lock = Lock()

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """All endpoints, those that were made through the API too."""
        with self._lock:
            self._follow_api()
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
        """Delete all outboxes; endpoints that were made through the API begin anew."""
        with self._lock:
            for outbox in self._by_endpoint.values():
                outbox.close()
            self._by_endpoint.clear()
            self._made_by_api.clear()
            _, self._first_event = events_after(self._ledger, None)

    def restart(self) -> None:
        """Replace all outboxes by empty ones, for events from now on."""
        with self._lock:
            _, self._first_event = events_after(self._ledger, None)
            for endpoint in self._by_endpoint:
                self._replace(endpoint)

    def claim_due(self) -> Sequence[Outbox]:
        """The outboxes with attempts that are due and that nobody else is sending from.

        Each has to be released when nothing in it is due any more.
        """
        with self._lock:
            self._follow_api()
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
            attempt = outbox.take_due(self._clock.time())
            if attempt is not None:
                # as it is in the log now: what a customer was may have been erased meanwhile
                attempt.event = current(self._ledger, attempt.event)
            return attempt

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

    def _follow_api(self) -> None:
        """Add an outbox for each endpoint that was made through the API, and drop the others."""
        with self._ledger.read() as work:
            rows = webhook_endpoints.enabled(work)
        after = {
            endpoint: row.after_event for row in rows if (endpoint := made_by_api(row)) is not None
        }
        for gone in self._made_by_api - after.keys():
            self._by_endpoint.pop(gone).close()
        self._made_by_api &= after.keys()
        for endpoint, after_event in after.items():
            if endpoint not in self._by_endpoint:
                last_event = max(after_event, self._first_event)
                self._by_endpoint[endpoint] = Outbox(endpoint, last_event)
                self._made_by_api.add(endpoint)
