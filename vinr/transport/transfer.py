"""A request and its answer over libcurl, all but the waiting.

libcurl of its own repeats a request whose kept-alive connection died before any answer. For a GET
that is its business; a write is repeated by our own rules alone, so here it cannot be.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from math import ceil
from typing import Final, NamedTuple

import certifi
import pycurl

from .content import MOST_BYTES, TOO_LARGE, UnreadableContent, is_doubtful, whole_body
from .ending import EndingAt, left
from .head import Head, head_of
from .proxies import proxy_to
from .stack import LONGEST_IDLE
from .tls import tls_context
from .watch import Watch
from .wire import Fault, Headers, Reply, Safety, WireRequest

_FIELD: Final = b"%b: %b".__mod__
_SEEK_REFUSED: Final = 1
_E_PROXY: Final = 97
"""Which pycurl has no name for."""
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
_KEPT_BROKEN: Final = frozenset({pycurl.E_SEND_ERROR, pycurl.E_SEND_FAIL_REWIND})
"""Errors after which libcurl would use a connection again that cannot send any more."""


class Standing(NamedTuple):
    """What is the same for all handles of one client, read off the environment once."""

    secured: bool
    """Whether requests go over TLS."""
    options: Mapping[int, object]


class Transfer:
    """One libcurl handle, for one request after the other."""

    def __init__(self, standing: Standing) -> None:
        self._secured = standing.secured
        self.curl = pycurl.Curl()
        for option, value in standing.options.items():
            self.curl.setopt(option, value)
        self.sound = False
        """Whether it may be used for another request."""
        self.left_doubt = False
        """Whether libcurl keeps a connection that must not be used again."""
        self._lines: list[bytes] = []
        self._pieces: list[bytes] = []
        self._watch = Watch(self._lines)
        self._fields = Headers()
        self._url = ""
        self._numbers: tuple[int, ...] = ()
        self.curl.setopt(pycurl.HEADERFUNCTION, self._lines.append)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._pieces.append)
        self.curl.setopt(pycurl.XFERINFOFUNCTION, self._watch.is_enough)

    def ask(self, request: WireRequest, limits: Mapping[str, float]) -> None:
        """Makes the handle ready to be performed; what is as before is left alone."""
        self._lines.clear()
        self._pieces.clear()
        self.sound = self.left_doubt = False
        content = request.content
        numbers = (
            -1 if content is None else len(content),
            _milliseconds(limits["connect"]),
            _milliseconds(_whole(limits)),
            ceil(limits["read"]),
        )
        if numbers != self._numbers:
            self._set(*numbers)
        self._watch.restart(limits["read"])
        if content is not None:
            self.curl.setopt(pycurl.READFUNCTION, BytesIO(content).read)
        if request.headers is not self._fields:
            self._fields = request.headers
            # in no local, nor in a frame of a comprehension's, since the secret key is among them
            self.curl.setopt(pycurl.HTTPHEADER, [*map(_FIELD, request.headers), b"Expect:"])
        if request.url != self._url:
            self._url = request.url
            self.curl.setopt(pycurl.URL, request.url)

    def reply(self) -> Reply | Fault:
        """What came, after the handle was performed."""
        head = head_of(self._lines)
        self.left_doubt = head is None
        if head is None:  # libcurl is content with half a head
            return Fault(Safety.AMBIGUOUS, "the connection broke")
        try:
            whole = whole_body(head, self._pieces)
        except UnreadableContent as error:
            return Reply(head.status, head, b"", flaw=str(error))
        self.left_doubt = is_doubtful(whole)
        self.sound = not self.left_doubt
        return Reply(head.status, head, whole)

    def fault(self, code: int) -> Reply | Fault:
        """What an error of libcurl's means."""
        self.left_doubt = code in _KEPT_BROKEN
        head = head_of(self._lines)
        if head is not None and sum(map(len, self._pieces)) > MOST_BYTES:
            return Reply(head.status, head, b"", flaw=TOO_LARGE)
        if code == pycurl.E_PEER_FAILED_VERIFICATION:
            return Fault(Safety.FINAL, "the server's TLS certificate could not be verified")
        if code == pycurl.E_ABORTED_BY_CALLBACK:
            return self._stopped(head)
        if code in _NEVER_SENDABLE:
            return Fault(Safety.FINAL, f"the request cannot be sent (libcurl {code})")
        timed_out = code == pycurl.E_OPERATION_TIMEDOUT
        if code in _NOT_SENT or self._never_sent(timed_out=timed_out):
            what = _NOT_SENT.get(code, "could not connect")
            return Fault(Safety.NOT_SENT, f"{what} (libcurl {code})", timed_out)
        what = "no answer in time" if timed_out else "the connection broke"
        fault = Fault(Safety.AMBIGUOUS, f"{what} (libcurl {code})", timed_out)
        return fault if head is None else _behind(head, fault)

    def _stopped(self, head: Head | None) -> Fault:
        """What it means that the watch ended it, or a signal."""
        if self._watch.silent:
            fault = Fault(Safety.AMBIGUOUS, "no answer in time", timed_out=True)
            return fault if head is None else _behind(head, fault)
        if not self._watch.ended:
            raise _interruption()
        what = "the server wants to speak another protocol"
        return Fault(Safety.AMBIGUOUS, what, status=101)

    def _never_sent(self, *, timed_out: bool) -> bool:
        """Before TLS stands there was nothing but the talk with a proxy."""
        if timed_out and not self.curl.getinfo(pycurl.REQUEST_SIZE):
            return True
        opened = self.curl.getinfo(pycurl.NUM_CONNECTS)
        return self._secured and bool(opened) and not self.curl.getinfo(pycurl.APPCONNECT_TIME)

    def _set(self, *numbers: int) -> None:
        self._numbers = numbers
        size, connect, whole, silence = numbers
        if size < 0:
            self.curl.setopt(pycurl.HTTPGET, 1)
        else:
            self.curl.setopt(pycurl.POST, 1)
            self.curl.setopt(pycurl.POSTFIELDSIZE, size)
        # without a body there is nothing to be read again, which would keep it from being repeated
        self.curl.setopt(pycurl.FRESH_CONNECT, int(size == 0))
        self.curl.setopt(pycurl.CONNECTTIMEOUT_MS, connect)
        self.curl.setopt(pycurl.TIMEOUT_MS, whole)
        self.curl.setopt(pycurl.LOW_SPEED_TIME, silence)


