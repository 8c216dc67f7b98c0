"""square, as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

from square import AsyncSquare, Square

POINTS = {"points": 500, "reason": "thanks"}


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.client = Square(token="sk_test_1", base_url=origin)
        self.accounts = self.client.loyalty.accounts

    def get(self) -> object:
        """One member."""
        return self.accounts.get("acc_1")

    def post(self) -> object:
        """One adjustment, with a key of its own."""
        return self.accounts.adjust("acc_1", idempotency_key=str(uuid4()), adjust_points=POINTS)

    def items(self) -> Iterator[object]:
        """All customers."""
        return iter(self.client.customers.list(limit=100))

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client = Square(token="sk_test_1", base_url=self.origin, timeout=seconds)
        self.accounts = self.client.loyalty.accounts

    def close(self) -> None:
        """It has no public way to let the connections go."""


class AsyncCalls:
    """In tasks."""

    def __init__(self, origin: str) -> None:
        self.client = AsyncSquare(token="sk_test_1", base_url=origin)
        self.accounts = self.client.loyalty.accounts

    async def get(self) -> object:
        """One member."""
        return await self.accounts.get("acc_1")

    async def post(self) -> object:
        """One adjustment, with a key of its own."""
        return await self.accounts.adjust(
            "acc_1", idempotency_key=str(uuid4()), adjust_points=POINTS
        )

    async def items(self) -> AsyncIterator[object]:
        """All customers."""
        async for customer in await self.client.customers.list(limit=100):
            yield customer

    async def close(self) -> None:
        """It has no public way to let the connections go."""
