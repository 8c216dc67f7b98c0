"""What every model shares: frozen, open to additions, aware of the answer it came from."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetPydanticSchema,
    PlainSerializer,
    Strict,
)
from pydantic_core import core_schema

from .response import LastResponse

Points = Annotated[int, Strict(), Field(ge=-(2**63) + 1, le=2**63 - 1)]
"""A whole number of points; never a float, a bool or a string, nor beyond 2**63 - 1."""

ObjectId = Annotated[str, Field(min_length=1)]

AnyText: Final = GetPydanticSchema(lambda _source, _handler: core_schema.str_schema(strict=True))
"""For an open set of names: known ones are for readers and type checkers, any text is let in."""


def _from_unix(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, datetime):
        return value
    raise ValueError("a time is a whole number of unix seconds")


def _to_unix(value: datetime) -> int:
    return int(value.timestamp())


UnixTime = Annotated[
    datetime,
    BeforeValidator(_from_unix),
    PlainSerializer(_to_unix, return_type=int, when_used="json"),
]
"""An aware datetime in UTC; unix seconds on the wire."""

LAST_RESPONSE: Final = "last_response"
"""The response that an object came in is noted beside its fields, as cached properties are kept.

So equality, repr and dumps of the object do not depend on it.
"""


class Model(BaseModel):
    """An object of VINR's. Fields that this version does not know are kept as attributes."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, defer_build=True)

    def __iter__(self) -> Generator[tuple[str, object], None, None]:  # noqa: PYI058  # its base
        """Names and values, as ``dict()`` asks for them: the fields and what else came."""
        return (each for each in super().__iter__() if each[0] != LAST_RESPONSE)

    @property
    def last_response(self) -> LastResponse:
        """The answer this object came in; AttributeError on one that you made yourself."""
        try:
            answer: LastResponse = vars(self)[LAST_RESPONSE]
        except KeyError:
            raise AttributeError(f"this {type(self).__name__} did not come in a response") from None
        return answer
