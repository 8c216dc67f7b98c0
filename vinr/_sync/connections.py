# Generated from vinr/_async/connections.py by scripts/generate_sync.py. Do not edit.
"""Kept-alive connections to one host, in a stack: the last one used is the next one taken.

httpcore's pool looks at every connection and every request for each call, so a call gets dearer
with those that run beside it. Here it costs the same whatever goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Protocol, cast

import httpcore

from ..transport.outgoing import Outgoing
from ..transport.stack import Stack
from .exchange import Answer, Pieces
from .slots import Slots

MOST: Final = 100
"""Connections at a time; further calls wait for one, as long as ``Timeout.pool`` says."""


class Connections:
    """Stands in the place of a pool of httpcore's, which makes the connections."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool
        self._slots = Slots(MOST)
        self._idle: Stack[httpcore.ConnectionInterface] = Stack()
        self._closed = False

    def answer(self, request: Outgoing) -> Answer:
        """The answer, whose connection comes back when its pieces are closed."""
        self._slots.take(request.limits["pool"])
        try:
            connection, response = self._answered(request)
        except BaseException:
            self._slots.give()
            raise
        return Answer(
            response.status,
            response.headers,
            _Pieces(cast("Pieces", response.stream), connection, self),
            cast("_Extended", response).extensions.get("network_stream"),
        )

    def give_back(self, connection: httpcore.ConnectionInterface) -> None:
        """Takes a connection whose answer was read or given up; it is kept if it is sound."""
        self._slots.give()
        unused: httpcore.ConnectionInterface | None = connection
        if connection.is_idle() and not self._closed:
            unused = self._idle.put(connection)
        if unused is not None:
            unused.close()

    def close(self) -> None:
        """Closes what is idle now; what is in use is closed when it comes back."""
        self._closed = True
        while (connection := self._idle.take()) is not None:
            connection.close()

    def _answered(
        self, request: Outgoing
    ) -> tuple[httpcore.ConnectionInterface, httpcore.Response]:
        while (connection := self._kept()) is not None:
            try:
                return connection, self._asked(connection, request)
            except httpcore.ConnectionNotAvailable:
                continue  # it was closed a moment ago
        connection = self._pool.create_connection(request.url.origin)
        return connection, self._asked(connection, request)

    def _asked(
        self, connection: httpcore.ConnectionInterface, request: Outgoing
    ) -> httpcore.Response:
        try:
            return connection.handle_request(request)
        except BaseException:
            connection.close()
            raise

    def _kept(self) -> httpcore.ConnectionInterface | None:
        while (connection := self._idle.take()) is not None:
            if not connection.has_expired():
                return connection
            connection.close()
        return None


class _Extended(Protocol):
    """What httpcore types with less care."""

    extensions: Mapping[str, object]


class _Pieces:
    """What is left of an answer, with the connection that it comes over."""

    __slots__ = ("_connection", "_connections", "_stream")

    def __init__(
        self,
        stream: Pieces,
        connection: httpcore.ConnectionInterface,
        connections: Connections,
    ) -> None:
        self._stream = stream
        self._connection = connection
        self._connections = connections

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        """Ends the answer, read or not."""
        try:
            self._stream.close()
        finally:
            self._connections.give_back(self._connection)
