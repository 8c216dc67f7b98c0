"""What the handler of a signal raised while a request was under way, such as an alarm's."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import CodeType, TracebackType
from typing import Final

_SENDING: Final = frozenset({"httpcore", "httpx", "vinr"})


def raised_by_handler(error: Exception) -> BaseException | None:
    """The exception of a handler's behind this one; None where something else raised it.

    The HTTP library takes a handler's TimeoutError or OSError for one of the socket's.
    """
    handlers = frozenset(_handlers())
    link: BaseException | None = error
    while link is not None:
        codes = _codes(link.__traceback__)
        if _is_of_this_call(link.__traceback__) and not handlers.isdisjoint(codes):
            return link
        link = link.__cause__ or link.__context__
    return None


def _is_of_this_call(traceback: TracebackType | None) -> bool:
    """The last ones in a chain may be what the caller is busy with."""
    if traceback is None:
        return False
    module: object = traceback.tb_frame.f_globals.get("__name__")
    return str(module).partition(".")[0] in _SENDING


def _handlers() -> Iterator[CodeType]:
    for number in signal.valid_signals():
        handler: object = signal.getsignal(number)
        handler = getattr(handler, "func", handler)  # of a partial
        for function in (handler, type(handler).__call__):
            code: object = getattr(function, "__code__", None)
            if isinstance(code, CodeType):
                yield code


def _codes(traceback: TracebackType | None) -> Iterator[CodeType]:
    while traceback is not None:
        yield traceback.tb_frame.f_code
        traceback = traceback.tb_next
