"""Every door of the sandbox: the same tests run in process, also by httpx, and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from vinr import AsyncVinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(vinr_sandbox: Sandbox) -> Sandbox:
    return vinr_sandbox


@pytest.fixture(params=["vinr_async_client", "over_httpx", "over_http"])
def client(request: pytest.FixtureRequest) -> AsyncVinr:
    client: AsyncVinr = request.getfixturevalue(request.param)
    return client


@pytest.fixture
async def over_httpx(vinr_sandbox: Sandbox) -> AsyncIterator[AsyncVinr]:
    async with httpx.AsyncClient(transport=vinr_sandbox.async_transport()) as http_client:
        yield AsyncVinr(secret_key="sk_test_1", http_client=http_client)


@pytest.fixture
async def over_http(vinr_sandbox_url: str) -> AsyncIterator[AsyncVinr]:
    async with AsyncVinr(secret_key="sk_test_1", base_url=vinr_sandbox_url) as client:
        yield client
