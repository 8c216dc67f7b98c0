"""anthropic, as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from anthropic import Anthropic, AsyncAnthropic

MESSAGES = [{"role": "user", "content": "Ada"}]


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.client = Anthropic(api_key="sk_test_1", base_url=origin)

    def get(self) -> object:
        """One model."""
        return self.client.models.retrieve("model_1")

    def post(self) -> object:
        """The count of a message's tokens."""
        return self.client.messages.count_tokens(model="model_1", messages=MESSAGES)

    def items(self) -> Iterator[object]:
        """All models."""
        return iter(self.client.models.list(limit=100))

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client = self.client.with_options(timeout=seconds, max_retries=0)

    def close(self) -> None:
        """Lets the connections go."""
        self.client.close()


class AsyncCalls:
    """In tasks."""

    def __init__(self, origin: str) -> None:
        self.client = AsyncAnthropic(api_key="sk_test_1", base_url=origin)

    async def get(self) -> object:
        """One model."""
        return await self.client.models.retrieve("model_1")

    async def post(self) -> object:
        """The count of a message's tokens."""
        return await self.client.messages.count_tokens(model="model_1", messages=MESSAGES)

    def items(self) -> AsyncIterator[object]:
        """All models."""
        return aiter(self.client.models.list(limit=100))

    async def close(self) -> None:
        """Lets the connections go."""
        await self.client.close()
