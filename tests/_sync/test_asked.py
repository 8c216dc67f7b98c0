# Generated from tests/_async/test_asked.py by scripts/generate_sync.py. Do not edit.
"""What answers a write is about what was asked for, or an error: the caller must not be misled."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import httpx
import pytest

from vinr import APIResponseError, Vinr
from vinr.models.model import Model

Call = Callable[[Vinr], Model]
JSONObject = Mapping[str, object]

ACCOUNT: JSONObject = {
    "id": "loy_1", "program": "prog_1", "customer": "cust_1", "status": "active",
    "balance": 5, "lifetime_points": 5, "tier": None, "metadata": {},
}  # fmt: skip
LOYALTY_ACCOUNT: JSONObject = {
    "id": "la_1", "customer": "cust_1", "points_balance": 5, "tier": "tier_1",
    "programme_id": "prog_1", "created": 1_767_225_600,
}  # fmt: skip
ENTRY: JSONObject = {"id": "ptx_1", "account": "loy_1", "type": "adjust", "amount": 5}
POINTS_ENTRY: JSONObject = {
    "id": "pt_1", "loyalty_account": "la_1", "amount": 5, "type": "credit",
    "points_after": 5, "created": 1_767_225_600,
}  # fmt: skip
CUSTOMER = {"id": "cust_1", "email": None}
OTHER_CUSTOMER = {"id": "cust_2", "email": None}


def create(client: Vinr) -> Model:
    return client.loyalty.accounts.create(program="prog_1", customer="cust_1")


def update(client: Vinr) -> Model:
    return client.loyalty.accounts.update("loy_1", customer="cust_1", tier="gold")


def close(client: Vinr) -> Model:
    return client.loyalty.accounts.close("loy_1")


def reopen(client: Vinr) -> Model:
    return client.loyalty.accounts.reopen("loy_1")


def merge(client: Vinr) -> Model:
    return client.loyalty.accounts.merge(source="loy_2", target="loy_1")


def post(client: Vinr) -> Model:
    return client.loyalty.transactions.create(account="loy_1", amount=5)


def enrol(client: Vinr) -> Model:
    return client.loyalty_accounts.create(
        customer="cust_1", programme_id="prog_1", expand=["customer"]
    )


def credit(client: Vinr) -> Model:
    return client.points_transactions.create(loyalty_account="la_1", amount=5, type="credit")


CONTRADICTED: list[tuple[Call, JSONObject]] = [
    (create, {**ACCOUNT, "customer": "cust_2"}),
    (create, {**ACCOUNT, "customer": OTHER_CUSTOMER}),
    (create, {**ACCOUNT, "customer": None}),
    (create, {**ACCOUNT, "program": "prog_2"}),
    (create, {**ACCOUNT, "status": "closed"}),
    (update, {**ACCOUNT, "id": "loy_2"}),
    (update, {**ACCOUNT, "customer": "cust_2"}),
    (close, {**ACCOUNT, "status": "active"}),
    (close, {**ACCOUNT, "status": "closed", "id": "loy_2"}),
    (reopen, {**ACCOUNT, "status": "closed"}),
    (merge, {**ACCOUNT, "id": "loy_2"}),
    (post, {**ENTRY, "account": "loy_2"}),
    (post, {**ENTRY, "account": "ptx_1"}),
    (post, {**ENTRY, "amount": -5}),
    (enrol, {**LOYALTY_ACCOUNT, "customer": OTHER_CUSTOMER}),
    (enrol, {**LOYALTY_ACCOUNT, "programme_id": "prog_2"}),
    (credit, {**POINTS_ENTRY, "loyalty_account": "la_2"}),
    (credit, {**POINTS_ENTRY, "loyalty_account": {"id": "la_2", "points_balance": 5}}),
    (credit, {**POINTS_ENTRY, "amount": 6}),
    (credit, {**POINTS_ENTRY, "type": "debit"}),
]
BORNE_OUT: list[tuple[Call, JSONObject]] = [
    (create, ACCOUNT),
    (create, {**ACCOUNT, "customer": CUSTOMER}),
    (create, {name: value for name, value in ACCOUNT.items() if name != "customer"}),
    (create, {**ACCOUNT, "status": "a status of later"}),
    (update, {**ACCOUNT, "tier": "tier_gold"}),
    (close, {**ACCOUNT, "status": "closed"}),
    (close, {**ACCOUNT, "status": "archived"}),
    (reopen, ACCOUNT),
    (merge, ACCOUNT),
    (post, ENTRY),
    (post, {**ENTRY, "account": "la_1", "type": "a type of later"}),
    (enrol, LOYALTY_ACCOUNT),
    (enrol, {**LOYALTY_ACCOUNT, "customer": CUSTOMER}),
    (credit, POINTS_ENTRY),
    (credit, {**POINTS_ENTRY, "loyalty_account": {"id": "la_1", "points_balance": 5}}),
    (credit, {**POINTS_ENTRY, "type": "gift"}),
]


class Service:
    """Answers everything with this object."""

    def __init__(self, answer: JSONObject) -> None:
        self.keys: list[str] = []
        self._answer = json.dumps(answer)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.keys.append(request.headers["idempotency-key"])
        return httpx.Response(200, content=self._answer)

    def client(self) -> Vinr:
        http_client = httpx.Client(transport=httpx.MockTransport(self))
        return Vinr(secret_key="sk_test_1", http_client=http_client)


@pytest.mark.parametrize(("call", "answer"), CONTRADICTED)
def test_an_answer_about_something_else(call: Call, answer: JSONObject) -> None:
    service = Service(answer)
    with service.client() as client:
        with pytest.raises(APIResponseError) as caught:
            call(client)

    assert service.keys == [caught.value.idempotency_key]
    assert caught.value.outcome_unknown


@pytest.mark.parametrize(("call", "answer"), BORNE_OUT)
def test_an_answer_that_says_it_otherwise(call: Call, answer: JSONObject) -> None:
    with Service(answer).client() as client:
        found = call(client)

    assert found.model_dump()["id"] == answer["id"]
