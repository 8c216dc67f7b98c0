"""A request and its response over libcurl, all but the waiting.

libcurl of its own repeats a request whose kept connection died before any response. For a GET
that is its business; a write is repeated by our own rules alone, so here it cannot be.
"""

from __future__ import annotations

import select
import time
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from math import ceil, inf
from typing import Final

import pycurl

from .._protocol.body import MOST_BYTES, TOO_LARGE, UnreadableBodyError, decompressed
from .._protocol.messages import (
    NoResponse,
    RawRequest,
    RawResponse,
    RequestHeaders,
    RetrySafety,
    Send,
)
from .curl_options import SharedOptions
from .lazy_headers import LazyHeaders, final_headers
from .progress_guard import ProgressGuard

_FIELD: Final = b"%b: %b".__mod__
_E_PROXY: Final = 97
"""Which pycurl has no name for."""
_DELETES: Final = -2
"""Stands for the size of a body: below zero there is none."""
_NOT_SENT: Final = {
    pycurl.E_COULDNT_RESOLVE_PROXY: "the name of the proxy could not be resolved",
    pycurl.E_COULDNT_RESOLVE_HOST: "the name of the host could not be resolved",
    pycurl.E_COULDNT_CONNECT: "could not connect",
    pycurl.E_SSL_CONNECT_ERROR: "the TLS handshake failed",
    _E_PROXY: "the proxy failed",
}
_NEVER_SENDABLE: Final = frozenset(
    {
        pycurl.E_URL_MALFORMAT,
        pycurl.E_NOT_BUILT_IN,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_SSL_CIPHER,
        pycurl.E_SSL_CACERT_BADFILE,
    }
)


