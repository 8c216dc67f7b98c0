"""The way over an httpx client of the caller's own, with all that it does to a request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import httpx

from ..transport.wire import Fault, Reply, WireRequest
from .backend import watch
from .cancelling import at_waits, to_its_end
from .exchange import AsyncAnswer, AsyncSender


class AsyncGiven(AsyncSender):
    """Event hooks, mounts, cookies and proxies of the client are the caller's, so they count."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        watch(client)
        self._client = client

    @property
    def is_closed(self) -> bool:
        """Whether its owner closed it."""
        return self._client.is_closed

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """As over our own connections; httpx's pool has to be kept from cancellations."""
        return await at_waits(super().exchange(request, limits))

    async def send(self, request: WireRequest, limits: Mapping[str, float]) -> AsyncAnswer:
        """As the caller's client sends; only redirects are never followed."""
        outgoing = httpx.Request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.content,
            extensions={"timeout": dict(limits)},
        )
        response = await self._client.send(outgoing, stream=True, auth=None, follow_redirects=False)
        if not isinstance(response.stream, httpx.AsyncByteStream):
            raise TypeError("the answer of http_client cannot be read")
        return AsyncAnswer(
            response.status_code,
            response.headers.raw,
            _Pieces(response.stream),
            response.extensions.get("network_stream"),
            # a transport that answers from memory, such as a mock, has read and decoded it
            response.content if response.is_stream_consumed else None,
        )


class _Pieces:
    """What is left of an answer.

    Not ``aiter_raw()``, which gives the connection back before it is known to be sound.
    """

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        """Gives the connection back to the pool, which takes several steps."""
        await to_its_end(self._stream.aclose)
