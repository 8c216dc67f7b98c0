# Generated from vinr/_async/given.py by scripts/generate_sync.py. Do not edit.
"""The way over an httpx client of the caller's own, with all that it does to a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Self

import httpcore
import httpx

from ..transport.ending import left
from ..transport.faults import fault_of
from ..transport.handlers import raised_by_handler
from ..transport.wire import Fault, Reply, Safety, WireRequest
from .backend import watch
from .cancelling import at_waits, to_its_end
from .exchange import Answer, Sender
from .slots import Slots

_MOST: Final = 1_000


class Given(Sender):
    """Event hooks, mounts, cookies and proxies of the client are the caller's, so they count."""

    def __init__(self, client: httpx.Client) -> None:
        watch(client)
        self._client = client
        self._slots = Slots(_places(client))

    @property
    def is_closed(self) -> bool:
        """Whether its owner closed it."""
        return self._client.is_closed

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """As over our own connections; httpx's pool has to be kept from cancellations.

        So nobody waits in its queue either, from where a connection may never come back.
        """
        try:
            self._slots.take(limits["pool"])
        except httpcore.PoolTimeout as error:
            return fault_of(error)
        try:
            return at_waits(super().exchange(request, limits))
        except Exception as error:
            if raised_by_handler(error) is not None:
                raise
            # a hook of the caller's raised it
            what = f"http_client failed ({type(error).__name__})"
            return Fault(Safety.FINAL_AMBIGUOUS, what)
        finally:
            self._slots.give()

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
            _Pieces(response.stream, limits["read"]),
            response.extensions.get("network_stream"),
            # a transport that answers from memory, such as a mock, has read and decoded it
            response.content if response.is_stream_consumed else None,
        )


class _Pieces(Iterator[bytes]):
    """What is left of an answer.

    Not ``iter_raw()``, which gives the connection back before it is known to be sound.
    """

    def __init__(self, stream: httpx.SyncByteStream, timeout: float) -> None:
        self._stream = stream
        self._pieces = iter(stream)
        self._timeout = timeout

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        piece = next(self._pieces)
        if (left(self._timeout) or 0) <= 0:  # a transport of another kind knows no such end
            raise httpcore.ReadTimeout("the attempt is over")
        return piece

    def close(self) -> None:
        """Gives the connection back to the pool, which takes several steps."""
        to_its_end(self._stream.close)


def _places(client: httpx.Client) -> int:
    """How many connections its pool may have at a time."""
    pool = getattr(getattr(client, "_transport", None), "_pool", None)
    most: object = getattr(pool, "_max_connections", None)
    return most if isinstance(most, int) and 0 < most < _MOST else _MOST
