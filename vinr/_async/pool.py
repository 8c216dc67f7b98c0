"""The connections of one client, shared by its views. Written by hand in both packages.

Connections belong to the event loop that made them, so here each loop has an httpx client.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator
from typing import Final
from weakref import WeakKeyDictionary

import httpx

from ..errors import ConfigurationError
from ..transport.faults import CLOSED, FROM_ANOTHER_PROCESS
from ..transport.processes import forget_in_child
from ..transport.tls import tls_context
from ..transport.wire import Fault
from .backend import watch

_OF_THE_PARENT: Final[list[object]] = []
"""Connections that a fork copied are kept and never touched: they are the parent's."""


class AsyncPool:
    """An httpx client: the caller's own, or one made when it is first needed."""

    def __init__(self, http_client: httpx.AsyncClient | None, base_url: str) -> None:
        if http_client is not None:
            _check(http_client)
            watch(http_client)
        self.given: Final = http_client
        self._base_url = base_url
        self._fault: Fault | None = None
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, _Client] = WeakKeyDictionary()
        self._last: tuple[asyncio.AbstractEventLoop, _Client] | None = None
        forget_in_child(self)

    async def client(self) -> httpx.AsyncClient | Fault:
        """The client to send with, or why there is none."""
        if self._fault is not None:
            return self._fault
        if self.given is not None:
            return CLOSED if self.given.is_closed else self.given
        loop, last = asyncio.get_running_loop(), self._last
        if last is None or last[0] is not loop or last[1].http.is_closed:
            last = self._last = (loop, await self._of(loop))
        return last[1].http

    async def close(self) -> None:
        """Closes the connections of this event loop; a client of the caller's own stays open."""
        self._fault = self._fault or CLOSED
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.keeper.aclose()

    def after_fork(self) -> None:
        """In a child the connections are the parent's."""
        _OF_THE_PARENT.append((self._clients, self._last))
        self._clients, self._last = WeakKeyDictionary(), None
        if self.given is not None and self._fault is None:
            self._fault = FROM_ANOTHER_PROCESS

    async def _of(self, loop: asyncio.AbstractEventLoop) -> _Client:
        client = self._clients.get(loop)
        if client is None or client.http.is_closed:
            client = self._clients[loop] = _Client(tls_context(self._base_url))
            await anext(client.keeper)
        return client


class _Client:
    """An httpx client that is closed together with its event loop, if not before.

    A loop that ends closes the async generators that were begun in it.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.http = watch(httpx.AsyncClient(verify=context, follow_redirects=False))
        self.keeper = _keep(self.http)


async def _keep(http: httpx.AsyncClient) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        await http.aclose()


def _check(http_client: object) -> None:
    if not isinstance(http_client, httpx.AsyncClient):
        raise ConfigurationError(
            f"http_client must be an httpx.AsyncClient, not {type(http_client).__name__}"
        )
    if http_client.follow_redirects:
        raise ConfigurationError(
            "http_client follows redirects, which would carry the secret key to other hosts;"
            " make it with follow_redirects=False"
        )
