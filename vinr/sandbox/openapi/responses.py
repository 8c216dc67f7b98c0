"""The responses of an operation: success, every refusal, and their headers."""

from typing import Final

from ..api.operation import Operation
from ..parameters.base import Parameters
from .schemas import Json, codes, error_schema

_JSON: Final = "application/json"

_WHOLE: Final[Json] = {"type": "integer", "minimum": 0}

HEADERS: Final[Json] = {
    "X-Vinr-Request-Id": {
        "description": "The id of this request, to find it again.",
        "required": True,
        "schema": {"type": "string", "pattern": "^req_[0-9A-Za-z]+$"},
    },
    "X-RateLimit-Limit": {
        "description": "Requests in a full bucket.",
        "required": True,
        "schema": _WHOLE,
    },
    "X-RateLimit-Remaining": {
        "description": "Requests that are left.",
        "required": True,
        "schema": _WHOLE,
    },
    "X-RateLimit-Reset": {
        "description": "Unix seconds when the bucket is full again.",
        "required": True,
        "schema": _WHOLE,
    },
    "Retry-After": {
        "description": "Seconds until it is worth asking again.",
        "schema": _WHOLE,
    },
    "Idempotent-Replayed": {
        "description": "``true`` where this is the kept answer of an earlier request.",
        "schema": {"type": "string", "const": "true"},
    },
}
"""Every header of an answer that means something."""

_ALWAYS: Final = [name for name, header in HEADERS.items() if header.get("required")]

DESCRIPTIONS: Final = {
    400: "The request is not well formed.",
    401: "There is no API key, or it is no test key.",
    403: "This kind of key may not do this; on the control side, a page from elsewhere.",
    404: "There is no such object.",
    409: "Something stands in the way: another account, or another use of the idempotency key.",
    413: "The body is too large.",
    422: "Well formed, but impossible in this state.",
    429: "Too many requests with this key.",
    500: "A bug of the sandbox.",
    503: "The service is busy; ask again.",
}


def responses_of(operation: Operation, answer: Json) -> Json:
    """Every response of an operation, by status."""
    success: Json = {
        "description": operation.summary,
        "headers": _headers(_ALWAYS + (["Idempotent-Replayed"] if operation.writes else [])),
        "content": {_JSON: {"schema": answer}},
    }
    refusals = {
        str(status): {"$ref": _component(status)} for status in _refusal_statuses(operation)
    }
    return {"200": success, **refusals}


def refusals() -> Json:
    """The refusals that operations share, as components."""
    return {_name(status): _refusal(status) for status in DESCRIPTIONS}


def _refusal_statuses(operation: Operation) -> list[int]:
    names_an_object = operation.parameters is not Parameters or "<id>" in operation.path
    possible = {
        401: not operation.control,
        404: names_an_object,
        409: operation.writes,
        413: operation.writes,
        422: operation.writes,
        429: not operation.control,
    }
    return [status for status in DESCRIPTIONS if possible.get(status, True)]


def _refusal(status: int) -> Json:
    known = ", ".join(f"`{code}`" for code in codes(status))
    headers = [*_ALWAYS, "Retry-After"] if status in (429, 503) else _ALWAYS
    return {
        "description": f"{DESCRIPTIONS[status]} Codes: {known}.",
        "headers": _headers(headers),
        "content": {_JSON: {"schema": error_schema(status)}},
    }


def _headers(names: list[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _component(status: int) -> str:
    return f"#/components/responses/{_name(status)}"


def _name(status: int) -> str:
    return f"Refused{status}"
