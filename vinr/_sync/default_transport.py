# Generated from vinr/_async/default_transport.py; do not edit.
"""The httpx client that sends where the caller gave none, and its connections.

Below ``httpx.HTTPTransport`` stands a pool for one host, in which a call costs the same
whatever else goes on: idle connections are a stack, the last one used is the next one taken.
Each read and write of its connections also looks at the moment at which the attempt must be over.
"""

from __future__ import annotations

import ssl
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from math import inf
from typing import Any, Final, Protocol, cast

import httpcore
import httpx

from .._config import MOST_SECONDS
from .._transport.environment import Route, route_to, tls_context
from .._transport.httpx_private import set_pool, trailing_data_of_connections
from ..errors import ConfigurationError
from ._concurrency import (
    NO_BODY,
    ConnectionSlots,
    connect_any_address,
    is_readable_within,
    shielded,
)
from .exchange import attempt_ends

MOST_CONNECTIONS: Final = 100
"""At a time; further calls wait for one, as long as ``Timeout.pool`` says."""
LONGEST_IDLE: Final = 5.0
"""Seconds that a connection is kept without use, as httpx does."""

_REFUSAL_SECONDS: Final = 0.005
"""For a peer to hang up or to speak first, on a new connection without TLS.

Plain HTTP goes to this machine. Over TLS the handshake shows who is there; here nothing does, and
a request that was sent in vain could not be told from one that was executed.
"""
_SHORTEST_STEP: Final = 1e-6
"""Seconds; a socket takes zero for "do not wait", and refuses less."""
_HTTP: Final = b"HTTP/"


class _NoCookies(httpx.Cookies):
    """VINR sets none, and looking for them takes as long as reading the response."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leaves them in the response."""


class PlainHTTPXClient(httpx.Client):
    """An httpx client without default headers, which keeps no cookies."""

    cookies = _NoCookies()  # type: ignore[override]  # a property in httpx, read for each call

    def __init__(self, transport: httpx.BaseTransport) -> None:
        super().__init__(transport=transport)
        self.headers.clear()


def plain_httpx_client(base_url: str) -> PlainHTTPXClient:
    """With the proxy and the certificates of the environment.

    Raises ConfigurationError where one of those cannot be used.
    """
    route, context = route_to(base_url), tls_context(base_url)
    limits = httpx.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=LONGEST_IDLE)
    try:
        transport = httpx.HTTPTransport(verify=context, proxy=route.proxy, limits=limits)
    except ImportError:
        raise ConfigurationError(
            "the environment has a SOCKS proxy, which httpx needs a package for:"
            " pip install 'httpx[socks]'; nothing was sent"
        ) from None
    set_pool(transport, ConnectionPool(context, route))
    return PlainHTTPXClient(transport)


