"""A request as httpcore's connections take it, made without checking again what is ready.

Its URL is quoted already and its headers are bytes: to parse and to normalise them costs more
than all the rest that this package does for a call.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

import httpcore
import httpx

from .wire import WireRequest


class Host:
    """Where all requests of a client go: the part of their URLs that does not change."""

    def __init__(self, base_url: str) -> None:
        url = httpx.URL(base_url)
        self.origin: Final = httpcore.URL(base_url).origin
        self.port: Final = url.port
        self.header: Final = (b"Host", url.netloc)
        self.prefix: Final = len(url.scheme) + len("://") + len(urlsplit(base_url).netloc)
        """Characters of a URL before its path."""


class Target(httpcore.URL):
    """The URL of one request."""

    def __init__(self, text: str, host: Host) -> None:
        self.scheme = host.origin.scheme
        self.host = host.origin.host
        self.port = host.port
        self.target = text[host.prefix :].encode("ascii")
        self._origin = host.origin

    @property
    def origin(self) -> httpcore.Origin:
        """The host, as connections are looked up by."""
        return self._origin


class Content:
    """A body that is there already; without one no empty piece is sent."""

    def __init__(self, content: bytes | None) -> None:
        self._pieces = (content,) if content else ()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class Outgoing(httpcore.Request):
    """One request, ready to be sent."""

    def __init__(self, request: WireRequest, host: Host, limits: Mapping[str, float]) -> None:
        self.headers = [host.header, *request.headers]
        if request.content is not None:
            self.headers.append((b"Content-Length", b"%d" % len(request.content)))
        self.method = request.method.encode("ascii")
        self.url = Target(request.url, host)
        self.stream = Content(request.content)
        self.limits = limits
        self.extensions = {"timeout": limits}
