"""Transports for httpx clients: requests are answered by a sandbox in the same process."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

import anyio
import httpx

from ..application import Application
from ..fault_injection import DelayedTransmission
from ..http_message import HttpRequest, HttpResponse, headers_of
from ..refusal import SandboxClosedError
from ..transmission import Ending, Transmission

_SLOW: Final = "the sandbox was slow, as planned"


class SandboxTransport(httpx.BaseTransport):
    """For httpx.Client: every request is answered by the sandbox, whatever its host."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            transmission = self._application.handle(_http_request(request, request.read()))
            if not isinstance(transmission, Transmission):
                transmission = _wait(transmission, _read_timeout(request))
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error)) from error
        return _httpx_response(transmission)


class AsyncSandboxTransport(httpx.AsyncBaseTransport):
    """For httpx.AsyncClient. Only planned waits are awaited: an answer takes under 1 ms."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            transmission = self._application.handle(_http_request(request, await request.aread()))
            if not isinstance(transmission, Transmission):
                transmission = await _wait_async(transmission, _read_timeout(request))
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error)) from error
        return _httpx_response(transmission)


def _http_request(request: httpx.Request, body: bytes) -> HttpRequest:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    return HttpRequest(request.method, path, query, headers_of(request.headers.raw), body)


def _wait(delayed: DelayedTransmission, longest: float | None) -> Transmission:
    """Wait in this thread; raises httpx.ReadTimeout after ``longest`` seconds."""
    most = math.inf if longest is None else longest
    try:
        while True:
            seconds = next(delayed)
            time.sleep(min(seconds, most))
            if seconds > most:
                raise httpx.ReadTimeout(_SLOW)
    except StopIteration as done:
        transmission: Transmission = done.value
        return transmission
    finally:
        delayed.close()


async def _wait_async(delayed: DelayedTransmission, longest: float | None) -> Transmission:
    """Wait in this task; raises httpx.ReadTimeout after ``longest`` seconds."""
    most = math.inf if longest is None else longest
    try:
        while True:
            seconds = next(delayed)
            await anyio.sleep(min(seconds, most))
            if seconds > most:
                raise httpx.ReadTimeout(_SLOW)
    except StopIteration as done:
        transmission: Transmission = done.value
        return transmission
    finally:
        delayed.close()


def _transport_error(ending: Ending) -> httpx.TransportError:
    """The error that httpx raises where a connection ends like this."""
    match ending:
        case "reset":
            return httpx.ReadError("Connection reset by peer")
        case "garbage":
            return httpx.RemoteProtocolError("illegal status line")
        case "truncated":
            message = "peer closed connection without sending complete message body"
            return httpx.RemoteProtocolError(message)
        case _:
            message = "Server disconnected without sending a response."
            return httpx.RemoteProtocolError(message)


def _read_timeout(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return seconds


def _httpx_response(transmission: Transmission) -> httpx.Response:
    ending, response = transmission.ending, transmission.response
    if response is not None and ending == "complete":
        return _with_stream(response, httpx.ByteStream(response.body))
    if response is not None and ending == "truncated":
        return _with_stream(response, _TruncatedStream(response.body))
    raise _transport_error(ending)


def _with_stream(response: HttpResponse, stream: httpx.SyncByteStream) -> httpx.Response:
    headers = {**response.headers, "content-length": str(len(response.body))}
    return httpx.Response(response.status, headers=headers, stream=stream)


class _TruncatedStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends in the middle, as when the connection is lost."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise _transport_error("truncated")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise _transport_error("truncated")
