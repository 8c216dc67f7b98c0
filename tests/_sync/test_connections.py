# Generated from tests/_async/test_connections.py by scripts/generate_sync.py. Do not edit.
"""Connections of our own: shared, never too many, and through a proxy where there is one."""

from __future__ import annotations

from typing import cast

import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from tests.together import together
from vinr import NotFoundError, Vinr
from vinr.config import EngineName

KEY = "sk_test_connections"
MOST = 100


@pytest.fixture(params=["httpx", "fast"])
def engine(request: pytest.FixtureRequest) -> EngineName:
    return cast("EngineName", request.param)


def test_calls_at_the_same_time_share_what_others_opened(engine: EngineName) -> None:
    with Server() as server:
        with Vinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            for _ in range(3):
                together(40, lambda: client.loyalty.accounts.retrieve(MEMBER))

        assert server.connections <= 40
        assert len(server.requests) == 120


def test_more_calls_than_connections(engine: EngineName) -> None:
    with Server() as server:
        with Vinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            members = together(150, lambda: client.loyalty.accounts.retrieve(MEMBER))

        assert server.connections <= MOST
        assert {member.id for member in members} == {MEMBER}


def test_a_proxy_of_the_environment(engine: EngineName, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        with Vinr(secret_key=KEY, base_url="http://127.0.0.1:1/v1", engine=engine) as client:
            with pytest.raises(NotFoundError):  # the proxy of this test has nothing behind it
                client.loyalty.accounts.retrieve(MEMBER)

        assert [request.path for request in proxy.requests] == [
            f"http://127.0.0.1:1/v1/loyalty/accounts/{MEMBER}"
        ]
