"""Bare httpx: ``json.loads`` of one object, one ``validate_json`` a page, no retries, no key."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator

import httpx

from .ledger import Page

PATH = "/v1/loyalty/transactions"
HEADERS = {"X-Api-Key": "sk_test_1"}
POSTING = {"account": "loy_1", "type": "adjust", "amount": 500, "reason": "thanks"}


def _asked(cursor: str | None) -> dict[str, str]:
    asked = {"account": "loy_1", "limit": "100"}
    return asked if cursor is None else {**asked, "starting_after": cursor}


class Calls:
    """In threads."""

    def __init__(self, origin: str) -> None:
        self.client = httpx.Client(base_url=origin, headers=HEADERS, timeout=30)

    def get(self) -> object:
        """One member."""
        return json.loads(self.client.get("/v1/loyalty/accounts/loy_1").content)

    def post(self) -> object:
        """One posting."""
        return json.loads(self.client.post(PATH, json=POSTING).content)

    def items(self) -> Iterator[object]:
        """The whole ledger."""
        cursor = None
        while True:
            answer = self.client.get(PATH, params=_asked(cursor))
            page = Page.model_validate_json(answer.content)
            yield from page.data
            if not page.page.has_more:
                return
            cursor = page.page.next_cursor

    def limit(self, seconds: float) -> None:
        """Ends each call after so many seconds, as far as the library has such a limit."""
        self.client.timeout = seconds

    def close(self) -> None:
        """Lets the connections go."""
        self.client.close()


class AsyncCalls:
    """In tasks."""

    def __init__(self, origin: str) -> None:
        self.client = httpx.AsyncClient(base_url=origin, headers=HEADERS, timeout=30)

    async def get(self) -> object:
        """One member."""
        return json.loads((await self.client.get("/v1/loyalty/accounts/loy_1")).content)

    async def post(self) -> object:
        """One posting."""
        return json.loads((await self.client.post(PATH, json=POSTING)).content)

    async def items(self) -> AsyncIterator[object]:
        """The whole ledger."""
        cursor = None
        while True:
            answer = await self.client.get(PATH, params=_asked(cursor))
            page = Page.model_validate_json(answer.content)
            for item in page.data:
                yield item
            if not page.page.has_more:
                return
            cursor = page.page.next_cursor

    async def close(self) -> None:
        """Lets the connections go."""
        await self.client.aclose()
