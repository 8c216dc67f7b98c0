"""An HTTP request and its response, as the transports and the HTTP server exchange them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

CONTROL_PREFIX: Final = "/_sandbox/"
"""What paths of the control side begin with."""

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class HttpRequest(NamedTuple):
    """One HTTP request."""

    method: str
    path: str
    """As sent: percent-encoded, without the query."""
    query: str = ""
    headers: Mapping[str, str] = _NONE
    """By lower-case name; values of a repeated header are joined with a comma."""
    body: bytes = b""


class HttpResponse(NamedTuple):
    """One HTTP response. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """The headers of a request, from the bytes of their names and values."""
    joined: dict[str, str] = {}
    for name_in_bytes, value_in_bytes in raw:
        name = name_in_bytes.decode("latin-1").lower()
        value = value_in_bytes.decode("utf-8", "surrogateescape")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
