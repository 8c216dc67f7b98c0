"""``client.with_raw_response``: a response as it came, beside the model that was made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic

from typing_extensions import TypeVar, override

from .._calls.checks import refuse
from .._middleware import Attempt, AttemptOutcome, Middleware

ParsedT = TypeVar("ParsedT", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[ParsedT]):
    """Status, headers and body of a response, and what the call returns."""

    status_code: int
    """The HTTP status."""
    headers: Mapping[str, str] = field(repr=False)
    """By lower-case name."""
    content: bytes = field(repr=False)
    """The body, decompressed."""
    parsed: ParsedT
    """What the call would have returned by itself."""

    def parse(self) -> ParsedT:
        """The same as ``parsed``, as other clients have it."""
        return self.parsed


class LastAttempt(Middleware):
    """Keeps the last response, for one call of ``with_raw_response``."""

    def __init__(self) -> None:
        self._outcome: AttemptOutcome | None = None

    @override
    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        self._outcome = outcome

    def beside(self, parsed: T) -> RawResponse[T]:
        """The response together with what was made of it."""
        outcome = self._outcome
        if outcome is None or outcome.response is None or outcome.content is None:
            raise refuse("call", "made no call; pass lambda c: c.loyalty.accounts.retrieve(…)")
        response = outcome.response
        return RawResponse(response.status, response.headers, outcome.content, parsed)
