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
from vinr._models.model import Model
from vinr.loyalty import Account, Transaction
from vinr.sandbox import Sandbox

AFTERNOON = datetime(2024, 5, 21, 14, 0, tzinfo=UTC)
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
    ],
)
def test_points_are_whole_numbers_or_nothing(
    model: type[Model], fields: dict[str, Any], name: str, bad: object
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(json.dumps(fields | {name: bad}))


@pytest.mark.parametrize("bad", [5, [], {"id": None}, {}])
@pytest.mark.parametrize(
    ("model", "fields", "name"),
    [
        (Account, ACCOUNT, "id"),
        (Account, ACCOUNT, "program"),
        (Transaction, ENTRY, "account"),
        (LoyaltyAccount, REFERENCE, "programme_id"),
        (PointsTransaction, POINTS, "loyalty_account"),
    ],
)
def test_what_identifies_an_object_is_there(
    model: type[Model], fields: dict[str, Any], name: str, bad: object
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate_json(json.dumps(fields | {name: bad}))


READ_AS: list[tuple[type[Model], dict[str, Any], str, object, object]] = [
    (Account, ACCOUNT, "metadata", None, {}),
    (Account, ACCOUNT, "metadata", {"a": None, "b": "c"}, {"b": "c"}),
    (
        Account,
        ACCOUNT,
        "metadata",
        {"a": 5, "b": True, "c": [1]},
        {"a": "5", "b": "true", "c": "[1]"},
    ),
    (Account, ACCOUNT, "program", {"id": "prog_1", "name": "P"}, "prog_1"),
    (Transaction, ENTRY, "metadata", None, {}),
    (Transaction, ENTRY, "account", {"id": "loy_1"}, "loy_1"),
    (Transaction, ENTRY, "reason", 5, None),
    (Transaction, ENTRY, "reason", {"text": "x"}, None),
    (Transaction, ENTRY, "origin", "manual", None),
    (Transaction, ENTRY, "origin", {"id": "pay_1"}, None),
    (Transaction, ENTRY, "created_at", "2024-05-21T14:00:00Z", AFTERNOON),
    (Transaction, ENTRY, "created_at", "yesterday", None),
    (LoyaltyAccount, REFERENCE, "programme_id", {"id": "prog_1"}, "prog_1"),
    (LoyaltyAccount, REFERENCE, "created", "2024-05-21T16:00:00+02:00", AFTERNOON),
    (LoyaltyAccount, REFERENCE, "created", 1716300000.0, AFTERNOON),
    (LoyaltyAccount, REFERENCE, "created", None, None),
    (LoyaltyAccount, REFERENCE, "created", 10**30, None),
    (PointsTransaction, POINTS, "reason", 5, None),
    (Customer, CUSTOMER, "email", None, None),
    (Customer, CUSTOMER, "email", ["a@b"], None),
    (Tier, TIER, "name", None, None),
    (Tier, TIER, "min_points", None, None),
    (Tier, TIER, "min_points", "5000", None),
    (Event, EVENT, "created", "2024-05-21T14:00:00Z", AFTERNOON),
]


@pytest.mark.parametrize(("model", "fields", "name", "came", "read"), READ_AS)
def test_what_nobody_needs_may_have_another_form(
    model: type[Model], fields: dict[str, Any], name: str, came: object, read: object
) -> None:
    made = model.model_validate_json(json.dumps(fields | {name: came}))
    assert getattr(made, name) == read
    json.loads(made.model_dump_json())


@pytest.mark.parametrize(
    "name", ["metadata", "tier", "customer", "reason", "origin", "created", "email"]
)
@pytest.mark.parametrize(("model", "fields"), EVERY)
def test_what_nobody_needs_may_be_missing(
    model: type[Model], fields: dict[str, Any], name: str
) -> None:
    made = model.model_validate_json(json.dumps({k: v for k, v in fields.items() if k != name}))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own pickle


@pytest.mark.parametrize(
    ("tier", "of_the_guide", "of_the_reference"),
    [
        ("tier_gold", "tier_gold", "tier_gold"),
        ({"id": "tier_gold"}, "tier_gold", "tier_gold"),
        ({"id": "tier_gold", "key": "gold"}, "gold", "tier_gold"),
        ({"key": "gold", "name": "Gold", "rank": 3}, "gold", "gold"),
        (None, None, None),
    ],
)
def test_the_id_of_a_tier_in_each_dialect(
    tier: object, of_the_guide: str | None, of_the_reference: str | None
) -> None:
    guide = Account.model_validate_json(json.dumps(ACCOUNT | {"tier": tier}))
    reference = LoyaltyAccount.model_validate_json(json.dumps(REFERENCE | {"tier": tier}))
    assert (guide.tier_id, reference.tier_id) == (of_the_guide, of_the_reference)


def test_a_time_of_an_entry_by_either_name() -> None:
    for name in ("created_at", "created"):
        made = Transaction.model_validate_json(json.dumps(ENTRY | {name: 1716300000}))
        assert made.created_at == AFTERNOON
    assert Transaction.model_validate_json(json.dumps(ENTRY)).created_at is None


@pytest.mark.parametrize(("model", "fields"), EVERY)
def test_equal_objects_have_one_hash(model: type[Model], fields: dict[str, Any]) -> None:
    one, other = (model.model_validate_json(json.dumps(fields)) for _ in range(2))
    assert len({one, other}) == 1
    changed = model.model_validate_json(json.dumps(fields | {"new": 1}))
    assert hash(changed) == hash(one)
    assert len({one, changed}) == 2


@pytest.mark.parametrize("number", ["1e400", "-1e400", '{"deep": [1e400]}'])
def test_a_number_beyond_all_floats_does_not_become_infinity(number: str) -> None:
    body = json.dumps(ENTRY)[:-1] + f', "new": {number}}}'
    with pytest.raises(ValidationError):
        Transaction.model_validate_json(body)


@pytest.mark.parametrize("model", [Event, LoyaltyAccount, PointsTransaction])
def test_the_schema_of_a_time_says_what_is_read(model: type[Model]) -> None:
    forms = model.model_json_schema()["properties"]["created"]["anyOf"]
    assert [(form["type"], form.get("format")) for form in forms] == [
        ("integer", None),
        ("string", "date-time"),
    ]
    written = model.model_json_schema(mode="serialization")["properties"]["created"]
    assert written["type"] == "integer"


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
