"""Framing and speed: a decoded answer or a retry, and nothing read off a doubtful connection."""

from __future__ import annotations

from vinr import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    DeadlineExceededError,
    RateLimitError,
)

from ..case import Case
from ..faults import after, before, body, fin, refused, says, stall
from ..server import Wire, http
from ..service import Answer

LARGE = 17 * 1024 * 1024


def _head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "X-Vinr-Request-Id: req_1", *lines, "", "")).encode(
        "latin-1"
    )


def _slowly(wire: Wire, answer: Answer) -> None:
    wire.dribble(http(200, answer.body), 0.001)


def _header_by_header(wire: Wire, _: Answer) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    wire.dribble(b"a" * 10_000, 0.02)


def _byte_by_byte(wire: Wire, _: Answer) -> None:
    wire.send(_head("Content-Length: 100000"))
    wire.dribble(b" " * 100_000, 0.02)


def _endlessly(wire: Wire, _: Answer) -> None:
    wire.send(_head("Transfer-Encoding: chunked"))
    while True:
        wire.send(b"10000\r\n" + b" " * 65536 + b"\r\n")


def _chunked(answer: bytes) -> bytes:
    return _head("Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (len(answer), answer)


BROKEN = (
    says("Content-Length too large", lambda it: _head("Content-Length: 5000") + it, fin),
    says("Content-Length too small", lambda it: _head("Content-Length: 20") + it),
    says("Content-Length negative", lambda it: _head("Content-Length: -5") + it),
    says("Content-Length of two kinds", lambda it: _head("Content-Length: 5, 6") + it),
    says(
        "Content-Length twice",
        lambda it: _head(f"Content-Length: {len(it)}", "Content-Length: 5") + it,
    ),
    says("bad chunk size", lambda it: _head("Transfer-Encoding: chunked") + b"zz\r\n" + it),
    says("no length, cut", lambda it: _head("Connection: close") + it[:-9], fin),
    says("not HTTP", lambda _: b"\x16\x03\x01 what is this\r\n\r\n"),
    says("huge header", lambda it: _head("X-Large: " + "a" * 200_000) + it),
    says("many headers", lambda it: _head(*["X-Many: " + "a" * 80] * 5_000) + it),
    says("101", lambda _: b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", stall),
    after("endless body", _endlessly),
)
ODD = (
    says("no length, closed", lambda it: _head("Connection: close") + it, fin),
    says("Latin-1 in a header", lambda it: http(200, it, X_Name="caf\xe9")),
    says("100 Continue first", lambda it: b"HTTP/1.1 100 Continue\r\n\r\n" + http(200, it)),
    says(
        "chunked, with trailers",
        lambda it: (
            _head("Transfer-Encoding: chunked")
            + b"%x\r\n%b\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(it), it)
        ),
    ),
    says("chunked", _chunked),
    says("chunked, with another answer behind it", lambda it: _chunked(it) + _chunked(it)),
    says(
        "chunked, with another answer behind it that ends like its last chunk",
        lambda it: _chunked(it) + http(200, it + b"0\r\n\r\n"),
    ),
    says("bytes behind the answer", lambda it: http(200, it) + b"more of it"),
    says("another answer behind it", lambda it: http(200, it) + http(200, it)),
    after("slow but fine", _slowly),
)

CASES = (
    *(Case(name=f"{fault.name}, once", plan=(fault,), requests=2) for fault in BROKEN),
    *(Case(name=fault.name, plan=(fault,)) for fault in ODD),
    *(Case(name=f"{fault.name}, a read", plan=(fault,), call="read", effects=0) for fault in ODD),
    Case(
        name="not HTTP, for ever",
        always=BROKEN[7],
        requests=3,
        raises=APIConnectionError,
        unknown=True,
    ),
    Case(
        name="endless body, no retries",
        plan=(BROKEN[11],),
        raises=APIResponseError,
        status=200,
        unknown=True,
        max_retries=0,
    ),
    Case(
        name="larger than the cap, for ever",
        plan=(body("too large", lambda it: it + b" " * LARGE),),
        raises=APIResponseError,
        status=200,
        unknown=True,
        max_retries=0,
    ),
    *(
        Case(
            name=f"{name}: {what} holds",
            plan=(after(name, run),),
            raises=kind,
            status=code,
            unknown=True,
            max_retries=0,
            timeout=0.3 if kind is APITimeoutError else 5,
            deadline=0.3 if kind is DeadlineExceededError else None,
            longest=4,
        )
        for name, run, code in (
            ("a byte at a time in the headers", _header_by_header, None),
            ("a byte at a time in the body", _byte_by_byte, 200),
        )
        for what, kind in (
            ("time-out", APITimeoutError),
            ("deadline", DeadlineExceededError),
        )
    ),
    Case(
        name="the deadline cuts the second attempt",
        plan=(before("silence", stall), before("silence", stall)),
        requests=2,
        effects=0,
        raises=DeadlineExceededError,
        unknown=True,
        timeout=0.4,
        deadline=0.8,
        longest=4,
    ),
    Case(
        name="a wait that would pass the deadline is not begun",
        always=refused(429, "rate_limited", Retry_After="8"),
        effects=0,
        raises=RateLimitError,
        status=429,
        retry_after=8,
        deadline=6,
        longest=5,
    ),
)
