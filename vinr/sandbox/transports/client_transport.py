"""The transport of the sandbox's own clients, which makes none of httpx's objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import httpx

from ...transport.content import UnreadableContent, bounded
from ...transport.ending import left
from ...transport.faults import fault_of
from ...transport.wire import Fault, Reply, WireRequest
from ..application import Application
from ..http_message import HttpRequest, headers_of
from ..refusal import SandboxClosedError
from ..transmission import Transmission
from .httpx_transport import transport_error, wait_for, wait_for_async


class ClientTransport:
    """For Vinr. A planned fault becomes the error that httpx would raise for it."""

    is_closed = False

    def __init__(self, application: Application) -> None:
        self._application = application

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """The sandbox's answer, or the fault that a network would have made of it."""
        try:
            transmission = self._application.handle(_http_request(request))
            if not isinstance(transmission, Transmission):
                transmission = wait_for(transmission, left(limits["read"]))
            return _reply(transmission)
        except SandboxClosedError as error:
            return fault_of(httpx.ConnectError(str(error)))
        except httpx.ReadTimeout as error:
            return fault_of(error)


class AsyncClientTransport:
    """For AsyncVinr. Only a planned wait is awaited: an answer takes under a millisecond."""

    is_closed = False

    def __init__(self, application: Application) -> None:
        self._application = application

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """The sandbox's answer, or the fault that a network would have made of it."""
        try:
            transmission = self._application.handle(_http_request(request))
            if not isinstance(transmission, Transmission):
                transmission = await wait_for_async(transmission, left(limits["read"]))
            return _reply(transmission)
        except SandboxClosedError as error:
            return fault_of(httpx.ConnectError(str(error)))
        except httpx.ReadTimeout as error:
            return fault_of(error)


def _http_request(request: WireRequest) -> HttpRequest:
    _, _, target = request.url.partition("://")
    path, _, query = target[target.index("/") :].partition("?")
    return HttpRequest(
        request.method, path, query, headers_of(request.headers), request.content or b""
    )


def _reply(transmission: Transmission) -> Reply | Fault:
    ending, response = transmission
    if response is None or ending not in ("complete", "truncated"):
        return fault_of(transport_error(ending))
    headers = {**response.headers, "content-length": str(len(response.body))}
    if ending == "truncated":
        request_id = headers.get("x-vinr-request-id")
        fault = fault_of(transport_error(ending))
        return replace(fault, status=response.status, request_id=request_id)
    try:
        return Reply(response.status, headers, bounded(response.body))
    except UnreadableContent as error:
        return Reply(response.status, headers, b"", flaw=str(error))
