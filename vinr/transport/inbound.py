"""What a connection brings in for one answer, to notice bytes that come behind its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

_HTTP: Final = b"HTTP/"
_HEAD_END: Final = b"\r\n\r\n"
_LAST_CHUNK: Final = b"0\r\n\r\n"


class Manners(NamedTuple):
    """How the two ends of a connection speak."""

    http: bool
    """Every answer begins as HTTP does."""
    holds: bool
    """Questions and answers take turns, so a request is held until its answer is read.

    Its head and its body then go out in one piece.
    """


class Inbound:
    """Counts an answer's bytes as they come.

    Bytes behind the end of an answer would be read as the next one, which may belong to
    another call: such a connection is not used again.
    """

    __slots__ = ("_head", "_head_length", "_last", "_received")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new request goes out."""
        self._head = bytearray()
        self._head_length = 0
        self._received = 0
        self._last = b""

    def add(self, data: bytes) -> bool:
        """Takes what was read off the connection; False where this is no HTTP."""
        start = self._received
        self._received += len(data)
        self._last = data
        if not self._head_length:
            searched = max(0, len(self._head) - len(_HEAD_END))
            self._head += data
            end = self._head.find(_HEAD_END, searched)
            if end >= 0:
                self._head_length = end + len(_HEAD_END)
        due = _HTTP[start:]
        return data[: len(due)] == due[: len(data)]

    def overran(self, headers: Mapping[str, str], body_length: int) -> bool:
        """Whether more came than the answer's head and so many bytes of body; when in doubt yes."""
        if "transfer-encoding" in headers:
            return not self._last.endswith(_LAST_CHUNK)
        return self._received != self._head_length + body_length
