"""Headers that a caller adds: their names and values are checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Final, cast

from .errors import ConfigurationError

_OURS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "expect",
        "host",
        "idempotency-key",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "vinr-version",
        "x-api-key",
    }
)
"""Written by vinr or by what sends: they carry the key and describe the content."""
_INSTEAD: Final = {
    "idempotency-key": "pass idempotency_key= to the call",
    "vinr-version": "pass api_version= to the client",
    "x-api-key": "pass secret_key= to the client",
    "authorization": "pass secret_key= to the client",
}
_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,255}").fullmatch
_VALUE: Final = re.compile(r"[!-~]([ -~\t]*[!-~])?").fullmatch


def checked_headers(headers: object) -> tuple[tuple[str, str], ...]:
    """The pairs of ``default_headers``; ConfigurationError for one that cannot be sent."""
    if headers is None:
        return ()
    if not isinstance(headers, Mapping):
        kind = type(headers).__name__
        raise ConfigurationError(f"default_headers must be a mapping of str to str, not {kind}")
    checked = AddedHeaders()
    for name, value in cast("Mapping[str, str]", headers).items():
        if name in checked:
            raise ConfigurationError(f"default_headers has {name} twice")
        checked[name] = value
    return tuple(checked.items())


class AddedHeaders(MutableMapping[str, str]):
    """Headers to add to a request; names are compared without regard to case.

    Setting one of vinr's own, or a name or value that HTTP cannot carry, raises
    ConfigurationError. No message and no repr shows a value.
    """

    def __init__(self, checked: Iterable[tuple[str, str]] = ()) -> None:
        self._headers = {name.lower(): (name, value) for name, value in checked}

    def __setitem__(self, name: str, value: str) -> None:
        _check(name, value)
        self._headers[name.lower()] = (name, value)

    def __getitem__(self, name: str) -> str:
        return self._headers[name.lower()][1]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._headers

    def __delitem__(self, name: str) -> None:
        del self._headers[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._headers.values())

    def __len__(self) -> int:
        return len(self._headers)

    def __repr__(self) -> str:
        return f"<headers {', '.join(self) or 'unchanged'}>"

    def encoded(self) -> tuple[tuple[bytes, bytes], ...]:
        """The pairs as they are sent."""
        return tuple((name.encode(), value.encode()) for name, value in self._headers.values())


def _check(name: object, value: object) -> None:
    if not isinstance(name, str) or not _NAME(name):
        raise ConfigurationError(f"{name!r} is no name of a header")
    if name.lower() in _OURS:
        instead = _INSTEAD.get(name.lower(), "leave it out")
        raise ConfigurationError(f"the header {name} is vinr's own and cannot be set: {instead}")
    if not isinstance(value, str) or not _VALUE(value):
        raise ConfigurationError(
            f"the value of the header {name} must be a str of printable ASCII characters,"
            " without spaces at its ends and not empty"
        )
