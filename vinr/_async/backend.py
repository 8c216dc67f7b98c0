"""The connections below the HTTP library: they keep the end of an attempt, and notice doubt."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import httpcore
import httpx

from ..transport.ending import left
from ..transport.inbound import Inbound, Manners
from ..transport.wire import Hidden
from .pause import pause
from .reach import connected

_SocketOption = httpcore.SOCKET_OPTION

_MOMENT = 0.005
"""Seconds that a peer has for hanging up, or for speaking first, on a connection without TLS.

Plain HTTP goes to this machine alone. Over TLS the handshake shows who is there; here nothing
does, and a request that was sent in vain could not be told from one that was executed.
"""


class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection, with one answer's bytes counted."""

    def __init__(
        self, stream: httpcore.AsyncNetworkStream, manners: Manners, *, secured: bool = False
    ) -> None:
        self._stream = stream
        self._manners = manners
        self._before_tls = manners.tls and not secured
        self._unproved = not secured
        self._held: list[Hidden] = []
        self._held_timeout: float | None = None
        self._spent = False
        self._inbound = Inbound()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came in; httpcore.ReadTimeout also where the whole attempt is over."""
        if self._held:
            await self._let_go()
        seconds = left(timeout)
        if seconds is not None and seconds <= 0:
            raise httpcore.ReadTimeout("the attempt is over")
        if self._before_tls:
            return await self._read_of_proxy(max_bytes, seconds)
        data = await self._stream.read(max_bytes, seconds)
        if not self._inbound.add(data) and self._manners.http:
            raise httpcore.RemoteProtocolError("the peer speaks another protocol")
        return data

    async def _read_of_proxy(self, max_bytes: int, seconds: float | None) -> bytes:
        """Before TLS stands nothing of ours was sent, whatever breaks."""
        try:
            data = await self._stream.read(max_bytes, seconds)
        except httpcore.ReadTimeout:
            raise httpcore.ConnectTimeout("the proxy did not answer") from None
        except httpcore.ReadError:
            raise httpcore.ConnectError("the proxy hung up") from None
        if not data or (not self._inbound.add(data) and self._manners.http):
            raise httpcore.ConnectError("the proxy hung up, or speaks another protocol")
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends; httpcore.WriteTimeout also where the whole attempt is over."""
        hidden, buffer = Hidden((buffer,)), b""  # the key is in it, and Ctrl-C may come from now on
        if self._manners.holds:
            self._held.append(hidden)
            self._held_timeout = timeout
        else:
            await self._send(hidden, timeout)

    async def _let_go(self) -> None:
        held = Hidden.joined(self._held)
        self._held.clear()
        with suppress(httpcore.WriteError):  # as httpcore has it: an answer may be there
            await self._send(held, self._held_timeout)

    async def _send(self, hidden: Hidden, timeout: float | None) -> None:
        if self._unproved:
            await self._prove()
        seconds = left(timeout)
        if seconds is not None and seconds <= 0:
            raise httpcore.WriteTimeout("the attempt is over")
        self._inbound.restart()
        await self._stream.write(hidden.reveal(), seconds)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> AsyncStream:
        """The same connection under TLS."""
        seconds = left(timeout)
        if seconds is not None and seconds <= 0:
            raise httpcore.ConnectTimeout("the attempt is over")
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, seconds)
        except BaseException:  # httpcore leaves it open where the handshake is cancelled
            await self._stream.aclose()
            raise
        return AsyncStream(stream, self._manners, secured=True)

    async def aclose(self) -> None:
        """Ends the connection."""
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        """As httpcore asks; a spent connection looks closed, so it is not used again."""
        if info == "is_readable" and self._spent:
            return True
        return self._stream.get_extra_info(info)

    def finish(self, headers: Mapping[str, str], body_length: int, *, doubtful: bool) -> None:
        """An answer was read whole; where more came than that, nothing is read after it."""
        self._spent = doubtful or self._inbound.overran(headers, body_length)

    def doubt(self) -> None:
        """What came was no answer to what was asked, so nothing is read after it."""
        self._spent = True

    async def _prove(self) -> None:
        await pause(_MOMENT)
        if self._stream.get_extra_info("is_readable"):
            raise httpcore.ConnectError("the peer hung up or spoke first")
        self._unproved = False


class AsyncBackend(httpcore.AsyncNetworkBackend):
    """Makes such connections by another backend."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, manners: Manners) -> None:
        self._backend = backend
        self._manners = manners

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> AsyncStream:
        """A new connection."""
        stream = await connected(
            lambda address, seconds: self._backend.connect_tcp(
                address, port, seconds, local_address, socket_options
            ),
            (host, port),
            _connecting(timeout),
        )
        return AsyncStream(stream, self._manners)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> AsyncStream:
        """A new connection on this machine."""
        stream = await self._backend.connect_unix_socket(path, _connecting(timeout), socket_options)
        return AsyncStream(stream, self._manners)

    async def sleep(self, seconds: float) -> None:
        """As the backend does."""
        await self._backend.sleep(seconds)


def watch(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Puts such connections below an httpx client.

    httpx has no argument for a network backend of httpcore's, and with its own transports come
    its proxies, TLS settings and environment, so the backend is put into those. A transport of
    another kind stays as it is; there the time-outs count for each step alone.
    """
    mounted: Mapping[object, object] = getattr(client, "_mounts", {})
    for transport in (getattr(client, "_transport", None), *mounted.values()):
        watch_transport(transport)
    return client


def watch_transport(transport: object, *, holds: bool = False, tls: bool = False) -> None:
    """The same for one transport."""
    pool = getattr(transport, "_pool", None)
    if getattr(pool, "_http2", False):
        return  # its answers are not told apart by what is seen here
    backend = getattr(pool, "_network_backend", None)
    if isinstance(backend, httpcore.AsyncNetworkBackend) and not isinstance(backend, AsyncBackend):
        http = not isinstance(pool, httpcore.AsyncSOCKSProxy)  # which has words of its own
        watching = AsyncBackend(backend, Manners(http, holds and http, tls))
        setattr(pool, "_network_backend", watching)  # noqa: B010


def _connecting(timeout: float | None) -> float | None:
    seconds = left(timeout)
    if seconds is not None and seconds <= 0:
        raise httpcore.ConnectTimeout("the attempt is over")
    return seconds
