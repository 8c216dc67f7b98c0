"""A mock that is there before the first call of a process catches that call too."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from tests.faults.server import Server

MOCKS = {
    "respx": """
        import respx
        with respx.mock() as mock:
            mock.post(f"{URL}/loyalty/transactions").respond(json=ENTRY)
            check()
        """,
    "respx, using httpx": """
        import respx
        with respx.mock(using="httpx") as mock:
            mock.post(f"{URL}/loyalty/transactions").respond(json=ENTRY)
            check()
        """,
    "pook": """
        import pook
        with pook.use():
            pook.post(f"{URL}/loyalty/transactions").reply(200).json(ENTRY)
            check()
        """,
    "a patched pool": """
        from unittest.mock import patch
        import httpcore
        async def answer_async(self, request):
            return httpcore.Response(200, content=json.dumps(ENTRY).encode())
        def answer(self, request):
            return httpcore.Response(200, content=json.dumps(ENTRY).encode())
        with (
            patch.object(httpcore.ConnectionPool, "handle_request", answer),
            patch.object(httpcore.AsyncConnectionPool, "handle_async_request", answer_async),
        ):
            check()
        """,
}
PROGRAM = """
import asyncio, json, sys
from vinr import AsyncVinr, Vinr
URL, COLOUR = sys.argv[1:]
ENTRY = {"id": "ptx_mocked", "account": "loy_1", "type": "adjust", "amount": 5}
async def apost():
    async with AsyncVinr(secret_key="sk_test_1", base_url=URL, max_retries=0) as client:
        return await client.loyalty.transactions.create(account="loy_1", amount=5)
def post():
    with Vinr(secret_key="sk_test_1", base_url=URL, max_retries=0) as client:
        return client.loyalty.transactions.create(account="loy_1", amount=5)
def check():
    print(asyncio.run(apost()).id if COLOUR == "async" else post().id)
"""


@pytest.mark.parametrize("colour", ["sync", "async"])
@pytest.mark.parametrize("mock", MOCKS.values(), ids=MOCKS)
def test_the_first_call_is_caught(mock: str, colour: str) -> None:
    with Server() as server:
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM + textwrap.dedent(mock), server.url, colour],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "HTTP_PROXY": ""},
        )
        assert (run.stdout.strip(), run.stderr) == ("ptx_mocked", "")
        assert server.requests == []
