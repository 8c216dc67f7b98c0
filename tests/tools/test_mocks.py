"""What mocks HTTP in a user's tests catches the default client, and nothing reaches the network."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final
from unittest.mock import AsyncMock, patch

import anyio
import httpx
import pook
import pytest
import respx
import vcr
from mocket import Mocketizer
from mocket.mocks.mockhttp import Entry
from pytest_httpx import HTTPXMock

from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import AsyncVinr, Vinr

KEY: Final = "sk_test_tools"
URL: Final = "https://vinr.test/v1"
ENTRY: Final = {"id": "ptx_1", "account": MEMBER, "type": "adjust", "amount": 5}
PATH: Final = "/loyalty/transactions"

Post = Callable[[str], object]
"""Posts to a base URL, and gives the entry's id."""


def post(url: str) -> object:
    with Vinr(secret_key=KEY, base_url=url, max_retries=0, allow_http=True) as client:
        return client.loyalty.transactions.create(account=MEMBER, amount=5).id


async def apost(url: str) -> object:
    async with AsyncVinr(secret_key=KEY, base_url=url, max_retries=0, allow_http=True) as client:
        return (await client.loyalty.transactions.create(account=MEMBER, amount=5)).id


@pytest.fixture(params=["sync", "asyncio", "trio"])
def posts(request: pytest.FixtureRequest) -> Post:
    if request.param == "sync":
        return post
    backend: str = request.param
    return lambda url: anyio.run(apost, url, backend=backend)


@pytest.fixture(params=[False, True], ids=["no proxy", "a proxy"], autouse=True)
def proxy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A proxy that the environment names, and that nobody must reach."""
    with Server() as server:
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.delenv(name.upper(), raising=False)
            monkeypatch.delenv(name, raising=False)
            if request.param:
                monkeypatch.setenv(name, server.url.removesuffix("/v1"))
        yield server
        assert server.connections == 0


def test_pytest_httpx(posts: Post, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(url=URL + PATH, method="POST", json=ENTRY)

    assert posts(URL) == "ptx_1"


@pytest.mark.parametrize("using", ["httpcore", "httpx"])
def test_respx(posts: Post, using: str) -> None:
    with respx.mock(using=using) as router:
        route = router.post(URL + PATH).respond(json=ENTRY)

        assert posts(URL) == "ptx_1"

        assert json.loads(route.calls.last.request.content)["amount"] == 5


def test_pook(posts: Post) -> None:
    with pook.use():
        pook.post(URL + PATH).reply(200).json(ENTRY)

        assert posts(URL) == "ptx_1"


@pytest.mark.parametrize("posts", ["sync", "asyncio"], indirect=True)  # trio's sockets it passes by
def test_mocket(posts: Post) -> None:
    base_url = "http://127.0.0.1:7/v1"
    with Mocketizer():
        Entry.single_register(
            Entry.POST, base_url + PATH, body=json.dumps(ENTRY),
            headers={"content-type": "application/json"},
        )  # fmt: skip

        assert posts(base_url) == "ptx_1"


def _answered() -> httpx.Response:
    return httpx.Response(200, json=ENTRY)


@contextmanager
def _transports_replaced() -> Generator[None]:
    with (
        patch.object(httpx.HTTPTransport, "handle_request", return_value=_answered()),
        patch.object(
            httpx.AsyncHTTPTransport, "handle_async_request", AsyncMock(return_value=_answered())
        ),
    ):
        yield


@contextmanager
def _clients_replaced() -> Generator[None]:
    with (
        patch.object(httpx.Client, "send", return_value=_answered()),
        patch.object(httpx.AsyncClient, "send", AsyncMock(return_value=_answered())),
    ):
        yield


@pytest.mark.parametrize("replaced", [_transports_replaced, _clients_replaced])
def test_a_patch(posts: Post, replaced: Callable[[], AbstractContextManager[None]]) -> None:
    with replaced():
        assert posts(URL) == "ptx_1"


def test_a_cassette_replays(posts: Post, proxy: Server, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    with Server() as server:
        for mode in ("once", "none"):
            with vcr.use_cassette(cassette, record_mode=mode) as played:
                posts(server.url)

            assert (len(played), played.play_count) == (1, int(mode == "none"))
        assert len(server.requests) == 1
