# Generated from tests/_async/test_connections.py; do not edit.
"""Connections of our own: shared, never too many, and through a proxy where there is one."""

from __future__ import annotations

import time
from threading import Barrier
from typing import cast

import pytest

from tests.faults.server import Fault, Server, Wire
from tests.faults.service import MEMBER, Request
from tests.together import eventually, together
from vinr import Vinr
from vinr._config import EngineName

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


def test_a_connection_that_is_not_needed_any_more_is_closed(
    engine: EngineName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two calls at once need two; those one after the other use the same one."""
    both = Barrier(2)

    def waits_for_the_other(wire: Wire, request: Request) -> None:
        both.wait(10)
        wire.answer(wire.service.answer(request))

    def later(seconds: float) -> None:
        now = time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: now() + seconds)

    with Server([Fault("waits", waits_for_the_other)] * 2) as server:
        with Vinr(secret_key=KEY, base_url=server.url, engine=engine) as client:
            together(2, lambda: client.loyalty.accounts.retrieve(MEMBER))
            assert server.open_connections == 2
            for _ in range(2):
                later(3)
                client.loyalty.accounts.retrieve(MEMBER)

            eventually(lambda: server.open_connections == 1)
            client.loyalty.accounts.retrieve(MEMBER)

    assert server.connections == 2
