"""What a middleware is: an object that is told of every call, and may add headers."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, cast
from urllib.parse import unquote

from ._headers import AddedHeaders
from .errors import ConfigurationError, VinrError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ._models.response import LastResponse
    from ._protocol.retry import RetryEvent

_WORDS: Final = frozenset(
    {
        "accounts",
        "activate",
        "analytics",
        "cancel",
        "close",
        "credit",
        "customers",
        "earning-rules",
        "events",
        "loyalty",
        "loyalty-accounts",
        "merge",
        "points-transactions",
        "programs",
        "redemptions",
        "release",
        "reopen",
        "rewards",
        "store-credit",
        "summary",
        "tiers",
        "transactions",
        "webhook-endpoints",
    }
)
"""The parts of VINR's paths that are no ids. Every other one is taken for an id, to be safe."""


@dataclass(slots=True, kw_only=True, eq=False)
class CallInfo:
    """One call, as a middleware is told of it: nothing in its repr says whom it is about."""

    operation: str
    """A stable name such as ``accounts.create``; ``request`` for ``client.request(…)``."""
    method: Literal["GET", "POST", "DELETE"]
    """Of HTTP."""
    server_address: str
    """The host that is called."""
    server_port: int
    """Its port; 443 for https unless the URL names another."""
    idempotency_key: str | None = field(repr=False)
    """The key that a write is sent with; None for a GET."""
    path: str = field(repr=False)
    """Of the URL, with the ids in it and without the query."""
    state: dict[object, object] = field(default_factory=dict[object, object], repr=False)
    """For the middleware to keep what belongs to this call, by a key of its own such as itself."""

    @property
    def url_template(self) -> str:
        """The path with ``{id}`` for each id, such as ``/v1/loyalty/accounts/{id}``."""
        return "/".join(part if _is_word(part) else "{id}" for part in self.path.split("/"))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the path, in their order."""
        return tuple(unquote(part) for part in self.path.split("/") if not _is_word(part))


@dataclass(slots=True, kw_only=True, eq=False)
class Attempt:
    """One request of a call."""

    call: CallInfo
    """The call that it belongs to."""
    number: int
    """1 for the first."""
    headers: AddedHeaders
    """Sent beside vinr's own, ``default_headers`` at first; setting one of vinr's own raises
    ConfigurationError."""


@dataclass(slots=True, kw_only=True, eq=False)
class AttemptOutcome:
    """What one attempt came to."""

    elapsed: float
    """Seconds that the attempt took."""
    response: LastResponse | None
    """Status, ids, headers and rate limit of the response; None where no whole one came."""
    error: VinrError | None
    """The error that the call ends with if no other attempt follows; None for a success."""
    content: bytes | None = field(repr=False)
    """The body, which holds a member's data; None where no whole response came."""


class Middleware:
    """Base of your own: override what you want to be told of. No method does I/O that waits.

    One object serves all threads and tasks of a client, sync or async, so keep what belongs to one
    call in ``call.state``. The middlewares of a client are told in their order, and in reverse of
    what ended.

    What ``on_call``, or ``on_attempt`` before the first attempt, raises comes out of the call
    unchanged, and nothing was sent. Before a later attempt it ends the call with an
    APIConnectionError, its cause, which says whether the outcome is unknown. What the other
    methods raise is logged as a warning and ignored, so that it cannot hide what became of a call.

    Source: our choice.
    """

    def on_call(self, call: CallInfo) -> None:
        """Before anything is sent."""

    def on_attempt(self, attempt: Attempt) -> None:
        """Before each attempt; ``attempt.headers`` takes headers for it."""

    def on_attempt_end(self, attempt: Attempt, outcome: AttemptOutcome) -> None:
        """After each attempt that came to a response or failed."""

    def on_retry(self, call: CallInfo, event: RetryEvent) -> None:
        """Before the wait for another attempt."""

    def on_result(self, call: CallInfo, result: BaseModel, response: LastResponse) -> None:
        """The call succeeded; ``result`` is what the caller gets, or the page's envelope."""

    def on_error(self, call: CallInfo, error: VinrError) -> None:
        """The call failed; the caller gets this error."""

    def on_abandoned(self, call: CallInfo) -> None:
        """The call was cancelled or interrupted, or something not of vinr's was raised in it."""


def checked_middleware(middleware: object) -> tuple[Middleware, ...]:
    """The middlewares of a client; ConfigurationError for what could never be called."""
    if isinstance(middleware, (str, bytes)) or not isinstance(middleware, Iterable):
        raise ConfigurationError("middleware must be a list, such as middleware=[Audit()]")
    return tuple(map(_checked, cast("Iterable[object]", middleware)))


def _checked(one: object) -> Middleware:
    if isinstance(one, type):
        raise ConfigurationError(f"middleware takes objects: {one.__name__}(), not the class")
    if not isinstance(one, Middleware):
        raise ConfigurationError(
            f"a middleware must be a vinr.Middleware, and {type(one).__name__} is none"
        )
    for name in vars(Middleware):
        if name.startswith("on_") and inspect.iscoroutinefunction(getattr(one, name)):
            raise ConfigurationError(
                f"{type(one).__name__}.{name} must be a plain function, not async"
            )
    return one


def _is_word(part: str) -> bool:
    return not part or part in _WORDS or part == "v1"
