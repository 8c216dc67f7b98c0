"""The queue of deliveries: what is due on the sandbox's clock is sent when it is asked for."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import httpx

from ..clock import Clock
from ..event_log import Event, events_after
from ..ledger.ledger import Ledger
from .endpoint import Delivery, ElsewhereError, Endpoint, EndpointError, check_url, types_of
from .sending import send

RETRY_SECONDS: Final = (60, 5 * 60, 30 * 60, 2 * 60 * 60, 24 * 60 * 60)
"""How long after each failed attempt the next one is due (guide)."""

_POLL_SECONDS: Final = 0.1


@dataclass(order=True, slots=True)
class _Due:
    at: float
    number: int
    endpoint: Endpoint = field(compare=False)
    event: Event = field(compare=False)
    attempt: int = field(compare=False, default=1)


class Webhooks:
    """``sandbox.webhooks``; the same over HTTP under ``/_sandbox/webhooks``.

    Events that happen after an endpoint was added are sent to it by ``deliver()``. A delivery
    that fails is due again after 1 min, 5 min, 30 min, 2 h and 24 h of the sandbox's clock.
    """

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._seen: dict[Endpoint, int] = {}
        self._queue: list[_Due] = []
        self._numbers = count()
        self._made: list[Delivery] = []
        self._lock = threading.Lock()

    def add(  # noqa: PLR0913 - one call says all about an endpoint, each part by its name
        self,
        url: str,
        *,
        secret: str,
        events: Collection[str] | None = None,
        doubled: bool = False,
        out_of_order: bool = False,
        anywhere: bool = False,
    ) -> Endpoint:
        """Send events from now on to a URL of this machine, signed with a ``whsec_…`` secret.

        ``events`` are types, such as ``loyalty.points.earned``; None: all. ``doubled`` and
        ``out_of_order`` are what a receiver has to bear. Raises ValueError for a URL that
        nothing may be sent to, other machines' unless ``anywhere``, and for unknown types.
        """
        try:
            check_url(url, anywhere=anywhere)
        except ElsewhereError as error:
            advice = "pass anywhere=True to send there all the same"
            raise ElsewhereError(error.param, f"{error}; {advice}") from None
        if not secret.strip():
            raise EndpointError("secret", "a webhook needs a secret, such as whsec_test")
        endpoint = Endpoint(url, secret, types_of(events), doubled, out_of_order)
        with self._lock:
            _, newest = events_after(self._ledger, None)
            self._seen[endpoint] = newest
        return endpoint

    def clear(self) -> None:
        """Forget all endpoints and what was to be sent to them."""
        with self._lock:
            self._seen.clear()
            self._queue.clear()

    def restart_from_now(self) -> None:
        """The log became another one: keep the endpoints, and deliver what happens from now on."""
        with self._lock:
            self._queue.clear()
            _, newest = events_after(self._ledger, None)
            self._seen = dict.fromkeys(self._seen, newest)

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """Where events are sent."""
        return list(self._seen)

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Every attempt so far, the first one first."""
        return list(self._made)

    def deliver(self) -> Sequence[Delivery]:
        """Make all attempts that are due, retries too, and return them.

        A far jump of the clock brings all attempts that would have been made on the way.
        """
        made: list[Delivery] = []
        with self._lock:
            for endpoint in self._seen:
                self._fetch(endpoint)
            with httpx.Client(trust_env=False, follow_redirects=False) as http:
                while self._queue and self._queue[0].at <= self._clock.time():
                    made.append(self._attempt(http, heapq.heappop(self._queue)))
            self._made += made
        return made

    @contextmanager
    def keep_delivering(self) -> Generator[None]:
        """Deliver by itself, as soon as something is due, as long as the block runs."""
        ended = threading.Event()

        def run() -> None:
            while not ended.wait(_POLL_SECONDS):
                if self._seen:
                    self.deliver()

        thread = threading.Thread(target=run, name="vinr-sandbox-webhooks", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _fetch(self, endpoint: Endpoint) -> None:
        events, newest = events_after(self._ledger, self._seen[endpoint])
        self._seen[endpoint] = newest
        wanted = [event for event in events if endpoint.takes(event.type)]
        if endpoint.doubled:
            wanted = [event for event in wanted for _ in range(2)]
        latest = max((event.created.timestamp() for event in wanted), default=0)
        for event in reversed(wanted) if endpoint.out_of_order else wanted:
            at = latest if endpoint.out_of_order else event.created.timestamp()
            heapq.heappush(self._queue, _Due(at, next(self._numbers), endpoint, event))

    def _attempt(self, http: httpx.Client, due: _Due) -> Delivery:
        delivery = send(http, due.endpoint, due.event, due.attempt, due.at)
        if not delivery.succeeded and due.attempt <= len(RETRY_SECONDS):
            at = due.at + RETRY_SECONDS[due.attempt - 1]
            again = _Due(at, next(self._numbers), due.endpoint, due.event, due.attempt + 1)
            heapq.heappush(self._queue, again)
        return delivery
