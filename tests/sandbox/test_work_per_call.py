"""What a call costs the database: counted, not timed, and the same however long the ledger is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import count, groupby
from pathlib import Path
from typing import Any

import pytest

from vinr import Vinr
from vinr.sandbox import Program, Sandbox

MANY = 600


class Counted(sqlite3.Connection):
    """A connection that counts what is asked of it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.statements: list[str] = []
        self.steps = 0

    @contextmanager
    def counting(self) -> Generator[None]:
        self.statements.clear()
        self.steps = 0
        self.set_trace_callback(self.statements.append)
        self.set_progress_handler(self._step, 1)
        yield
        self.set_trace_callback(None)
        self.set_progress_handler(None, 0)

    def _step(self) -> int:
        self.steps += 1
        return 0


class Shop:
    """One of everything that an import does, and what a till does."""

    def __init__(self, client: Vinr) -> None:
        self.client = client
        self._numbers = count(1)
        self.member = self.enrol()

    def enrol(self) -> str:
        number = next(self._numbers)
        account = self.client.loyalty.accounts.create(
            program="prog_default", customer=f"cust_{number}", idempotency_key=f"enrol-{number}"
        )
        return account.id

    def post(self) -> None:
        number = next(self._numbers)
        self.client.loyalty.transactions.create(
            account=self.member, amount=1, idempotency_key=f"invoice-{number}"
        )

    def look(self) -> None:
        self.client.loyalty.accounts.retrieve(self.member)

    def find(self) -> None:
        self.client.loyalty.accounts.list(program="prog_default", customer="cust_1", limit=1)

    def page(self) -> None:
        self.client.loyalty.transactions.list(limit=10)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Counted]:
    made: list[Counted] = []
    connect = sqlite3.connect

    def counted(path: str, **options: Any) -> sqlite3.Connection:
        made.append(connect(path, factory=Counted, **options))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", counted)
    return made


@pytest.mark.parametrize("file", [None, "members.sqlite"], ids=["in memory", "in a file"])
@pytest.mark.parametrize("expiry_months", [None, 12], ids=["points stay", "points expire"])
def test_a_call_costs_the_last_what_it_cost_the_first(
    connections: list[Counted], tmp_path: Path, file: str | None, expiry_months: int | None
) -> None:
    path = ":memory:" if file is None else tmp_path / file
    program = Program(id="prog_default", name="Default", expiry_months=expiry_months)
    with Sandbox(path, programs=[program]) as sandbox, sandbox.client() as client:
        [db] = connections
        shop = Shop(client)
        calls = [shop.enrol, shop.post, shop.look, shop.find, shop.page]
        for _ in range(20):
            shop.enrol()
            shop.post()
        first = [cost(db, call) for call in calls]
        for _ in range(MANY):
            shop.enrol()
            shop.post()
        last = [cost(db, call) for call in calls]
    for call, (statements, steps), (statements_then, steps_then) in zip(
        calls, first, last, strict=True
    ):
        assert statements_then == statements, call.__name__
        assert steps_then <= steps * 1.1, call.__name__


def cost(db: Counted, call: Callable[[], object]) -> tuple[int, int]:
    """Statements, and steps of SQLite's machine."""
    with db.counting():
        call()
    # one that fires a trigger is told twice
    return len(list(groupby(db.statements))), db.steps


def test_a_posting_takes_few_statements(connections: list[Counted]) -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        [db] = connections
        shop = Shop(client)
        shop.post()
        # begin, key, account, entry, balance, event, answer, commit
        assert cost(db, shop.post)[0] == 8
        # begin, key, no other account, account, two events, answer, commit
        assert cost(db, shop.enrol)[0] == 8
        # begin, account, commit
        assert cost(db, shop.look)[0] == 3
