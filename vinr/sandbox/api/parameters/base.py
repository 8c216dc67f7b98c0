"""What all parameter models share: strictness, common types, how they refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from ...ledger.membership import MOST_METADATA_KEYS
from ...ledger.transactions import MOST_POINTS
from ...programs import Identifier
from ...refusal import Refusal
from ..expansion import MOST_EXPANDED

_INTEGER: Final = re.compile(r"-?[0-9]{1,20}", re.ASCII)


class Parameters(BaseModel):
    """The parameters of one operation; unknown ones and other types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    told_apart: ClassVar[frozenset[str]] = frozenset()
    """Parameters that are lists of objects of several kinds."""


def _integer_from_text(value: object) -> object:
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


MetadataKey = Annotated[str, Field(min_length=1)]
Metadata = Annotated[dict[MetadataKey, str], Field(max_length=MOST_METADATA_KEYS)]
MetadataChanges = Annotated[dict[MetadataKey, str | None], Field(max_length=MOST_METADATA_KEYS)]

Points = Annotated[int, Field(ge=1, le=MOST_POINTS)]
PointsInText = Annotated[Points, BeforeValidator(_integer_from_text)]
Limit = Annotated[int, Field(ge=1, le=100), BeforeValidator(_integer_from_text)]


class WithExpand(Parameters):
    """An operation whose answer has links that can be expanded."""

    expand: Annotated[list[str], Field(default_factory=list, max_length=MOST_EXPANDED)]


class ListParameters(Parameters):
    """An operation that answers with a page: how many rows, and beyond which cursor."""

    limit: Limit
    starting_after: Identifier | None = None
    ending_before: Identifier | None = None


P = TypeVar("P", bound=BaseModel)


def parse(model: type[P], given: Mapping[str, object]) -> P:
    """The parameters as their model, or the first fault in them as a refusal."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _refusal(first, getattr(model, "told_apart", frozenset[str]())) from None


def _refusal(error: ErrorDetails, told_apart: frozenset[str]) -> Refusal:
    param = _written(error, told_apart)
    match error["type"]:
        case "missing":
            return Refusal("parameter_missing", f"{param} is required.", param=param)
        case "extra_forbidden":
            message = f"{param} is not a parameter of this operation."
            return Refusal("parameter_unknown", message, param=param)
        case _:
            return Refusal("parameter_invalid", f"{param}: {error['msg']}.", param=param)


def _written(error: ErrorDetails, told_apart: frozenset[str]) -> str | None:
    name, *path = error["loc"] or (None,)
    if name in told_apart:
        del path[1:2]  # pydantic names the kind of the object, which is no part of it
    # pydantic marks a fault of a mapping's key itself with a last step
    inner = [str(step) for step in path if step != "[key]"]
    return None if name is None else str(name) + "".join(f"[{step}]" for step in inner)
