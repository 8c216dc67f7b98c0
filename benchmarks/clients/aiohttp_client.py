"""Bare aiohttp and ``json.loads``."""

from __future__ import annotations

import json

import aiohttp


class AsyncCalls:
    """In tasks; to be made in a running loop."""

    def __init__(self, origin: str) -> None:
        self.session = aiohttp.ClientSession(f"{origin}/", headers={"X-Api-Key": "sk_test_1"})

    async def get(self) -> object:
        """One member."""
        async with self.session.get("v1/loyalty/accounts/loy_1") as answer:
            return json.loads(await answer.read())

    async def post(self) -> object:
        """One posting."""
        posting = {"account": "loy_1", "type": "adjust", "amount": 500, "reason": "thanks"}
        async with self.session.post("v1/loyalty/transactions", json=posting) as answer:
            return json.loads(await answer.read())

    async def close(self) -> None:
        """Lets the connections go."""
        await self.session.close()
