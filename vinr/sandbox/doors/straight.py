"""The door for the sandbox's own clients: straight to the service, without httpx's objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import httpx

from ...transport.content import UnreadableContent, bounded
from ...transport.ending import left
from ...transport.faults import fault_of
from ...transport.wire import Fault, Reply, WireRequest
from ..api.messages import Request, headers_of
from ..faults.delivery import Delivery
from ..refusal import SandboxClosedError
from ..surface import Surface
from .in_process import awaited, broken, waited


class Straight:
    """For Vinr: what is planned to go wrong is told as httpx tells it."""

    is_closed = False

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """The sandbox's answer, or what a network would have made of it."""
        try:
            met = self._surface.of(_asked(request))
            return _reply(met if isinstance(met, Delivery) else waited(met, left(limits["read"])))
        except SandboxClosedError as error:
            return fault_of(httpx.ConnectError(str(error)))
        except httpx.ReadTimeout as error:
            return fault_of(error)


class AsyncStraight:
    """For AsyncVinr; an answer takes well under a millisecond, so it is not awaited."""

    is_closed = False

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """The sandbox's answer, or what a network would have made of it."""
        try:
            met = self._surface.of(_asked(request))
            if not isinstance(met, Delivery):
                met = await awaited(met, left(limits["read"]))
            return _reply(met)
        except SandboxClosedError as error:
            return fault_of(httpx.ConnectError(str(error)))
        except httpx.ReadTimeout as error:
            return fault_of(error)


def _asked(request: WireRequest) -> Request:
    _, _, target = request.url.partition("://")
    path, _, query = target[target.index("/") :].partition("?")
    return Request(request.method, path, query, headers_of(request.headers), request.content or b"")


def _reply(delivery: Delivery) -> Reply | Fault:
    ending, answer = delivery
    if answer is None or ending not in ("whole", "half"):
        return fault_of(broken(ending))
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    if ending == "half":
        request_id = headers.get("x-vinr-request-id")
        return replace(fault_of(broken(ending)), status=answer.status, request_id=request_id)
    try:
        return Reply(answer.status, headers, bounded(answer.body))
    except UnreadableContent as error:
        return Reply(answer.status, headers, b"", flaw=str(error))
