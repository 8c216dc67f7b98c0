"""What a result and an error tell of the attempts behind them, by which callers settle a write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.protocol.machine import LOST, NOT_SENT, OPTIONS, refusal, response, run
from tests.protocol.test_attempts import ENTRY, OK, POST, READ
from vinr import ConflictError, IdempotencyConflictError, RateLimitError, VinrError
from vinr._calls import accounts
from vinr._protocol.call_context import SharedLimits
from vinr._protocol.messages import NoResponse, RawResponse

IN_USE = refusal(409, "idempotency_key_in_use")


def failure(
    *answers: RawResponse | NoResponse, limits: SharedLimits | None = None, retries: int = 2
) -> VinrError:
    """The error that a posting ends in."""
    error = run(POST, answers, replace(OPTIONS, max_retries=retries), limits).error
    assert error is not None
    return error


@pytest.mark.parametrize(
    ("lost", "unanswered"),
    [((), 0), ((NOT_SENT,), 0), ((LOST,), 1), ((LOST, LOST), 2), ((response(500, {}),), 1)],
)
def test_a_result_tells_how_many_attempts_may_have_been_executed(
    lost: tuple[RawResponse | NoResponse, ...], unanswered: int
) -> None:
    done = run(POST, [*lost, OK])

    last = done.result.last_response
    assert (last.status, last.attempts, last.unanswered) == (200, len(lost) + 1, unanswered)
    assert last.idempotency_key == done.requests[0].idempotency_key
    assert last.elapsed == pytest.approx(sum(done.sleeps), abs=0.5)  # nothing but the waits


@pytest.mark.parametrize(("header", "replayed"), [("true", True), ("TRUE", True), ("false", False)])
def test_a_replay_says_so(header: str, replayed: bool) -> None:
    kept = response(200, ENTRY, Idempotent_Replayed=header, X_Vinr_Request_Id="req_1")
    last = run(POST, [kept]).result.last_response
    assert (last.replayed, last.request_id) == (replayed, "req_1")

    error = failure(refusal(422, "no", Idempotent_Replayed=header, X_Vinr_Request_Id="req_2"))
    assert error.replayed is replayed
    assert error.last_response is not None
    assert (error.last_response.status, error.last_response.replayed) == (422, replayed)
    assert error.last_response.request_id == error.request_id == "req_2"


def test_an_answer_says_what_it_is_about() -> None:
    body = {
        "code": "x",
        "message": "no",
        "type": "t",
        "param": "amount",
        "doc_url": "https://d",
        "resource": {"id": "loy_1"},
        "request_id": "req_in_body",
    }
    error = failure(response(422, {"error": body}))
    assert (error.code, error.type, error.param) == ("x", "t", "amount")
    assert (error.doc_url, error.resource) == ("https://d", "loy_1")
    assert (error.request_id, error.status) == ("req_in_body", 422)


def test_our_page_on_errors_stands_in_where_vinr_names_none() -> None:
    assert (failure(refusal(422, "account_closed")).doc_url or "").endswith("#account_closed")
    assert (failure(refusal(422, "new_code")).doc_url or "").endswith("#unprocessableerror")


def test_a_conflict_names_the_account_in_the_way() -> None:
    create = accounts.create(
        program="p", customer="c", metadata=None, expand=None, idempotency_key=None
    )
    for error in (
        {"code": "account_already_exists", "resource": "loy_7"},
        {"code": "account_already_exists", "details": [{"hint": "It is loy_7, and active."}]},
    ):
        conflict = run(create, [response(409, {"error": error})]).error
        assert getattr(conflict, "existing_account", None) == "loy_7"


def test_a_key_that_is_in_use_leaves_the_outcome_unknown() -> None:
    """The first request with it is still being executed."""
    error = failure(IN_USE, IN_USE, IN_USE)
    assert type(error) is ConflictError
    assert (error.outcome_unknown, error.attempts) == (True, 3)
    assert not failure(IN_USE, refusal(422, "insufficient_points")).outcome_unknown
    assert type(failure(refusal(409, "idempotency_conflict"))) is IdempotencyConflictError


@pytest.mark.parametrize("status", [401, 403])
def test_who_was_turned_away_at_the_door_learns_nothing_of_an_earlier_attempt(status: int) -> None:
    assert failure(LOST, refusal(status, "no")).outcome_unknown


def test_a_refusal_that_is_not_of_vinrs_settles_nothing() -> None:
    """A proxy's page has no error object."""
    assert failure(LOST, RawResponse(404, {}, b"<html>")).outcome_unknown


def test_a_503_with_a_time_was_not_executed() -> None:
    assert not failure(refusal(503, "", Retry_After="0"), retries=0).outcome_unknown
    assert failure(refusal(503, ""), retries=0).outcome_unknown


def test_a_block_of_writes_is_none_of_reads() -> None:
    limits = SharedLimits()
    limited = failure(refusal(429, "rate_limited", Retry_After="30"), limits=limits, retries=0)
    assert isinstance(limited, RateLimitError)

    member = {"id": "loy_1", "program": "p", "status": "active", "balance": 1, "lifetime_points": 1}
    assert run(READ, [response(200, member)], limits=limits).sleeps == []
    blocked = run(POST, [OK], limits=limits)
    assert 29 < sum(blocked.sleeps) <= 30


@pytest.mark.parametrize("reset", ["99999999999999999", "999999999999", "-1", "soon", ""])
def test_a_moment_that_is_none_is_not_told(reset: str) -> None:
    limited = response(200, ENTRY, X_RateLimit_Limit="50", X_RateLimit_Reset=reset)
    limit = run(POST, [limited]).result.last_response.rate_limit
    assert (limit.limit, limit.remaining, limit.reset) == (50, None, None)
