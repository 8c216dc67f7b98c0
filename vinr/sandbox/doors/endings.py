"""How an answer over HTTP is cut short on purpose: closed, reset, broken off, no HTTP at all."""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import Final

from ..api.messages import Response
from ..faults.delivery import Delivery

_NO_HTTP: Final = b"220 this is no HTTP server\r\n"
_NO_LINGER: Final = struct.pack("ii", 1, 0)


def end(transport: asyncio.Transport, delivery: Delivery) -> None:
    """Leave a connection as the delivery says, in place of answering."""
    match delivery.ending, delivery.response:
        case "half", Response() as answer:
            transport.write(_head(answer) + answer.body[: len(answer.body) // 2])
            transport.close()
        case "garbage", _:
            transport.write(_NO_HTTP)
            transport.close()
        case "reset", _:
            # closing with no time to linger sends RST
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            transport.abort()
        case _:
            transport.abort()


def _head(answer: Response) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    lines += [f"content-length: {len(answer.body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1")
