"""The last requests and their answers, kept in memory for the inspector."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

from .faults.kinds import Fault
from .http_message import HttpRequest
from .redaction import LONGEST_SECRET
from .transmission import Transmission

MOST_REQUESTS: Final = 500
"""Older requests are dropped."""
MOST_BYTES: Final = 16 * 1024
"""Bytes of a body that are shown."""
_MOST_KEPT: Final = MOST_BYTES + LONGEST_SECRET

_KINDS_OF_KEY: Final = {
    kind: kind for kind in ("sk_test_", "rk_test_", "pk_test_", "sk_live_", "rk_live_", "pk_live_")
}


_EMAIL: Final = re.compile(r'"email": ?"([^"]+)"')


def _text(entry: tuple[object, ...]) -> str:
    """All that a logged request says, with what was encoded in it decoded."""
    request = LoggedRequest._make(entry)
    sent = f"{request.path} {request.query} {request.body.decode(errors='replace')}"
    return f"{unquote_plus(sent)} {request.answer.decode(errors='replace')}"


class LoggedRequest(NamedTuple):
    """One request and its answer. It has no API key, only the kind of key that was sent."""

    number: int
    """1 for the sandbox's first request."""
    at: float
    """Unix seconds on the sandbox's clock."""
    took: float
    """Seconds until the answer was ready."""
    method: str
    path: str
    query: str
    key_kind: str
    """``sk_test_``, ``other`` for what is no key, or empty where none was sent."""
    content_type: str | None
    idempotency_key: str | None
    """The key that makes several requests attempts of one action."""
    version: str | None
    user_agent: str | None
    body: bytes
    status: int | None
    """None where there was no answer."""
    answer_headers: Mapping[str, str]
    answer: bytes
    fault: str | None
    """The planned fault that it had."""
    arrived: bool
    """Whether the caller got the whole answer."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the request that are worth showing."""
        named = {
            "content-type": self.content_type,
            "idempotency-key": self.idempotency_key,
            "vinr-version": self.version,
            "user-agent": self.user_agent,
        }
        return {name: value for name, value in named.items() if value is not None}


class RequestLog:
    """A ring buffer of the newest requests.

    Every request is added, few are ever looked at: so adding does next to nothing, and the work
    is done when they are read.
    """

    def __init__(self) -> None:
        # In the order of LoggedRequest's fields; a plain tuple takes the least time to make.
        self._ring: deque[tuple[object, ...]] = deque(maxlen=MOST_REQUESTS)
        self._numbers = count(1)

    def add(
        self,
        request: HttpRequest,
        transmission: Transmission,
        at: float,
        took: float,
        fault: Fault | None = None,
    ) -> None:
        """Add a request and its answer, without the request's API key."""
        response = transmission.response
        header = request.headers.get
        key = header("x-api-key") or header("authorization", "").removeprefix("Bearer ")
        self._ring.append(
            (
                next(self._numbers),
                at,
                took,
                request.method,
                request.path,
                request.query,
                _KINDS_OF_KEY.get(key[:8], "other") if key else "",
                header("content-type"),
                header("idempotency-key"),
                header("vinr-version"),
                header("user-agent"),
                request.body[:_MOST_KEPT],
                response.status if response else None,
                response.headers if response else {},
                response.body[:_MOST_KEPT] if response else b"",
                repr(fault) if fault else None,
                transmission.ending == "complete",
            )
        )

    def forget(self, customer: str) -> None:
        """Drop every request that says something of a customer: its id, or its address."""
        entries = list(self._ring)
        about = [entry for entry in entries if customer in _text(entry)]
        addresses = {found for entry in about for found in _EMAIL.findall(_text(entry))}
        texts = {customer, *addresses}
        kept = [entry for entry in entries if not any(text in _text(entry) for text in texts)]
        self._ring = deque(kept, maxlen=MOST_REQUESTS)

    def newest_first(self) -> Sequence[LoggedRequest]:
        """All that are kept. They may hold secrets: nothing of them is shown unredacted."""
        return [LoggedRequest._make(values) for values in reversed(list(self._ring))]
