"""What a status other than 2xx means: its error, whether to repeat the request, what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from pydantic_core import from_json

from .._calls.call import Call
from .._secret import Secret
from ..errors import (
    ERRORS_PAGE,
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
    VinrError,
)
from .header_values import retry_after
from .messages import RawResponse, RetrySafety
from .retry import FailedAttempt

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
_REFUSED_FOR_NOW: Final = frozenset({408, 425, 429})
_NEVER_EXECUTED: Final = frozenset({501, 505})
"""However often the request is sent."""
_REDIRECTS_AFTER_EXECUTION: Final = frozenset({302, 303, 304})
"""A server commonly answers a POST that it executed with one of these."""
_BEFORE_LOOKING: Final = frozenset({401, 403, 408, 425, 429})
"""VINR may not have looked at the request, nor at its key, when it answered with one of these."""
_ACCOUNT_ID: Final = re.compile(r"\b(?:loy|la)_[A-Za-z0-9]+")
_OF_THE_CALL: Final = ("id", "account", "loyalty_account")
_IDS: Final = (*_OF_THE_CALL, "source", "target", "customer", "program", "programme_id", "tier")
"""Parameters that name things."""
_SHOWN: Final = frozenset({*_IDS, "type", "status", "limit", "amount"})
"""Parameters whose values are told in messages; a reason or metadata may be private."""
DOCUMENTED_CODES: Final = frozenset(
    {"account_active", "account_already_exists", "account_closed", "account_merged"}
    | {"api_key_invalid", "api_key_missing", "body_invalid", "endpoint_unknown"}
    | {"idempotency_conflict", "idempotency_key_in_use", "idempotency_key_invalid"}
    | {"insufficient_points", "internal_error", "method_not_allowed", "parameter_invalid"}
    | {"parameter_missing", "parameter_unknown", "permission_denied", "rate_limited"}
    | {"redemption_applied", "redemption_released", "request_invalid", "request_too_large"}
    | {"resource_missing", "reward_inactive", "store_busy", "transfer_coding_unknown"}
)
"""Codes that our page on errors has a heading for."""
_LONGEST_MESSAGE: Final = 500
_DEEPEST: Final = 8
_LARGEST_ERROR: Final = 64 * 1024
"""Bytes; no error object comes near it, and to read millions takes seconds.

Source: our choice.
"""


def decode_status(operation: str, response: RawResponse, secret: Secret) -> FailedAttempt:
    """The error that a response stands for, as far as its body can be read."""
    body = _error_object(response.body)
    message = secret.one_line(_text(body, "message") or "", _LONGEST_MESSAGE)
    code = _text(body, "code")
    sentence = _sentence(response.status, message, secret.one_line(code or "", _LONGEST_MESSAGE))
    wait = response.headers.get("retry-after")
    error = _error_class(response.status, code)(
        f"{operation}: {sentence}",
        status=response.status,
        code=code,
        type=_text(body, "type"),
        param=_text(body, "param"),
        doc_url=_text(body, "doc_url"),
        resource=_resource(body),
        request_id=response.headers.get("x-vinr-request-id") or _text(body, "request_id"),
        retry_after=None if wait is None else retry_after(wait, response.headers.get("date")),
    )
    if code in DOCUMENTED_CODES and _text(body, "doc_url") is None:
        error.doc_url = f"{ERRORS_PAGE}#{code}"
    if isinstance(error, AccountAlreadyExistsError):
        error.existing_account = error.resource or _account_in(body)
    return FailedAttempt(error, _safety(response.status, error))


def _subject(call: Call[Any], param: str | None) -> str:
    """What the call was about: the parameter that VINR complains about, else all ids it named."""
    sent = {**dict(call.query), **(call.body or {})}
    own = {name: id for name, id in (call.expected or {}).items() if id not in sent.values()}
    named = {**sent, **own}
    told = (param, *_OF_THE_CALL) if param in named else _IDS
    values = {name: named[name] for name in told if name in _SHOWN and named.get(name)}
    return ", ".join([f"{name}={value!r}" for name, value in values.items()])


def settles_outcome(error: APIStatusError) -> bool:
    """Whether the error tells what became of earlier attempts with the same key."""
    by_vinr = error.code is not None or error.type is not None
    refused = error.code == "idempotency_key_in_use" or error.status in _BEFORE_LOOKING
    return by_vinr and not refused and 400 <= (error.status or 500) < 500


def with_advice(error: VinrError, call: Call[Any], secret: Secret) -> VinrError:
    """The error of a call that is over, with what it was about and what to do next."""
    subject = ""
    if isinstance(error, APIStatusError):
        subject = secret.one_line(_subject(call, error.param), _LONGEST_MESSAGE)
    key, advice = f"idempotency_key={error.idempotency_key!r}", ""
    if error.outcome_unknown:
        as_it_is = call.repeated_as_it_is
        how, until = ("as it is", "") if as_it_is else (f"with {key}", " while VINR keeps the key")
        advice = (
            f"; VINR may have executed it: repeat the call {how} to learn the outcome,"
            f" nothing will happen twice{until}"
        )
    elif error.replayed and isinstance(error, APIStatusError) and call.idempotency_key is not None:
        advice = (
            f"; this is the answer that VINR kept from the first request with {key}, and things"
            " may have changed since: to try anew, pass another key"
        )
    if isinstance(error, APIStatusError) and error.doc_url:
        advice += f"; see {error.doc_url}"
    begin = f"{call.operation}: "
    said = error.message.removeprefix(begin)
    error.message = f"{begin}{subject}{': ' if subject else ''}{said}{advice}"
    error.args = (error.message,)
    return error


def _safety(status: int, error: APIStatusError) -> RetrySafety:
    if status in _REFUSED_FOR_NOW or error.code == "idempotency_key_in_use":
        return RetrySafety.REFUSED
    if status == 503 and error.retry_after is not None:
        return RetrySafety.REFUSED
    if status in _REDIRECTS_AFTER_EXECUTION:
        return RetrySafety.FINAL_AMBIGUOUS
    # 5xx that nobody documents, such as those of a CDN, say as little as 500 does
    undecided = status >= 500 and status not in _NEVER_EXECUTED
    return RetrySafety.AMBIGUOUS if undecided else RetrySafety.FINAL


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


def _error_object(body: bytes) -> object:
    if len(body) > _LARGEST_ERROR:
        return None
    try:
        answer: object = from_json(body)  # which bounds the nesting, unlike json.loads
    except (ValueError, RecursionError):
        return None
    error = _value(answer, "error")
    if not isinstance(error, dict) or not error:
        return _problem(answer)
    return cast("object", error)


def _problem(answer: object) -> object:
    """What a gateway says in the form of RFC 9457, ``application/problem+json``."""
    return {"message": _text(answer, "detail") or _text(answer, "title")}


def _value(body: object, name: str) -> object:
    """None where the body is no object, or has nothing of that name."""
    return cast("dict[str, object]", body).get(name) if isinstance(body, dict) else None


def _text(body: object, name: str) -> str | None:
    value = _value(body, name)
    return value if isinstance(value, str) and value else None


def _resource(body: object) -> str | None:
    """The documentation does not say how the id stands there: plain, or in an object."""
    return _text(body, "resource") or _text(_value(body, "resource"), "id")


def _account_in(body: object) -> str | None:
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
