"""A server that costs next to nothing: HTTP/1.1, keep-alive, canned answers, on loopback.

The first two parts of a path are milliseconds of server time and the length of lists:
``/20/10000/v1/loyalty/transactions`` answers after 20 ms and lists 10,000 items.
"""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
import time
from contextlib import suppress
from functools import lru_cache

from .answers import OBJECTS, page

_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    b"x-vinr-request-id: req_7kQ2mX9\r\nX-RateLimit-Limit: 1000\r\nX-RateLimit-Remaining: 999\r\n"
    b"X-RateLimit-Reset: 1790000000\r\nServer: loopback\r\n\r\n"
)
_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Connection(socketserver.BaseRequestHandler):
    """Answers one request after the other, in a thread that waits for nothing else.

    An event loop would take four times as long to turn an answer round.
    """

    request: socket.socket
    """What is read from and written to."""

    def handle(self) -> None:
        """Until the client hangs up."""
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pending = b""
        while received := self.request.recv(65536):
            pending += received
            while (end := _end_of_request(pending)) > 0:
                delay, answer = _answer_to(pending[: pending.index(b" HTTP/1.1\r\n")])
                pending = pending[end:]
                if delay:
                    time.sleep(delay)
                self.request.sendall(answer)


class Server(socketserver.ThreadingTCPServer):
    """A thread for every connection."""

    daemon_threads = True
    request_queue_size = 1024


def _end_of_request(pending: bytes) -> int:
    """Where the first request ends; 0 while it is not whole."""
    head_end = pending.find(b"\r\n\r\n")
    if head_end < 0:
        return 0
    end = head_end + 4 + _content_length(pending, head_end + 4)
    return end if len(pending) >= end else 0


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


def serve() -> None:
    """Prints its port, and ends when standard input does."""
    with Server(("127.0.0.1", 0), Connection) as server:
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        server.shutdown()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        serve()
