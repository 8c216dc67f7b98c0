"""The two ends of one attempt: the request's bytes, and the reply or the fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, Protocol


class Headers(tuple[tuple[bytes, bytes], ...]):
    """Names and values, the secret key among them, in a form that no traceback shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<headers of a request>"


# Nobody changes these two; to freeze them takes longer than to make them.
@dataclass(slots=True)
class WireRequest:
    """A request as it is sent, the same bytes on every attempt."""

    method: Literal["GET", "POST"]
    url: str
    headers: Headers
    content: bytes | None
    idempotency_key: str | None

    def __repr__(self) -> str:
        # the headers hold the secret key, the content a member's data
        return f"<{self.method} request>"


class Hidden(tuple[bytes]):
    """Bytes that hold the secret key, in a form that no traceback shows."""

    __slots__ = ()

    @classmethod
    def joined(cls, parts: Sequence[Hidden]) -> Hidden:
        """The parts in one."""
        return cls((b"".join([part.reveal() for part in parts]),))

    def reveal(self) -> bytes:
        """The bytes themselves, to be sent."""
        return self[0]

    def __repr__(self) -> str:
        return "<bytes of a request>"


class Source(Protocol):
    """What an answer came over."""

    def doubt(self) -> None:
        """It brought no answer to what was asked; it is not used again."""


@dataclass(slots=True)
class Reply:
    """A whole answer: headers by lower-case name, the body decompressed."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    flaw: str = ""
    """Why the body could not be read though it came; empty where it could."""
    source: Source | None = None
    """None where it is not known, or not used again anyway."""

    def __repr__(self) -> str:
        return f"<reply with status {self.status}>"


class Safety(Enum):
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


MAYBE_EXECUTED = frozenset({Safety.AMBIGUOUS, Safety.FINAL_AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class Fault:
    """An attempt without a usable answer. ``summary`` is fit to be shown: no key, no body."""

    safety: Safety
    summary: str
    timed_out: bool = False
    status: int | None = None
    """The status of an answer that broke off."""
    request_id: str | None = None


CLOSED: Final = Fault(Safety.FINAL, "this client is closed; make a new one")
FROM_ANOTHER_PROCESS: Final = Fault(
    Safety.FINAL,
    "http_client was made before this process was forked, and its connections are the parent's;"
    " make a client in each process, nothing was sent",
)
NO_TIME_LEFT: Final = Fault(Safety.NOT_SENT, "no time was left for an attempt", timed_out=True)
