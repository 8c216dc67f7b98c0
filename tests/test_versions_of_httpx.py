"""Versions of httpx and httpcore that lack a private name: calls work, and one line says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partialmethod
from typing import Any

import anyio
import httpcore
import httpx
import pytest

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, Vinr
from vinr._transport import httpx_private

KEY = "sk_test_versions"


def without(names: set[str], kind: Callable[..., Any]) -> Callable[..., Any]:
    """Makes what the class makes, with these attributes out of reach."""

    class Without:
        def __init__(self, *arguments: object, **options: object) -> None:
            self._made = kind(*arguments, **options)

        def __getattr__(self, name: str) -> object:
            if name in names:
                raise AttributeError(name)
            return getattr(self._made, name)

    return Without


def call(url: str) -> None:
    with Vinr(secret_key=KEY, base_url=url, allow_http=True) as client:
        for _ in range(2):
            assert client.loyalty.accounts.retrieve(MEMBER).id == MEMBER


def acall(url: str) -> None:
    async def retrieve() -> None:
        async with AsyncVinr(secret_key=KEY, base_url=url, allow_http=True) as client:
            for _ in range(2):
                assert (await client.loyalty.accounts.retrieve(MEMBER)).id == MEMBER

    anyio.run(retrieve)


@pytest.fixture(params=[call, acall])
def calls(request: pytest.FixtureRequest) -> Callable[[str], None]:
    made: Callable[[str], None] = request.param
    return made


@pytest.mark.parametrize(
    ("library", "kinds", "name", "said"),
    [
        (httpx, ("HTTPTransport", "AsyncHTTPTransport"), "_pool", "HTTPTransport._pool"),
        (
            httpcore,
            ("HTTP11Connection", "AsyncHTTP11Connection"),
            "_h11_state",
            "HTTP11Connection._h11_state",
        ),
    ],
)
def test_a_name_is_missing(
    calls: Callable[[str], None],
    library: Any,
    kinds: tuple[str, str],
    name: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(httpx_private, "_reported", set[str]())
    for kind in kinds:
        monkeypatch.setattr(library, kind, without({name}, getattr(library, kind)))
    with Server() as server:
        for _ in range(2):
            calls(server.url)

    assert len(server.requests) == 4
    (record,) = [record for record in caplog.records if record.name == "vinr"]
    assert f"no {said}: " in record.getMessage()


def test_a_proxys_connection_is_built_in_another_way(
    calls: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(pool: object, create: Callable[..., Any], origin: httpcore.Origin) -> object:
        return without({"_h11_state", "_connection"}, create)(pool, origin)

    for pool in (httpcore.ConnectionPool, httpcore.AsyncConnectionPool):
        monkeypatch.setattr(pool, "create_connection", partialmethod(made, pool.create_connection))
    with Server() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        proxy.service.base = "http://vinr.test/v1"
        calls("http://vinr.test/v1")

    assert len(proxy.requests) == 2
