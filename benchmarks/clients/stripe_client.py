"""stripe, as it comes: over requests in threads, over httpx in tasks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import stripe


def _client(origin: str) -> stripe.StripeClient:
    return stripe.StripeClient("sk_test_1", base_addresses={"api": origin}, max_network_retries=2)


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.client = _client(origin)

    def get(self) -> object:
        """One customer."""
        return self.client.v1.customers.retrieve("cus_1")

    def post(self) -> object:
        """One customer, with a key of its own."""
        return self.client.v1.customers.create({"name": "Ada", "metadata": {"shop": "berlin"}})

    def items(self) -> Iterator[object]:
        """All customers."""
        return self.client.v1.customers.list({"limit": 100}).auto_paging_iter()

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client = stripe.StripeClient(
            "sk_test_1",
            base_addresses={"api": self.origin},
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=seconds),
        )

    def close(self) -> None:
        """It has no public way to let the connections go."""


class AsyncCalls:
    """In tasks."""

    def __init__(self, origin: str) -> None:
        self.client = _client(origin)

    async def get(self) -> object:
        """One customer."""
        return await self.client.v1.customers.retrieve_async("cus_1")

    async def post(self) -> object:
        """One customer, with a key of its own."""
        return await self.client.v1.customers.create_async(
            {"name": "Ada", "metadata": {"shop": "berlin"}}
        )

    async def items(self) -> AsyncIterator[object]:
        """All customers."""
        page = await self.client.v1.customers.list_async({"limit": 100})
        async for customer in page.auto_paging_iter():
            yield customer

    async def close(self) -> None:
        """It has no public way to let the connections go."""
