"""An answer's body, decompressed piece by piece and never beyond a stated size."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Final

MOST_BYTES: Final = 16 * 1024 * 1024
"""No documented answer comes near it; more is a fault or an attack (our choice)."""

TOO_LARGE: Final = f"it is larger than {MOST_BYTES} bytes"
_GZIP: Final = zlib.MAX_WBITS | 16


class UnreadableContent(Exception):
    """The body is compressed in a way we did not ask for, is broken, or is too large."""


def is_doubtful(whole: bytes) -> bool:
    """Whether a body ends otherwise than a JSON object does: what follows it may be its rest."""
    return bool(whole) and not whole.rstrip().endswith(b"}")


class Body:
    """Collects the pieces of one body."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip"):
            raise UnreadableContent("it is in a content encoding that was not asked for")
        self._inflate = zlib.decompressobj(_GZIP) if encoding == "gzip" else None
        self._pieces: list[bytes] = []
        self._room = MOST_BYTES
        self.raw_length = 0
        """Bytes as they came, before they were decompressed."""

    def add(self, piece: bytes) -> None:
        """Takes one piece off the wire."""
        self.raw_length += len(piece)
        if self._inflate is not None:
            try:
                # one byte more than there is room for tells a bomb from a full body
                piece = self._inflate.decompress(piece, self._room + 1)
            except zlib.error:
                raise UnreadableContent("its gzip data is broken") from None
        self._room -= len(piece)
        if self._room < 0:
            raise UnreadableContent(TOO_LARGE)
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """All of it, once the last piece is in."""
        if self._inflate is not None and self.raw_length:
            if not self._inflate.eof:
                raise UnreadableContent("its gzip data is cut short")
            if self._inflate.unused_data:
                raise UnreadableContent("there are bytes behind its gzip data")
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)


def bounded(whole: bytes) -> bytes:
    """A body that others have read, unless it is too large; raises UnreadableContent."""
    if len(whole) > MOST_BYTES:
        raise UnreadableContent(TOO_LARGE)
    return whole


def whole_body(headers: Mapping[str, str], pieces: Sequence[bytes]) -> bytes:
    """The body of pieces that are all there and not too large; raises UnreadableContent."""
    if "content-encoding" not in headers and len(pieces) == 1:
        return pieces[0]
    body = Body(headers)
    for piece in pieces:
        body.add(piece)
    return body.whole()
