"""A call as data: everything that one request says, and the shape of its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeAlias
from urllib.parse import quote

from typing_extensions import TypeVar

from ..models.model import Model
from .echo import Echo
from .expected import Expected

JSON: TypeAlias = str | int | bool | Mapping[str, "JSON"] | Sequence["JSON"] | None
Encoding: TypeAlias = Literal["json", "form"]
Query: TypeAlias = tuple[tuple[str, str], ...]

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch

ResultT = TypeVar("ResultT", bound=Model, covariant=True)


# Nobody changes one. To freeze what is made for each call takes longer than to check its arguments.
@dataclass(slots=True, kw_only=True)
class Call(Generic[ResultT]):
    """One request to VINR, before it is encoded."""

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
    """What the answer must say of itself: its id, or the account that was posted to."""
    echo: Echo | None = None
    """How VINR refuses this write where it executed it already."""


def path_of(*segments: str) -> str:
    """The segments, quoted so that none can reach beyond its place."""
    if not _PLAIN("".join(segments)):
        segments = tuple(quoted(segment) for segment in segments)
    return "/" + "/".join(segments)


def quoted(text: str) -> str:
    """Text as it stands in a URL; most ids and cursors need nothing done."""
    return text if _PLAIN(text) else quote(text, safe="")


def given(**parameters: JSON) -> dict[str, JSON]:
    """The parameters that are not None."""
    return {name: value for name, value in parameters.items() if value is not None}
