"""The head of an answer as libcurl hands it on, taken apart where somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

STATUS: Final = slice(9, 12)
"""Behind ``HTTP/1.1``."""


class Head(Mapping[str, str]):
    """The headers by lower-case name. Of most answers one or two of them are asked for."""

    __slots__ = ("_lower", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.lower()

    @property
    def status(self) -> int:
        """The status of its first line."""
        return int(self._text[STATUS])

    def __getitem__(self, name: str) -> str:
        start = self._lower.rfind(f"\r\n{name}:")
        if start < 0:
            raise KeyError(name)
        start += len(name) + 3
        end = self._text.find("\r\n", start)
        return self._text[start : None if end < 0 else end].strip()

    def __contains__(self, name: object) -> bool:
        return f"\r\n{name}:" in self._lower

    def __iter__(self) -> Iterator[str]:
        lines = self._lower.split("\r\n")[1:]
        return iter(dict.fromkeys(line.partition(":")[0] for line in lines))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return repr(dict(self))


def head_of(lines: Iterable[bytes]) -> Head | None:
    """The head of the answer itself; None where it is not there as a whole.

    Heads of proxies and of status 1xx come before it, trailers behind.
    """
    *whole, _rest = b"".join(lines).decode("latin-1").split("\r\n\r\n")
    heads = [text for text in whole if text.startswith("HTTP/")]
    return Head(heads[-1]) if heads and heads[-1][STATUS] >= "200" else None
