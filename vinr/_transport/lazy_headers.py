"""The headers of a response as libcurl hands them on, taken apart where somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

STATUS: Final = slice(9, 12)
"""Where the status stands, behind ``HTTP/1.1``."""


class LazyHeaders(Mapping[str, str]):
    """By lower-case name. Of most responses one or two of them are asked for."""

    __slots__ = ("_lower", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = text.lower()

    @property
    def status(self) -> int:
        """The status in the first line."""
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


def final_headers(lines: Iterable[bytes]) -> LazyHeaders | None:
    """Those of the response itself; None where they did not come to their end.

    The heads of proxies and of status 1xx come before them, trailers behind.
    """
    *whole, _rest = b"".join(lines).decode("latin-1").split("\r\n\r\n")
    heads = [text for text in whole if text.startswith("HTTP/")]
    return LazyHeaders(heads[-1]) if heads and heads[-1][STATUS] >= "200" else None
