"""Kept-alive connections to one host, in a stack: the last one used is the next one taken.

httpcore's pool looks at every connection and every request for each call, so a call gets dearer
with those that run beside it. Here it costs the same whatever goes on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Final, Protocol, cast

import httpcore

from ..transport.outgoing import Outgoing
from ..transport.stack import Stack
from .exchange import AsyncAnswer, AsyncPieces
from .slots import AsyncSlots

MOST: Final = 100
"""Connections at a time; further calls wait for one, as long as ``Timeout.pool`` says."""


class AsyncConnections:
    """Stands in the place of a pool of httpcore's, which makes the connections."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool
        self._slots = AsyncSlots(MOST)
        self._idle: Stack[httpcore.AsyncConnectionInterface] = Stack()
        self._closed = False

    async def answer(self, request: Outgoing) -> AsyncAnswer:
        """The answer, whose connection comes back when its pieces are closed."""
        await self._slots.take(request.limits["pool"])
        try:
            connection, response = await self._answered(request)
        except BaseException:
            self._slots.give()
            raise
        return AsyncAnswer(
            response.status,
            response.headers,
            _Pieces(cast("AsyncPieces", response.stream), connection, self),
            cast("_Extended", response).extensions.get("network_stream"),
        )

    async def give_back(self, connection: httpcore.AsyncConnectionInterface) -> None:
        """Takes a connection whose answer was read or given up; it is kept if it is sound."""
        self._slots.give()
        unused: httpcore.AsyncConnectionInterface | None = connection
        if connection.is_idle() and not self._closed:
            unused = self._idle.put(connection)
        if unused is not None:
            await unused.aclose()

    async def aclose(self) -> None:
        """Closes what is idle now; what is in use is closed when it comes back."""
        self._closed = True
        while (connection := self._idle.take()) is not None:
            await connection.aclose()

    async def _answered(
        self, request: Outgoing
    ) -> tuple[httpcore.AsyncConnectionInterface, httpcore.Response]:
        while (connection := await self._kept()) is not None:
            try:
                return connection, await self._asked(connection, request)
            except httpcore.ConnectionNotAvailable:
                continue  # it was closed a moment ago
        connection = self._pool.create_connection(request.url.origin)
        return connection, await self._asked(connection, request)

    async def _asked(
        self, connection: httpcore.AsyncConnectionInterface, request: Outgoing
    ) -> httpcore.Response:
        try:
            return await connection.handle_async_request(request)
        except BaseException:
            await connection.aclose()
            raise

    async def _kept(self) -> httpcore.AsyncConnectionInterface | None:
        while (connection := self._idle.take()) is not None:
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None


class _Extended(Protocol):
    """What httpcore types with less care."""

    extensions: Mapping[str, object]


class _Pieces:
    """What is left of an answer, with the connection that it comes over."""

    __slots__ = ("_connection", "_connections", "_stream")

    def __init__(
        self,
        stream: AsyncPieces,
        connection: httpcore.AsyncConnectionInterface,
        connections: AsyncConnections,
    ) -> None:
        self._stream = stream
        self._connection = connection
        self._connections = connections

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        """Ends the answer, read or not."""
        try:
            await self._stream.aclose()
        finally:
            await self._connections.give_back(self._connection)
