"""A server that behaves until it is told otherwise, and a client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.faults.matrix import SECRET
from tests.faults.server import Server
from vinr import AsyncVinr
from vinr._config import EngineName


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
async def client(server: Server, engine: EngineName) -> AsyncIterator[AsyncVinr]:
    async with AsyncVinr(
        secret_key=SECRET, base_url=server.url, timeout=5, engine=engine
    ) as client:
        yield client
