# Generated from tests/faults/_async/conftest.py; do not edit.
"""A server that behaves until it is told otherwise, and a client of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.matrix import SECRET
from tests.faults.server import Server
from vinr import Vinr
from vinr._config import EngineName


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def client(server: Server, engine: EngineName) -> Iterator[Vinr]:
    with Vinr(secret_key=SECRET, base_url=server.url, timeout=5, engine=engine) as client:
        yield client
