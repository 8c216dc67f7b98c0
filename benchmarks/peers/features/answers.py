"""Answers, found out by giving the library some."""

from __future__ import annotations

import json
import time
from importlib.resources import files
from typing import Any, Final

from tests.faults.server import Wire, http
from tests.faults.service import Request

from .. import service
from ..service import body_for, serving
from .doing import yes

NEW: Final = "brand_new"
PAUSE: Final = 0.5
"""Seconds between two pieces of an answer."""


def types(library: Any) -> str:
    """What is a result made of, and does the package say that it has types?"""
    with serving((), service.sound) as server:
        of_result = library.get(library.client(server.origin)).__class__
    assert of_result.__annotations__
    kind = "pydantic models" if hasattr(of_result, "model_fields") else "typed attributes"
    marked = (files(library.PACKAGE.__name__) / "py.typed").is_file()
    return f"{kind}, `py.typed`" if marked else kind


def unknown(library: Any) -> str:
    """Is a new field kept, and a new value where only some are documented?"""
    name, value = library.ENUM

    def answer(wire: Wire, request: Request) -> None:
        added = f'"{NEW}":"{NEW}","{name}":"{NEW}","id":'.encode()
        body = body_for(request).replace(f'"{name}":"{value}",'.encode(), b"")
        wire.send(http(200, body.replace(b'"id":', added, 1)))

    with serving((), answer) as server:
        client = library.client(server.origin)
        found = getattr(library, "get_with_enum", library.get)(client)
    kept = {"fields": getattr(found, NEW, None) == NEW, "values": getattr(found, name) == NEW}
    lost = [f"{kind} lost" for kind, so in kept.items() if not so]
    return ", ".join(lost) or "kept"


def raw(library: Any) -> str:
    """Are they there?"""
    with serving((), service.sound) as server:
        status, headers = library.raw(server.origin)
    return yes(so=status == 200 and "x-vinr-request-id" in {name.lower() for name in headers})


def streams(library: Any) -> str:
    """Is the first piece there before the last one is sent?"""
    with serving((), _in_pieces) as server:
        times = [time.monotonic() for piece in library.streamed(server.origin) if piece]
    return yes(so=times[-1] - times[0] > PAUSE / 2)


def _in_pieces(wire: Wire, _: Request) -> None:
    """Two server-sent events, with a pause between them."""
    body: dict[str, object] = {
        "type": "message_stop",
        "id": "1",
        "object": "chat.completion.chunk",
        "choices": [],
    }
    event = f"event: message_stop\ndata: {json.dumps(body)}\n\n".encode()
    headers = {"Content-Type": "text/event-stream", "Content-Length": str(2 * len(event))}
    wire.send(http(200, event, **headers))
    wire.server.stopping.wait(PAUSE)
    wire.send(event)
