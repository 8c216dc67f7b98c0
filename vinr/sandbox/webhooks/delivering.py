"""Sends what is due from outboxes: to several endpoints side by side, to each one by one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from threading import Event
from typing import Final

import anyio
import httpx
from anyio import CancelScope
from anyio.abc import TaskGroup

from ..refusal import SandboxClosedError
from .delivery import Delivery
from .outbox import Attempt, Outbox
from .outboxes import Outboxes
from .sender import send

_POLL_SECONDS: Final = 0.1
_GRACE_SECONDS: Final = 1.0
"""How long an attempt may go on after deliveries were stopped."""


async def deliver_due(
    outboxes: Outboxes, claimed: Sequence[Outbox], stop: Event
) -> Sequence[Delivery]:
    """Make all attempts that are due in claimed outboxes; until ``stop`` is set."""
    deliveries: list[Delivery] = []
    async with _client() as http, _stoppable_tasks(stop) as tasks:
        for outbox in claimed:
            tasks.start_soon(_send_all, outboxes, outbox, http, stop, deliveries)
    return deliveries


async def deliver_until(outboxes: Outboxes, stop: Event) -> None:
    """Make attempts as soon as they are due; until ``stop`` is set, or the sandbox is closed."""
    async with _client() as http, _stoppable_tasks(stop) as tasks:
        with suppress(SandboxClosedError):
            while not stop.is_set():
                for outbox in outboxes.claim_due():
                    # nobody reads this list: Outboxes records each delivery
                    made = list[Delivery]()
                    tasks.start_soon(_send_all, outboxes, outbox, http, stop, made)
                await anyio.sleep(_POLL_SECONDS)
        stop.set()


async def _send_all(
    outboxes: Outboxes,
    outbox: Outbox,
    http: httpx.AsyncClient,
    stop: Event,
    deliveries: list[Delivery],
) -> None:
    try:
        while not stop.is_set() and (attempt := outboxes.take_due(outbox)):
            deliveries.append(await _send_one(outboxes, outbox, http, attempt))
    finally:
        outboxes.release(outbox)


async def _send_one(
    outboxes: Outboxes, outbox: Outbox, http: httpx.AsyncClient, attempt: Attempt
) -> Delivery:
    try:
        delivery = await send(http, outbox.endpoint, attempt)
    except BaseException:
        # Given up in the middle, so it may have arrived: it is made again, as webhooks may be.
        outboxes.put_back(outbox, attempt)
        raise
    outboxes.record(outbox, attempt, delivery)
    return delivery


@asynccontextmanager
async def _stoppable_tasks(stop: Event) -> AsyncGenerator[TaskGroup]:
    """Tasks that are cancelled a little while after ``stop`` is set."""
    async with anyio.create_task_group() as watcher:
        watcher.start_soon(_cancel_after, stop, watcher.cancel_scope)
        async with anyio.create_task_group() as tasks:
            yield tasks
        watcher.cancel_scope.cancel()


async def _cancel_after(stop: Event, scope: CancelScope) -> None:
    while not stop.is_set():  # noqa: ASYNC110 - it is set in another thread
        await anyio.sleep(_POLL_SECONDS)
    await anyio.sleep(_GRACE_SECONDS)
    scope.cancel()


def _client() -> httpx.AsyncClient:
    # an attempt has one deadline, in send(), and so no time-outs for its parts
    return httpx.AsyncClient(trust_env=False, timeout=httpx.Timeout(None))
