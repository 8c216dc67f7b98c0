"""What an exception of the HTTP library means: was the request sent, may it be repeated."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Final

import httpcore
import httpx

from .wire import Fault, Safety

# our own connections raise httpcore's exceptions, a caller's client those of httpx
_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.ProxyError,
)
_NEVER_SENDABLE: Final = (
    httpx.LocalProtocolError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpcore.LocalProtocolError,
    httpcore.UnsupportedProtocol,
)
_TIMED_OUT: Final = (httpx.TimeoutException, httpcore.TimeoutException)
_LONGEST_CHAIN: Final = 20


_OF_THE_STACK: Final = frozenset(
    {"anyio", "builtins", "h11", "h2", "hpack", "httpcore", "httpx", "hyperframe"}
    | {"pycurl", "socket", "socksio", "ssl", "trio", "zlib"}
)
"""Where the exceptions are defined that sending may raise."""


def is_foreign(error: Exception) -> bool:
    """Whether it was raised by nothing that sends, but by a handler of a signal.

    So time limits end what they find running, such as Celery's; they pass through as Ctrl-C does.
    """
    module = type(error).__module__
    return type(error) is Exception or module.partition(".")[0] not in _OF_THE_STACK


def fault_of(error: Exception) -> Fault:
    """The fault behind an exception of one attempt; what is not known counts as ambiguous."""
    if any(isinstance(link, ssl.SSLCertVerificationError) for link in _chain(error)):
        return Fault(Safety.FINAL, "the server's TLS certificate could not be verified")
    timed_out = isinstance(error, _TIMED_OUT)
    if isinstance(error, _NOT_SENT):
        return Fault(Safety.NOT_SENT, _summary(error, "could not connect"), timed_out)
    if isinstance(error, _NEVER_SENDABLE) and not _is_about_http2(error):
        return Fault(Safety.FINAL, "the request cannot be sent as HTTP")
    if timed_out:
        return Fault(Safety.AMBIGUOUS, _summary(error, "no answer in time"), timed_out=True)
    return Fault(Safety.AMBIGUOUS, _summary(error, "the connection broke"))


def _summary(error: Exception, what: str) -> str:
    # the class alone: an exception's text may hold what a server or proxy sent
    return f"{what} ({type(error).__name__})"


def _is_about_http2(error: Exception) -> bool:
    """There a malformed answer is called an error of the request's side."""
    return any(type(link).__module__.startswith("h2.") for link in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(_LONGEST_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or error.__context__
