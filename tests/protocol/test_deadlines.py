"""A deadline: nothing is begun that it would cut, and nothing is sent when it is over."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from tests.protocol.machine import LOST, NOT_SENT, OPTIONS, refusal, response, run
from tests.protocol.test_attempts import OK, POST
from vinr import APITimeoutError, DeadlineExceededError
from vinr._config import Timeout
from vinr._protocol.call_context import SharedLimits
from vinr._protocol.messages import NoResponse, RetrySafety

SILENT = NoResponse(RetrySafety.AMBIGUOUS, "no answer in time", timed_out=True)
LATER = refusal(429, "rate_limited", Retry_After="2")


def test_without_one_an_attempt_has_its_time_outs_and_no_end() -> None:
    done = run(POST, [OK])
    assert done.timeouts == [Timeout().steps()]
    assert done.lasting == [inf]


@pytest.mark.parametrize(
    ("timeout", "deadline", "longest", "lasts"),
    [
        (Timeout(), 5.0, 5.0, 5.0),
        (Timeout(read=1.0), 5.0, 5.0, 5.0),
        (Timeout(total=3.0), None, 3.0, 3.0),
        (Timeout(total=3.0), 5.0, 3.0, 3.0),
        (Timeout(total=9.0), 5.0, 5.0, 5.0),
        (Timeout(), 90.0, 30.0, 90.0),
    ],
)
def test_an_attempt_lasts_no_longer_than_what_is_left(
    timeout: Timeout, deadline: float | None, longest: float, lasts: float
) -> None:
    done = run(POST, [OK], replace(OPTIONS, timeout=timeout, deadline=deadline))
    (timeouts,), (lasted,) = done.timeouts, done.lasting
    assert max(timeouts.values()) == pytest.approx(longest, abs=0.1)
    assert timeouts["read"] == pytest.approx(min(timeout.read, longest), abs=0.1)
    assert lasted == pytest.approx(lasts, abs=0.1)


def test_waits_count_though_no_clock_goes_on() -> None:
    done = run(POST, [LATER, LATER, OK], replace(OPTIONS, deadline=5.0))
    assert done.sleeps == [2, 2]
    assert [round(each) for each in done.lasting] == [5, 3, 1]
    assert done.result.last_response.elapsed == pytest.approx(4, abs=0.5)


def test_no_wait_is_begun_that_ends_with_the_deadline() -> None:
    done = run(POST, [LATER], replace(OPTIONS, deadline=2.0))
    assert (len(done.requests), done.sleeps) == (1, [])


def test_nothing_is_sent_when_no_time_is_left() -> None:
    error = run(POST, [], replace(OPTIONS, deadline=0.0005, max_retries=0)).error
    assert type(error) is DeadlineExceededError
    assert (error.outcome_unknown, error.attempts) == (False, 1)


def test_a_time_out_is_the_deadline_s_where_that_is_over() -> None:
    one = replace(OPTIONS, max_retries=0)
    assert type(run(POST, [SILENT], replace(one, deadline=9.0)).error) is APITimeoutError
    assert type(run(POST, [SILENT], one).error) is APITimeoutError
    over = run(POST, [SILENT], replace(one, deadline=0.009)).error
    assert type(over) is DeadlineExceededError
    assert over.outcome_unknown
    lost = run(POST, [LOST], replace(one, deadline=0.009)).error
    assert lost is not None
    assert not isinstance(lost, APITimeoutError)


def test_a_failure_keeps_what_the_answer_s_head_said() -> None:
    cut = NoResponse(RetrySafety.AMBIGUOUS, "the body broke off", status=200, request_id="req_9")
    error = run(POST, [cut], replace(OPTIONS, max_retries=0)).error
    assert error is not None
    assert (error.status, error.request_id) == (200, "req_9")


def test_a_call_without_retries_does_not_wait_for_the_end_of_a_block() -> None:
    limits = SharedLimits()
    once = replace(OPTIONS, max_retries=0)
    run(POST, [refusal(429, "rate_limited", Retry_After="30")], once, limits)
    assert run(POST, [OK], once, limits).sleeps == []


def test_attempts_that_were_not_sent_leave_the_time_to_others() -> None:
    done = run(POST, [NOT_SENT, response(200, {"id": 5})], replace(OPTIONS, deadline=60.0))
    assert (len(done.requests), len(done.sleeps)) == (2, 1)
