"""The models beside members and their ledger: little is required, other forms are let through."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from pydantic import BaseModel

import vinr
from tests.guide_resource_calls import EVERY
from vinr import loyalty

MODELS: dict[type[BaseModel], dict[str, Any]] = {
    call.model: dict(call.answer) for call in EVERY if call.answer and not call.lists
}
NEW = {"new_field": {"deep": [1]}}


@pytest.mark.parametrize(("model", "fields"), MODELS.items(), ids=lambda each: str(each)[:40])
def test_journeys(model: type[BaseModel], fields: dict[str, Any]) -> None:
    made = model.model_validate_json(json.dumps(fields | NEW))

    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own pickle
    assert copy.deepcopy(made) == made
    assert model.model_validate_json(made.model_dump_json()) == made
    assert getattr(made, "new_field") == {"deep": [1]}  # noqa: B009 - not a declared field
    assert model.model_json_schema()["properties"]


@pytest.mark.parametrize(("model", "fields"), MODELS.items(), ids=lambda each: str(each)[:40])
def test_nothing_but_the_id_has_to_have_its_form(
    model: type[BaseModel], fields: dict[str, Any]
) -> None:
    # a redemption that succeeded is no error because a field beside it has another form
    others: list[Any] = [7, "text", True, [5], {"deep": {}}, None, 10**30, 1e300]
    for other in others:
        odd = dict.fromkeys(fields.keys() - {"id", "deleted", "metadata"}, other)
        made = model.model_validate_json(json.dumps(fields | odd))
        json.loads(made.model_dump_json())


@pytest.mark.parametrize(
    ("model", "fields", "name", "read"),
    [
        (vinr.Reward, {"points_cost": "100"}, "points_cost", None),
        (vinr.Reward, {"type": "of the future"}, "type", "of the future"),
        (vinr.Reward, {"value": {"percent": 10}}, "value", {"percent": 10}),
        (vinr.Reward, {"program": {"id": "prog_1"}}, "program", "prog_1"),
        (vinr.Redemption, {"customer": {"id": "cust_1"}}, "customer", "cust_1"),
        (vinr.Customer, {"metadata": None}, "metadata", {}),
        (vinr.Tier, {"benefits": [{"id": "b"}, "c"]}, "benefits", [{"id": "b"}, "c"]),
        (vinr.EarningRule, {"unit_value": 0.5}, "unit_value", 0.5),
        (loyalty.Redemption, {"account": {"id": "loy_1"}}, "account", "loy_1"),
        (loyalty.Redemption, {"status": "of the future"}, "status", "of the future"),
        (loyalty.Program, {"expiry_months": 3}, "expiry_months", 3),
        (loyalty.Program, {"expiryMonths": None}, "expiry_months", None),
        (loyalty.CreditEntry, {"walletBalance": 2**62}, "wallet_balance", 2**62),
    ],
)
def test_read_as(model: type[BaseModel], fields: dict[str, Any], name: str, read: object) -> None:
    made = model.model_validate_json(json.dumps({"id": "x_1", **fields}))
    assert getattr(made, name) == read


def test_times_of_the_guide_by_either_name() -> None:
    for name in ("createdAt", "created_at"):
        entry = loyalty.CreditEntry.model_validate_json(json.dumps({"id": "p", name: 1716300000}))
        assert entry.created_at is not None
        assert entry.created_at.isoformat() == "2024-05-21T14:00:00+00:00"
