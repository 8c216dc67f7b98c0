"""Types of fields that forgive: a value of an undocumented form is read as far as it can be.

Where it cannot be read, it is None, or empty. So a posting that succeeded does not end in an error
because of a field beside it. Only ids and the points of ledger entries are strict.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias, cast

from pydantic import (
    GetPydanticSchema,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema, to_json

MISSING_ID: Final = "missing_id"
"""The type of pydantic's error for an object without its id."""

AnyText: Final = GetPydanticSchema(lambda _source, _handler: core_schema.str_schema(strict=True))
"""For an open set of names: known ones are for readers and type checkers, any text is let in."""


def _or_none(source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
    return core_schema.with_default_schema(handler(source), default=None, on_error="default")


def absent() -> Any:
    """The default of a field that the documents print in every object, so its type has no None."""
    return None


OrNone: Final = GetPydanticSchema(_or_none)
"""For a field of type ``… | None``: whatever has another form is None."""


def _first_fit(source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
    schema = handler(source)
    union = cast("dict[str, Any]", schema)
    while union["type"] == "nullable":
        union = union["schema"]
    if union["type"] == "union":
        union["mode"] = "left_to_right"
    return schema


FirstFit: Final = GetPydanticSchema(_first_fit)
"""For a field that is an id or an object: a text is not tried as an object too, which is slow."""


def mapping(value: object) -> dict[str, object]:
    """The object of JSON; an empty one where the value is none."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _id_in(value: object) -> str:
    """The id of an object that came where its id was expected."""
    link = mapping(value)
    id = link.get("id") or link.get("key")
    if isinstance(value, dict) and not (isinstance(id, str) and id):
        raise PydanticCustomError(MISSING_ID, "Input should have an id")
    if not isinstance(id, str):
        raise PydanticCustomError("no_id", "Input should be an id, or an object with one")
    return id


def _id(_source: object, _handler: object) -> CoreSchema:
    expanded = core_schema.no_info_plain_validator_function(_id_in)
    return core_schema.union_schema(
        [core_schema.str_schema(strict=True, min_length=1), expanded], mode="left_to_right"
    )


LinkedId: TypeAlias = Annotated[
    str, GetPydanticSchema(_id), WithJsonSchema({"type": "string", "minLength": 1})
]
"""The id of another object; where the object itself came, its id is taken."""


def _cleaned(value: object) -> dict[str, str]:
    """Metadata without nulls, and with texts for what else is no text."""
    entries = mapping(value)
    if value and not entries:  # an empty list is the empty object of PHP
        raise PydanticCustomError("dict_type", "Input should be an object")
    return {key: _text(entry) for key, entry in entries.items() if entry is not None}


def finite(value: JsonValue) -> JsonValue:
    """A number beyond all floats is refused: it would silently become infinity."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number in it is beyond all that can be kept")
    if isinstance(value, dict):
        finite([*value.values()])
    elif isinstance(value, list):
        for entry in value:
            finite(entry)
    return value


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    finite(cast("JsonValue", value))
    return to_json(value).decode()


def _metadata(_source: object, _handler: object) -> CoreSchema:
    text = core_schema.str_schema(strict=True)
    documented = core_schema.dict_schema(text, text, strict=True)
    other = core_schema.no_info_plain_validator_function(_cleaned)
    return core_schema.union_schema(
        [documented, other], mode="left_to_right", serialization=_AS_IT_IS
    )


_AS_IT_IS: Final = core_schema.plain_serializer_function_ser_schema(lambda value: value)

Metadata: TypeAlias = Annotated[
    dict[str, str],
    GetPydanticSchema(_metadata),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "string"}}),
]
"""Flat text → text. Null, or a null in it, is as if it were not there."""


def _time(value: object) -> datetime | None:
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass  # beyond all calendars, or no time
    return None


def _to_unix(value: datetime) -> int:
    return int(value.timestamp())


# None is not in the type: both dialects' documents print a time in each of these objects, and who
# reads one should not have to ask. A time that cannot be read is None all the same.
UnixTime: TypeAlias = Annotated[
    datetime,
    PlainValidator(cast("Callable[[Any], Any]", _time), json_schema_input_type=int | datetime),
    PlainSerializer(_to_unix, return_type=int, when_used="json-unless-none"),
]
"""An aware datetime in UTC, from unix seconds or ISO 8601; unix seconds in dumps."""


def _time_or_none(_source: object, _handler: object) -> CoreSchema:
    # what the sandbox sends is read without a call of Python
    utc = core_schema.datetime_schema(strict=True, tz_constraint=0)
    other = core_schema.no_info_plain_validator_function(_time)
    return core_schema.union_schema([utc, other], mode="left_to_right")


_TIME_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [{"type": "integer"}, {"type": "string", "format": "date-time"}, {"type": "null"}]
}
TimeOrNone: TypeAlias = Annotated[
    datetime | None,
    GetPydanticSchema(_time_or_none),
    WithJsonSchema(_TIME_SCHEMA, mode="validation"),
]
"""An aware datetime in UTC, from unix seconds or ISO 8601; ISO 8601 in dumps."""