class CurlTransfer:
    """One libcurl handle, for one request after the other."""

    def __init__(self, shared: SharedOptions, host: str) -> None:
        self._over_tls = shared.over_tls
        self._host = host
        self.curl = shared.new_handle()
        self.is_reusable = False
        """Whether it may be used for another request, over the connection that it keeps."""
        self._sockets = _OpenedSockets()
        self._lines: list[bytes] = []
        self._pieces: list[bytes] = []
        self.guard = ProgressGuard(self._lines, self._pieces)
        self._headers = RequestHeaders()
        self._added_headers: tuple[tuple[bytes, bytes], ...] = ()
        self._fields: list[bytes] = []
        """Both of them as they are written."""
        self._idempotency_key: str | None = None
        self._url = ""
        self._size: int | None = None
        self._new_connection: bool | None = None
        self._timeouts: Mapping[str, float] | None = None
        self._whole = 0
        self.curl.setopt(pycurl.HEADERFUNCTION, self._lines.append)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._pieces.append)
        self.curl.setopt(pycurl.SOCKOPTFUNCTION, self._sockets.add)

    def prepare(self, send: Send) -> None:
        """Makes the handle ready to be performed; what is as before is left alone."""
        request, timeouts = send.request, send.timeouts
        self._lines.clear()
        self._pieces.clear()
        self.is_reusable = False
        content, size = request.content, -1 if request.content is None else len(request.content)
        if request.method == "DELETE":
            size = _DELETES
        if size != self._size:
            self._set_size(size)
        if content is not None:
            self.curl.setopt(pycurl.READFUNCTION, BytesIO(content).read)
        # what came in meanwhile is the end of the connection, or the answer to another request
        new_connection = self._sockets.is_one_readable()
        if new_connection:
            self._sockets.clear()
        elif content == b"":  # nothing to seek in, which keeps a write from being repeated
            new_connection = True
        if new_connection != self._new_connection:
            self._new_connection = new_connection
            self.curl.setopt(pycurl.FRESH_CONNECT, new_connection)
        whole = _milliseconds(_whole(send))
        if timeouts is not self._timeouts or whole != self._whole:
            self._set_timeouts(timeouts, whole)
        self.guard.restart(timeouts["read"])
        self._set_headers(request)
        if request.url != self._url:
            self._url = request.url
            self.curl.setopt(pycurl.URL, request.url)

    def response(self) -> RawResponse | NoResponse:
        """What came, after the handle was performed."""
        headers = final_headers(self._lines)
        if headers is None:  # libcurl is content with half a head
            return NoResponse(RetrySafety.AMBIGUOUS, "the connection broke")
        body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        if "content-encoding" in headers:
            try:
                body = decompressed(body, headers["content-encoding"])
            except UnreadableBodyError as error:
                return RawResponse(headers.status, headers, b"", flaw=str(error))
        self.is_reusable = True
        return RawResponse(headers.status, headers, body, connection=self)

    def failure(self, code: int) -> RawResponse | NoResponse:
        """What an error of libcurl's means."""
        if code == pycurl.E_PEER_FAILED_VERIFICATION:
            summary = f"the TLS certificate of {self._host} could not be verified"
            return NoResponse(RetrySafety.FINAL, summary)
        if code in _NEVER_SENDABLE:
            return NoResponse(RetrySafety.FINAL, f"the request cannot be sent (libcurl {code})")
        return self._failure_on_the_way(code)

    def stopped(self) -> RawResponse | NoResponse:
        """What it means that the guard, or a handler of a signal, ended the transfer."""
        headers = final_headers(self._lines)
        if headers is not None and sum(map(len, self._pieces)) > MOST_BYTES:
            return RawResponse(headers.status, headers, b"", flaw=TOO_LARGE)
        if self.guard.silent:
            failure = NoResponse(RetrySafety.AMBIGUOUS, "no answer in time", timed_out=True)
            return failure if headers is None else _broken_off(headers, failure)
        if self.guard.ended:
            what = "the server wants to speak another protocol"
            return NoResponse(RetrySafety.AMBIGUOUS, what, status=101)
        return NoResponse(RetrySafety.FINAL_AMBIGUOUS, "the transfer was interrupted")

    def _failure_on_the_way(self, code: int) -> NoResponse:
        headers = final_headers(self._lines)
        timed_out = code == pycurl.E_OPERATION_TIMEDOUT
        if code in _NOT_SENT or self._never_sent(timed_out=timed_out):
            what = _NOT_SENT.get(code, "could not connect")
            summary = f"could not connect to {self._host} ({what}, libcurl {code})"
            return NoResponse(RetrySafety.NOT_SENT, summary, timed_out)
        what = "no answer in time" if timed_out else "the connection broke"
        failure = NoResponse(RetrySafety.AMBIGUOUS, f"{what} (libcurl {code})", timed_out)
        return failure if headers is None else _broken_off(headers, failure)

    def _never_sent(self, *, timed_out: bool) -> bool:
        """Before TLS stands there was nothing but the talk with a proxy."""
        if timed_out and not self.curl.getinfo(pycurl.REQUEST_SIZE):
            return True
        opened = self.curl.getinfo(pycurl.NUM_CONNECTS)
        return self._over_tls and bool(opened) and not self.curl.getinfo(pycurl.APPCONNECT_TIME)

    def _set_size(self, size: int) -> None:
        if self._size == _DELETES:
            self.curl.unsetopt(pycurl.CUSTOMREQUEST)
        self._size = size
        if size < 0:
            self.curl.setopt(pycurl.HTTPGET, 1)
            if size == _DELETES:
                self.curl.setopt(pycurl.CUSTOMREQUEST, "DELETE")
        else:
            self.curl.setopt(pycurl.POST, 1)
            self.curl.setopt(pycurl.POSTFIELDSIZE, size)

    def _set_timeouts(self, timeouts: Mapping[str, float], whole: int) -> None:
        self._timeouts, self._whole = timeouts, whole
        self.curl.setopt(pycurl.CONNECTTIMEOUT_MS, _milliseconds(timeouts["connect"]))
        self.curl.setopt(pycurl.TIMEOUT_MS, whole)
        self.curl.setopt(pycurl.LOW_SPEED_TIME, ceil(timeouts["read"]))

    def _set_headers(self, request: RawRequest) -> None:
        key = request.idempotency_key
        added = request.added_headers
        if request.headers is not self._headers or added != self._added_headers:
            self._headers, self._added_headers = request.headers, added
            # in no local, nor in a frame of a comprehension's, since the secret key is among them
            self._fields = [*map(_FIELD, request.headers), *map(_FIELD, added), b"Expect:"]
        elif key == self._idempotency_key:
            return
        self._idempotency_key = key
        more = [] if key is None else [b"Idempotency-Key: " + key.encode()]
        self.curl.setopt(pycurl.HTTPHEADER, self._fields + more)


class _OpenedSockets:
    """Those that libcurl has opened for one handle; what it closed again is among them."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()
        self._poll = select.poll() if hasattr(select, "poll") else None  # not on Windows

    def add(self, number: int, _purpose: int) -> int:
        """For SOCKOPTFUNCTION: libcurl is making a new connection."""
        self._numbers.add(number)
        if self._poll is not None:
            self._poll.register(number, select.POLLIN)
        return pycurl.SOCKOPT_OK

    def clear(self) -> None:
        """None of them is used again."""
        if self._poll is not None:
            for number in self._numbers:
                self._poll.unregister(number)
        self._numbers.clear()

    def is_one_readable(self) -> bool:
        """Whether there is something to read on an idle connection: most likely its end."""
        if self._poll is None:
            return bool(self._numbers) and bool(select.select(self._numbers, [], [], 0)[0])
        seen = self._poll.poll(0)
        return bool(seen) and any(not events & select.POLLNVAL for _, events in seen)


def _broken_off(headers: LazyHeaders, failure: NoResponse) -> NoResponse:
    request_id = headers.get("x-vinr-request-id")
    return replace(failure, status=headers.status, request_id=request_id)


def _whole(send: Send) -> float:
    """Seconds for the attempt with all its steps; libcurl knows no limit for sending alone."""
    if send.ends == inf:
        return sum(send.timeouts.values())
    return max(0.0, send.ends - time.monotonic())


def _milliseconds(seconds: float) -> int:
    """At least one, since 0 means without end."""
    return max(1, ceil(seconds * 1000))
