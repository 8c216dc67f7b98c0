"""From a Call to the bytes of its request, built once and the same on every attempt."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, quote_plus

from pydantic_core import to_json

from .._calls.call import JSON, Call, Encoding
from .._config import Options
from .._headers import AddedHeaders
from .._models.model import Model
from .._version import __version__
from .messages import RawRequest, RequestHeaders

_USER_AGENT: Final = f"vinr-python/{__version__} Python/{platform.python_version()}"
_CONTENT_TYPES: Final[Mapping[Encoding, bytes]] = {
    "json": b"application/json",
    "form": b"application/x-www-form-urlencoded",
}


class Encoder:
    """Encodes the calls of one client; what is the same for all of them is made once."""

    def __init__(self, options: Options) -> None:
        self._base_url = options.base_url
        self._headers = _headers(options)
        self._added = AddedHeaders(options.default_headers).encoded()
        self._headers_with_body = {
            encoding: RequestHeaders((*self._headers, (b"Content-Type", content_type)))
            for encoding, content_type in _CONTENT_TYPES.items()
        }

    def encode(self, call: Call[Model]) -> RawRequest:
        """The request of one call, with a new idempotency key where the caller gave none."""
        url = self._base_url + call.path
        if call.query:
            # names are our own and go as the documentation prints them: expand[]=tier
            pairs = [f"{name}={quote(value, safe='')}" for name, value in call.query]
            url = f"{url}?{'&'.join(pairs)}"
        if call.method == "GET":
            return RawRequest("GET", url, self._headers, None, None, self._added)
        key = call.idempotency_key or new_key()
        if call.body is None:
            return RawRequest(call.method, url, self._headers, b"", key, self._added)
        content = encode_body(call.body, call.encoding)
        headers = self._headers_with_body[call.encoding]
        return RawRequest(call.method, url, headers, content, key, self._added)


def encode_body(body: Mapping[str, JSON], encoding: Encoding) -> bytes:
    """The guide's JSON, or the reference's form with ``metadata[k]=v`` and ``expand[]=…``."""
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
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    else:
        yield name, "" if value is None else str(value)


def new_key() -> str:
    """For one call: a UUID of version 4, made without the UUID in a third of the time."""
    digits = secrets.token_hex(16)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"


def _headers(options: Options) -> RequestHeaders:
    version = options.api_version
    return RequestHeaders(
        (
            (b"X-Api-Key", options.secret_key.reveal().encode("ascii")),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"gzip"),
            (b"User-Agent", _USER_AGENT.encode("ascii")),
            *(() if version is None else ((b"Vinr-Version", version.encode("ascii")),)),
        )
    )
