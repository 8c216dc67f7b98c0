"""Sends one event to one endpoint over HTTP."""

from __future__ import annotations

import anyio
import httpx
from pydantic_core import to_json

from ...webhooks import Webhook
from .delivery import Delivery
from .endpoint import Endpoint
from .outbox import Attempt

ATTEMPT_SECONDS = 5.0
"""How long an attempt may take in all: connecting, sending, and the head of the answer."""


async def send(http: httpx.AsyncClient, endpoint: Endpoint, attempt: Attempt) -> Delivery:
    """Make an attempt; signed at the real time, so that a receiver can check its age."""
    payload = to_json(attempt.event.wire())
    headers = {
        "content-type": "application/json",
        "vinr-signature": Webhook.sign(payload, endpoint.secret),
    }
    status: int | None = None
    error: str | None = None
    try:
        with anyio.fail_after(ATTEMPT_SECONDS):
            # only the status counts; the body of an answer may have no end
            async with http.stream(
                "POST", endpoint.url, content=payload, headers=headers
            ) as response:
                status = response.status_code
    except TimeoutError:
        error = "timed out"
    except (httpx.HTTPError, OSError) as failure:
        error = type(failure).__name__
    event = attempt.event
    return Delivery(event.id, event.type, endpoint.url, attempt.number, attempt.at, status, error)
