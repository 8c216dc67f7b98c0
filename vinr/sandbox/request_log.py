"""The last requests and their answers, kept in memory for the inspector."""

import re
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple

from .api.messages import Request
from .faults.delivery import Delivery
from .faults.kinds import Fault

KEPT: Final = 500
"""Requests; older ones are forgotten."""
MOST_BYTES: Final = 16 * 1024
"""Of a body; what is longer is cut."""

_KINDS_OF_KEY: Final = {
    kind: kind for kind in ("sk_test_", "rk_test_", "pk_test_", "sk_live_", "rk_live_", "pk_live_")
}
_SECRET: Final = re.compile(rb"((?:[srp]k_(?:test|live)|whsec)_)[A-Za-z0-9_\-+/=]+")


class Exchange(NamedTuple):
    """One request and what became of it. Holds no key: only of which kind it was."""

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
    """None where no answer was given."""
    answer_headers: Mapping[str, str]
    answer: bytes
    fault: str | None
    """What was planned to go wrong here, and did."""
    arrived: bool
    """Whether the caller got the answer, all of it."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Those of the request that tell something."""
        named = {
            "content-type": self.content_type,
            "idempotency-key": self.idempotency_key,
            "vinr-version": self.version,
            "user-agent": self.user_agent,
        }
        return {name: value for name, value in named.items() if value is not None}


class RequestLog:
    """A ring of the newest exchanges. Writing to it has to cost next to nothing: what can wait
    until somebody looks does.
    """

    def __init__(self) -> None:
        # each in the order of Exchange; plain tuples of plain values are all but free to keep
        self._ring: deque[tuple[object, ...]] = deque(maxlen=KEPT)
        self._numbers = count(1)

    def add(
        self,
        request: Request,
        delivery: Delivery,
        at: float,
        took: float,
        fault: Fault | None = None,
    ) -> None:
        """Note an exchange; the request's key is not kept."""
        response = delivery.response
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
                request.body[:MOST_BYTES],
                response.status if response else None,
                response.headers if response else {},
                response.body[:MOST_BYTES] if response else b"",
                repr(fault) if fault else None,
                delivery.ending == "whole",
            )
        )

    def newest_first(self) -> Sequence[Exchange]:
        """All that are kept, without anything in them that looks like a secret."""
        return [_shown(Exchange._make(noted)) for noted in reversed(list(self._ring))]


def _shown(noted: Exchange) -> Exchange:
    return noted._replace(
        path=_in_text(noted.path),
        query=_in_text(noted.query),
        content_type=noted.content_type and _in_text(noted.content_type),
        idempotency_key=noted.idempotency_key and _in_text(noted.idempotency_key),
        version=noted.version and _in_text(noted.version),
        user_agent=noted.user_agent and _in_text(noted.user_agent),
        body=_without_secrets(noted.body),
        answer=_without_secrets(noted.answer),
    )


def _without_secrets(content: bytes) -> bytes:
    return _SECRET.sub(rb"\1...", content)


def _in_text(text: str) -> str:
    return _without_secrets(text.encode(errors="surrogateescape")).decode(errors="replace")
