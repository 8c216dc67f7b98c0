"""Every store that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from redis import Redis

from tests.redis_server import redis_or_skip
from vinr.webhooks import EventStore, MemoryStore, RedisStore, SQLiteStore

MakeStore: TypeAlias = Callable[[float], EventStore]


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with redis_or_skip() as url:
        yield url


@pytest.fixture(params=["memory", "sqlite", "redis", "redis that decodes"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """Makes a store that keeps handled events for so many seconds."""
    kind: str = request.param
    if kind == "memory":
        yield lambda keep: MemoryStore(keep=keep)
    elif kind == "sqlite":
        yield lambda keep: SQLiteStore(tmp_path / "events.sqlite", keep=keep)
    else:
        url: str = request.getfixturevalue("redis_url")
        prefix = f"{request.node.name}:"
        port = urlsplit(url).port or 6379
        with Redis("127.0.0.1", port, decode_responses=kind != "redis") as client:
            yield lambda keep: RedisStore(client, prefix=prefix, keep=keep)


@pytest.fixture
def store(make_store: MakeStore) -> EventStore:
    return make_store(60)
