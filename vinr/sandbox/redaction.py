"""Redaction: takes secrets out of everything that the inspector shows.

Secrets are recognised by their shape, as VINR's keys and passwords in URLs, or by the name they
have in JSON, a form or a query. They are looked for in decoded text, so that no spelling of a
letter hides one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast
from urllib.parse import unquote

REDACTED: Final = "…"
LONGEST_SECRET: Final = 1024
"""Characters. Where a text is cut, so many more have to be looked at, lest a part remains."""

_MOST_DECODINGS: Final = 10
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_LABEL: Final = (
    r"[\w.-]*"
    r"(?:secret|password|passwd|passphrase|token|api[_-]?key|authorization|credential)"
    r"[\w.-]*+"
)
"""What the names of secrets look like."""
_SECRET_LABEL: Final = re.compile(_LABEL, re.IGNORECASE)
_PATTERNS: Final = (
    # sk_live_4eC39…, whsec_…
    re.compile(r"\b((?:[srp]k_(?:test|live)|whsec)_)[\w\-+/=.]+", re.IGNORECASE),
    # http://user:password@host
    re.compile(r"((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://)[^\s/?#\"'<>]+(?=@)", re.IGNORECASE),
    # "secret": "…"
    re.compile(rf'("{_LABEL}"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[^\s,}}\]]+)', re.IGNORECASE),
    # secret=…&
    re.compile(rf"((?<![\w.-]){_LABEL}\]?\s*=\s*)[^&\n]+", re.IGNORECASE),
)


def redact(text: str) -> str:
    """A text without the secrets in it; where there are none, the text as it was."""
    decoded = _decode(text)
    redacted = decoded
    for pattern in _PATTERNS:
        redacted = pattern.sub(rf"\1{REDACTED}", redacted)
    return text if redacted == decoded else redacted


def redact_value(name: str, value: object) -> object:
    """A JSON value without the secrets in it, where it has this name."""
    if _SECRET_LABEL.search(_decode(name)):
        return REDACTED
    match value:
        case str():
            return redact(value)
        case dict():
            return redact_object(cast("dict[str, object]", value))
        case list():
            return [redact_value("", each) for each in cast("Sequence[object]", value)]
        case _:
            return value


def redact_object(values: Mapping[str, object]) -> dict[str, object]:
    """A JSON object without the secrets in its names and values."""
    return {redact(name): redact_value(name, value) for name, value in values.items()}


def redact_fields(fields: Iterable[tuple[str, str]]) -> list[tuple[str, object]]:
    """The fields of a form or a query without the secrets in their names and values."""
    return [(redact(name), redact_value(name, value)) for name, value in fields]


def _decode(text: str) -> str:
    for _ in range(_MOST_DECODINGS):
        plain = _ESCAPE.sub(_character, unquote(text, errors="replace"))
        if plain == text:
            break
        text = plain
    return text


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))
