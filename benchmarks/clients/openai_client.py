"""openai, as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from openai import AsyncOpenAI, OpenAI


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.client = OpenAI(api_key="sk_test_1", base_url=f"{origin}/v1")

    def get(self) -> object:
        """One vector store."""
        return self.client.vector_stores.retrieve("vs_1")

    def post(self) -> object:
        """One vector store."""
        return self.client.vector_stores.create(name="Ada", metadata={"shop": "berlin"})

    def items(self) -> Iterator[object]:
        """All vector stores."""
        return iter(self.client.vector_stores.list(limit=100))

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client = self.client.with_options(timeout=seconds, max_retries=0)

    def close(self) -> None:
        """Lets the connections go."""
        self.client.close()


class AsyncCalls:
    """In tasks."""

    def __init__(self, origin: str) -> None:
        self.client = AsyncOpenAI(api_key="sk_test_1", base_url=f"{origin}/v1")

    async def get(self) -> object:
        """One vector store."""
        return await self.client.vector_stores.retrieve("vs_1")

    async def post(self) -> object:
        """One vector store."""
        return await self.client.vector_stores.create(name="Ada", metadata={"shop": "berlin"})

    def items(self) -> AsyncIterator[object]:
        """All vector stores."""
        return aiter(self.client.vector_stores.list(limit=100))

    async def close(self) -> None:
        """Lets the connections go."""
        await self.client.close()
