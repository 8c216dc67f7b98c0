"""Webhook endpoints that were made through the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from .definitions import Definition, DefinitionTable
from .unit_of_work import UnitOfWork

EndpointStatus = Literal["enabled", "disabled"]
EVERY_EVENT: Final = "*"


class WebhookEndpoint(Definition):
    """An address that events are sent to."""

    url: str
    enabled_events: Sequence[str]
    """Types of events; ``*`` for all of them."""
    status: EndpointStatus = "enabled"
    secret: str
    after_event: int
    """The number of the newest event when it was made, or changed last: later ones are sent."""
    deleted: bool = False


WEBHOOK_ENDPOINTS: Final = DefinitionTable("webhook_endpoints", "webhook endpoint", WebhookEndpoint)


def newest_event(work: UnitOfWork) -> int:
    """The number of the newest event, 0 where there is none."""
    [newest] = work.db.execute("SELECT ifnull(max(seq), 0) FROM events").fetchone()
    return int(newest)


def require(work: UnitOfWork, key: str) -> WebhookEndpoint:
    """The endpoint with a key from a path; refuses an unknown one, and a deleted one."""
    endpoint = WEBHOOK_ENDPOINTS.require(work, key, "id")
    if endpoint.deleted:
        raise WEBHOOK_ENDPOINTS.missing("id")
    return endpoint


def enabled(work: UnitOfWork) -> Sequence[WebhookEndpoint]:
    """Those that events are sent to."""
    return WEBHOOK_ENDPOINTS.every(work, deleted=0, status="enabled")
