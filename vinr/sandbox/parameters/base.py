"""The base of all parameter models: common types, and how a wrong parameter is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from ..dialects.expansion import MOST_EXPANDED
from ..ledger.limits import MOST_METADATA_KEYS, MOST_POINTS
from ..programs import Identifier
from ..refusal import Refusal

_INTEGER: Final = re.compile(r"-?[0-9]{1,20}", re.ASCII)


class Parameters(BaseModel):
    """The parameters of one operation; unknown ones and other types are refused."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True)

    def given(self, *without: str) -> dict[str, object]:
        """What was given, by the names here, ``without`` some of it."""
        return {name: value for name, value in self if value is not None and name not in without}

    discriminated: ClassVar[frozenset[str]] = frozenset()
    """Parameters that are lists of objects of several kinds (pydantic: discriminated unions)."""


def integer_from_text(value: object) -> object:
    """A whole number that came as text, as in a query or a form; other values as they are."""
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


MetadataKey = Annotated[str, Field(min_length=1)]
Metadata = Annotated[dict[MetadataKey, str], Field(max_length=MOST_METADATA_KEYS)]
MetadataChanges = Annotated[dict[MetadataKey, str | None], Field(max_length=MOST_METADATA_KEYS)]

Points = Annotated[int, Field(ge=1, le=MOST_POINTS)]
PointsInText = Annotated[Points, BeforeValidator(integer_from_text)]
UnixSeconds = Annotated[int, Field(ge=-(2**63), lt=2**63), BeforeValidator(integer_from_text)]
"""In a query."""
Limit = Annotated[int, Field(ge=1, le=100), BeforeValidator(integer_from_text)]


class WithExpand(Parameters):
    """An operation whose answer has linked objects that can be expanded."""

    expand: Annotated[list[str], Field(default_factory=list, max_length=MOST_EXPANDED)]


class ListParameters(Parameters):
    """An operation that answers with a page: the number of rows, and a cursor."""

    limit: Limit
    starting_after: Identifier | None = None
    ending_before: Identifier | None = None


P = TypeVar("P", bound=BaseModel)


def parse(model: type[P], values: Mapping[str, object]) -> P:
    """The parameters as their model; refuses the first one that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _refusal(first, getattr(model, "discriminated", frozenset[str]())) from None


def _refusal(error: ErrorDetails, discriminated: frozenset[str]) -> Refusal:
    param = _parameter_name(error, discriminated)
    match error["type"]:
        case "missing":
            return Refusal("parameter_missing", f"{param} is required.", param=param)
        case "extra_forbidden":
            message = f"{param} is not a parameter of this operation."
            return Refusal("parameter_unknown", message, param=param)
        case _:
            return Refusal("parameter_invalid", f"{param}: {error['msg']}.", param=param)


def _parameter_name(error: ErrorDetails, discriminated: frozenset[str]) -> str | None:
    name, *path = error["loc"] or (None,)
    if name in discriminated:
        del path[1:2]  # the object's kind, which pydantic adds to the path
    # pydantic adds "[key]" where a key of a mapping is wrong, not its value
    inner = [str(step) for step in path if step != "[key]"]
    return None if name is None else str(name) + "".join(f"[{step}]" for step in inner)
