"""Redaction: takes secrets out of everything that the inspector shows.

Secrets are recognised by their shape, as VINR's keys and passwords in URLs, or by the name that
stands before them. They are looked for in the text as it is and after each step of decoding it:
a secret may be spelled in another way, and a decoded one may not show any more where it ends.
For the same reason nothing of a text is shown behind a secret in it, except behind a URL's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Final, cast
from urllib.parse import unquote

REDACTED: Final = "…"
LONGEST_SECRET: Final = 1024
"""Characters. Where a text is cut, so many more have to be looked at, lest a part remains."""

_MOST_DECODINGS: Final = 20
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.?))", re.IGNORECASE | re.DOTALL)

_NAME: Final = r"""(?:
    secret | passw | passphrase | passcode | pwd | token | authorization | bearer | credential
    | cookie | (?:api|access|private|signing)[ _+-]?key | (?<![a-z])(?:pass|auth)(?![a-z])
)"""
"""What the names of secrets have in them."""
_SECRET_NAME: Final = re.compile(_NAME, re.IGNORECASE | re.VERBOSE)
_SECRET: Final = re.compile(
    rf"""(
        (?: [srp]k_(?:test|live) | whsec )_     # sk_live_4eC39…, also where it is glued to a word
        | {_NAME}[\w.-]*+ (?:
            \s*+[^\w\s]                         # "secret": "…", password=…, <token>…
            | \s+ (?=.{{0,60}}\d)               # --password 4eC39…, but not: the password is lost
        )
    ).+""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PASSWORD_IN_URL: Final = re.compile(
    rf"""(//)(?:
        [^\s/?#@:[]*: .{{0,{LONGEST_SECRET}}}(?=@)  # http://user:password@host, with any signs
        | [^\s/?#@:[]*: (?!\d*(?:[^\w%]|$)) .*     # the @ was cut off, but this is no port
        | [^/?#]*(?=@)                             # http://token@host
    )""",
    re.VERBOSE | re.DOTALL,
)


def redact(text: str) -> str:
    """A text without the secrets in it; where there are none, the text as it was."""
    shown, found = text, False
    for _ in range(_MOST_DECODINGS):
        redacted = _PASSWORD_IN_URL.sub(rf"\1{REDACTED}", shown)
        redacted = _SECRET.sub(rf"\1{REDACTED}", redacted)
        found |= redacted != shown
        shown = _decode(redacted)
        if shown == redacted:
            return shown if found else text
    return REDACTED  # nobody encodes a text so often, except to hide something in it


def redact_value(name: str, value: object) -> object:
    """A JSON value without the secrets in it, where it has this name."""
    if _is_secret_name(name):
        return REDACTED
    match value:
        case str():
            return redact(value)
        case dict():
            return redact_object(cast("dict[str, object]", value))
        case list():
            return _redact_list(cast("list[object]", value))
        case _:
            return value


def _redact_list(values: list[object]) -> list[object]:
    match values:
        case [str(name), value]:
            return [redact(name), redact_value(name, value)]
        case _:
            return [redact_value("", each) for each in values]


def redact_object(values: Mapping[str, object]) -> dict[str, object]:
    """A JSON object without the secrets in its names and values."""
    redacted = {redact(name): redact_value(name, value) for name, value in values.items()}
    match values:
        case {"name": str(name), "value": value} | {"key": str(name), "value": value}:
            redacted["value"] = redact_value(name, value)
        case _:
            pass
    return redacted


def redact_fields(fields: Iterable[tuple[str, str]]) -> list[tuple[str, object]]:
    """Names and values, such as headers, without the secrets in them."""
    return [(redact(name), redact_value(name, value)) for name, value in fields]


def redact_form(text: str) -> list[tuple[str, str]]:
    """The fields of a form or a query, decoded, without the secrets in their names and values."""
    fields = [field.replace("+", " ").partition("=") for field in text.split("&") if field]
    return [
        (unquote(redact(name)), REDACTED if _is_secret_name(name) else unquote(redact(value)))
        for name, _, value in fields
    ]


def _is_secret_name(name: str) -> bool:
    for _ in range(_MOST_DECODINGS):
        plain = _decode(name)
        if plain == name:
            return _SECRET_NAME.search(name) is not None
        name = plain
    return True


def _decode(text: str) -> str:
    """One step: of JSON's escapes, of a URL's or of HTML's, as each may stand in the others."""
    for decoder in (_unescape_json, unquote, unescape):
        decoded = decoder(text)
        if decoded != text:
            return decoded
    return text


def _unescape_json(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else "\n" if escape[3] == "n" else escape[3]
