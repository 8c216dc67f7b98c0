"""From a response of status 2xx to its model, or to the reason why it cannot be trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Final, NamedTuple, NoReturn, cast, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails, from_json
from typing_extensions import TypeVar

from .._calls.call import Call, ResultT, names_same_object
from .._models.envelope import Envelope
from .._models.lenient import MISSING_ID
from .._models.model import Model
from .._secret import Secret
from ..errors import APIResponseError
from .messages import RawResponse, RetrySafety
from .retry import FailedAttempt

_LONGEST_PATH: Final = 100
_MOST_PROBLEMS: Final = 100
"""To put more of them into words takes too long, and one is told."""
_MOST_SEARCHED: Final = 4 * 1024 * 1024
"""Bytes; to search more would take seconds, and no page comes near it.

Source: our choice.
"""
_WITHOUT_NAMES: Final[frozenset[object]] = frozenset({str, int, list, type(None)})
_SPACE_BEFORE_COLON: Final = (b'" :', b'"\t:', b'"\n:', b'"\r:')


def decode(call: Call[ResultT], response: RawResponse, secret: Secret) -> ResultT | FailedAttempt:
    """The model, decoded once from the bytes; else what is wrong with them."""
    if response.flaw:
        return _unreadable(call, response, response.flaw)
    try:
        # as model_validate_json does, whose own options nobody asked for
        model: ResultT = call.result.__pydantic_validator__.validate_json(response.body)
    except ValidationError as error:
        return _invalid(call, response, error, secret)
    # A validator may meet a value that it cannot even look at, such as a time beyond all
    # calendars; whatever it raises then must not reach the caller.
    except Exception:  # noqa: BLE001
        return _unusable(call, response, "it cannot be decoded", RetrySafety.FINAL_AMBIGUOUS)
    flaw = _flaw_in_json(response.body, model)
    if flaw is not None:
        return _unreadable(call, response, flaw)
    if call.expected is not None:
        for name, wanted in call.expected.items():
            value: object = getattr(model, name, None)
            if value == wanted or names_same_object(value, wanted):
                continue
            # a field that may lack says nothing where it does; a property, such as the customer's
            # id of an account, says that there is none
            if value is not None or name not in type(model).model_fields:
                why = "it is about another object than the one asked for"
                return _unusable(call, response, why, RetrySafety.FINAL_AMBIGUOUS)
    return model


def _invalid(
    call: Call[ResultT], response: RawResponse, error: ValidationError, secret: Secret
) -> FailedAttempt:
    if error.error_count() > _MOST_PROBLEMS:
        why = f"it has the wrong shape in {error.error_count()} places"
        return _unusable(call, response, why, RetrySafety.FINAL_AMBIGUOUS)
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    if problems[0]["type"] == "json_invalid":
        return _unreadable(call, response, "it is no JSON")
    flaw = _flaw_when_parsed(response.body) if _may_have_nan(response.body) else None
    if flaw is not None:
        return _unreadable(call, response, flaw)
    path, problem = _deepest(problems, response.body)
    # what pydantic says never shows what came, only the path does
    where = secret.one_line(".".join(path), _LONGEST_PATH) or "it"
    missing = problem["type"] in {"missing", MISSING_ID}
    why = f"{where} is missing" if missing else f"{where}: {problem['msg']}"
    return _unusable(call, response, why, RetrySafety.FINAL_AMBIGUOUS)


def _deepest(problems: list[ErrorDetails], body: bytes) -> tuple[list[str], ErrorDetails]:
    """The problem that lies deepest: of all that a field may be, it came nearest to that one."""
    if len(body) > _MOST_SEARCHED:
        return [str(part) for part in problems[0]["loc"][:3]], problems[0]
    document: object = from_json(body)
    paths = [_path(problem, document) for problem in problems]
    return max(zip(paths, problems, strict=True), key=lambda pair: len(pair[0]))


def _path(problem: ErrorDetails, document: object) -> list[str]:
    """Where the problem lies, without the names that pydantic gives the branches of a union."""
    path: list[str] = []
    for part in problem["loc"]:
        if isinstance(document, dict) and part in document:
            document = cast("dict[str | int, object]", document)[part]
        elif isinstance(document, list) and isinstance(part, int):
            document = cast("list[object]", document)[part]
        elif problem["type"] != "missing" or part != problem["loc"][-1]:
            continue
        path.append(str(part))
    return [*path, "id"] if problem["type"] == MISSING_ID else path


def _unreadable(call: Call[ResultT], response: RawResponse, why: str) -> FailedAttempt:
    return _unusable(call, response, why, RetrySafety.AMBIGUOUS)


def _unusable(
    call: Call[ResultT], response: RawResponse, why: str, safety: RetrySafety
) -> FailedAttempt:
    error = APIResponseError(
        f"{call.operation}: VINR answered {response.status}, but the answer is not usable: {why}",
        status=response.status,
        request_id=response.headers.get("x-vinr-request-id"),
    )
    return FailedAttempt(error, safety)


def _flaw_in_json(body: bytes, model: object) -> str | None:
    """What makes it no JSON though pydantic reads it: NaN and its like, or a name that comes twice.

    A member with two balances has none that can be trusted. Counting bytes finds what is suspect
    and costs next to nothing; only that is parsed again.
    """
    # of a model that is not our own nobody knows how it was filled; pydantic's isinstance is slow
    counted = Model in type(model).__mro__ and _has_each_name_once(body, cast("Model", model))
    if counted and not _may_have_nan(body):
        return None
    return _flaw_when_parsed(body)


def _may_have_nan(body: bytes) -> bool:
    # one letter is found, or not, in a fraction of the time that a word takes
    return (b"N" in body and b"NaN" in body) or (b"I" in body and b"Infinity" in body)


def _has_each_name_once(body: bytes, model: Model) -> bool:
    """Whether there are as many colons as names were read: each name has one."""
    colons = body.count(b":")
    names = len(model.__pydantic_fields_set__) + _names_in_values(vars(model).values())
    if names == colons:
        return True
    if Envelope in type(model).__mro__:
        for more in _names_in_items(cast("Envelope[Model]", model)):
            names += more
            if names == colons:
                return True
    # texts have colons too, such as those of times, but rarely behind a quotation mark
    return body.count(b'":') == names and not any(apart in body for apart in _SPACE_BEFORE_COLON)


def _names_in_items(page: Envelope[Model]) -> Iterator[int]:
    """How many names were read, ever more of them; most objects hold few others."""
    items = page.data
    yield sum([len(item.__pydantic_fields_set__) for item in items])
    mappings, others = _fields_with_names(type(page))
    for mapping in mappings:
        yield sum(map(len, map(mapping, items)))
    for other in others:
        yield _names_in_values(map(other, items))


def _names_in_values(values: Iterable[object]) -> int:
    names = 0
    for value in values:
        kind: type[object] = type(value)
        if kind is dict:
            names += len(cast("dict[str, object]", value))
        elif kind not in _WITHOUT_NAMES:
            # asking pydantic whether it is a model takes longer
            names += len(getattr(value, "__pydantic_fields_set__", ()))
    return names


class _FieldsWithNames(NamedTuple):
    """The fields of a page's items that may hold names themselves."""

    mappings: list[Callable[[Model], dict[str, object]]]
    others: list[Callable[[Model], object]]


@lru_cache
def _fields_with_names(page: type[Envelope[Model]]) -> _FieldsWithNames:
    (item,) = get_args(page.model_fields["data"].annotation)
    fields = cast("type[Model]", item).model_fields.items()
    mappings = [name for name, field in fields if get_origin(field.annotation) is dict]
    others = [
        name
        for name, field in fields
        if name not in mappings and _may_be_model(cast("object", field.annotation))
    ]
    return _FieldsWithNames(list(map(attrgetter, mappings)), list(map(attrgetter, others)))


def _may_be_model(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return isinstance(annotation, TypeVar) or any(map(_may_be_model, get_args(annotation)))


def _flaw_when_parsed(body: bytes) -> str | None:
    if len(body) > _MOST_SEARCHED:
        return "it is too large to make sure that no name comes twice"
    try:
        json.loads(body, object_pairs_hook=_each_name_once, parse_constant=_no_number)
    except ValueError as error:
        return str(error)
    return None


def _each_name_once(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("it has a name twice in one object")


def _no_number(_text: str) -> NoReturn:
    raise ValueError("it has NaN or Infinity, which are no JSON")
