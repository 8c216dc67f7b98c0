"""The headers of a response as libcurl hands them on, taken apart where somebody asks for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar, overload

T = TypeVar("T")

STATUS: Final = slice(9, 12)
"""Where the status stands, behind ``HTTP/1.1``."""
_END: Final = "\r\n\r\n"


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
        value = self.get(name)
        if value is None:
            raise KeyError(name)
        return value

    @overload
    def get(self, name: str, default: None = None, /) -> str | None: ...
    @overload
    def get(self, name: str, default: str | T, /) -> str | T: ...
    def get(self, name: str, default: object = None, /) -> object:
        """The value; the default where there is none, without an exception on the way."""
        start = self._lower.rfind(f"\r\n{name}:")
        if start < 0:
            return default
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
    text = b"".join(lines).decode("latin-1")
    head, end, more = text.partition(_END)
    if more:
        *whole, _rest = text.split(_END)
        head = [one for one in whole if one.startswith("HTTP/")][-1]
    return LazyHeaders(head) if end and head[STATUS] >= "200" else None
