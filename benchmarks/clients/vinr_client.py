"""vinr, as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from vinr import AsyncVinr, Vinr
from vinr._config import EngineName

if TYPE_CHECKING:  # not loaded, since the start of a program is measured too
    import httpx

KEY = "sk_test_1"


class Calls:
    """In threads."""

    def __init__(
        self, origin: str, engine: EngineName = "httpx", http_client: httpx.Client | None = None
    ) -> None:
        self.client = Vinr(
            secret_key=KEY, base_url=f"{origin}/v1", engine=engine, http_client=http_client
        )

    def get(self) -> object:
        """One member."""
        return self.client.loyalty.accounts.retrieve("loy_1")

    def post(self) -> object:
        """One posting, with a key of its own."""
        return self.client.loyalty.transactions.create(account="loy_1", amount=500, reason="thanks")

    def items(self, prefetch: int = 0) -> Iterator[object]:
        """The whole ledger."""
        return iter(
            self.client.loyalty.transactions.list(account="loy_1", limit=100, prefetch=prefetch)
        )

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client = self.client.with_options(deadline=seconds)

    def close(self) -> None:
        """Lets the connections go."""
        self.client.close()


class AsyncCalls:
    """In tasks."""

    def __init__(
        self,
        origin: str,
        engine: EngineName = "httpx",
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        self.client = AsyncVinr(
            secret_key=KEY, base_url=f"{origin}/v1", engine=engine, http_client=http_client
        )

    async def get(self) -> object:
        """One member."""
        return await self.client.loyalty.accounts.retrieve("loy_1")

    async def post(self) -> object:
        """One posting, with a key of its own."""
        return await self.client.loyalty.transactions.create(
            account="loy_1", amount=500, reason="thanks"
        )

    def items(self, prefetch: int = 0) -> AsyncIterator[object]:
        """The whole ledger."""
        return aiter(
            self.client.loyalty.transactions.list(account="loy_1", limit=100, prefetch=prefetch)
        )

    async def close(self) -> None:
        """Lets the connections go."""
        await self.client.close()
