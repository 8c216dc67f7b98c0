"""Breaks a response on purpose: connections that close, reset or send half of it."""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import Final

from ..http_message import HttpResponse
from ..transmission import Transmission

_GARBAGE: Final = b"220 this is no HTTP server\r\n"
_NO_LINGER: Final = struct.pack("ii", 1, 0)


def break_connection(transport: asyncio.Transport, transmission: Transmission) -> None:
    """End a connection as the transmission says, in place of answering."""
    match transmission.ending, transmission.response:
        case "truncated", HttpResponse() as response:
            transport.write(_head(response) + response.body[: len(response.body) // 2])
            transport.close()
        case "garbage", _:
            transport.write(_GARBAGE)
            transport.close()
        case "reset", _:
            # a socket that is closed without time to linger sends RST
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            transport.abort()
        case _:
            transport.abort()


def _head(response: HttpResponse) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    lines += [f"content-length: {len(response.body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1")
