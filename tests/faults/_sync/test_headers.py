# Generated from tests/faults/_async/test_headers.py; do not edit.
"""The headers of an answer, as ``last_response`` gives them: the same over either engine."""

from __future__ import annotations

import copy
import pickle

import pytest

from tests.faults.faults import says
from tests.faults.server import Server
from tests.faults.service import MEMBER
from vinr import Vinr
from vinr._models.response import LastResponse

HINTS = b"HTTP/1.1 103 Early Hints\r\nX-Vinr-Request-Id: req_0\r\n\r\n"
HEAD = (
    b"HTTP/1.1 200 OK\r\nX-VINR-Request-ID: \t Req_1 \r\nX-Twice: 1\r\nX-Empty:\r\n"
    b"X-Colons: a:b: c\r\nx-twice: \xe9\r\nX-RateLimit-Remaining: 0999\r\n"
    b"Content-Length: %d\r\n\r\n"
)


@pytest.fixture
def answer(server: Server, client: Vinr) -> LastResponse:
    server.plan(says("heads", lambda body: HINTS + HEAD % len(body) + body))
    return (client.loyalty.accounts.retrieve(MEMBER)).last_response


def test_by_lower_case_name(answer: LastResponse) -> None:
    length = answer.headers["content-length"]
    assert answer.headers == {
        "x-vinr-request-id": "Req_1",
        "x-twice": "\xe9",
        "x-empty": "",
        "x-colons": "a:b: c",
        "x-ratelimit-remaining": "0999",
        "content-length": length,
    }
    assert (len(answer.headers), "x-empty" in answer.headers) == (6, True)
    assert (answer.headers.get("x-none"), "colons" in answer.headers) == (None, False)
    with pytest.raises(KeyError, match="x-none"):
        answer.headers["x-none"]


def test_what_they_say(answer: LastResponse) -> None:
    assert (answer.request_id, answer.replayed) == ("Req_1", False)
    assert answer.rate_limit.remaining == 999


def test_kept_elsewhere(answer: LastResponse) -> None:
    revived = pickle.loads(pickle.dumps(answer))  # noqa: S301  # our own
    assert [revived, copy.copy(answer), copy.deepcopy(answer)] == [answer] * 3


def test_not_in_the_repr(answer: LastResponse) -> None:
    assert repr(answer).startswith("LastResponse(status=200, attempts=1, elapsed=")
    assert "Req_1" not in repr(answer)
