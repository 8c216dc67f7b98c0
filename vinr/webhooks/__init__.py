"""Receiving webhooks: signatures, and a receiver that handles each event once."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from .signature import Webhook

if TYPE_CHECKING:
    from .memory_store import MemoryStore
    from .receiver import AsyncWebhookReceiver, Outcome, Receipt, WebhookReceiver
    from .redis_store import RedisStore
    from .sqlite_store import SQLiteStore
    from .store import Claim, EventStore

__all__ = [
    "AsyncWebhookReceiver",
    "Claim",
    "EventStore",
    "MemoryStore",
    "Outcome",
    "Receipt",
    "RedisStore",
    "SQLiteStore",
    "Webhook",
    "WebhookReceiver",
]

_HOMES = {
    "AsyncWebhookReceiver": ".receiver",
    "Claim": ".store",
    "EventStore": ".store",
    "MemoryStore": ".memory_store",
    "Outcome": ".receiver",
    "Receipt": ".receiver",
    "RedisStore": ".redis_store",
    "SQLiteStore": ".sqlite_store",
    "WebhookReceiver": ".receiver",
}
"""Loaded when they are first used: a client needs none of them."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(importlib.import_module(_HOMES[name], __name__), name)
    globals()[name] = found
    return found
