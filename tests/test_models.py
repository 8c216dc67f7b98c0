"""Models: frozen, open to additions, strict about points, whole after any journey."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from vinr import Customer, Event, LoyaltyAccount, PointsTransaction, Tier, VinrError
from vinr.loyalty import Account, Transaction
from vinr.models.model import Model
from vinr.sandbox import Sandbox

ACCOUNT = {
    "id": "loy_7Qk",
    "program": "prog_default",
    "customer": "cust_1",
    "status": "active",
    "balance": 2**53 + 1,
    "lifetime_points": 2**63 - 1,
    "tier": "tier_gold",
    "metadata": {"a": "b"},
}
TIER = {"id": "tier_gold", "name": "Gold", "min_points": 5000}
CUSTOMER = {"id": "cust_1", "email": "someone@example.test"}
ENTRY = {"id": "ptx_1", "account": "loy_7Qk", "type": "earn", "amount": -5, "reason": None}
REFERENCE = {
    "id": "la_7Qk",
    "customer": CUSTOMER,
    "points_balance": 1,
    "tier": TIER,
    "programme_id": "prog_default",
    "created": 1716300000,
}
POINTS = {
    "id": "pt_1",
    "loyalty_account": "la_7Qk",
    "amount": 5,
    "type": "debit",
    "points_after": 0,
    "reason": "x",
    "created": 1716300000,
}
EVENT = {"id": "evt_1", "type": "a.b", "data": {"object": ACCOUNT}, "created": 1716300000}
EVERY: list[tuple[type[Model], dict[str, Any]]] = [
    (Account, ACCOUNT),
    (Account, ACCOUNT | {"customer": CUSTOMER, "tier": TIER}),
    (Account, ACCOUNT | {"customer": None, "tier": None}),
    (Transaction, ENTRY | {"origin": {"type": "payment", "id": "pay_1"}}),
    (LoyaltyAccount, REFERENCE),
    (PointsTransaction, POINTS),
    (PointsTransaction, POINTS | {"loyalty_account": {"id": "la_7Qk", "points_balance": 3}}),
    (Event, EVENT),
    (Tier, TIER),
    (Customer, CUSTOMER),
]


@pytest.mark.parametrize(("model", "fields"), EVERY)
def test_journeys(model: type[Model], fields: dict[str, Any]) -> None:
    made = model.model_validate_json(json.dumps(fields | {"new_field": {"deep": [1]}}))

    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own pickle
    assert copy.copy(made) == made
    assert copy.deepcopy(made) == made
    assert model.model_validate_json(made.model_dump_json()) == made
    assert json.loads(made.model_dump_json(exclude_unset=True)) == fields | {
        "new_field": {"deep": [1]}
    }
    assert getattr(made, "new_field") == {"deep": [1]}  # noqa: B009 - not a declared field
    with pytest.raises(ValidationError):
        made.id = "other"  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]  # frozen


@pytest.mark.parametrize("model", [Account, Transaction, LoyaltyAccount, PointsTransaction])
def test_unknown_enum_values_pass(model: type[Model]) -> None:
    fields = next(fields for each, fields in EVERY if each is model)
    name = "status" if model is Account else "type"
    made = model.model_validate_json(json.dumps(fields | {name: "of the future"}))
    assert getattr(made, name) == "of the future"


@pytest.mark.parametrize("bad", ["5", 5.0, 5.5, True, None, [5]])
@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (Account, ACCOUNT, "balance"),
        (Account, ACCOUNT, "lifetime_points"),
        (Transaction, ENTRY, "amount"),
        (LoyaltyAccount, REFERENCE, "points_balance"),
        (PointsTransaction, POINTS, "amount"),
        (PointsTransaction, POINTS, "points_after"),
        (Tier, TIER, "min_points"),
    ],
)
def test_points_are_whole_numbers_or_nothing(
    model: type[Model], fields: dict[str, Any], name: str, bad: object
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(json.dumps(fields | {name: bad}))


def test_times_are_aware_and_utc() -> None:
    made = LoyaltyAccount.model_validate_json(json.dumps(REFERENCE))
    assert made.created == datetime(2024, 5, 21, 14, 0, tzinfo=UTC)
    assert made.created.tzinfo is UTC


def test_the_sign_of_a_type_of_the_future_is_not_guessed() -> None:
    made = PointsTransaction.model_validate_json(json.dumps(POINTS | {"type": "transfer"}))
    with pytest.raises(VinrError, match="transfer"):
        _ = made.signed_amount


def test_what_an_answer_tells_beside_its_object() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default", idempotency_key="enrol-1")
        again = client.loyalty.accounts.create(program="prog_default", idempotency_key="enrol-1")
        read = client.loyalty.accounts.retrieve(member.id)

    answer = member.last_response
    assert (answer.status, answer.attempts, answer.idempotency_key) == (200, 1, "enrol-1")
    assert answer.request_id
    assert answer.elapsed > 0
    assert (answer.replayed, again.last_response.replayed) == (False, True)
    assert answer.rate_limit.limit
    assert answer.rate_limit.remaining
    assert answer.rate_limit.reset is not None
    assert answer.rate_limit.reset.tzinfo is UTC
    assert read == member
    assert read.last_response.idempotency_key is None
    assert pickle.loads(pickle.dumps(read)).last_response == read.last_response  # noqa: S301
    assert "last_response" not in read.model_dump_json()
    assert dict(read) == read.model_dump()


def test_an_object_of_your_own_has_no_answer() -> None:
    made = Account.model_validate_json(json.dumps(ACCOUNT))
    with pytest.raises(AttributeError, match="did not come"):
        _ = made.last_response
