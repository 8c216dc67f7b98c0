"""When a call is repeated, what it raises, and what each attempt sends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.protocol.machine import LOST, NOT_SENT, OPTIONS, refusal, response, run
from vinr import (
    APIConnectionError,
    APIResponseError,
    RateLimitError,
    RetryEvent,
    UnprocessableError,
    VinrError,
)
from vinr._calls import accounts, transactions
from vinr._calls.accounts import ACCOUNTS
from vinr._protocol.call_context import SharedLimits
from vinr._protocol.messages import NoResponse, RawResponse, RetrySafety

MEMBER = {"id": "loy_1", "program": "p", "status": "active", "balance": 1, "lifetime_points": 1}
ENTRY = {"id": "ptx_1", "account": "loy_1", "type": "adjust", "amount": 5}
READ = ACCOUNTS.retrieve("loy_1")
POST = transactions.create(
    account="loy_1", amount=5, type="adjust", reason=None, metadata=None, idempotency_key=None
)
CLOSE = accounts.close("loy_1", idempotency_key=None)
OK = response(200, ENTRY)
FINAL = NoResponse(RetrySafety.FINAL, "the certificate could not be verified")


def test_a_success_is_one_attempt() -> None:
    done = run(POST, [OK])

    assert (done.result.id, done.result.last_response.attempts) == ("ptx_1", 1)
    assert (len(done.requests), done.sleeps) == (1, [])


@pytest.mark.parametrize(
    "failed",
    [
        *(LOST, NOT_SENT, response(500, {}), response(503, {}), RawResponse(502, {}, b"<html>")),
        *(refusal(429, "rate_limited"), refusal(409, "idempotency_key_in_use"), response(408, {})),
        RawResponse(200, {}, b"{"),
        RawResponse(200, {}, b"", flaw="its gzip data is broken"),
    ],
)
def test_what_is_repeated(failed: RawResponse | NoResponse) -> None:
    done = run(POST, [failed, failed, OK])

    assert done.result.last_response.attempts == 3
    assert len({(sent.idempotency_key, sent.content, sent.url) for sent in done.requests}) == 1
    assert len(done.sleeps) == 2


@pytest.mark.parametrize(
    ("failed", "unknown"),
    [
        *((refusal(status, "no"), False) for status in (400, 401, 402, 403, 404, 409, 422, 501)),
        *((response(status, {}), True) for status in (302, 303)),
        (response(307, {}), False),
        (response(200, {"id": 5}), True),
        (response(200, {**ENTRY, "account": "loy_2"}), True),
        (FINAL, False),
    ],
)
def test_what_is_not_repeated(failed: RawResponse | NoResponse, unknown: bool) -> None:
    done = run(POST, [failed])

    assert done.error is not None
    assert (done.error.attempts, done.error.outcome_unknown) == (1, unknown)
    assert done.error.idempotency_key == done.requests[0].idempotency_key
    assert done.sleeps == []


def test_attempts_that_run_out_leave_the_outcome_unknown() -> None:
    error = run(POST, [LOST, NOT_SENT, NOT_SENT]).error

    assert type(error) is APIConnectionError
    assert (error.attempts, error.outcome_unknown) == (3, True)
    assert f"{error.idempotency_key!r}" in str(error)


@pytest.mark.parametrize("answer", [refusal(422, "insufficient_points"), refusal(404, "gone")])
def test_an_answer_of_vinr_settles_an_outcome(answer: RawResponse) -> None:
    error = run(POST, [LOST, answer]).error

    assert error is not None
    assert not error.outcome_unknown


def test_a_read_leaves_nothing_unknown() -> None:
    error = run(READ, [LOST, LOST, LOST]).error

    assert error is not None
    assert not error.outcome_unknown


def test_waits_grow_and_are_jittered() -> None:
    options = replace(OPTIONS, max_retries=8)
    waits = [run(READ, [LOST] * 9, options).sleeps for _ in range(20)]

    ceilings = (0.5, 1, 2, 4, 8, 8, 8, 8)
    for each in waits:
        assert all(0 <= wait <= most for wait, most in zip(each, ceilings, strict=True))
    assert len({tuple(each) for each in waits}) == 20


def test_a_date_to_retry_after_is_measured_from_the_response_s_own() -> None:
    """The clock of this machine may be wrong, or frozen by a test."""
    dates = {
        "Date": "Tue, 01 Jan 2030 12:00:00 GMT",
        "Retry_After": "Tue, 01 Jan 2030 12:00:07 GMT",
    }

    done = run(POST, [refusal(429, "rate_limited", **dates), OK])

    assert done.sleeps == [7.0]


@pytest.mark.parametrize(("asked", "slept"), [("7", [7.0]), ("60", [60.0]), ("61", None)])
def test_retry_after(asked: str, slept: list[float] | None) -> None:
    later = refusal(429, "rate_limited", Retry_After=asked)
    done = run(POST, [later, OK] if slept else [later])

    if slept:
        assert done.sleeps == slept
    else:
        assert isinstance(done.error, RateLimitError)
        assert done.error.retry_after == 61


def test_no_wait_is_begun_that_ends_after_the_deadline() -> None:
    later = refusal(429, "rate_limited", Retry_After="5")
    done = run(POST, [later, later], replace(OPTIONS, deadline=9.0))

    assert done.sleeps == [5]
    assert isinstance(done.error, RateLimitError)


def test_the_budget_ends_retries_in_an_outage() -> None:
    limits, sent = SharedLimits(), 0
    for _ in range(100):
        try:
            sent += len(run(READ, [LOST] * 3, limits=limits).requests)
        except AssertionError:  # fewer answers were asked for
            break
    assert sent <= 150
    assert len(run(READ, [LOST], limits=limits).requests) == 1


def test_on_retry_is_told_and_cannot_break_the_call() -> None:
    told: list[RetryEvent] = []

    def tell(event: RetryEvent) -> None:
        told.append(event)
        raise RuntimeError

    done = run(POST, [LOST, OK], replace(OPTIONS, on_retry=tell))

    assert done.result.id == "ptx_1"
    assert [(event.operation, event.attempt) for event in told] == [("transactions.create", 1)]
    assert told[0].wait == done.sleeps[0]


def test_a_connection_that_brought_nonsense_is_closed() -> None:
    nonsense = RawResponse(200, {}, b"<html>", connection=object())

    assert run(READ, [nonsense, response(200, MEMBER)]).closed == 1


class TestAlreadyApplied:
    """A refusal that comes from the earlier execution of the same write."""

    REFUSED = refusal(422, "account_closed")
    CLOSED = response(200, {**MEMBER, "status": "closed"})

    def test_is_a_success_where_the_account_proves_it(self) -> None:
        done = run(CLOSE, [LOST, self.REFUSED, self.CLOSED])

        assert (done.result.status, done.result.last_response.attempts) == ("closed", 3)
        read = done.requests[-1]
        assert (read.method, read.content, read.idempotency_key) == ("GET", None, None)

    def test_is_a_refusal_without_a_lost_answer(self) -> None:
        assert type(run(CLOSE, [self.REFUSED]).error) is UnprocessableError

    def test_is_a_refusal_where_it_is_replayed(self) -> None:
        replayed = refusal(422, "account_closed", Idempotent_Replayed="true")

        assert type(run(CLOSE, [LOST, replayed]).error) is UnprocessableError

    def test_is_a_refusal_where_the_account_proves_nothing(self) -> None:
        error = run(CLOSE, [LOST, self.REFUSED, response(200, MEMBER)]).error

        assert type(error) is UnprocessableError
        assert not error.outcome_unknown

    def test_stays_unknown_where_the_account_cannot_be_read(self) -> None:
        error = run(CLOSE, [LOST, self.REFUSED, *[LOST] * 3]).error

        assert error is not None
        assert error.outcome_unknown

    @pytest.mark.parametrize(("message", "settled"), [("It is in loy_2.", True), ("no", False)])
    def test_of_a_merge_names_the_target(self, message: str, settled: bool) -> None:
        merge = accounts.merge(source="loy_1", target="loy_2", idempotency_key=None)
        answers: list[RawResponse | NoResponse] = [
            LOST,
            refusal(422, "account_merged", message),
        ]
        if settled:
            answers.append(response(200, {**MEMBER, "status": "merged"}))
            answers.append(response(200, {**MEMBER, "id": "loy_2"}))

        done = run(merge, answers)

        assert (done.error is None) == settled

    @pytest.mark.parametrize(("source", "target"), [("active", "merged"), ("merged", "merged")])
    def test_of_a_merge_is_about_its_own_target(self, source: str, target: str) -> None:
        """The same refusal says that the target was merged away, and the source was not."""
        merge = accounts.merge(source="loy_1", target="loy_2", idempotency_key=None)
        answers: list[RawResponse | NoResponse] = [
            LOST,
            refusal(422, "account_merged", "loy_2 is merged."),
            response(200, {**MEMBER, "status": source}),
        ]
        if source == "merged":
            answers.append(response(200, {**MEMBER, "id": "loy_2", "status": target}))

        error = run(merge, answers).error

        assert type(error) is UnprocessableError
        assert not error.outcome_unknown


def test_an_error_shows_nothing_of_the_key() -> None:
    echo = refusal(400, "sk_test_machine", "No: sk_test_machine")
    error = run(POST, [echo]).error

    assert isinstance(error, VinrError)
    assert "sk_test_machine" not in f"{error} {vars(error)}"


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        (b'{"id":"loy_1","balance":1,"balance":2}', "twice"),
        (b'{"id":"loy_1" , "x" : {"a":1,"a":2}}', "twice"),
        (b'{"id":"loy_1","x":NaN}', "NaN"),
    ],
)
def test_json_that_is_none(body: bytes, flaw: str) -> None:
    whole = body[:-1] + b',"program":"p","status":"active","lifetime_points":1'
    whole += b"}" if b"balance" in body else b',"balance":1}'
    error = run(READ, [RawResponse(200, {}, whole)] * 3).error

    assert type(error) is APIResponseError
    assert flaw in str(error)
