"""``sandbox.webhooks``: endpoints, and the delivery of events to them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Thread

import anyio

from ..._keywords import names_near_keywords
from ..clock import Clock
from ..ledger.ledger import Ledger
from .delivering import deliver_due, deliver_until
from .delivery import Delivery
from .endpoint import (
    Endpoint,
    EndpointError,
    EventDialect,
    OtherMachineError,
    check_url,
    types_of,
)
from .outboxes import Outboxes


@names_near_keywords
class Webhooks:
    """``sandbox.webhooks``; the same over HTTP under ``/_sandbox/webhooks``.

    Events that happen after an endpoint was added are sent to it by ``deliver()``. A delivery that
    fails is due again after 1 min, 5 min, 30 min, 2 h and 24 h of the sandbox's clock.
    """

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._outboxes = Outboxes(ledger, clock)
        self._running: set[Event] = set()

    def add(  # noqa: PLR0913 - one call says all about an endpoint, each part by its name
        self,
        url: str,
        *,
        secret: str,
        events: Collection[str] | None = None,
        dialect: EventDialect | None = None,
        doubled: bool = False,
        out_of_order: bool = False,
        anywhere: bool = False,
    ) -> Endpoint:
        """Send events from now on to a URL, signed.

        The dialects report the same things: with both, a receiver hears of each earn twice.

        Args:
            url: Of this machine, unless ``anywhere``.
            secret: ``whsec_…``.
            events: Types, such as ``points_transaction.created``; those of the dialect if left out.
            dialect: ``guide``, ``reference`` or ``both``.
            doubled: Every event is sent twice, as a receiver has to expect.
            out_of_order: The newest is sent first, as a receiver has to expect.
            anywhere: Allows URLs of other machines.

        Raises:
            ValueError: A URL that events cannot be sent to, or an unknown type.

        Source: our choice.
        """
        try:
            check_url(url, anywhere=anywhere)
        except OtherMachineError as error:
            advice = "pass anywhere=True to send there all the same"
            raise OtherMachineError(error.param, f"{error}; {advice}") from None
        if not secret.strip():
            raise EndpointError("secret", "a webhook needs a secret, such as whsec_test")
        endpoint = Endpoint(url, secret, types_of(events, dialect), doubled, out_of_order)
        self._outboxes.add(endpoint)
        return endpoint

    def clear(self) -> None:
        """Delete all endpoints, and what was still to be sent to them."""
        self._outboxes.clear()

    def restart_from_now(self) -> None:
        """Keep the endpoints, but deliver only what happens from now on: the log was replaced."""
        self._outboxes.restart()

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """The endpoints that events are sent to."""
        return self._outboxes.endpoints

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """Every attempt so far, in the order in which they ended."""
        return self._outboxes.deliveries

    def deliver(self) -> Sequence[Delivery]:
        """Make all attempts that are due, retries too, and return them.

        Several endpoints are sent to side by side, each gets its events one by one. An endpoint
        that is being sent to already, by another call, is left out. After a far jump of the clock
        all attempts are made that would have been made on the way. An attempt takes at most 5
        seconds.
        """
        claimed = self._outboxes.claim_due()
        if not claimed:
            return []
        stop = Event()
        self._running.add(stop)
        try:
            # in a thread of its own, as this one may be running an event loop
            with ThreadPoolExecutor(1, "vinr-sandbox-deliver") as thread:
                try:
                    task = thread.submit(anyio.run, deliver_due, self._outboxes, claimed, stop)
                    return task.result()
                finally:
                    stop.set()
        finally:
            self._running.discard(stop)

    def stop_delivering(self) -> None:
        """Make every call of deliver() in another thread return within about a second."""
        for stop in tuple(self._running):
            stop.set()

    @contextmanager
    def keep_delivering(self) -> Generator[None]:
        """Deliver by itself, as soon as something is due, as long as the block runs."""
        stop = Event()
        arguments = (deliver_until, self._outboxes, stop)
        thread = Thread(target=anyio.run, args=arguments, name="vinr-sandbox-webhooks", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
