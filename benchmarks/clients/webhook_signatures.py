"""Signatures by the standard that some services share, for the libraries that only check them."""

from __future__ import annotations

from datetime import UTC, datetime

from standardwebhooks import Webhook

SECRET = "whsec_c2VjcmV0"


def signed_headers(payload: bytes) -> dict[str, str]:
    """The headers of a delivery."""
    now = datetime.now(UTC)
    return {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("evt_1", now, payload.decode()),
    }
