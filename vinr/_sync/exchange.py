# Generated from vinr/_async/exchange.py by scripts/generate_sync.py. Do not edit.
"""One attempt: a request's bytes in, a reply or a fault out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ..transport.content import Body, UnreadableContent, bounded, is_doubtful
from ..transport.faults import fault_of, is_foreign
from ..transport.handlers import raised_by_handler
from ..transport.wire import Fault, Reply, Safety, WireRequest
from .backend import Stream

_BODILESS: Final = frozenset({204, 304})
"""An answer with such a status has no body, whatever its headers say of one."""


class Pieces(Protocol):
    """What is still to be read of an answer."""

    def __iter__(self) -> Iterator[bytes]: ...

    def close(self) -> None:
        """Ends the answer, read or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose head is there."""

    status: int
    fields: Iterable[tuple[bytes, bytes]]
    pieces: Pieces
    connection: object
    content: bytes | None = None
    """The body, where it was read already."""


class Exchanges(Protocol):
    """What a client's requests go through."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is sent any more."""
        ...

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """Sends once; gives the whole answer, or why there is none."""
        ...


class Sender(ABC):
    """A way for requests: over our own connections, or over a client of the caller's."""

    @abstractmethod
    def send(self, request: WireRequest, limits: Mapping[str, float]) -> Answer:
        """The answer, not read yet; raises what httpx or httpcore raises."""

    def exchange(self, request: WireRequest, limits: Mapping[str, float]) -> Reply | Fault:
        """Sends once and reads the whole answer. Cancellation and Ctrl-C pass through."""
        status, headers = None, dict[str, str]()
        raised: BaseException | None
        try:
            answer = self.send(request, limits)
            try:
                status, headers = answer.status, _headers(answer)
                return _read(answer, headers)
            finally:
                answer.pieces.close()
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


def _headers(answer: Answer) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.fields
    }


def _read(answer: Answer, headers: Mapping[str, str]) -> Reply | Fault:
    status = answer.status
    if status < 200:
        return Fault(Safety.AMBIGUOUS, "the server wants to speak another protocol", status=status)
    try:
        if answer.content is not None:
            return Reply(status, headers, bounded(answer.content))
        body = Body(headers)
        for piece in answer.pieces:
            body.add(piece)
        whole = body.whole()
    except UnreadableContent as error:
        return Reply(status, headers, b"", flaw=str(error))
    if not isinstance(answer.connection, Stream):
        return Reply(status, headers, whole)
    framing: Mapping[str, str] = {} if status in _BODILESS else headers
    answer.connection.finish(framing, body.raw_length, doubtful=is_doubtful(whole))
    return Reply(status, headers, whole, source=answer.connection)
