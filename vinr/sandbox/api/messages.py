"""A request and a response, as every door hands them in and takes them out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

CONTROL: Final = "/_sandbox/"
"""What paths of the control side begin with."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, whichever way it came."""

    method: str
    path: str
    """As sent: percent-encoded, without the query."""
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Found by lower-case name; repeated ones joined with a comma."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP response. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
