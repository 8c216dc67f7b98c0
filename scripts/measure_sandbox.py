"""Measures the sandbox: a call in process beyond what the client alone costs, and one over HTTP.

    python scripts/measure_sandbox.py [--members 4372] [--postings 21948] [--http 3000]

In process a client over httpx with a null transport, one of a sandbox, and one over httpx with a
sandbox's transport take turns, a hundred calls each, so that all meet the same machine; their costs
are process time. Over HTTP the server is a process of
its own. Medians, in microseconds for one call.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
from pydantic_core import to_json

from vinr import Vinr
from vinr.sandbox import Sandbox

TURN: Final = 100
KEY: Final = "sk_test_measure"
HEADERS: Final = {
    "content-type": "application/json",
    "x-vinr-request-id": "req_1",
    "x-ratelimit-limit": "50",
    "x-ratelimit-remaining": "50",
    "x-ratelimit-reset": "1767225600",
}
ACCOUNT: Final[dict[str, object]] = {
    "id": "loy_1",
    "program": "prog_default",
    "customer": "cust_1",
    "status": "active",
    "balance": 0,
    "lifetime_points": 0,
    "tier": "bronze",
    "metadata": {},
}
TRANSACTION: Final[dict[str, object]] = {
    "id": "ptx_1",
    "account": "loy_1",
    "type": "adjust",
    "amount": 5,
    "reason": "purchase",
    "metadata": {"invoice": "1"},
    "origin": {"type": "manual", "id": "req_1"},
    "created_at": "2026-01-01T00:00:00Z",
}

Clock = Callable[[], float]


class NullTransport(httpx.BaseTransport):
    """Answers at once, always the same."""

    def __init__(self) -> None:
        self._account, self._transaction = to_json(ACCOUNT), to_json(TRANSACTION)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """What a service would answer, without one."""
        request.read()
        posting = request.url.path.endswith("transactions")
        body = self._transaction if posting else self._account
        headers = {**HEADERS, "content-length": str(len(body))}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))


@dataclass
class Import:
    """A shop's purchases on their way into a program: each customer is enrolled at the first."""

    client: Vinr
    clock: Clock = time.process_time
    accounts: dict[str, str] = field(default_factory=dict[str, str])

    def costs(self, purchases: Sequence[tuple[int, str]]) -> list[float]:
        """Seconds of every call."""
        return [self._cost(number, customer) for number, customer in purchases]

    def _cost(self, number: int, customer: str) -> float:
        started = self.clock()
        if customer in self.accounts:
            self._post(number, self.accounts[customer])
        else:
            self.accounts[customer] = self._enrol(customer)
        return self.clock() - started

    def _enrol(self, customer: str) -> str:
        account = self.client.loyalty.accounts.create(
            program="prog_default", customer=customer, idempotency_key=f"enrol-{customer}"
        )
        return account.id

    def _post(self, number: int, account: str) -> None:
        self.client.loyalty.transactions.create(
            account=account,
            amount=5,
            reason="purchase",
            metadata={"invoice": str(number)},
            idempotency_key=f"invoice-{number}",
        )


def purchases(members: int, postings: int) -> list[tuple[int, str]]:
    """So many enrolments, and so many postings spread over them, the same in every run."""
    chance = random.Random(1)  # noqa: S311 - made-up data, no secrets
    customers = [f"cust_{number}" for number in range(members)]
    calls = customers + [chance.choice(customers) for _ in range(postings)]
    chance.shuffle(calls)
    return list(enumerate(calls))


def turns(calls: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    """The calls, so many at a time."""
    for start in range(0, len(calls), TURN):
        yield calls[start : start + TURN]


def in_process(calls: Sequence[tuple[int, str]], db: str) -> None:
    """Prints what the client costs, and what a sandbox costs beyond it from first to last."""
    with Sandbox(db) as sandbox, Sandbox() as another, sandbox.client() as client:
        imports = [Import(over(NullTransport())), Import(client), Import(over(another.transport()))]
        costs = [list[float]() for _ in imports]
        for turn in turns(calls):
            for each, cost in zip(imports, costs, strict=True):
                cost.extend(each.costs(turn))
    alone, straight, over_httpx = costs
    print(f"in process, {len(calls):,} calls: the client alone {told(alone)}")
    tell_beyond("a sandbox's client", straight, alone)
    tell_beyond("over httpx", over_httpx, alone)


def over(transport: httpx.BaseTransport) -> Vinr:
    """A client with an httpx client of its caller's."""
    return Vinr(secret_key=KEY, http_client=httpx.Client(transport=transport))


def tell_beyond(what: str, costs: Sequence[float], alone: Sequence[float]) -> None:
    """Prints how much more it is, of all calls, the first and the last of them."""
    tenth = len(costs) // 10
    parts = {"all": slice(None), "first tenth": slice(tenth), "last tenth": slice(-tenth, None)}
    for name, part in parts.items():
        print(f"  {what}, beyond it, {name:11} {told(costs[part], alone[part])}")


def over_http(count: int, db: str) -> None:
    """Prints the time of a call to a server in a process of its own."""
    command = [sys.executable, "-m", "vinr.cli", "sandbox", "serve", "--port", "0", "--db", db]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            ready = re.search(r"http://\S+/v1", server.stdout.readline() if server.stdout else "")
            if ready is None:
                raise SystemExit("the server did not start")
            with Vinr(secret_key=KEY, base_url=ready.group()) as client:
                run = Import(client, time.perf_counter)
                run.costs(purchases(TURN, 0))  # connected, and warm
                costs = run.costs([(-1 - n, f"cust_{n % TURN}") for n in range(count)])
        finally:
            server.terminate()
    slowest = quantile(costs, 99) * 1e6
    print(f"over HTTP, {count:,} calls: {told(costs)}, the 99th of a hundred {slowest:.0f}")


def told(costs: Sequence[float], beyond: Sequence[float] = ()) -> str:
    """Microseconds: the median and the tenth of a hundred, each beyond that of other calls."""
    found = {
        name: quantile(costs, percent) - (quantile(beyond, percent) if beyond else 0)
        for name, percent in (("median", 50), ("tenth", 10))
    }
    return ", ".join(f"{name} {seconds * 1e6:.0f}" for name, seconds in found.items())


def quantile(costs: Sequence[float], percent: int) -> float:
    """What so many of a hundred do not exceed."""
    return statistics.quantiles(costs, n=100)[percent - 1]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--members", type=int, default=4372)
    parser.add_argument("--postings", type=int, default=21948)
    parser.add_argument("--http", type=int, default=3000, help="calls over HTTP")
    parser.add_argument("--db", default=":memory:", help="keep the state in this new file")
    options = parser.parse_args()
    if options.db != ":memory:" and Path(options.db).exists():
        parser.error(f"{options.db} is there already")
    in_process(purchases(options.members, options.postings), options.db)
    over_http(options.http, ":memory:" if options.db == ":memory:" else f"{options.db}.served")


if __name__ == "__main__":
    main()