class ConnectionPool(httpcore.ConnectionPool):
    """Stands in the place of httpcore's, whose connections it uses.

    httpcore's own looks at every connection and every request for each call.
    """

    def __init__(self, ssl_context: ssl.SSLContext, route: Route) -> None:
        backend = cast("httpcore.NetworkBackend", httpcore.SyncBackend())
        self._backend = _DeadlineBackend(backend, route)
        super().__init__(
            ssl_context=ssl_context,
            proxy=_httpcore_proxy(route),
            keepalive_expiry=LONGEST_IDLE,
            network_backend=self._backend,
        )
        self._context = ssl_context
        self._route = route
        self._slots = ConnectionSlots(MOST_CONNECTIONS)
        self._idle: deque[tuple[float, httpcore.ConnectionInterface]] = deque()
        self._is_closed = False
        self._trailing_data = trailing_data_of_connections(over_proxy=route.proxy is not None)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """The response; its connection is idle again when its stream is closed."""
        if _is_replaced(httpcore.ConnectionPool.handle_request):
            return super().handle_request(request)  # by a mock
        if request.method == b"GET":
            request.stream = NO_BODY  # instead of one empty piece
        if not self._slots.acquire(_timeouts(request).get("pool")):
            raise httpcore.PoolTimeout("no connection got free")
        try:
            connection, response = self._send(request)
        except BaseException:
            self._slots.release()
            raise
        stream: Any = response.stream
        response.stream = _ResponseStream(stream, connection, self)
        return response

    def take_back(self, connection: httpcore.ConnectionInterface) -> None:
        """Keeps a connection whose response was read or given up, if it is sound."""
        self._slots.release()
        unused: httpcore.ConnectionInterface | None = connection
        is_sound = connection.is_idle() and not self._trailing_data(connection)[0]
        if is_sound and not self._is_closed:
            self._idle.append((time.monotonic(), connection))
            unused = self._oldest_if_unused()
        if unused is not None:
            unused.close()

    def close(self) -> None:
        """Closes what is idle now; what is in use is closed when it comes back."""
        self._is_closed = True
        while (connection := self._last_used()) is not None:
            connection.close()
        super().close()

    def _send(
        self, request: httpcore.Request
    ) -> tuple[httpcore.ConnectionInterface, httpcore.Response]:
        while (idle := self._last_used()) is not None:
            if not idle.has_expired():
                return idle, self._send_over(idle, request)
            idle.close()
        connection = self._new_connection(request.url.origin, _timeouts(request))
        return connection, self._send_over(connection, request)

    def _new_connection(
        self, origin: httpcore.Origin, timeouts: Mapping[str, float]
    ) -> httpcore.ConnectionInterface:
        if self._route.proxy is not None:
            return self.create_connection(origin)
        # httpcore.HTTPConnection would be one more lock to take for each call
        host, seconds = origin.host.decode("ascii"), timeouts.get("connect")
        stream: httpcore.NetworkStream
        stream = self._backend.connect_tcp(host, origin.port, timeout=seconds)
        if self._route.over_tls:
            self._context.set_alpn_protocols(["http/1.1"])
            stream = stream.start_tls(self._context, host, timeout=seconds)
        return httpcore.HTTP11Connection(origin, stream, keepalive_expiry=LONGEST_IDLE)

    def _send_over(
        self, connection: httpcore.ConnectionInterface, request: httpcore.Request
    ) -> httpcore.Response:
        try:
            return connection.handle_request(request)
        except BaseException:
            with shielded():
                connection.close()
            raise

    # threads share these two, and each method of a deque is done at once

    def _last_used(self) -> httpcore.ConnectionInterface | None:
        try:
            return self._idle.pop()[1]
        except IndexError:
            return None

    def _oldest_if_unused(self) -> httpcore.ConnectionInterface | None:
        with suppress(IndexError):  # another thread took it
            since, oldest = self._idle.popleft()
            if since + LONGEST_IDLE < time.monotonic():
                return oldest
            self._idle.appendleft((since, oldest))
        return None


class _ResponseStream:
    """What is left of a response, with the connection that it comes over."""

    def __init__(
        self,
        stream: httpx.SyncByteStream,
        connection: httpcore.ConnectionInterface,
        pool: ConnectionPool,
    ) -> None:
        self._stream = stream
        self._connection = connection
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        """Ends the response, read or not."""
        try:
            self._stream.close()
        finally:  # where that was cancelled the connection is not idle, and is closed
            self._pool.take_back(self._connection)


