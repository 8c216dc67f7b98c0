"""A response's body, decompressed and never beyond a stated size."""

from __future__ import annotations

import zlib
from typing import Final

MOST_BYTES: Final = 16 * 1024 * 1024
"""No documented response comes near it; more is a fault or an attack.

Source: our choice.
"""
TOO_LARGE: Final = f"it is larger than {MOST_BYTES} bytes"

_GZIP: Final = zlib.MAX_WBITS | 16


class UnreadableBodyError(Exception):
    """The body is compressed in a way we did not ask for, is broken, or is too large."""


def decompressed(body: bytes, encoding: str) -> bytes:
    """The body by its header ``Content-Encoding``; raises UnreadableBodyError."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding != "gzip":
        raise UnreadableBodyError("it is in a content encoding that was not asked for")
    gzip = zlib.decompressobj(_GZIP)
    try:
        # one byte more than there is room for tells a bomb from a full body
        plain = gzip.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        raise UnreadableBodyError("its gzip data is broken") from None
    if len(plain) > MOST_BYTES:
        raise UnreadableBodyError(TOO_LARGE)
    if not gzip.eof:
        raise UnreadableBodyError("its gzip data is cut short")
    if gzip.unused_data:
        raise UnreadableBodyError("there are bytes behind its gzip data")
    return plain
