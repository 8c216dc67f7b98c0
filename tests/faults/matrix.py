"""What must hold after every row of the matrix, on the wire and on the server."""

from __future__ import annotations

import os
import sys

from vinr import VinrError

from .case import Case
from .cases import connecting, content, framing, lost, redirects, statuses
from .server import Server

SECRET = "sk_test_a_key_that_must_not_show"
ANSWERS = (*statuses.CASES, *redirects.CASES, *content.CASES)
"""What a whole answer says; the others are about its bytes and their way here."""
CASES = (*connecting.CASES, *lost.CASES, *framing.CASES, *ANSWERS)

BLOCKING = "blocking"
# Of a kind of client, what may run it: an event loop, or none; and which library's the caller's is.
_DEFAULT = (("httpx", "asyncio"), ("httpx", "trio"), ("httpx", BLOCKING))
_FAST = (("fast", "asyncio"), ("fast", BLOCKING))
_CALLERS = tuple((name, way) for way in ("asyncio", BLOCKING) for name in ("httpx", "httpx2"))
_TURNS = {case: turn for turn, case in enumerate(CASES)}
_EVERY_CLIENT = "EVERY_CLIENT" in os.environ  # as make faults has it


def is_met(case: Case, name: str, way: str, *, callers: bool) -> bool:
    """Whether this client meets the case.

    One client of each kind meets it, in turn, since most of the code is shared by all. Bytes and
    their way are every client's own, so that ``make faults`` does those cases to every client.
    """
    if _EVERY_CLIENT and case not in ANSWERS:
        return True
    kind = _CALLERS if callers else _FAST if name == "fast" else _DEFAULT
    return kind[_TURNS[case] % len(kind)] == (name, way)


def assert_sent(case: Case, server: Server) -> None:
    """As many requests as there should be, all with the same key and the same bytes."""
    requests = server.requests
    assert case.requests is None or len(requests) == case.requests
    writes = case.call not in ("read", "list")
    assert len({request.key for request in requests}) <= 1
    assert len({request.body for request in requests}) <= 1
    assert len({request.path for request in requests}) <= 1
    assert all((request.key is not None) == writes for request in requests)
    assert all(request.headers["x-api-key"] == SECRET for request in requests)


def assert_executed(case: Case, server: Server) -> None:
    """So many effects, and none under another key."""
    assert sum(server.service.effects.values()) == case.effects
    assert all(request.key in server.service.effects for request in server.requests[: case.effects])


def assert_raised(case: Case, error: VinrError, server: Server) -> None:
    """One of our errors, complete, and holding nothing of anybody else's."""
    writes = case.call not in ("read", "list")
    assert type(error) is case.raises
    assert case.unknown is None or error.outcome_unknown is case.unknown
    assert error.attempts == (case.requests if case.attempts is None else case.attempts)
    assert error.status == case.status
    assert error.request_id == (None if case.status is None else "req_1")
    assert error.retry_after == case.retry_after
    assert (error.idempotency_key is not None) == writes
    if server.requests:
        assert error.idempotency_key == server.requests[-1].key
    assert error.__cause__ is None
    # what is being handled around this test is no part of the call
    assert error.__context__ is sys.exception()
    assert len(str(error)) < 800
    assert "<html>" not in str(error)
    assert SECRET not in repr(vars(error)) + repr(error.args)
    assert case.message in str(error)
