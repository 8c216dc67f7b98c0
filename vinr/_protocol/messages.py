"""What passes between the state machine of a call and the driver that does its I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, NamedTuple, TypeAlias


class RequestHeaders(tuple[tuple[bytes, bytes], ...]):
    """Names and values, the secret key among them, in a form that no traceback shows.

    One object serves many requests; the idempotency key and the length are added to each.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "<headers of a request>"


# Not frozen: freezing one for every attempt takes longer than making it. Nothing changes them.
@dataclass(slots=True)
class RawRequest:
    """A request as it is sent, the same bytes on every attempt."""

    method: Literal["GET", "POST", "DELETE"]
    url: str
    headers: RequestHeaders
    content: bytes | None
    idempotency_key: str | None
    added_headers: tuple[tuple[bytes, bytes], ...] = ()
    """The caller's own; they go before those of an HTTP client."""

    def __repr__(self) -> str:
        # the headers hold the secret key, the content a member's data
        return f"<{self.method} request>"


@dataclass(slots=True)
class RawResponse:
    """A whole response: headers by lower-case name, the body decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    flaw: str = ""
    """Why the body could not be read though it came; empty where it could."""
    connection: object | None = None
    """What it came over, for ``CloseConnection``; None where that is not known."""

    def __repr__(self) -> str:
        return f"<response with status {self.status}>"


class RetrySafety(Enum):
    """What is known of a failed attempt, and so whether it may be repeated."""

    NOT_SENT = "not sent"
    """VINR never saw the request."""
    REFUSED = "refused for now"
    """VINR saw it and did nothing, but may do it later."""
    AMBIGUOUS = "ambiguous"
    """VINR may have executed it."""
    FINAL = "final"
    """It would fail again; VINR did nothing."""
    FINAL_AMBIGUOUS = "final, ambiguous"
    """It would fail again, and yet VINR may have executed it."""


MAY_HAVE_EXECUTED: Final = frozenset({RetrySafety.AMBIGUOUS, RetrySafety.FINAL_AMBIGUOUS})
FINAL: Final = frozenset({RetrySafety.FINAL, RetrySafety.FINAL_AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class NoResponse:
    """An attempt without a usable response. ``summary`` is fit to be shown: no key, no body."""

    safety: RetrySafety
    summary: str
    timed_out: bool = False
    status: int | None = None
    """The status of a response that broke off."""
    request_id: str | None = None


class Send(NamedTuple):
    """Send the request once and read its whole response."""

    request: RawRequest
    timeouts: Mapping[str, float]
    """Seconds for each step, by httpx's names: connect, read, write, pool."""
    ends: float
    """The moment of ``time.monotonic()`` at which all of it must be over."""


class Sleep(NamedTuple):
    """Wait for so many seconds."""

    seconds: float


class CloseConnection(NamedTuple):
    """Close a connection that brought no response to what was asked."""

    connection: object


Step: TypeAlias = Send | Sleep | CloseConnection
Received: TypeAlias = RawResponse | NoResponse | None
"""What a step comes to: one of the first two for ``Send``, None for the others."""
