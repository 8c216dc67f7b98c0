"""A server that costs next to nothing: HTTP/1.1, keep-alive, canned answers, on loopback.

The first two parts of a path are milliseconds of server time and the length of lists:
``/20/10000/v1/loyalty/transactions`` answers after 20 ms and lists 10,000 items.
"""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache

from .answers import OBJECTS, page

_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    b"x-vinr-request-id: req_7kQ2mX9\r\nX-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 999\r\n"
    b"X-RateLimit-Reset: 1790000000\r\nServer: loopback\r\n\r\n"
)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Connection(asyncio.Protocol):
    """Answers one request after the other."""

    transport: asyncio.Transport
    """What it writes to."""

    def __init__(self) -> None:
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Notes where the answers go."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every request that is whole."""
        self._pending += data
        while (end := self._pending.find(b"\r\n\r\n")) >= 0:
            end += 4 + _content_length(self._pending, end)
            if len(self._pending) < end:
                return
            target = self._pending[: self._pending.index(b" HTTP/1.1\r\n")]
            self._pending = self._pending[end:]
            self._answer(target)

    def _answer(self, target: bytes) -> None:
        delay, answer = _answer_to(target)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.transport.write, answer)
        else:
            self.transport.write(answer)


def _content_length(request: bytes, end: int) -> int:
    if request.startswith(b"GET"):
        return 0
    head = request[: end + 2].lower()
    at = head.find(b"\r\ncontent-length:")
    return int(head[at + 17 : head.index(b"\r\n", at + 17)]) if at >= 0 else 0


@lru_cache(maxsize=2_000)  # so many pages take 50 MB
def _answer_to(target: bytes) -> tuple[float, bytes]:
    method, _, url = target.partition(b" ")
    path, _, query = url.partition(b"?")
    _, delay, items, rest = path.split(b"/", 3)
    body = OBJECTS.get(method + b" /" + rest) or page(b"/" + rest, query, int(items))
    return int(delay) / 1000, _MISSING if body is None else _HEAD % len(body) + body


async def serve() -> None:
    """Prints its port, and ends when standard input does."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve())
