"""A receiver that handles each event once, whether it came by webhook or by ``catch_up``."""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Sequence,
)
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar, TypeVarTuple, Unpack
from uuid import uuid4

from .._config import SecretText
from .._keywords import names_near_keywords
from .._models.account import Account
from .._models.event import Event
from .._models.loyalty_account import LoyaltyAccount
from .signature import Payload, SignatureHeader, Webhook
from .store import EventStore, seconds

if TYPE_CHECKING:
    from .._async.client import AsyncVinr
    from .._sync.client import Vinr

ResultT = TypeVar("ResultT")
ArgumentsT = TypeVarTuple("ArgumentsT")

LEASE: Final = 300.0
"""Seconds; VINR tries again after 1 and then after 5 minutes."""

Outcome: TypeAlias = Literal["handled", "duplicate", "in_work"]
"""``handled``: by this call. ``duplicate``: before. ``in_work``: another call is at it now."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one delivery of an event."""

    event: Event
    """What was delivered."""
    outcome: Outcome
    """``handled``, ``duplicate`` or ``in_work``."""

    @property
    def status(self) -> int:
        """What to answer VINR: 204, or 409 for an event that is in work.

        Were the second delivery answered with 204 and the first one to crash, VINR would never
        send the event again.
        """
        return 409 if self.outcome == "in_work" else 204


@names_near_keywords
class _Receiver:
    """What both receivers share: signatures, the store, and which member an event is about."""

    def __init__(
        self,
        secrets: str | SecretText | Sequence[str] | None,
        store: EventStore,
        *,
        tolerance: float = 300,
        lease: float = LEASE,
    ) -> None:
        self._secrets = secrets
        self._store = store
        self._tolerance = tolerance
        self._lease = seconds("lease", lease)

    def verify(self, payload: Payload, headers: SignatureHeader) -> Event:
        """The event in a delivery whose signature holds; see ``Webhook.construct_event``.

        Args:
            payload: The raw body, byte for byte as it came.
            headers: All headers of the request.

        Raises:
            WebhookSignatureError: A delivery not to be trusted: answer 400.
        """
        return Webhook.construct_event(payload, headers, self._secrets, self._tolerance)


@names_near_keywords
class WebhookReceiver(_Receiver):
    """Verifies deliveries and calls a handler for each event once.

    An event counts as handled once its handler came back. A handler that raises gives the event
    back, and the error goes on to your framework: it answers 500, and VINR sends the event again.

    Args:
        secrets: One ``whsec_…`` secret, or several during a rotation; None: the environment's
            ``VINR_WEBHOOK_SECRET``.
        store: Knows what was handled: ``SQLiteStore``, ``RedisStore``, ``MemoryStore`` or one of
            your own (``EventStore``).
        tolerance: Seconds ago that a delivery may have been signed, at most.
        lease: Seconds that a handler may take: an event that is still in work after that counts as
            crashed, and the next delivery is handled.

    Raises:
        InvalidRequestError: A lease that is no time.

    Source: our choice.
    """

    def receive(
        self, payload: Payload, headers: SignatureHeader, handler: Callable[[Event], object]
    ) -> Receipt:
        """Verify a delivery and handle its event, unless it was handled before.

        Answer VINR with ``receipt.status``.

        Args:
            payload: The raw body, byte for byte as it came.
            headers: All headers of the request.
            handler: Called with the event; what it returns is ignored.

        Raises:
            WebhookSignatureError: A delivery not to be trusted: answer 400.
            Exception: Whatever the handler or the store raises: answer 500, and VINR sends the
                event again.

        Source: our choice.
        """
        return self.process(self.verify(payload, headers), handler)

    def process(self, event: Event, handler: Callable[[Event], object]) -> Receipt:
        """Handle an event that needs no verifying, unless it was handled before.

        Args:
            event: One that needs no verifying, such as of ``client.events``.
            handler: Called with the event; what it returns is ignored.

        Raises:
            Exception: Whatever the handler or the store raises; the event is given back.

        Source: our choice.
        """
        token = uuid4().hex
        claim = self._store.claim(event.id, token, self._lease)
        if claim != "claimed":
            return Receipt(event, "duplicate" if claim == "handled" else "in_work")
        try:
            handler(event)
        except BaseException:
            self._store.release(event.id, token)
            raise
        self._store.complete(event.id)
        return Receipt(event, "handled")

    def replay(
        self, events: Iterable[Event], handler: Callable[[Event], object]
    ) -> Generator[Receipt]:
        """Handle the events of ``client.events.catch_up(…)`` that no webhook brought.

        Store ``receipt.event.id`` as the next cursor after each one. It ends before an event that
        is in work elsewhere, or was when a process died: start again from the cursor later, at most
        ``lease`` seconds later, and nothing is missed.

        Args:
            events: Oldest first.
            handler: Called with the event; what it returns is ignored.

        Raises:
            Exception: Whatever the handler, the store or the reading of events raises.

        Source: our choice.
        """
        for event in events:
            receipt = self.process(event, handler)
            if receipt.outcome == "in_work":
                return
            yield receipt

    def current_account(self, event: Event, client: Vinr) -> Account | LoyaltyAccount | None:
        """The member that the event is about, as it is now, in the event's dialect.

        What an event holds is old where it came late or out of order. None for an event about no
        member.

        Args:
            event: Of any type.
            client: What to read through.

        Raises:
            VinrError: The member cannot be read, or the object in the event cannot.

        Source: our choice.
        """
        member = event.member_id
        if member is None:
            return None
        if event.is_of_reference:
            return client.loyalty_accounts.retrieve(member)
        return client.loyalty.accounts.retrieve(member)


