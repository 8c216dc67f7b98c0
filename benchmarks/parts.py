"""What the parts of a call take by themselves; runs in vinr's environment, prints JSON."""

from __future__ import annotations

import asyncio
import json
import timeit
from collections.abc import Callable
from uuid import uuid4

import tenacity

from vinr._calls.transactions import TransactionList
from vinr._models.account import Account
from vinr._models.transaction import Transaction
from vinr._protocol.encode import new_key

from .answers import OBJECTS, page

ACCOUNT = OBJECTS[b"GET /v1/loyalty/accounts/loy_1"]


def parts() -> dict[str, float]:
    """Seconds, by what is done."""
    whole = page(b"/v1/loyalty/transactions", b"", 1_000) or b""
    rows = json.loads(whole)["data"]
    return {
        "a loop of tenacity around a call that succeeds": _each(_loop()),
        "the same in a task": _aloop(),
        "uuid4, as text": _each(lambda: str(uuid4())),
        "an idempotency key of vinr's": _each(new_key),
        "json.loads of an account": _each(lambda: json.loads(ACCOUNT)),
        "validate_json of an account": _each(lambda: Account.model_validate_json(ACCOUNT)),
        "json.loads of a page of 100": _each(lambda: json.loads(whole)),
        "validate_json of a page of 100": _each(lambda: TransactionList.model_validate_json(whole)),
        "a page of 100, item by item from dicts": _each(
            lambda: [Transaction.model_validate(row) for row in rows]
        ),
    }


def _loop() -> Callable[[], object]:
    retrying = tenacity.Retrying()
    return lambda: retrying(int)


def _aloop() -> float:
    async def call() -> None: ...

    async def many() -> None:
        for _ in range(1000):
            await tenacity.AsyncRetrying()(call)

    return min(timeit.repeat(lambda: asyncio.run(many()), number=1, repeat=5)) / 1000


def _each(work: Callable[[], object]) -> float:
    """Seconds; the least of several runs, for there is nothing here that could vary by itself."""
    timer = timeit.Timer(work)
    number, _ = timer.autorange()
    return min(timer.repeat(repeat=5, number=max(number // 4, 1))) / max(number // 4, 1)


if __name__ == "__main__":
    print(json.dumps(parts()))
