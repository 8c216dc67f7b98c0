"""The door in process: httpx transports that hand requests to the sandbox without a network."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Iterator
from typing import Final

import anyio
import httpx

from ..api.messages import Request, Response, headers_of
from ..faults.delivery import Delivery, Ending
from ..faults.encounter import Encounter
from ..refusal import SandboxClosedError
from ..surface import Surface

_SLOW: Final = "the sandbox was slow, as planned"


class InProcessTransport(httpx.BaseTransport):
    """For httpx.Client: every request is answered by the sandbox, whatever its host."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            met = self._surface.of(_asked(request, request.read()))
            if not isinstance(met, Delivery):
                met = waited(met, _patience(request))
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error)) from error
        return _arrived(met)


class AsyncInProcessTransport(httpx.AsyncBaseTransport):
    """For httpx.AsyncClient; an answer takes well under a millisecond, so it is not awaited."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            met = self._surface.of(_asked(request, await request.aread()))
            if not isinstance(met, Delivery):
                met = await awaited(met, _patience(request))
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error)) from error
        return _arrived(met)


def _asked(request: httpx.Request, body: bytes) -> Request:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    return Request(request.method, path, query, headers_of(request.headers.raw), body)


def waited(encounter: Encounter, patience: float | None) -> Delivery:
    """What becomes of a request; httpx.ReadTimeout where it takes more seconds than that."""
    longest = math.inf if patience is None else patience
    try:
        while True:
            seconds = next(encounter)
            time.sleep(min(seconds, longest))
            if seconds > longest:
                raise httpx.ReadTimeout(_SLOW)
    except StopIteration as done:
        delivery: Delivery = done.value
        return delivery
    finally:
        encounter.close()


async def awaited(encounter: Encounter, patience: float | None) -> Delivery:
    """The same in a task."""
    longest = math.inf if patience is None else patience
    try:
        while True:
            seconds = next(encounter)
            await anyio.sleep(min(seconds, longest))
            if seconds > longest:
                raise httpx.ReadTimeout(_SLOW)
    except StopIteration as done:
        delivery: Delivery = done.value
        return delivery
    finally:
        encounter.close()


def broken(ending: Ending) -> httpx.TransportError:
    """What httpx raises where an answer ends like this."""
    match ending:
        case "reset":
            return httpx.ReadError("Connection reset by peer")
        case "garbage":
            return httpx.RemoteProtocolError("illegal status line")
        case "half":
            message = "peer closed connection without sending complete message body"
            return httpx.RemoteProtocolError(message)
        case _:
            message = "Server disconnected without sending a response."
            return httpx.RemoteProtocolError(message)


def _patience(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return seconds


def _arrived(delivery: Delivery) -> httpx.Response:
    match delivery.ending, delivery.response:
        case "whole", Response() as answer:
            return _response(answer, httpx.ByteStream(answer.body))
        case "half", Response() as answer:
            return _response(answer, _Half(answer.body))
        case ending, _:
            raise broken(ending)


def _response(answer: Response, stream: httpx.SyncByteStream) -> httpx.Response:
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    return httpx.Response(answer.status, headers=headers, stream=stream)


class _Half(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off in the middle."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise broken("half")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise broken("half")
