"""Threads on one sandbox."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.sandbox.service import Service, accepted

THREADS = 8


@pytest.mark.parametrize("key", [None, "key-"], ids=["without keys", "with one key each"])
def test_of_racing_creates_exactly_one_succeeds(service: Service, key: str | None) -> None:
    barrier = Barrier(THREADS)

    def create(number: int) -> tuple[int, str]:
        barrier.wait()
        body = {"program": "prog_default", "customer": "cust_1"}
        response = service.post("/loyalty/accounts", body, key=key and f"{key}{number}")
        answer = response.json()
        return response.status_code, answer.get("id") or answer["error"]["resource"]

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(create, range(THREADS)))
    assert Counter(status for status, _ in answers) == {200: 1, 409: THREADS - 1}
    assert len({account for _, account in answers}) == 1


def test_one_key_in_many_threads_has_one_effect(service: Service) -> None:
    account = service.enrol()
    barrier = Barrier(THREADS)

    def post(_: int) -> str:
        barrier.wait()
        body = {"account": account["id"], "amount": 5}
        entry_id: str = accepted(service.post("/loyalty/transactions", body, key="k"))["id"]
        return entry_id

    with ThreadPoolExecutor(THREADS) as threads:
        assert len(set(threads.map(post, range(THREADS)))) == 1
    assert service.account(account)["balance"] == 5


def test_a_balance_is_never_overdrawn(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 10)

    def spend(_: int) -> int:
        body = {"account": account["id"], "amount": -3}
        return service.post("/loyalty/transactions", body).status_code

    with ThreadPoolExecutor(THREADS) as threads:
        statuses = Counter(threads.map(spend, range(THREADS)))
    assert statuses == {200: 3, 422: THREADS - 3}
    assert service.account(account)["balance"] == 1
