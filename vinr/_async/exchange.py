"""One attempt over an httpx client: a request's bytes in, a response or the failure out."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, Final, Protocol

from .._protocol.body import MOST_BYTES, TOO_LARGE, UnreadableBodyError, decompressed
from .._protocol.messages import NoResponse, RawResponse, RetrySafety, Send
from .._transport.failures import NO_CONNECTION_FREE, no_response, raised_by_others
from .._transport.httpx_private import max_connections_of
from .._transport.request_builder import RequestBuilder
from ._concurrency import AsyncConnectionSlots, AsyncPerLoop, cancelled_at_waits, to_its_end

attempt_ends: Final[ContextVar[float]] = ContextVar("attempt_ends")
"""The moment at which the attempt must be over, for the connections of the default client."""


class AsyncExchange(Protocol):
    """What a client's requests go through."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is sent any more."""
        ...

    async def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response; what was cancelled or interrupted is raised."""
        ...

    async def close_connection(self, connection: object) -> None:
        """Closes one that brought no response to what was asked."""

    async def aclose(self) -> None:
        """Closes all connections."""


class AsyncHTTPXExchange:
    """Sends by ``httpx.AsyncClient.send``, over the default client or one of the caller's own.

    The client is not changed. Its hooks, mounts, auth, headers, cookies and parameters count.
    """

    def __init__(self, client: Any, host: str) -> None:
        """``client`` is of httpx or of httpx2; ``host`` is for messages."""
        self._client = client
        self._host = host
        self._builder = RequestBuilder(client)

    @property
    def is_closed(self) -> bool:
        """Whether its owner closed it."""
        closed: bool = self._client.is_closed
        return closed

    async def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response.

        What a hook or a mock raises passes through, as a cancellation does. A failure is not
        chained to what httpx raised, which holds the request and so the secret key.
        """
        request: Any = None
        response: Any = None
        bounded = attempt_ends.set(send.ends)
        try:
            request = self._builder.build(send.request, send.timeouts)
            response = await self._client.send(request, stream=True, follow_redirects=False)
            return await _read(response, send.ends)
        except Exception as error:
            others = raised_by_others(error, request)
            if others is error:
                raise
            if others is None:
                status: int | None = None
                request_id: str | None = None
                if response is not None:
                    status = response.status_code
                    request_id = response.headers.get("x-vinr-request-id")
                return no_response(error, self._host, status, request_id)
        finally:
            if response is not None:
                await self._close(response)
            attempt_ends.reset(bounded)
        raise others  # not within, where what holds the request would become its context

    async def close_connection(self, connection: object) -> None:
        """Shuts its socket down, so that its pool finds it closed and makes another one."""
        info: Callable[[str], Any] | None = getattr(connection, "get_extra_info", None)
        sock = None if info is None else info("socket")
        if sock is not None:
            with suppress(OSError):  # it is closed already
                sock.shutdown(socket.SHUT_RDWR)

    async def aclose(self) -> None:
        """Closes the client, where it is the default one."""
        await self._client.aclose()

    async def _close(self, response: Any) -> None:
        await response.aclose()  # the default client's pool bears a cancellation here


class AsyncCallersExchange(AsyncHTTPXExchange):
    """Over a client of the caller's own, whose pool is kept from cancellations.

    A task that is cancelled in httpx's queue for a connection, or between two steps of its books,
    leaves a connection behind that nobody ever gives back. So nobody waits in that queue.
    """

    def __init__(self, client: Any, host: str, base_url: str) -> None:
        super().__init__(client, host)
        count = max_connections_of(client, base_url)
        self._slots = AsyncPerLoop(lambda: AsyncConnectionSlots(count))

    async def exchange(self, send: Send) -> RawResponse | NoResponse:
        """Sends once and reads the whole response."""
        slots = self._slots.value or await self._slots.make()
        if not await slots.acquire(send.timeouts["pool"]):
            return NO_CONNECTION_FREE
        try:
            return await cancelled_at_waits(super().exchange(send))
        finally:
            slots.release()

    async def _close(self, response: Any) -> None:
        await to_its_end(response.aclose)


async def _read(response: Any, ends: float) -> RawResponse | NoResponse:
    status: int = response.status_code
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1")
        for name, value in response.headers.raw
    }
    if status < 200:
        what = "the server wants to speak another protocol"
        return NoResponse(RetrySafety.AMBIGUOUS, what, status=status)
    received = RawResponse(status, headers, b"")
    received.connection = response.extensions.get("network_stream")
    if response.is_stream_consumed:  # a hook or a mock has read and decompressed it
        received.body = response.content
        if len(received.body) > MOST_BYTES:
            received.body, received.flaw = b"", TOO_LARGE
        return received
    pieces: list[bytes] = []
    size = 0
    coming = aiter(response.stream)
    async for piece in coming:
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            received.flaw = TOO_LARGE
            await _abandon(response, coming)
            return received
        if time.monotonic() > ends:  # within a piece only the default client looks at the time
            await _abandon(response, coming)
            what, request_id = "no answer in time", headers.get("x-vinr-request-id")
            safety = RetrySafety.AMBIGUOUS
            return NoResponse(safety, what, timed_out=True, status=status, request_id=request_id)
    received.body = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    if "content-encoding" in headers:
        try:
            received.body = decompressed(received.body, headers["content-encoding"])
        except UnreadableBodyError as error:
            received.body, received.flaw = b"", str(error)
    return received


async def _abandon(response: Any, coming: AsyncIterator[bytes]) -> None:
    """Ends a response in its middle, and the generators of httpx that were reading it."""
    await response.aclose()
    with suppress(Exception):  # there is no connection any more
        await anext(coming)
