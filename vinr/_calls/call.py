"""A call as data: everything that one request says, and the shape of its response."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeAlias, cast

from typing_extensions import TypeVar

from .._models.model import Model
from .already_applied import AlreadyApplied

JSON: TypeAlias = str | int | float | bool | Mapping[str, "JSON"] | Sequence["JSON"] | None
Encoding: TypeAlias = Literal["json", "form"]
Query: TypeAlias = tuple[tuple[str, str], ...]
Expected: TypeAlias = Mapping[str, object]
"""What a response must say of itself, by attribute of the model."""

_GUIDE_PREFIXES: Final = {"la": "loy", "pt": "ptx"}
"""Of ids: what the reference calls ``la_X`` is the guide's ``loy_X``."""

ResultT = TypeVar("ResultT", bound=Model, covariant=True)
T = TypeVar("T")


# Not frozen: freezing one that is made for every call takes longer than checking its arguments.
@dataclass(slots=True, kw_only=True)
class Call(Generic[ResultT]):
    """One request to VINR, before it is encoded. Nothing changes it after it was made."""

    operation: str
    """A stable name such as ``accounts.create``, for logs and messages."""
    method: Literal["GET", "POST"]
    path: str
    """Quoted, with a slash first, below ``/v1``."""
    result: type[ResultT]
    query: Query = ()
    body: Mapping[str, JSON] | None = None
    encoding: Encoding = "json"
    idempotency_key: str | None = None
    """The caller's own key; one is made where it is None and the method is POST."""
    expected: Expected | None = None
    """Tells the response to this call from one to another call on the same connection."""
    already_applied: AlreadyApplied | None = None
    """How VINR refuses this write where it executed it before."""
    repeated_as_it_is: bool = False
    """Whether the caller's whole call, which takes no key, settles an unknown outcome."""


Plan: TypeAlias = Generator[Call[Model], Model, T]
"""Several calls in a row: yields each call, is sent its result, and returns what they come to."""


def result_of(call: Call[ResultT]) -> Plan[ResultT]:
    """One call of a plan, for ``yield from``: it keeps the type of the result."""
    return cast("ResultT", (yield cast("Call[Any]", call)))


def names_same_object(one: object, other: object) -> bool:
    """Whether two ids are those of one object, in the same dialect or in both."""
    return guide_form(one) == guide_form(other)


def guide_form(id: object) -> object:
    """The id as the guide's dialect writes it: ``loy_X`` for ``la_X``."""
    if not isinstance(id, str):
        return id
    prefix, underscore, rest = id.partition("_")
    return _GUIDE_PREFIXES.get(prefix, prefix) + underscore + rest
