"""Connections of our own: shared, never too many, and through a proxy where there is one."""

from __future__ import annotations

from typing import cast

import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from tests.together import atogether
from vinr import AsyncVinr
from vinr._config import EngineName

KEY = "sk_test_connections"
MOST = 100


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


async def test_calls_at_the_same_time_share_what_others_opened(engine: EngineName) -> None:
    with Server() as server:
        async with AsyncVinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            for _ in range(3):
                await atogether(40, lambda: client.loyalty.accounts.retrieve(MEMBER))

        assert server.connections <= 40
        assert len(server.requests) == 120


async def test_more_calls_than_connections(engine: EngineName) -> None:
    with Server() as server:
        async with AsyncVinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            members = await atogether(150, lambda: client.loyalty.accounts.retrieve(MEMBER))

        assert server.connections <= MOST
        assert {member.id for member in members} == {MEMBER}
