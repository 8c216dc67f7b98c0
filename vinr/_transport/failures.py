"""What an exception means that sending raised: was the request sent, may it be repeated."""

from __future__ import annotations

import ssl
import traceback
from collections.abc import Iterator
from types import FrameType
from typing import Final

from .._protocol.messages import NoResponse, RetrySafety
from .httpx_private import is_of_client

# httpx, its successor httpx2 and what is below them name their exceptions alike, so the names
# are compared, and none of them has to be imported
_HTTP_LIBRARIES: Final = frozenset({"httpx", "httpx2", "httpcore", "httpcore2"})
_FAILURES: Final = frozenset(
    {"RequestError", "NetworkError", "TimeoutException", "ProtocolError", "ProxyError"}
    | {"UnsupportedProtocol", "ConnectionNotAvailable"}
)
"""The roots of the exceptions that mean a failure on the way. Others are faults of a program."""
_NOT_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})
_NEVER_SENDABLE: Final = frozenset({"LocalProtocolError", "UnsupportedProtocol"})

_BELOW_A_CALL: Final = _HTTP_LIBRARIES | {
    *("anyio", "asyncio", "concurrent", "contextlib", "encodings", "eventlet", "gevent", "h11"),
    *("h2", "hpack", "hyperframe", "outcome", "pycurl", "selectors", "sniffio", "socket"),
    *("socks", "socksio", "ssl", "trio", "truststore", "uvloop", "vinr"),
}
"""Packages that may raise something of their own while a request is on its way."""
_LONGEST_CHAIN: Final = 20

NO_CONNECTION_FREE: Final = NoResponse(
    RetrySafety.NOT_SENT, "no connection got free in time", timed_out=True
)


def raised_by_others(error: Exception, request: object) -> BaseException | None:
    """The exception of a hook, a mock or a signal's handler; None where sending failed.

    What a mock raises of httpx's own failures stands for one on the way; httpx raises its other
    exceptions where a hook asks for it, as ``raise_for_status`` does. A hook may also send a
    request of its own, whose failure is not that of ``request``.

    The handler of a signal may raise a TimeoutError or an OSError, which httpx takes for one of the
    socket's and hides in an exception of its own: so the whole chain is searched.
    """
    if _is_failure(error):
        if _is_of_another_request(error, request):
            return error
    elif _kinds(error) or _was_raised_by_a_hook(error):
        return error
    for link in _chain(error):
        if not _is_failure(link) and _was_raised_above(link):
            return link
    return None


def no_response(
    error: Exception, host: str, status: int | None, request_id: str | None
) -> NoResponse:
    """What an attempt came to whose sending failed; what is not known counts as ambiguous."""
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(error)):
        summary = f"the TLS certificate of {host} could not be verified ({_reason(error)})"
        return NoResponse(RetrySafety.FINAL, summary)
    kinds = _kinds(error)
    timed_out = "TimeoutException" in kinds
    if kinds & _NOT_SENT:
        summary = f"could not connect to {host} ({_reason(error)})"
        return NoResponse(RetrySafety.NOT_SENT, summary, timed_out)
    if kinds & _NEVER_SENDABLE and not _is_about_http2(error):
        return NoResponse(RetrySafety.FINAL, "the request cannot be sent as HTTP")
    if timed_out:
        summary, safety = f"no answer in time from {host} ({_reason(error)})", RetrySafety.AMBIGUOUS
    elif _is_failure(error) or isinstance(error, OSError):
        # the class alone: the text may hold what a server or a proxy sent
        summary, safety = (
            f"the connection to {host} broke ({type(error).__name__})",
            RetrySafety.AMBIGUOUS,
        )
    else:
        summary = f"the HTTP library failed ({type(error).__name__})"
        safety = RetrySafety.FINAL_AMBIGUOUS
    return NoResponse(safety, summary, timed_out, status, request_id)


def _kinds(error: BaseException) -> set[str]:
    return {
        kind.__name__
        for kind in type(error).__mro__
        if kind.__module__.partition(".")[0] in _HTTP_LIBRARIES
    }


def _is_failure(error: BaseException) -> bool:
    return not _FAILURES.isdisjoint(_kinds(error))


def _reason(error: Exception) -> str:
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _is_of_another_request(error: Exception, request: object) -> bool:
    """Httpx notes the request at each failure on its way; a hook's own has none, or another."""
    try:
        failed: object = getattr(error, "request", None)
    except RuntimeError:  # which httpx raises where none is noted
        failed = None
    if failed is not None:
        return failed is not request and _was_raised_by_a_hook(error)
    return _was_raised_by_a_hook(error)


def _was_raised_by_a_hook(error: BaseException) -> bool:
    """Whether httpx's client had called code of others, or a function without frames, before it."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    called = [is_of_client(_module_of(frame)) for frame in frames]
    below = [_is_below(frame) for frame in frames]
    if any(one and not other for one, other in zip(called, below[1:], strict=False)):
        return True
    # httpx's client itself raises these two, where a mock's answer is none
    own = isinstance(error, (AssertionError, AttributeError))
    return bool(called and called[-1]) and not own


def _was_raised_above(error: BaseException) -> bool:
    """Whether code of others raised it, which a call of ours ran: a hook, a mock, a handler."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    # one that was caught elsewhere is what the caller is busy with, not what became of this call
    return bool(frames) and _is_below(frames[0]) and not _is_below(frames[-1])


def _is_below(frame: FrameType) -> bool:
    return _module_of(frame).partition(".")[0] in _BELOW_A_CALL


def _module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__"))


def _is_about_http2(error: Exception) -> bool:
    """There a malformed response is called an error of the request's side."""
    return any(type(link).__module__.startswith("h2.") for link in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
