# Generated from vinr/_async/given.py by scripts/generate_sync.py. Do not edit.
"""The way over an httpx client of the caller's own, with all that it does to a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import httpx

from ..transport.wire import Fault, Reply, WireRequest
from .backend import watch
from .cancelling import at_waits, to_its_end
from .exchange import Answer, Sender


class Given(Sender):
    """Event hooks, mounts, cookies and proxies of the client are the caller's, so they count."""

    def __init__(self, client: httpx.Client) -> None:
        watch(client)
        self._client = client

    @property
    def is_closed(self) -> bool:
        """Whether its owner closed it."""
        return self._client.is_closed

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """As over our own connections; httpx's pool has to be kept from cancellations."""
        return at_waits(super().exchange(request, limits))

    def send(self, request: WireRequest, limits: Mapping[str, float]) -> Answer:
        """As the caller's client sends; only redirects are never followed."""
        outgoing = httpx.Request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.content,
            extensions={"timeout": dict(limits)},
        )
        response = self._client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise TypeError("the answer of http_client cannot be read")
        return Answer(
            response.status_code,
            response.headers.raw,
            _Pieces(response.stream),
            response.extensions.get("network_stream"),
            # a transport that answers from memory, such as a mock, has read and decoded it
            response.content if response.is_stream_consumed else None,
        )


class _Pieces:
    """What is left of an answer.

    Not ``iter_raw()``, which gives the connection back before it is known to be sound.
    """

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        """Gives the connection back to the pool, which takes several steps."""
        to_its_end(self._stream.close)
