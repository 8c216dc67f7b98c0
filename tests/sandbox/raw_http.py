"""HTTP byte by byte, as no client library would send it."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

import httpx


class Answer(NamedTuple):
    """What came back."""

    status: int
    head: str
    body: str


@contextmanager
def connected(base_url: str, timeout: float = 10) -> Generator[socket.socket]:
    """A connection to the server of a base URL."""
    url = httpx.URL(base_url)
    with socket.create_connection((url.host, url.port or 80), timeout=timeout) as connection:
        yield connection


def send(base_url: str, request: bytes) -> Answer:
    """The answer to a request, on a connection that the server closes after it."""
    with connected(base_url) as connection:
        connection.sendall(request)
        return read(connection)


def request(method: str, target: str, *headers: str, host: str = "localhost") -> bytes:
    """A request without a body, which asks to close the connection."""
    lines = [f"{method} {target} HTTP/1.1", f"host: {host}", "connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def read(connection: socket.socket) -> Answer:
    """All that the server sends until it closes the connection."""
    received = b""
    while piece := connection.recv(65536):
        received += piece
    head, _, body = received.decode().partition("\r\n\r\n")
    return Answer(int(head.split(" ")[1]), head, body)
