"""Rate limits on the sandbox's clock: a bucket per key, reads and writes apart."""

from collections.abc import Iterator

import httpx
import pytest

from tests.sandbox.service import Service, accepted, refused
from vinr.sandbox import Pass, RateLimit, Sandbox, Status, rate_limit

ACCOUNTS = "/loyalty/accounts"


@pytest.fixture
def limited() -> Iterator[Service]:
    # so slow that no token comes back while the test runs
    with Sandbox(rate_limit=RateLimit(per_second=0.001, burst=3)) as sandbox:
        base_url = "https://sandbox.api.vinr.com/v1"
        headers = {"x-api-key": "sk_test_1"}
        with httpx.Client(
            transport=sandbox.transport(), base_url=base_url, headers=headers
        ) as http:
            yield Service(sandbox, http)


def test_the_bucket_empties_and_fills_again(limited: Service) -> None:
    remaining = [limited.get(ACCOUNTS).headers["x-ratelimit-remaining"] for _ in range(3)]
    assert remaining == ["2", "1", "0"]
    response = limited.get(ACCOUNTS)
    refused(response, 429, "rate_limited")
    assert response.headers["x-ratelimit-limit"] == "3"
    assert 0 < int(response.headers["retry-after"]) <= 1000
    assert int(response.headers["x-ratelimit-reset"]) > limited.sandbox.clock.time() + 2000
    limited.sandbox.clock.advance(seconds=int(response.headers["retry-after"]))
    accepted(limited.get(ACCOUNTS))


def test_reads_writes_and_keys_are_counted_apart(limited: Service) -> None:
    for _ in range(3):
        limited.get(ACCOUNTS)
    accepted(limited.post(ACCOUNTS, {"program": "prog_default"}))
    accepted(limited.raw("GET", ACCOUNTS, headers={"x-api-key": "sk_test_2"}))
    refused(limited.get(ACCOUNTS), 429, "rate_limited")


def test_of_many_keys_those_that_used_theirs_are_not_forgotten(
    limited: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "MOST_BUCKETS", 10)

    def remaining(key: str) -> str:
        answer = limited.raw("GET", ACCOUNTS, headers={"x-api-key": key})
        return str(answer.headers["x-ratelimit-remaining"])

    assert [remaining("sk_test_much") for _ in range(3)] == ["2", "1", "0"]
    assert [remaining(f"sk_test_{number}") for number in range(10)] == ["2"] * 10
    limited.sandbox.clock.advance(seconds=1001)  # one request each, so all others are full
    assert remaining("sk_test_much") == "0"
    assert remaining("sk_test_0") == "2"


def test_a_429_is_not_kept_for_its_key(limited: Service) -> None:
    body = {"program": "prog_default"}
    for _ in range(3):
        limited.post(ACCOUNTS, body)
    refused(limited.post(ACCOUNTS, body, key="k"), 429, "rate_limited")
    limited.sandbox.clock.advance(hours=1)
    response = limited.post(ACCOUNTS, body, key="k")
    assert accepted(response)["status"] == "active"
    assert "idempotent-replayed" not in response.headers


def test_without_a_limit_the_headers_show_a_full_bucket(service: Service) -> None:
    for _ in range(3):
        headers = service.get(ACCOUNTS).headers
        assert headers["x-ratelimit-limit"] == headers["x-ratelimit-remaining"] == "50"


def test_a_planned_429_says_that_nothing_is_left(service: Service) -> None:
    service.sandbox.faults.add("*", Status(429, retry_after=1))
    headers = service.get(ACCOUNTS).headers
    assert (headers["x-ratelimit-limit"], headers["x-ratelimit-remaining"]) == ("50", "0")
    assert service.get(ACCOUNTS).headers["x-ratelimit-remaining"] == "50"


def test_other_planned_answers_tell_of_the_bucket_as_it_is(limited: Service) -> None:
    limited.sandbox.faults.add("*", [Pass(), Status(503), Status(500, after=True)])
    remaining = [limited.get(ACCOUNTS).headers["x-ratelimit-remaining"] for _ in range(3)]
    assert remaining == ["2", "2", "1"]


@pytest.mark.parametrize(("per_second", "burst"), [(0, 1), (-1, 1), (1, 0), (float("nan"), 1)])
def test_limits_that_cannot_be(per_second: float, burst: int) -> None:
    with pytest.raises(ValueError, match="per_second > 0"):
        RateLimit(per_second, burst)
