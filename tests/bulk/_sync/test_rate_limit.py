# Generated from tests/bulk/_async/test_rate_limit.py; do not edit.
"""Many workers under VINR's limits: the client waits for its turn instead of being refused."""

from __future__ import annotations

from vinr import RateLimitError, RetryEvent, Vinr, bulk
from vinr.sandbox import RateLimit, Sandbox


def test_sixteen_workers_are_hardly_ever_refused() -> None:
    refused: list[RetryEvent] = []

    def note(event: RetryEvent) -> None:
        if isinstance(event.error, RateLimitError):
            refused.append(event)

    rows = [{"customer": f"c{number % 30}", "amount": 1} for number in range(100)]
    with Sandbox(rate_limit=RateLimit(per_second=25, burst=50)) as sandbox:
        client: Vinr
        with sandbox.client(on_retry=note) as client:
            result = bulk.adjust(client, rows, program="prog_default", batch="b", workers=16)

    assert result.points == 100
    assert len(refused) <= 5  # of 160 requests
