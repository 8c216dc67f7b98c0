"""Every exception of the package.

VinrError
├─ ConfigurationError           also a ValueError: the client cannot be made like this
├─ InvalidRequestError          also a ValueError: refused before anything was sent
├─ APIConnectionError           no answer came
│  ├─ APITimeoutError           one attempt ran out of time
│  └─ DeadlineExceededError     the whole call ran out of time
├─ APIResponseError             a 2xx that cannot be read, or is not the documented shape
├─ APIStatusError               an answer that says no
│  ├─ BadRequestError           400
│  ├─ AuthenticationError       401
│  ├─ PaymentRequiredError      402
│  ├─ PermissionDeniedError     403
│  ├─ NotFoundError             404
│  ├─ ConflictError             409
│  │  ├─ AccountAlreadyExistsError    .existing_account is the id that stands in the way
│  │  └─ IdempotencyConflictError     the key was used before with another request
│  ├─ UnprocessableError        422
│  ├─ RateLimitError            429
│  └─ InternalServerError       5xx
├─ PaginationError              a list that does not end or does not say where it goes on
└─ WebhookSignatureError        a payload that VINR did not sign, or not now

None of them holds the secret key, a request or a response; all can be pickled and copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict, Unpack

if TYPE_CHECKING:
    from ._models.response import LastResponse


ERRORS_PAGE: Final = "https://vinr.readthedocs.io/en/stable/errors/"
"""Our page on errors, with a heading for each class and each documented code."""


class ErrorDetails(TypedDict, total=False):
    """What an error knows beside its message."""

    code: str | None
    type: str | None
    status: int | None
    param: str | None
    request_id: str | None
    resource: str | None
    doc_url: str | None
    idempotency_key: str | None
    attempts: int
    retry_after: float | None
    outcome_unknown: bool
    replayed: bool
    last_response: LastResponse | None


def _revive(cls: type[VinrError], message: str, state: dict[str, object]) -> VinrError:
    error = cls(message)
    error.__dict__.update(state)
    return error


class VinrError(Exception):
    """Any failure of this package.

    Branch on the class, on ``status`` and on ``code``; never on ``message``.
    """

    message: str
    """What happened, to what, and what to do next."""
    code: str | None
    """VINR's machine-readable reason, such as ``insufficient_points``."""
    type: str | None
    """VINR's family of errors; an open string."""
    status: int | None
    """The HTTP status, where there was an answer."""
    param: str | None
    """The parameter that VINR complains about."""
    request_id: str | None
    """The id that VINR's support asks for."""
    resource: str | None
    """The id of the object that the error is about."""
    doc_url: str | None
    """A page about this error: VINR's where it names one, else ours."""
    idempotency_key: str | None
    """The key this write was sent with; repeat the call with it to settle an unknown outcome."""
    attempts: int
    """How many times the request was tried; 0 if it was refused before sending."""
    retry_after: float | None
    """Seconds that VINR asked to wait before the next request."""
    outcome_unknown: bool
    """True when a write may have been executed though no usable answer came."""
    replayed: bool
    """True where this is the answer that VINR kept for an earlier request with the same key."""
    last_response: LastResponse | None
    """The answer behind the error, with its headers; None where none came."""

    def __init__(self, message: str = "", **details: Unpack[ErrorDetails]) -> None:
        super().__init__(message)
        self.message = message
        self.code = details.get("code")
        self.type = details.get("type")
        self.status = details.get("status")
        self.param = details.get("param")
        self.request_id = details.get("request_id")
        self.resource = details.get("resource")
        self.doc_url = details.get("doc_url") or f"{ERRORS_PAGE}#{type(self).__name__.lower()}"
        self.idempotency_key = details.get("idempotency_key")
        self.attempts = details.get("attempts", 0)
        self.retry_after = details.get("retry_after")
        self.outcome_unknown = details.get("outcome_unknown", False)
        self.replayed = details.get("replayed", False)
        self.last_response = details.get("last_response")

    def __reduce__(self) -> tuple[object, ...]:
        return _revive, (type(self), self.message, self.__dict__.copy())


class ConfigurationError(VinrError, ValueError):
    """The client cannot be made or used like this; nothing was sent."""


class InvalidRequestError(VinrError, ValueError):
    """An argument that VINR could only refuse; nothing was sent. ``param`` names it."""


class APIConnectionError(VinrError):
    """No answer came: the connection failed, or broke before the answer was whole."""


class APITimeoutError(APIConnectionError):
    """One attempt took longer than ``timeout``, and no attempts were left."""


class DeadlineExceededError(APIConnectionError):
    """The call took longer than ``deadline``, attempts and waits together."""


class APIResponseError(VinrError):
    """A 2xx answer that is no JSON, is cut short, or is not the documented shape."""


class APIStatusError(VinrError):
    """VINR answered, and the answer is not a success."""


class BadRequestError(APIStatusError):
    """400: a parameter is missing, unknown or malformed."""


class AuthenticationError(APIStatusError):
    """401: the key is missing, wrong or revoked."""


class PaymentRequiredError(APIStatusError):
    """402: a payment failed or is due."""


class PermissionDeniedError(APIStatusError):
    """403: the key may not do this."""


class NotFoundError(APIStatusError):
    """404: there is no such object, or not for this key."""


class ConflictError(APIStatusError):
    """409: the request collides with what exists."""


class AccountAlreadyExistsError(ConflictError):
    """409: the customer already has an active account in the program.

    Source: VINR's guide.
    """

    existing_account: str | None = None
    """The id of that account, where the error names it."""


class IdempotencyConflictError(ConflictError):
    """409: the idempotency key was used before with another request."""


class UnprocessableError(APIStatusError):
    """422: impossible in the object's present state."""


class RateLimitError(APIStatusError):
    """429: too many requests; ``retry_after`` says for how many seconds."""


class InternalServerError(APIStatusError):
    """5xx: trouble on VINR's side."""


class PaginationError(VinrError):
    """A list repeats a cursor, or says that there is more and not where.

    From ``client.events.catch_up`` also: VINR does not have the event of the cursor.
    """


class WebhookSignatureError(VinrError):
    """A webhook's signature is missing, malformed, wrong, too old or too new."""
