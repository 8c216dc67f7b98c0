"""Sound answers for every library, from a server that misbehaves as it is told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, cast

from tests.faults.server import Fault, Server, Wire, http
from tests.faults.service import Request

from ..answers import OBJECTS, page

Answer = Callable[[Wire, Request], None]

FOR_EVER: Final = 10**9
"""Items of a list that has no end."""


@dataclass(slots=True)
class Arrived:
    """One request as the server saw it."""

    at: float
    """On this process's monotonic clock, in seconds."""
    request: Request

    @property
    def key(self) -> str | None:
        """The idempotency key, in the header, or in the body as some services have it."""
        header = self.request.headers.get("idempotency-key")
        if header is not None or not self.request.body.startswith(b"{"):
            return header
        body = cast("dict[str, object]", json.loads(self.request.body))
        key = body.get("idempotency_key")
        return key if isinstance(key, str) else None


@dataclass(slots=True)
class Service:
    """A running server, and what has come to it."""

    origin: str
    arrived: list[Arrived] = field(default_factory=list[Arrived])


@contextmanager
def serving(first: Sequence[Answer], then: Answer) -> Generator[Service]:
    """Answers the first requests in these ways, and all others in the last one."""
    service = Service("")

    def noting(answer: Answer) -> Fault:
        def run(wire: Wire, request: Request) -> None:
            service.arrived.append(Arrived(time.monotonic(), request))
            answer(wire, request)

        return Fault("", run)

    with Server([noting(each) for each in first], always=noting(then)) as server:
        service.origin = f"http://127.0.0.1:{server.port}"
        yield service


def body_for(request: Request) -> bytes:
    """The sound answer's body."""
    path, _, query = request.path.partition("?")
    found = OBJECTS.get(f"{request.method} {path}".encode())
    return found or page(path.encode(), query.encode(), 0) or b"{}"


def sound(wire: Wire, request: Request) -> None:
    """A whole answer of success."""
    wire.send(http(200, body_for(request)))


def lost(wire: Wire, _: Request) -> None:
    """No answer: the connection closes, and the request may have been executed."""
    wire.fin()


def half(wire: Wire, request: Request) -> None:
    """Half of the body, and the end of the connection."""
    whole = http(200, body_for(request))
    wire.send(whole[: -len(body_for(request)) // 2])
    wire.fin()


def dribbling(wire: Wire, request: Request) -> None:
    """The body, a byte every 0.2 seconds."""
    body = body_for(request)
    wire.send(http(200, body)[: -len(body)])
    wire.dribble(body, 0.2)


def proxy_page(wire: Wire, _: Request) -> None:
    """A page of a proxy's, with status 200."""
    wire.send(http(200, b"<html>Please log in.</html>", Content_Type="text/html"))


def empty_object(wire: Wire, _: Request) -> None:
    """JSON, and nothing in it."""
    wire.send(http(200, b"{}"))


def same_page(wire: Wire, request: Request) -> None:
    """The first page of a list that says that it goes on, whatever was asked for."""
    path = request.path.partition("?")[0]
    wire.send(http(200, page(path.encode(), b"", FOR_EVER) or b"{}"))


def status(code: int, **headers: str) -> Answer:
    """A refusal, in a form that all of them read."""
    text = b'{"error":{"type":"an_error","code":"a_code","message":"It says no."}}'
    return lambda wire, _: wire.send(http(code, text, **headers))


def redirect(to: str) -> Answer:
    """Elsewhere, with method and body unchanged."""
    return lambda wire, request: wire.send(http(307, b"", Location=f"{to}{request.path}"))