def _behind(head: Head, fault: Fault) -> Fault:
    return replace(fault, status=head.status, request_id=head.get("x-vinr-request-id"))


def _interruption() -> BaseException:
    """What a signal's handler raised while libcurl waited; pycurl prints it, and keeps it here."""
    interruption: object = getattr(sys, "last_value", None)
    if isinstance(interruption, BaseException):
        return interruption
    return RuntimeError("libcurl was interrupted")


def standing(base_url: str) -> Standing:
    """Raises ConfigurationError where proxy or certificates of the environment are none."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file:
        tls_context(base_url)  # which complains of a file without certificates
    options: dict[int, object] = {
        pycurl.NOSIGNAL: 1,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
        pycurl.FOLLOWLOCATION: 0,
        pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS,
        pycurl.MAXAGE_CONN: int(LONGEST_IDLE),
        pycurl.MAXCONNECTS: 1,
        pycurl.LOW_SPEED_LIMIT: 1,
        pycurl.PROXY: proxy_to(base_url) or "",
        pycurl.CAINFO: file or certifi.where(),
        pycurl.SEEKFUNCTION: _refuse_to_seek,
        pycurl.NOPROGRESS: 0,
    }
    if folder:
        options[pycurl.CAPATH] = folder
    return Standing(base_url.startswith("https:"), options)


def _refuse_to_seek(_offset: int, _origin: int) -> int:
    return _SEEK_REFUSED


def _whole(limits: Mapping[str, float]) -> float:
    """Seconds for the attempt with all its steps; libcurl knows no limit for sending alone."""
    read = limits["read"]
    if isinstance(read, EndingAt):
        return left(read) or 0.0
    return sum(limits.values())


def _milliseconds(seconds: float) -> int:
    """At least one, since 0 means without end."""
    return max(1, ceil(seconds * 1000))
