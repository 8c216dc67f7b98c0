"""Tools in any order, with answers that are lost: points move by tokens alone, each once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest

from tests.cli.mcp_server.assistant import Assistant, answer_of, refusal_of
from tests.cli.mcp_server.conftest import enrol
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import in_sandbox
from vinr.loyalty import Transaction
from vinr.sandbox import Fault, LoseReply, Reset, Sandbox, Status

STEPS: Final = 120
PEOPLE: Final = [f"cust_{number}" for number in range(5)]
FAULTS: Final[list[list[Fault]]] = [
    [],
    [LoseReply()],
    [Reset()],
    [Status(500)],
    [Status(429)],
]


@pytest.fixture
def client(vinr_sandbox: Sandbox) -> Iterator[Vinr]:
    """One that does not repeat by itself, so that every lost answer reaches the assistant."""
    with vinr_sandbox.client(max_retries=0) as client:
        yield client


@dataclass(slots=True)
class Muddle:
    """An assistant that calls whatever comes to its mind."""

    assistant: Assistant
    sandbox: Sandbox
    choose: random.Random
    points: dict[str, int] = field(default_factory=dict[str, int])
    """Of each token that was given; 0 for a merge."""
    sent: set[str] = field(default_factory=set[str])
    unknown: int = 0

    def step(self) -> None:
        doing = [self.propose, self.propose, self.carry_out, self.carry_out, self.carry_out]
        self.choose.choice([*doing, self.merge, self.guess])()

    def propose(self) -> None:
        self._keep(
            "propose_correction",
            member=self.choose.choice(PEOPLE),
            points=self.choose.choice((-60, -5, 10, 30)),
            reason="any reason",
        )

    def merge(self) -> None:
        source, target = self.choose.sample(PEOPLE, 2)
        self._keep("propose_merge", source=source, target=target)

    def carry_out(self) -> None:
        token = self.choose.choice([*self.points, "made-up"])
        for tool, operation in (
            ("post_correction", "transactions.create"),
            ("confirm_merge", "accounts.merge"),
        ):
            if faults := self.choose.choice(FAULTS):
                self.sandbox.faults.add(operation, faults)
            called = self.assistant.call(tool, token=token)
            self.sandbox.faults.clear()
            self.unknown += called.is_error and "same token" in refusal_of(called)
        self.sent.add(token)

    def guess(self) -> None:
        token = f"post:+10:to:loy_1:{self.choose.randbytes(8).hex()}"
        assert "No proposal" in self.assistant.refusal("post_correction", token=token)

    def _keep(self, tool: str, **arguments: object) -> None:
        made = self.assistant.call(tool, **arguments)
        if not made.is_error:
            answer = answer_of(made)
            self.points[answer["token"]] = answer.get("points", 0)


def all_entries(client: Vinr) -> list[Transaction]:
    accounts = client.loyalty.accounts.list(limit=100)
    return [
        entry
        for account in accounts
        for entry in client.loyalty.transactions.list(account=account.id, limit=100)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_points_move_by_tokens_alone_and_once(
    vinr_sandbox: Sandbox, client: Vinr, seed: int
) -> None:
    for customer in PEOPLE:
        enrol(client, customer, 100)
    assistant = Assistant(build(in_sandbox(client), read_only=False))
    muddle = Muddle(assistant, vinr_sandbox, random.Random(seed))  # noqa: S311 - no secrets
    for _ in range(STEPS):
        muddle.step()
    entries = all_entries(client)
    by_token = Counter(entry.metadata.get("reference", "") for entry in entries)
    assert by_token.pop("") == len(PEOPLE)
    assert set(by_token) <= muddle.sent
    assert set(by_token.values()) == {1}
    assert all(
        entry.amount == muddle.points[entry.metadata["reference"]]
        for entry in entries
        if entry.metadata
    )
    assert (len(by_token) > 3, muddle.unknown > 3) == (True, True)
