# Generated from tests/_async/test_enums.py; do not edit.
"""Texts and numbers of a class of their own, such as enums, are sent as what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import Enum
from urllib.parse import parse_qsl

import httpx
import pytest

from vinr import Vinr, VinrError


class Text(str, Enum):  # noqa: UP042 - a StrEnum's str() is its value
    """As programs keep their ids; its ``str()`` is ``Text.LOY``."""

    LOY = "loy_1"
    LA = "la_1"
    OTHER = "loy_2"
    ENTRY = "ptx_1"
    PROGRAM = "prog_1"
    CUSTOMER = "cust_1"
    TIER = "tier"
    EARN = "earn"
    CREDIT = "credit"
    ACTIVE = "active"
    WHY = "goodwill, 5 %"
    KEY = "ticket-7"


class Number(int, Enum):
    FIVE = 5


Call = Callable[[Vinr], object]
CALLS: list[tuple[Call, str, object]] = [
    (lambda client: client.loyalty.accounts.retrieve(Text.LOY, expand=(Text.TIER,)),
     "/loyalty/accounts/loy_1", {"expand[]": "tier"}),
    (lambda client: client.loyalty.transactions.retrieve(Text.ENTRY),
     "/loyalty/transactions/ptx_1", {}),
    (lambda client: client.loyalty.accounts.list(
        program=Text.PROGRAM, customer=Text.CUSTOMER, status=Text.ACTIVE, limit=Number.FIVE,
        starting_after=Text.LOY),
     "/loyalty/accounts",
     {"program": "prog_1", "customer": "cust_1", "status": "active", "limit": "5",
      "starting_after": "loy_1"}),
    (lambda client: client.loyalty.transactions.list(
        account=Text.LOY, type=Text.EARN, ending_before=Text.ENTRY),
     "/loyalty/transactions",
     {"account": "loy_1", "type": "earn", "ending_before": "ptx_1"}),
    (lambda client: client.loyalty.accounts.create(
        program=Text.PROGRAM, customer=Text.CUSTOMER, metadata={Text.TIER: Text.WHY}),
     "/loyalty/accounts",
     {"program": "prog_1", "customer": "cust_1", "metadata": {"tier": "goodwill, 5 %"}}),
    (lambda client: client.loyalty.accounts.update(
        Text.LOY, tier=Text.TIER, metadata={Text.TIER: Text.WHY, Text.EARN: None}),
     "/loyalty/accounts/loy_1",
     {"tier": "tier", "metadata": {"tier": "goodwill, 5 %", "earn": None}}),
    (lambda client: client.loyalty.accounts.close(Text.LOY), "/loyalty/accounts/loy_1/close", {}),
    (lambda client: client.loyalty.accounts.merge(source=Text.LOY, target=Text.OTHER),
     "/loyalty/accounts/merge", {"source": "loy_1", "target": "loy_2"}),
    (lambda client: client.loyalty.transactions.create(
        account=Text.LOY, amount=Number.FIVE, type=Text.EARN, reason=Text.WHY,
        idempotency_key=Text.KEY),
     "/loyalty/transactions",
     {"account": "loy_1", "amount": 5, "type": "earn", "reason": "goodwill, 5 %"}),
    (lambda client: client.loyalty_accounts.create(customer=Text.CUSTOMER,
                                                   programme_id=Text.PROGRAM),
     "/loyalty-accounts", {"customer": "cust_1", "programme_id": "prog_1"}),
    (lambda client: client.points_transactions.create(
        loyalty_account=Text.LA, amount=Number.FIVE, type=Text.CREDIT, reason=Text.WHY,
        idempotency_key=Text.KEY),
     "/points-transactions",
     {"loyalty_account": "la_1", "amount": "5", "type": "credit", "reason": "goodwill, 5 %"}),
]  # fmt: skip


def content(request: httpx.Request) -> object:
    """What was asked, be it in the query, as JSON or as a form."""
    if request.method == "GET":
        return dict(request.url.params)
    if "json" in request.headers.get("content-type", ""):
        return json.loads(request.content)
    return dict(parse_qsl(request.content.decode()))


@pytest.mark.parametrize(("call", "path", "asked"), CALLS, ids=range(len(CALLS)))
def test_what_is_sent(call: Call, path: str, asked: object) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(404)

    http_client = httpx.Client(transport=httpx.MockTransport(answer))
    with Vinr(secret_key="sk_test_1", http_client=http_client) as client:
        with pytest.raises(VinrError) as caught:
            call(client)

    (request,) = sent
    assert request.url.path == f"/v1{path}"
    assert content(request) == asked
    key = request.headers.get("idempotency-key")
    assert caught.value.idempotency_key == key
    assert type(caught.value.idempotency_key) in (str, type(None))
    assert key is None or len(key) == 36 or key == "ticket-7"
