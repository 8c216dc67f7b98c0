"""What an answer other than 2xx means: its error, and whether the request may be repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from pydantic_core import from_json

from ..config import Secret
from ..errors import (
    AccountAlreadyExistsError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    IdempotencyConflictError,
    InternalServerError,
    NotFoundError,
    PaymentRequiredError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableError,
)
from .redact import shown
from .retry_after import retry_after
from .wire import Reply, Safety

_BY_STATUS: Final[Mapping[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    422: UnprocessableError,
    429: RateLimitError,
}
_BY_CODE: Final[Mapping[str, type[ConflictError]]] = {
    "account_already_exists": AccountAlreadyExistsError,
    "idempotency_conflict": IdempotencyConflictError,
}
_REFUSED: Final = frozenset({408, 425, 429})
# of a request that VINR will never execute, however often it is sent
_NEVER: Final = frozenset({501, 505})
# a redirect that commonly answers a POST which was executed
_DONE_ELSEWHERE: Final = frozenset({302, 303, 304})
# VINR may not have looked at the request when it gave one of these
_SAYS_NOTHING: Final = frozenset({401, 403, 408, 425, 429})
_ACCOUNT_ID: Final = re.compile(r"\b(?:loy|la)_[A-Za-z0-9]+")
_LONGEST_MESSAGE: Final = 500
_DEEPEST: Final = 8
_LARGEST_ERROR: Final = 64 * 1024
"""Bytes; no error object comes near it, and to read millions takes seconds (our choice)."""


def status_error(operation: str, reply: Reply, secret: Secret) -> APIStatusError:
    """The error that an answer stands for, as far as its body can be read."""
    body = _error_object(reply.body)
    message = shown(_text(body, "message") or "", secret, _LONGEST_MESSAGE)
    code = _text(body, "code")
    sentence = _sentence(reply.status, message, shown(code or "", secret, _LONGEST_MESSAGE))
    error = _error_class(reply.status, code)(
        f"{operation}: {sentence}",
        status=reply.status,
        code=code,
        type=_text(body, "type"),
        param=_text(body, "param"),
        doc_url=_text(body, "doc_url"),
        resource=_resource(body),
        request_id=reply.headers.get("x-vinr-request-id") or _text(body, "request_id"),
        retry_after=retry_after(reply.headers.get("retry-after")),
    )
    if isinstance(error, AccountAlreadyExistsError):
        error.existing_account = error.resource or _account_in(body)
    return error


def status_safety(reply: Reply, error: APIStatusError) -> Safety:
    """Whether the request behind this answer may be repeated, and may have been executed."""
    status = reply.status
    if status in _REFUSED or error.code == "idempotency_key_in_use":
        return Safety.REFUSED
    if status == 503 and error.retry_after is not None:
        return Safety.REFUSED
    if status in _DONE_ELSEWHERE:
        return Safety.FINAL_AMBIGUOUS
    # 5xx that nobody documents, such as those of a CDN, say as little as 500 does
    return Safety.AMBIGUOUS if status >= 500 and status not in _NEVER else Safety.FINAL


def settles(error: APIStatusError) -> bool:
    """True where the answer tells what became of earlier attempts with the same key."""
    by_vinr = error.code is not None or error.type is not None
    refused = error.code == "idempotency_key_in_use" or error.status in _SAYS_NOTHING
    return by_vinr and not refused and 400 <= (error.status or 500) < 500


def _error_class(status: int, code: str | None) -> type[APIStatusError]:
    if status == 409:
        return _BY_CODE.get(code or "", ConflictError)
    if status >= 500:
        return InternalServerError
    return _BY_STATUS.get(status, APIStatusError)


def _sentence(status: int, message: str, code: str) -> str:
    if message:
        return f"{message} (status {status})"
    if 300 <= status < 400:
        return (
            f"VINR answered with a redirect (status {status}), which is not followed,"
            " since the secret key would go along; check base_url"
        )
    what = f"the code {code}" if code else "no error object"
    return f"VINR answered with status {status} and {what}"


def _error_object(body: bytes) -> Mapping[str, object]:
    if len(body) > _LARGEST_ERROR:
        return {}
    try:
        answer: object = from_json(body)  # which bounds the nesting, unlike json.loads
    except (ValueError, RecursionError):
        return {}
    return _mapping(_mapping(answer).get("error"))


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _text(body: Mapping[str, object], name: str) -> str | None:
    value = body.get(name)
    return value if isinstance(value, str) and value else None


def _resource(body: Mapping[str, object]) -> str | None:
    """The documentation does not say how the id stands there: plain, or in an object."""
    return _text(body, "resource") or _text(_mapping(body.get("resource")), "id")


def _account_in(body: Mapping[str, object]) -> str | None:
    """The first account id anywhere in the error object."""
    found = (_ACCOUNT_ID.search(text) for text in _strings(body, _DEEPEST))
    return next((match.group() for match in found if match), None)


def _strings(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, (dict, list)):
        entries = cast("dict[str, object] | list[object]", value)
        for entry in entries.values() if isinstance(entries, dict) else entries:
            yield from _strings(entry, depth - 1)
