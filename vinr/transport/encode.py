"""From a Call to the bytes of its request, built once and the same on every attempt."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote_plus

from pydantic_core import to_json

from ..calls.call import JSON, Call, Encoding, Query, quoted
from ..config import Options
from ..models.model import Model
from ..version import __version__
from .idempotency import new_key
from .wire import Headers, WireRequest

_USER_AGENT: Final = f"vinr-python/{__version__} Python/{platform.python_version()}"
_CONTENT_TYPES: Final[Mapping[Encoding, tuple[bytes, bytes]]] = {
    "json": (b"Content-Type", b"application/json"),
    "form": (b"Content-Type", b"application/x-www-form-urlencoded"),
}


class Encoder:
    """Encodes the calls of one client; what is the same for all of them is made once."""

    def __init__(self, options: Options) -> None:
        self._base_url = options.base_url
        self._headers = _standing_headers(options)

    def encode(self, call: Call[Model]) -> WireRequest:
        """The request of one call, with a new idempotency key where the caller gave none."""
        url = f"{self._base_url}{call.path}{_query_string(call.query)}"
        if call.method == "GET":
            return WireRequest("GET", url, self._headers, None, None)
        key = call.idempotency_key or new_key()
        # the body first: where it cannot be encoded, no local holds the secret key
        content = b"" if call.body is None else encode_body(call.body, call.encoding)
        said = () if call.body is None else (_CONTENT_TYPES[call.encoding],)
        headers = Headers((*self._headers, (b"Idempotency-Key", key.encode("ascii")), *said))
        return WireRequest("POST", url, headers, content, key)


def encode_body(body: Mapping[str, JSON], encoding: Encoding) -> bytes:
    """JSON (guide), or a form with ``metadata[k]=v`` and ``expand[]=…`` (reference)."""
    if encoding == "json":
        return to_json(body)
    pairs = (pair for name, value in body.items() for pair in _form_pairs(name, value))
    # brackets stand as printed; a key is what lies between the first one and the last
    return "&".join(
        f"{quote_plus(name, '[]')}={quote_plus(value)}" for name, value in pairs
    ).encode()


def _form_pairs(name: str, value: JSON) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _form_pairs(f"{name}[{key}]", entry)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for entry in value:
            yield from _form_pairs(f"{name}[]", entry)
    else:
        yield name, "" if value is None else str(value)


def _query_string(query: Query) -> str:
    if not query:
        return ""
    # names are our own and go as the documentation prints them: expand[]=tier
    return "?" + "&".join([f"{name}={quoted(value)}" for name, value in query])


def _standing_headers(options: Options) -> Headers:
    version = options.api_version
    return Headers(
        (
            (b"X-Api-Key", options.secret_key.reveal().encode("ascii")),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip"),
            (b"User-Agent", _USER_AGENT.encode("ascii")),
            *(() if version is None else ((b"Vinr-Version", version.encode("ascii")),)),
        )
    )
