"""When the rate limiter lets a request go, by the clock that it is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from math import inf

import pytest

from vinr._protocol.messages import RawResponse
from vinr._protocol.rate_limiter import LONGEST_PACING, RateLimiter, Ticket

PLENTY = {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "49"}


def wait(limiter: RateLimiter, ticket: Ticket, now: float, longest: float = inf) -> float:
    return 0.0 if ticket.sent else limiter.wait(ticket, now, longest, patient=True)


def answer(
    limiter: RateLimiter, headers: Mapping[str, str], now: float = 0.0, status: int = 200
) -> None:
    """One request that goes now, and its response."""
    ticket = limiter.ticket()
    wait(limiter, ticket, now)
    limiter.leave(ticket)
    retry_after = headers.get("retry-after")
    seconds = None if retry_after is None else float(retry_after)
    limiter.learn(ticket, RawResponse(status, headers, b""), now, seconds)


def emptied(now: float = 0.0) -> RateLimiter:
    """It was told that nothing is left of 50, and that it fills within 2 seconds."""
    limiter = RateLimiter()
    headers = {
        "x-ratelimit-limit": "50", "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": "1000002", "date": "Mon, 12 Jan 1970 13:46:40 GMT",
    }  # fmt: skip
    answer(limiter, headers, now)
    return limiter


def goes_at(limiter: RateLimiter, tickets: Iterable[Ticket], now: float = 0.0) -> list[float]:
    """When each of them goes, asked one after the other from this moment on."""
    moments: list[float] = []
    for ticket in tickets:
        moment = now
        while (seconds := wait(limiter, ticket, moment)) > 0:
            moment += seconds
        moments.append(moment)
    return moments


def test_nobody_waits_for_anything_one_after_the_other() -> None:
    limiter = RateLimiter()
    for _ in range(100):
        ticket = limiter.ticket()
        assert ticket.sent
        limiter.leave(ticket)
        limiter.learn(ticket, RawResponse(200, {}, b""), 0.0)


def test_a_few_go_at_a_time_before_the_first_response() -> None:
    limiter = RateLimiter()
    tickets = [limiter.ticket() for _ in range(500)]
    gone = [ticket for ticket in tickets if ticket.sent]
    assert len(gone) == 8
    assert wait(limiter, tickets[8], 0.0) > 0

    limiter.leave(gone[0])
    limiter.learn(gone[0], RawResponse(200, PLENTY, b""), 0.0)

    assert sum(not wait(limiter, ticket, 0.0) for ticket in tickets) < 60


def test_a_service_that_is_slow_to_answer_is_not_waited_for_for_ever() -> None:
    limiter = RateLimiter()
    last = [limiter.ticket() for _ in range(9)][-1]
    slept = 0.0
    while (seconds := wait(limiter, last, 0.0)) > 0:
        slept += seconds

    assert slept == pytest.approx(1.0)


def test_requests_go_as_fast_as_the_bucket_is_filled() -> None:
    limiter = emptied()
    tickets = [limiter.ticket() for _ in range(10)]

    assert goes_at(limiter, tickets) == pytest.approx(
        [number / 24.5 for number in range(1, 11)], abs=0.01
    )


def test_a_block_is_waited_out_and_no_longer() -> None:
    limiter = RateLimiter()
    answer(limiter, {"retry-after": "9"}, now=5.0, status=429)

    assert wait(limiter, limiter.ticket(), 6.0) == 8
    assert wait(limiter, limiter.ticket(), 14.0) == 0


@pytest.mark.parametrize("later", [-1e9, 4.9, 1e9])
def test_a_clock_that_was_set_ends_a_block(later: float) -> None:
    limiter = RateLimiter()
    answer(limiter, {"retry-after": "9"}, now=5.0, status=429)

    assert wait(limiter, limiter.ticket(), later) == 0


@pytest.mark.parametrize("later", [-1e9, 1e9])
def test_a_clock_that_was_set_holds_no_pacing_up(later: float) -> None:
    limiter, now, slept = emptied(), later, 0.0
    ticket = limiter.ticket()
    while (seconds := wait(limiter, ticket, now)) > 0:
        assert seconds <= LONGEST_PACING
        now, slept = now + seconds, slept + seconds

    assert slept < 1


def test_who_cannot_wait_goes_at_once() -> None:
    limiter = emptied()
    for _ in range(50):
        limiter.ticket()

    assert wait(limiter, limiter.ticket(), 0.0, longest=0.1) == 0


def test_who_gives_up_lets_those_behind_move_up() -> None:
    limiter = emptied()
    tickets = [limiter.ticket() for _ in range(5)]
    before = wait(limiter, tickets[-1], 0.0)
    for ticket in tickets[:4]:
        limiter.leave(ticket)

    assert wait(limiter, tickets[-1], 0.0) < before / 2


@pytest.mark.parametrize(
    "headers",
    [
        {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "x"},
        {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "-1", "x-ratelimit-reset": "1"},
        {"x-ratelimit-limit": "9" * 20, "x-ratelimit-remaining": "0", "x-ratelimit-reset": "5"},
        {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"},
    ],
)
def test_headers_that_are_no_reason_to_wait(headers: Mapping[str, str]) -> None:
    limiter = RateLimiter()
    for _ in range(20):
        answer(limiter, headers)

    assert limiter.ticket().sent


def test_a_429_at_the_known_rate_slows_it_down() -> None:
    limiter = emptied()
    ticket = limiter.ticket()
    [first] = goes_at(limiter, [ticket])
    limiter.leave(ticket)
    limiter.learn(ticket, RawResponse(429, {}, b""), first, None)

    tickets = [limiter.ticket() for _ in range(10)]

    gone = goes_at(limiter, tickets, first)
    gaps = [later - earlier for earlier, later in itertools.pairwise(gone)]
    assert gaps == pytest.approx([1 / (24.5 * 0.9)] * 9, abs=0.001)


@pytest.mark.parametrize(("seconds", "left"), [("2", 8), ("8", 8), ("9", 9), ("60", 60)])
def test_the_longest_of_several_blocks_holds(seconds: str, left: float) -> None:
    limiter = RateLimiter()
    answer(limiter, {"retry-after": "9"}, now=5.0, status=429)
    other = limiter.ticket()
    limiter.leave(other)
    limiter.learn(other, RawResponse(429, {}, b""), 6.0, float(seconds))
    assert wait(limiter, limiter.ticket(), 6.0) == left


def test_a_block_that_is_too_long_is_the_callers_to_decide() -> None:
    limiter = RateLimiter()
    answer(limiter, {"retry-after": "61"}, now=5.0, status=429)
    assert wait(limiter, limiter.ticket(), 5.0) == 0


def test_fewer_go_at_a_time_after_each_429() -> None:
    limiter, at_a_time = RateLimiter(), list[int]()
    for _ in range(4):
        answer(limiter, {}, status=429)
        tickets = [limiter.ticket() for _ in range(20)]
        at_a_time.append(sum(ticket.sent for ticket in tickets))
        for ticket in tickets:
            limiter.leave(ticket)
    assert at_a_time == [4, 2, 1, 1]


def test_more_go_at_a_time_after_each_answer_that_says_nothing_of_the_rate() -> None:
    limiter, at_a_time = RateLimiter(), list[int]()
    for _ in range(3):
        answer(limiter, {})
        tickets = [limiter.ticket() for _ in range(100)]
        at_a_time.append(sum(ticket.sent for ticket in tickets))
        for ticket in tickets:
            limiter.leave(ticket)
    assert at_a_time == [16, 32, 64]


@pytest.mark.parametrize("reset", [{}, {"x-ratelimit-reset": "soon"}])
def test_an_empty_bucket_that_does_not_say_when_it_is_full_holds_nobody_up_for_good(
    reset: Mapping[str, str],
) -> None:
    limiter = RateLimiter()
    empty = {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "0", **reset}
    answer(limiter, empty)

    assert wait(limiter, limiter.ticket(), 0.0) <= LONGEST_PACING
