"""Lost before or after processing: the same key again, and one effect."""

from __future__ import annotations

from vinr import (
    APIConnectionError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    RateLimitError,
    UnprocessableError,
)

from ..case import Case
from ..faults import LOST_AFTER, LOST_BEFORE, before, fin, refused, says, stall, status
from ..server import Fault, Wire, http

BRIEF = 0.5
"""Seconds, where a server is silent; a busy machine answers within them all the same."""


def sound(body: bytes) -> bytes:
    return http(200, body)


def _continues(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    wire.fin()


def _chunked(body: bytes, *, last: bool, kept: int) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nX-Vinr-Request-Id: req_1\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"%x\r\n%b\r\n" % (len(body), body) + (b"0\r\n\r\n" if last else b"")
    return head + chunks[: len(chunks) - kept]


HALVES = (
    says("half a status line", lambda _: b"HTTP/1.1 20", fin),
    says("half the headers", lambda body: sound(body)[:40], fin),
    says("headers only, FIN", lambda body: sound(body)[: -len(body)], fin),
    says("headers only, silence", lambda body: sound(body)[: -len(body)], stall),
    says("half the body, FIN", lambda body: sound(body)[:-10], fin),
    says("half the body, RST", lambda body: sound(body)[:-10], lambda wire: wire.rst()),
    says("half the body, silence", lambda body: sound(body)[:-10], stall),
    says("half a chunk", lambda body: _chunked(body, last=False, kept=9), fin),
    says("no last chunk", lambda body: _chunked(body, last=False, kept=0), fin),
)


def _kind(fault: Fault) -> type[APIConnectionError]:
    return APITimeoutError if "silence" in fault.name else APIConnectionError


def _patience(fault: Fault) -> float:
    return BRIEF if "silence" in fault.name else 5


AFTER = (*LOST_AFTER, *HALVES)
BEFORE = (*LOST_BEFORE, before("100 Continue, FIN", _continues))


def _status(fault: Fault) -> int | None:
    """That of an answer whose headers came whole."""
    return 200 if any(part in fault.name for part in ("only", "body", "chunk")) else None


CASES = (
    *(
        Case(
            name=f"{fault.name}, {times} times",
            plan=(fault,) * times,
            requests=times + 1,
            timeout=_patience(fault),
        )
        for fault in (*BEFORE, *AFTER)
        for times in (1, 2)
    ),
    *(
        Case(
            name=f"{fault.name}, on a read",
            plan=(fault,),
            requests=2,
            effects=0,
            call="read",
            timeout=_patience(fault),
        )
        for fault in (*BEFORE, *AFTER)
    ),
    *(
        Case(
            name=f"{fault.name}, for ever",
            always=fault,
            requests=3,
            effects=int(fault in AFTER),
            raises=_kind(fault),
            status=_status(fault),
            unknown=True,
            timeout=_patience(fault),
        )
        for fault in (*BEFORE, *AFTER)
    ),
    *(
        Case(
            name=f"{fault.name}, no retries",
            plan=(fault,),
            effects=int(fault in AFTER),
            raises=_kind(fault),
            status=_status(fault),
            unknown=True,
            max_retries=0,
            timeout=_patience(fault),
        )
        for fault in (*BEFORE, *AFTER)
    ),
    *(
        Case(
            name=f"{fault.name}, a read for ever",
            always=fault,
            requests=3,
            effects=0,
            call="read",
            raises=_kind(fault),
            status=_status(fault),
            timeout=_patience(fault),
        )
        for fault in (LOST_BEFORE[0], LOST_AFTER[2])
    ),
    Case(
        name="lost, still running, then the replay",
        plan=(LOST_AFTER[2], refused(409, "idempotency_key_in_use")),
        requests=3,
        timeout=BRIEF,
    ),
    Case(
        name="lost, then an answer by VINR that settles it",
        plan=(LOST_BEFORE[0], refused(422, "insufficient_points")),
        requests=2,
        effects=0,
        raises=UnprocessableError,
        status=422,
    ),
    Case(
        name="lost, then a refusal that settles nothing",
        plan=(LOST_AFTER[0], refused(401, "key_revoked")),
        requests=2,
        raises=AuthenticationError,
        status=401,
        unknown=True,
    ),
    Case(
        name="lost, then a proxy that settles nothing",
        plan=(LOST_AFTER[0], status(400, b"<html>no</html>")),
        requests=2,
        raises=BadRequestError,
        status=400,
        unknown=True,
    ),
    Case(
        name="lost, then refused for now until attempts run out",
        plan=(LOST_AFTER[0], refused(429, "rate_limited"), refused(429, "rate_limited")),
        requests=3,
        raises=RateLimitError,
        status=429,
        unknown=True,
    ),
)
