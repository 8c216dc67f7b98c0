"""A server over the sandbox of the test, and an assistant that uses it."""

from __future__ import annotations

import httpx
import pytest

from tests.cli.mcp_server.assistant import Assistant
from vinr import Vinr
from vinr.cli.mcp_server.server import build
from vinr.cli.mcp_server.service import in_sandbox
from vinr.loyalty import Account


@pytest.fixture
def assistant(vinr_client: Vinr) -> Assistant:
    return Assistant(build(in_sandbox(vinr_client), read_only=False))


@pytest.fixture
def anna(vinr_client: Vinr) -> Account:
    """The customer ``cust_anna`` with 200 points."""
    return enrol(vinr_client, "cust_anna", 200)


class Rewriting(httpx.BaseTransport):
    """A sandbox whose answers have other words in place of these."""

    def __init__(self, inner: httpx.BaseTransport, words: str, others: str) -> None:
        self._inner = inner
        self._words = words.encode()
        self._others = others.encode()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._inner.handle_request(request)
        body = answer.read().replace(self._words, self._others)
        return httpx.Response(answer.status_code, content=body)


def enrol(
    client: Vinr, customer: str | None, points: int = 0, program: str = "prog_default"
) -> Account:
    account = client.loyalty.accounts.create(program=program, customer=customer)
    if points:
        client.loyalty.transactions.create(account=account.id, amount=points, reason="welcome")
    return client.loyalty.accounts.retrieve(account.id)


def amounts(client: Vinr, account: str) -> list[int]:
    """Of all entries, the newest first."""
    return [entry.amount for entry in client.loyalty.transactions.list(account=account)]