@names_near_keywords
class AsyncWebhookReceiver(_Receiver):
    """``WebhookReceiver`` with async handlers.

    The store is the same: it is called in a thread, so it never blocks the event loop.
    """

    async def receive(
        self,
        payload: Payload,
        headers: SignatureHeader,
        handler: Callable[[Event], Awaitable[object]],
    ) -> Receipt:
        """Verify a delivery and handle its event, unless it was handled before.

        Answer VINR with ``receipt.status``. A handler that is cancelled gives the event back.

        Args:
            payload: The raw body, byte for byte as it came.
            headers: All headers of the request.
            handler: An async function, called with the event; what it returns is ignored.

        Raises:
            WebhookSignatureError: A delivery not to be trusted: answer 400.
            Exception: Whatever the handler or the store raises: answer 500, and VINR sends the
                event again.

        Source: our choice.
        """
        return await self.process(self.verify(payload, headers), handler)

    async def process(self, event: Event, handler: Callable[[Event], Awaitable[object]]) -> Receipt:
        """Handle an event that needs no verifying, unless it was handled before.

        Args:
            event: One that needs no verifying, such as of ``client.events``.
            handler: An async function, called with the event; what it returns is ignored.

        Raises:
            Exception: Whatever the handler or the store raises; the event is given back.

        Source: our choice.
        """
        token = uuid4().hex
        claim = await _in_thread(self._store.claim, event.id, token, self._lease)
        if claim != "claimed":
            return Receipt(event, "duplicate" if claim == "handled" else "in_work")
        try:
            await handler(event)
        except BaseException:
            await _in_thread(self._store.release, event.id, token)
            raise
        await _in_thread(self._store.complete, event.id)
        return Receipt(event, "handled")

    async def replay(
        self, events: AsyncGenerator[Event], handler: Callable[[Event], Awaitable[object]]
    ) -> AsyncGenerator[Receipt]:
        """Handle the events of ``client.events.catch_up(…)`` that no webhook brought.

        Store ``receipt.event.id`` as the next cursor after each one. It ends before an event that
        is in work elsewhere: start again from the cursor later.

        Args:
            events: Oldest first.
            handler: An async function, called with the event; what it returns is ignored.

        Raises:
            Exception: Whatever the handler, the store or the reading of events raises.

        Source: our choice.
        """
        async with aclosing(events):
            async for event in events:
                receipt = await self.process(event, handler)
                if receipt.outcome == "in_work":
                    return
                yield receipt

    async def current_account(
        self, event: Event, client: AsyncVinr
    ) -> Account | LoyaltyAccount | None:
        """The member that the event is about, as it is now, in the event's dialect.

        None for an event about no member.

        Args:
            event: Of any type.
            client: What to read through.

        Raises:
            VinrError: The member cannot be read, or the object in the event cannot.

        Source: our choice.
        """
        member = event.member_id
        if member is None:
            return None
        if event.is_of_reference:
            return await client.loyalty_accounts.retrieve(member)
        return await client.loyalty.accounts.retrieve(member)


async def _in_thread(
    function: Callable[[Unpack[ArgumentsT]], ResultT], *arguments: *ArgumentsT
) -> ResultT:
    """Calls a store. Shielded: a thread goes on where its task is cancelled, as does its claim."""
    from anyio import CancelScope, to_thread  # noqa: PLC0415  # blocking receivers need none

    results: list[ResultT] = []
    with CancelScope(shield=True):  # a type checker thinks that it could swallow an exception
        results.append(await to_thread.run_sync(function, *arguments))
    return results[0]
