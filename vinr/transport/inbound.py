"""What a connection brings in for one answer, to notice bytes that come behind its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

_HTTP: Final = b"HTTP/"
_HEAD_END: Final = b"\r\n\r\n"
_LINE_END: Final = b"\r\n"


class Manners(NamedTuple):
    """How the two ends of a connection speak."""

    http: bool
    """Every answer begins as HTTP does."""
    holds: bool
    """Questions and answers take turns, so a request is held until its answer is read.

    Its head and its body then go out in one piece.
    """
    tls: bool = False
    """Requests go over TLS alone, so what fails before it stands was about a proxy."""


class Inbound:
    """Counts an answer's bytes as they come.

    Bytes behind the end of an answer would be read as the next one, which may belong to
    another call: such a connection is not used again.
    """

    __slots__ = ("_head", "_head_length", "_pieces", "_received")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new request goes out."""
        self._head = bytearray()
        self._head_length = 0
        self._received = 0
        self._pieces: list[bytes] = []

    def add(self, data: bytes) -> bool:
        """Takes what was read off the connection; False where this is no HTTP."""
        start = self._received
        self._received += len(data)
        self._pieces.append(data)
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
        pieces, self._pieces = self._pieces, []
        if "transfer-encoding" not in headers:
            return self._received != self._head_length + body_length
        whole = b"".join(pieces)
        return not self._head_length or _end_of_chunks(whole, self._head_length) != len(whole)


def _end_of_chunks(whole: bytes, start: int) -> int:
    """Where chunks that were read without complaint end; -1 where that is not clear."""
    while (line_end := whole.find(_LINE_END, start)) >= 0:
        try:
            size = int(whole[start:line_end].split(b";")[0], 16)
        except ValueError:
            return -1
        if size == 0:  # trailers, each a line, and an empty line
            return whole.find(_HEAD_END, line_end) + len(_HEAD_END)
        start = line_end + len(_LINE_END) + size + len(_LINE_END)
    return -1
