"""``vinr sandbox serve`` ends in the middle of its work: what it answered is there afterwards."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.serving import serving
from tests.together import eventually
from vinr import APIConnectionError, Vinr
from vinr.loyalty import Account, Transaction
from vinr.sandbox import Sandbox

WORKERS = 3
ENOUGH = 40
"""Answers for each worker before the end comes."""


@dataclass
class Shop:
    """Enrols customers and posts their points, each under a key of its own, until it is cut off."""

    name: str
    url: str
    enrolled: dict[str, Account] = field(default_factory=dict[str, Account])
    posted: dict[str, Transaction] = field(default_factory=dict[str, Transaction])
    enough: threading.Event = field(default_factory=threading.Event)

    def work(self) -> APIConnectionError:
        """The failure that ends it: the one action whose outcome it does not know."""
        with Vinr(secret_key="sk_test_1", base_url=self.url, max_retries=0) as client:
            try:
                for number in count():
                    customer = f"cust_{self.name}_{number}"
                    self.enrolled[customer] = enrol(client, customer)
                    self.posted[customer] = post(client, customer, self.enrolled[customer].id)
                    if number == ENOUGH:
                        self.enough.set()
            except APIConnectionError as error:
                return error
        raise AssertionError("count() does not end")


def enrol(client: Vinr, customer: str) -> Account:
    return client.loyalty.accounts.create(
        program="prog_default", customer=customer, idempotency_key=f"enrol-{customer}"
    )


def post(client: Vinr, customer: str, account: str) -> Transaction:
    return client.loyalty.transactions.create(
        account=account, amount=7, idempotency_key=f"post-{customer}"
    )


def cut_off(db: str, end: Callable[[subprocess.Popen[str]], None]) -> list[Shop]:
    """Several shops at work on one file, until the command behind them ends."""
    with serving("--db", db) as (process, url), ThreadPoolExecutor(WORKERS) as threads:
        shops = [Shop(str(number), url) for number in range(WORKERS)]
        failures = [threads.submit(shop.work) for shop in shops]
        assert all(shop.enough.wait(60) for shop in shops)
        end(process)
        for failure in failures:
            # no answer came: none is cut in the middle, none is an error of a server going down
            assert failure.result(60).status is None
    return shops


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_every_answer_is_kept_and_nothing_by_halves(tmp_path: Path, end: signal.Signals) -> None:
    db = str(tmp_path / "members.sqlite")
    codes: list[int] = []

    def stop(process: subprocess.Popen[str]) -> None:
        process.send_signal(end)
        codes.append(process.wait(10))

    shops = cut_off(db, stop)
    assert codes == [0 if end == signal.SIGTERM else -signal.SIGKILL]
    with serving("--db", db) as (_, url), Vinr(secret_key="sk_test_1", base_url=url) as client:
        for shop in shops:
            for customer, account in shop.enrolled.items():
                enrolled = enrol(client, customer)
                assert (enrolled, enrolled.last_response.replayed) == (account, True)
            for customer, entry in shop.posted.items():
                posted = post(client, customer, shop.enrolled[customer].id)
                assert (posted, posted.last_response.replayed) == (entry, True)
        members = list(client.loyalty.accounts.list(limit=100))
    kept = {member.customer_id or "": member for member in members}
    with Sandbox(db) as sandbox:
        assert sandbox.check() == []
    for shop in shops:
        prefix = f"cust_{shop.name}_"
        mine = {name: kept.pop(name) for name in list(kept) if name.startswith(prefix)}
        unknown = mine.keys() - shop.enrolled.keys()
        # the one action under way may have happened; if so all of it, and no second one
        assert len(unknown) <= 1
        for customer, member in mine.items():
            assert member.balance in ({7} if customer in shop.posted else {0, 7})
    assert kept == {}


@pytest.mark.parametrize(
    ("seconds", "answered"), [(2, True), (30, False)], ids=["soon done", "slow"]
)
def test_a_request_under_way_when_it_is_told_to_end(
    tmp_path: Path, seconds: float, answered: bool
) -> None:
    db = str(tmp_path / "members.sqlite")
    with serving("--db", db) as (process, url), ThreadPoolExecutor(1) as threads:
        control = f"{url.removesuffix('/v1')}/_sandbox/faults"
        slow = [{"kind": "slow", "seconds": seconds}]
        plan = {"operation": "transactions.create", "faults": slow}
        client = Vinr(secret_key="sk_test_1", base_url=url, max_retries=0)
        with client, httpx.Client() as http:
            account = enrol(client, "cust_1").id
            http.post(control, json=plan).raise_for_status()
            posting = threads.submit(post, client, "cust_1", account)
            eventually(lambda: http.get(control).json() == {"pending": []})
            process.terminate()
            assert process.wait(10) == 0
            if answered:
                assert posting.result(10).amount == 7
            else:
                with pytest.raises(APIConnectionError) as lost:
                    posting.result(10)
                assert lost.value.outcome_unknown
    with Sandbox(db) as sandbox, sandbox.client(secret_key="sk_test_1") as client:
        settled = post(client, "cust_1", account)
        assert settled.last_response.replayed or not answered
        assert client.loyalty.accounts.retrieve(account).balance == 7
        assert sandbox.check() == []
