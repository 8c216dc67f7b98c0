"""Random calls and faults against the sandbox, beside a plain model of the ledger."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from vinr import APIStatusError, ConflictError, UnprocessableError, Vinr, VinrError
from vinr._protocol import retry
from vinr.loyalty import Account
from vinr.sandbox import Sandbox

T = TypeVar("T")
PROGRAM = "prog_default"
CUSTOMERS = ("cust_1", "cust_2", "cust_3")
STEPS = int(os.environ.get("RANDOM_STEPS", "3000"))  # make fuzz takes many more
PARTS = 2

FAULTS = (
    "sound", "refused", "reset before", "reset after", "silence before", "silence after",
    "half an answer", "500 before", "500 after", "503 after", "429", "no JSON",
)  # fmt: skip


class BadNetwork(httpx.BaseTransport):
    """The way to the sandbox, on which the next things that go wrong are known."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox.transport()
        self.faults: list[str] = []
        self.lost = False
        """Whether an answer was lost since the faults were set."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fault = self.faults.pop(0) if self.faults else "sound"
        self.lost = self.lost or fault not in ("sound", "refused", "429")
        kinds = {"refused": httpx.ConnectError, "silence before": httpx.ReadTimeout}
        if fault in ("refused", "silence before", "reset before"):
            raise kinds.get(fault, httpx.ReadError)(fault)
        if fault in ("500 before", "429"):
            return httpx.Response(int(fault[:3]))
        answer = self._sandbox.handle_request(request)
        if fault in ("reset after", "silence after", "half an answer"):
            answer.read()
            raise httpx.RemoteProtocolError(fault)
        if fault in ("500 after", "503 after"):
            return httpx.Response(int(fault[:3]))
        return httpx.Response(200, text="<html>") if fault == "no JSON" else answer


@dataclass
class Member:
    """What an account must be."""

    customer: str
    status: str = "active"
    balance: int = 0
    lifetime: int = 0
    entries: list[int] = field(default_factory=list[int])


faults = st.lists(st.sampled_from(FAULTS), max_size=5)
amounts = st.integers(-500, 500).filter(bool)
choices = st.integers(0, 1_000)
customers = st.sampled_from(CUSTOMERS)
executed = 0


class Ledger(RuleBasedStateMachine):
    """Every call that returned took effect once, every one that was refused did nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = Sandbox()
        self.network = BadNetwork(self.sandbox)
        self.client = Vinr(
            secret_key="sk_test_1", http_client=httpx.Client(transport=self.network), max_retries=2
        )
        self.members: dict[str, Member] = {}
        self.unsettled: tuple[str | None, str | None] = (None, None)
        """The key of a call whose outcome is unknown, given and told."""

    def teardown(self) -> None:
        self.sandbox.close()

    def settled(self, faults: list[str], call: Callable[[str | None], T]) -> T:
        """The result of a call on a bad network; repeated by its key while that is unknown."""
        global executed  # noqa: PLW0603 - counted over all runs
        executed += 1
        self.network.faults, self.network.lost = list(faults), False
        key: str | None = None
        while True:
            try:
                return call(key)
            except VinrError as error:
                if error.outcome_unknown:
                    self.unsettled = (key, error.idempotency_key)
                    key = error.idempotency_key
                elif isinstance(error, APIStatusError) and error.code is not None:
                    raise  # an answer by the sandbox
                # nothing happened: once more, under a new key or the one that is unsettled

    def one(self, choice: int) -> tuple[str, Member] | None:
        known = list(self.members.items())
        return known[choice % len(known)] if known else None

    def holder(self, customer: str) -> str | None:
        return next(
            (
                id
                for id, member in self.members.items()
                if member.customer == customer and member.status == "active"
            ),
            None,
        )

    @rule(customer=customers, faults=faults)
    def create(self, customer: str, faults: list[str]) -> None:
        def call(key: str | None) -> Account:
            return self.client.loyalty.accounts.create(
                program=PROGRAM, customer=customer, idempotency_key=key
            )

        held = self.holder(customer)
        if held is None:
            self.members[self.settled(faults, call).id] = Member(customer)
            return
        try:  # after a lost answer it may be the echo of our own success, and is returned
            found: str | None = self.settled(faults, call).id
            assert self.network.lost
        except ConflictError as conflict:
            found = conflict.resource
        assert found == held

    @rule(customer=customers, faults=faults)
    def get_or_create(self, customer: str, faults: list[str]) -> None:
        held = self.holder(customer)
        account, _ = self.settled(
            faults,
            lambda key: self.client.loyalty.accounts.get_or_create(
                program=PROGRAM, customer=customer, idempotency_key=key
            ),
        )
        assert held in (None, account.id)
        self.members.setdefault(account.id, Member(customer))

    @rule(choice=choices, amount=amounts, faults=faults)
    def post(self, choice: int, amount: int, faults: list[str]) -> None:
        found = self.one(choice)
        if found is None:
            return
        id, member = found

        def call(key: str | None) -> object:
            return self.client.loyalty.transactions.create(
                account=id, amount=amount, idempotency_key=key
            )

        if member.status != "active" or member.balance + amount < 0:
            with pytest.raises(UnprocessableError):
                self.settled(faults, call)
            return
        self.settled(faults, call)
        member.balance += amount
        member.lifetime += max(0, amount)
        member.entries.append(amount)

    @rule(choice=choices, faults=faults)
    def close(self, choice: int, faults: list[str]) -> None:
        found = self.one(choice)
        if found is not None and found[1].status == "active":
            id, member = found
            self.settled(
                faults, lambda key: self.client.loyalty.accounts.close(id, idempotency_key=key)
            )
            member.status = "closed"

    @rule(choice=choices, faults=faults)
    def reopen(self, choice: int, faults: list[str]) -> None:
        found = self.one(choice)
        if found is None or found[1].status != "closed":
            return
        id, member = found

        def call(key: str | None) -> object:
            return self.client.loyalty.accounts.reopen(id, idempotency_key=key)

        if self.holder(member.customer) is not None:
            with pytest.raises(ConflictError):
                self.settled(faults, call)
            return
        self.settled(faults, call)
        member.status = "active"

    @rule(first=choices, second=choices, faults=faults)
    def merge(self, first: int, second: int, faults: list[str]) -> None:
        source, target = self.one(first), self.one(second)
        if source is None or target is None or source[0] == target[0]:
            return

        def call(key: str | None) -> Account:
            return self.client.loyalty.accounts.merge(
                source=source[0], target=target[0], idempotency_key=key
            )

        lost, survivor = source[1], target[1]
        if {lost.status, survivor.status} != {"active"}:
            with pytest.raises(UnprocessableError):
                self.settled(faults, call)
            return
        assert self.settled(faults, call).id == target[0]
        survivor.balance += lost.balance
        survivor.lifetime += lost.lifetime
        survivor.entries += lost.entries
        lost.status, lost.balance, lost.lifetime, lost.entries = "merged", 0, 0, []

    @rule(choice=choices, faults=faults)
    def read(self, choice: int, faults: list[str]) -> None:
        found = self.one(choice)
        if found is None:
            return
        id, member = found
        account = self.settled(faults, lambda _: self.client.loyalty.accounts.retrieve(id))
        entries = self.settled(
            faults, lambda _: list(self.client.loyalty.transactions.list(account=id, limit=3))
        )
        assert (account.status, account.balance) == (member.status, member.balance)
        assert account.lifetime_points == member.lifetime
        assert sorted(entry.amount for entry in entries) == sorted(member.entries)

    @invariant()
    def a_call_keeps_its_key(self) -> None:
        given, told = self.unsettled
        assert given in (None, told)

    @invariant()
    def the_ledger_is_sound(self) -> None:
        assert self.sandbox.check() == []
        held = [member.customer for member in self.members.values() if member.status == "active"]
        assert len(held) == len(set(held))
        assert all(member.balance == sum(member.entries) for member in self.members.values())


@pytest.mark.parametrize("part", range(PARTS))
def test_random_calls_and_faults(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.0)
    before, batch = executed, 0

    while executed - before < STEPS / PARTS:
        batch += 1
        run_state_machine_as_test(
            seed(part * 1_000 + batch)(Ledger),
            settings=settings(
                max_examples=30,
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
            ),
        )
