"""The server's connections: time limits, and refusals of requests that cannot be read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, cast

from aiohttp import web

from ..http_message import HttpRequest, HttpResponse
from ..refusal import Refusal, SandboxClosedError

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]  # looked at before each use

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Refuse = Callable[[HttpRequest, Refusal], HttpResponse]

HEAD_SECONDS = 15.0
"""How long a connection may go without bringing the whole head of a request.

It counts from the start of the connection, and from each answer. Connections that are forgotten,
or kept open on purpose, would use up the descriptors of this process.
"""

_log: Final = logging.getLogger("vinr.sandbox.http")
# aiohttp logs parts of a request that is no HTTP, maybe a key: only for who adds a handler here
_log.addHandler(logging.NullHandler())
_log.propagate = False

_MOST_CONNECTIONS: Final = 1000
_UNREADABLE: Final = 400
_UNKNOWN_CODING: Final = "invalid `transfer-encoding`"
"""In aiohttp's message about a transfer coding that it does not know."""


class ConnectionFactory(web.Server):
    """Makes a protocol object for each new connection."""

    def __init__(self, handler: Handler, refuse: Refuse) -> None:
        """``refuse`` answers a request that cannot be read."""
        super().__init__(self._handle)
        self._handler = handler
        self.refuse = refuse
        self.waiting: dict[_Connection, asyncio.Transport] = {}
        """Those that wait for the head of a request, the one that waits longest first."""
        self._most = _most_connections()

    def __call__(self) -> web.RequestHandler:
        """The protocol of one connection."""
        return _Connection(self)

    def make_room(self) -> None:
        """Close the connection that waits longest, where there are too many.

        Without a descriptor to spare no new connection could be taken, nor a file be opened.
        """
        if len(self.connections) > self._most and self.waiting:
            connection, transport = next(iter(self.waiting.items()))
            connection.stop_waiting()
            transport.abort()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = cast("_Connection", request.protocol)
        connection.stop_waiting()
        try:
            return await self._handler(request)
        finally:
            connection.wait_for_head()


class _Connection(web.RequestHandler):
    __slots__ = ("_factory", "_time_limit")

    def __init__(self, connections: ConnectionFactory) -> None:
        super().__init__(
            connections,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # which means none, as for web.Server
            auto_decompress=False,
            logger=_log,
        )
        self._factory = connections
        self._time_limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._factory.make_room()
        self.wait_for_head()

    def connection_lost(self, exc: BaseException | None) -> None:
        """Wait no more."""
        self.stop_waiting()
        super().connection_lost(exc)

    def wait_for_head(self) -> None:
        """Close the connection unless the head of a request comes in time."""
        self.stop_waiting()
        transport = self.transport
        if transport is not None:
            loop = asyncio.get_running_loop()
            self._time_limit = loop.call_later(HEAD_SECONDS, transport.abort)
            self._factory.waiting[self] = transport

    def stop_waiting(self) -> None:
        """The head of a request has come."""
        self._factory.waiting.pop(self, None)
        if self._time_limit is not None:
            self._time_limit.cancel()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The answer to a request that the handler did not answer."""
        plain = super().handle_error(request, status, exc, message)
        if status != _UNREADABLE:
            return plain
        refusal = Refusal("request_invalid", "This is no HTTP, or its head is too long.")
        if _UNKNOWN_CODING in (message or "").lower():
            refusal = unknown_coding()
        try:
            refused = self._factory.refuse(HttpRequest(request.method, request.path), refusal)
        except SandboxClosedError:
            return plain
        response = web.Response(status=refused.status, headers=refused.headers, body=refused.body)
        response.force_close()
        return response


def _most_connections() -> int:
    """Half of the files that this process may have open, where there is such a limit."""
    if resource is None:
        return _MOST_CONNECTIONS
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST_CONNECTIONS if allowed < 0 else min(allowed // 2, _MOST_CONNECTIONS)


def unknown_coding() -> Refusal:
    """The refusal of a transfer coding other than chunked."""
    return Refusal("transfer_coding_unknown", "The one transfer coding known here is chunked.")
