"""One delivery over HTTP."""

from __future__ import annotations

from typing import Final

import httpx
from pydantic_core import to_json

from ...webhooks import Webhook
from ..event_log import Event
from .endpoint import Delivery, Endpoint

_TIMEOUT_SECONDS: Final = 5.0


def send(http: httpx.Client, endpoint: Endpoint, event: Event, attempt: int, at: float) -> Delivery:
    """Send an event once; signed at the real time, so that a receiver's check of age holds."""
    payload = to_json(event.wire())
    headers = {
        "content-type": "application/json",
        "vinr-signature": Webhook.sign(payload, endpoint.secret),
    }
    status: int | None = None
    error: str | None = None
    try:
        # the status is all that counts; a body may have no end
        with http.stream(
            "POST", endpoint.url, content=payload, headers=headers, timeout=_TIMEOUT_SECONDS
        ) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        error = "timed out"
    except httpx.HTTPError as failure:
        error = type(failure).__name__
    return Delivery(event.id, event.type, endpoint.url, attempt, at, status, error)
