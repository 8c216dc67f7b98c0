"""Both doors of the sandbox: the same test bodies run in process and over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from vinr import AsyncVinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox
        assert sandbox.check() == []


@pytest.fixture(params=["in process", "localhost"])
async def client(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[AsyncVinr]:
    if request.param == "in process":
        async with sandbox.async_client() as client:
            yield client
    else:
        with sandbox.serve() as base_url:
            async with AsyncVinr(secret_key="sk_test_1", base_url=base_url) as client:
                yield client
