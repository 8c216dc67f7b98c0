"""The reference's webhook endpoints: what can be asked of ``/v1/webhook-endpoints``."""

from __future__ import annotations

from typing import Final

from .._models.envelope import Envelope
from .._models.webhook_endpoint import WebhookEndpoint
from . import value_checks
from .collection import Collection

WEBHOOK_ENDPOINTS: Final[Collection[WebhookEndpoint]] = Collection(
    name="webhook_endpoints",
    path="/webhook-endpoints",
    model=WebhookEndpoint,
    page=Envelope[WebhookEndpoint],
    encoding="form",
    parameters={
        "url": value_checks.url,
        "enabled_events": value_checks.event_types,
        "status": value_checks.word_like("enabled", "disabled"),
    },
    required=("url", "enabled_events"),
)