class _HiddenBytes(tuple[bytes, ...]):
    """The bytes of a request, the secret key among them, in a form that no traceback shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<bytes of a request>"


class _DeadlineStream(httpcore.NetworkStream):
    """One connection."""

    def __init__(
        self, stream: httpcore.NetworkStream, route: Route, *, over_tls: bool = False
    ) -> None:
        self._stream = stream
        self._route = route
        self._is_ready = over_tls
        """Whether requests may be sent: TLS stands, or the peer did not refuse."""
        self._has_read = False
        self._unsent = _HiddenBytes()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came in; httpcore.ReadTimeout also where the attempt ends before anything does."""
        if self._unsent:
            self._send(timeout)
        seconds = _bounded(timeout)
        if self._is_ready:
            return self._stream.read(max_bytes, seconds)
        return self._read_of_proxy(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends a request's head and body in one piece: httpcore ends it with an empty write."""
        hidden, buffer = _HiddenBytes((buffer,)), b""  # Ctrl-C may come from now on
        if hidden[0]:
            self._unsent = _HiddenBytes((*self._unsent, *hidden))
        else:
            self._send(timeout)

    def _send(self, timeout: float | None) -> None:
        """httpcore.WriteTimeout also where the attempt is over."""
        unsent, self._unsent = self._unsent, _HiddenBytes()
        if not (self._is_ready or self._route.over_tls):
            self._wait_for_refusal()
        if attempt_ends.get(inf) <= time.monotonic():
            raise httpcore.WriteTimeout("the attempt is over")
        self._stream.write(b"".join(unsent), _bounded(timeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> _DeadlineStream:
        """The same connection under TLS."""
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, _bounded(timeout))
        except BaseException:  # httpcore leaves it open where the handshake is cancelled
            with shielded():
                self._stream.close()
            raise
        return _DeadlineStream(stream, self._route, over_tls=True)

    def close(self) -> None:
        """Ends the connection."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """As httpcore asks."""
        return self._stream.get_extra_info(info)

    def _read_of_proxy(self, max_bytes: int, seconds: float) -> bytes:
        """Before TLS stands nothing was sent but the request to the proxy, whatever breaks."""
        try:
            data = self._stream.read(max_bytes, seconds)
        except httpcore.ReadTimeout:
            raise httpcore.ConnectTimeout("the proxy did not answer") from None
        except httpcore.ReadError:
            raise httpcore.ConnectError("the proxy hung up") from None
        begins_as_http = self._has_read or _HTTP.startswith(data[: len(_HTTP)])
        if not data or (self._route.over_http_proxy and not begins_as_http):
            raise httpcore.ConnectError("the proxy hung up, or speaks another protocol")
        self._has_read = True
        return data

    def _wait_for_refusal(self) -> None:
        if is_readable_within(_REFUSAL_SECONDS, self._stream):
            raise httpcore.ConnectError("the peer hung up or spoke first")
        self._is_ready = True


class _DeadlineBackend(httpcore.NetworkBackend):
    """Opens such connections, by another backend."""

    def __init__(self, backend: httpcore.NetworkBackend, route: Route) -> None:
        self._backend = backend
        self._route = route

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> _DeadlineStream:
        """A new connection, to whichever address of the host answers."""
        stream = connect_any_address(
            lambda address, seconds: self._backend.connect_tcp(
                address, port, seconds, local_address, socket_options
            ),
            (host, port),
            _bounded(timeout),
        )
        return _DeadlineStream(stream, self._route)


def _is_replaced(method: object) -> bool:
    """Whether a method of httpcore's is another's by now, as mocks make it."""
    home: object = getattr(method, "__globals__", {}).get("__name__")
    return not str(home).startswith("httpcore.")


class _WithTimeouts(Protocol):
    """A request of httpcore's, which types it with less care."""

    extensions: Mapping[str, Mapping[str, float]]


def _timeouts(request: httpcore.Request) -> Mapping[str, float]:
    """Seconds for each step."""
    return cast(_WithTimeouts, request).extensions.get("timeout", {})


def _bounded(timeout: float | None) -> float:
    """Seconds that a step may take; where the attempt is over, too few for anything to happen."""
    left = attempt_ends.get(inf) - time.monotonic()
    return max(_SHORTEST_STEP, min(MOST_SECONDS if timeout is None else timeout, left))


def _httpcore_proxy(route: Route) -> httpcore.Proxy | None:
    if route.proxy is None:
        return None
    proxy = httpx.Proxy(route.proxy)
    return httpcore.Proxy(
        url=httpcore.URL(
            scheme=proxy.url.raw_scheme,
            host=proxy.url.raw_host,
            port=proxy.url.port,
            target=proxy.url.raw_path,
        ),
        auth=proxy.raw_auth,
        headers=proxy.headers.raw,
    )
