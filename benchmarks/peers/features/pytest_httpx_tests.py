"""Tests as users of a library write them with pytest-httpx; ``FEATURES_OF`` names its module."""

from __future__ import annotations

import importlib
import os
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from benchmarks.peers import service
from benchmarks.peers.features import doing, seen

LIBRARY = importlib.import_module(os.environ["FEATURES_OF"])


@pytest.fixture
def origin(httpx_mock: Any) -> Generator[str]:
    """Of a server that must get nothing, since the mock answers."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=seen.canned(request))

    httpx_mock.add_callback(answer)
    with service.serving((), service.sound) as server:
        yield server.origin
        assert not server.arrived


def test_threads(origin: str) -> None:
    """A blocking call."""
    LIBRARY.Calls(origin).get()


def test_tasks(origin: str) -> None:
    """A call on asyncio."""
    doing.in_task(LIBRARY, origin)


def test_own_client(origin: str) -> None:
    """A blocking call over a client of the test's own."""
    LIBRARY.over(origin, httpx.Client())
