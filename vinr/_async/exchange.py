"""One attempt: a request's bytes in, a reply or a fault out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ..transport.content import Body, UnreadableContent, bounded, is_doubtful
from ..transport.faults import fault_of, is_foreign
from ..transport.handlers import raised_by_handler
from ..transport.wire import Fault, Reply, Safety, WireRequest
from .backend import AsyncStream

_BODILESS: Final = frozenset({204, 304})
"""An answer with such a status has no body, whatever its headers say of one."""


class AsyncPieces(Protocol):
    """What is still to be read of an answer."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None:
        """Ends the answer, read or not."""


@dataclass(frozen=True, slots=True)
class AsyncAnswer:
    """An answer whose head is there."""

    status: int
    fields: Iterable[tuple[bytes, bytes]]
    pieces: AsyncPieces
    connection: object
    content: bytes | None = None
    """The body, where it was read already."""


class AsyncExchanges(Protocol):
    """What a client's requests go through."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is sent any more."""
        ...

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """Sends once; gives the whole answer, or why there is none."""
        ...


class AsyncSender(ABC):
    """A way for requests: over our own connections, or over a client of the caller's."""

    @abstractmethod
    async def send(self, request: WireRequest, limits: Mapping[str, float]) -> AsyncAnswer:
        """The answer, not read yet; raises what httpx or httpcore raises."""

    async def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """Sends once and reads the whole answer. Cancellation and Ctrl-C pass through."""
        status, headers = None, dict[str, str]()
        raised: BaseException | None
        try:
            answer = await self.send(request, limits)
            try:
                status, headers = answer.status, _headers(answer)
                return await _read(answer, headers)
            finally:
                await answer.pieces.aclose()
        # Whatever a transport may raise must become an error of ours; it is not
        # chained, since the exceptions hold the request and so the secret key.
        except Exception as error:
            raised = raised_by_handler(error)
            if raised is None:
                if is_foreign(error):
                    raise
                fault = fault_of(error)
                return replace(fault, status=status, request_id=headers.get("x-vinr-request-id"))
        raise raised  # and not within, where what holds the request would become its context


def _headers(answer: AsyncAnswer) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.fields
    }


async def _read(answer: AsyncAnswer, headers: Mapping[str, str]) -> Reply | Fault:
    status = answer.status
    if status < 200:
        return Fault(Safety.AMBIGUOUS, "the server wants to speak another protocol", status=status)
    try:
        if answer.content is not None:
            return Reply(status, headers, bounded(answer.content))
        body = Body(headers)
        async for piece in answer.pieces:
            body.add(piece)
        whole = body.whole()
    except UnreadableContent as error:
        return Reply(status, headers, b"", flaw=str(error))
    if not isinstance(answer.connection, AsyncStream):
        return Reply(status, headers, whole)
    framing: Mapping[str, str] = {} if status in _BODILESS else headers
    answer.connection.finish(framing, body.raw_length, doubtful=is_doubtful(whole))
    return Reply(status, headers, whole, source=answer.connection)
