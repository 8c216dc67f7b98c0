"""``client.request(…)``: a call that no resource models, by its method and path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Final, Literal, TypeAlias, cast, get_args
from urllib.parse import quote

from pydantic import BaseModel, JsonValue, model_validator

from .._models.model import Model
from . import checks
from .call import JSON, Call, Encoding, Query

Method: TypeAlias = Literal["GET", "POST", "DELETE"]
Body: TypeAlias = Mapping[str, JSON]
QueryValue: TypeAlias = str | int | bool | Sequence[str]

_DEEPEST: Final = 64
_SEGMENT: Final = re.compile(r"[!-~]{1,255}").fullmatch
_NOT_IN_SEGMENTS: Final = frozenset("\\?#%")
_IN_NAMES: Final = "[]._-"


class Document(BaseModel):
    """Any JSON that VINR answers with."""

    value: JsonValue

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, document: object) -> dict[str, object]:
        return {"value": document}


def request(
    method: str,
    path: str,
    *,
    json: Body | None,
    form: Body | None,
    query: Mapping[str, QueryValue] | None,
    expect: object,
    idempotency_key: str | None,
) -> Call[Model]:
    """One request below the base URL; InvalidRequestError for what must not be sent."""
    if method not in get_args(Method):
        raise checks.refuse("method", f"must be one of {', '.join(get_args(Method))}")
    if not isinstance(expect, type) or not issubclass(expect, BaseModel):
        raise checks.refuse("expect", "must be a class of pydantic's BaseModel")
    key = checks.idempotency_key(idempotency_key)
    body, encoding = _body(json, form)
    if method == "GET" and (body is not None or key is not None):
        param = "idempotency_key" if body is None else encoding
        raise checks.refuse(param, "does not go with a GET; parameters go into query=")
    return Call(
        operation="request",
        method=cast("Method", method),
        path=_path(path),
        # any model will do: nothing below asks for more than pydantic's own base has
        result=cast("type[Model]", expect),
        query=_query(query),
        body=body,
        encoding=encoding,
        idempotency_key=key,
    )


def _path(path: object) -> str:
    path = checks.text("path", path)
    if not path.startswith("/") or path.startswith("//"):
        raise checks.refuse("path", "must begin with one slash, such as '/loyalty/programs'")
    segments = path[1:].split("/")
    if segments[0] == "v1":
        raise checks.refuse("path", "begins behind /v1, which the base URL has already")
    return "".join(f"/{_segment(segment)}" for segment in segments)


def _segment(segment: str) -> str:
    if not segment:
        raise checks.refuse("path", "has an empty part; is an id missing, or a slash too many?")
    if not segment.strip("."):
        raise checks.refuse("path", f"has the part {segment!r}, which leads elsewhere")
    if not _SEGMENT(segment) or not _NOT_IN_SEGMENTS.isdisjoint(segment):
        raise checks.refuse("path", "has a character that no path of VINR's has (? goes to query=)")
    return quote(segment, safe="")


def _query(query: object) -> Query:
    if query is None:
        return ()
    if not isinstance(query, Mapping):
        raise checks.refuse("query", f"must be a mapping, not {type(query).__name__}")
    pairs: list[tuple[str, str]] = []
    for name, value in list(cast("Mapping[object, object]", query).items()):
        quoted = quote(checks.text("query", name), safe=_IN_NAMES)
        if not quoted:
            raise checks.refuse("query", "has an empty name")
        pairs += [(quoted, each) for each in _query_values(f"query[{name!r}]", value)]
    return tuple(pairs)


def _query_values(param: str, value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        return [str(int.__int__(value))]
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [checks.text(param, each) for each in cast("Sequence[object]", value)]
    return [checks.text(param, value)]


def _body(json: object, form: object) -> tuple[Body | None, Encoding]:
    if json is not None and form is not None:
        raise checks.refuse("form", "does not go together with json")
    name: Encoding = "json" if form is None else "form"
    body = json if form is None else form
    if body is None:
        return None, name
    if not isinstance(body, Mapping):
        raise checks.refuse(name, f"must be a mapping, not {type(body).__name__}")
    copied = _plain(name, cast("object", body), 0)
    return cast("Body", copied), name


def _plain(param: str, value: object, depth: int) -> object:
    """A copy that is JSON and nothing else."""
    if depth > _DEEPEST:
        raise checks.refuse(param, "is nested too deeply, or holds itself")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, str):
        return checks.text(param, value)
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, Mapping):
        entries = list(cast("Mapping[object, object]", value).items())
        return {
            checks.text(param, name): _plain(f"{param}[{name!r}]", entry, depth + 1)
            for name, entry in entries
        }
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        items = cast("Sequence[object]", value)
        return [_plain(f"{param}[{i}]", item, depth + 1) for i, item in enumerate(items)]
    raise checks.refuse(param, f"is no JSON: {type(value).__name__}")
