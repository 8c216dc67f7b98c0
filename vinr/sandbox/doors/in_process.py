"""The door in process: httpx transports that hand requests to the sandbox without a network."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Iterator
from typing import NoReturn

import anyio
import httpx

from ..api.messages import Request, Response, headers_of
from ..faults.delivery import Delivery
from ..faults.encounter import Encounter
from ..refusal import SandboxClosedError
from ..surface import Surface


class InProcessTransport(httpx.BaseTransport):
    """For httpx.Client: every request is answered by the sandbox, whatever its host."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            met = self._surface.of(_asked(request, request.read()))
            if not isinstance(met, Delivery):
                met = _waited(met, request)
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        return _arrived(met, request)


class AsyncInProcessTransport(httpx.AsyncBaseTransport):
    """For httpx.AsyncClient; an answer takes well under a millisecond, so it is not awaited."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or fail as a network would; httpx.ConnectError once the sandbox is closed."""
        try:
            met = self._surface.of(_asked(request, await request.aread()))
            if not isinstance(met, Delivery):
                met = await _awaited(met, request)
        except SandboxClosedError as error:
            raise httpx.ConnectError(str(error), request=request) from error
        return _arrived(met, request)


def _asked(request: httpx.Request, body: bytes) -> Request:
    path, _, query = request.url.raw_path.decode("ascii").partition("?")
    return Request(request.method, path, query, headers_of(request.headers.raw), body)


def _waited(encounter: Encounter, request: httpx.Request) -> Delivery:
    patience = _patience(request)
    try:
        while True:
            seconds = next(encounter)
            time.sleep(min(seconds, patience))
            if seconds > patience:
                _give_up(request)
    except StopIteration as done:
        delivery: Delivery = done.value
        return delivery
    finally:
        encounter.close()


async def _awaited(encounter: Encounter, request: httpx.Request) -> Delivery:
    patience = _patience(request)
    try:
        while True:
            seconds = next(encounter)
            await anyio.sleep(min(seconds, patience))
            if seconds > patience:
                _give_up(request)
    except StopIteration as done:
        delivery: Delivery = done.value
        return delivery
    finally:
        encounter.close()


def _patience(request: httpx.Request) -> float:
    seconds: float | None = request.extensions.get("timeout", {}).get("read")
    return math.inf if seconds is None else seconds


def _give_up(request: httpx.Request) -> NoReturn:
    raise httpx.ReadTimeout("the sandbox was slow, as planned", request=request)


def _arrived(delivery: Delivery, request: httpx.Request) -> httpx.Response:
    match delivery.ending, delivery.response:
        case "whole", Response() as answer:
            return _response(answer, httpx.ByteStream(answer.body))
        case "half", Response() as answer:
            return _response(answer, _Half(answer.body, request))
        case "reset", _:
            raise httpx.ReadError("Connection reset by peer", request=request)
        case "garbage", _:
            raise httpx.RemoteProtocolError("illegal status line", request=request)
        case _:
            message = "Server disconnected without sending a response."
            raise httpx.RemoteProtocolError(message, request=request)


def _response(answer: Response, stream: httpx.SyncByteStream) -> httpx.Response:
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    return httpx.Response(answer.status, headers=headers, stream=stream)


class _Half(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off in the middle."""

    def __init__(self, body: bytes, request: httpx.Request) -> None:
        self._body = body
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise self._broken()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise self._broken()

    def _broken(self) -> httpx.RemoteProtocolError:
        message = "peer closed connection without sending complete message body"
        return httpx.RemoteProtocolError(message, request=self._request)
