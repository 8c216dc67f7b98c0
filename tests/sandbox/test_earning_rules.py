"""Earning rules: how many points payments and enrolments give."""

from __future__ import annotations

import pytest

from tests.sandbox.service import Json, Service, accepted, balance
from vinr.sandbox import Refusal


@pytest.mark.parametrize(
    ("award", "rounding", "points"),
    [
        ({"type": "per_amount", "per": 100, "points": 1}, "down", 12),
        ({"type": "per_amount", "per": 100, "points": 1}, "up", 13),
        ({"type": "per_amount", "per": 100, "points": 1}, "nearest", 13),
        ({"type": "per_amount", "per": 1000, "points": 7}, "down", 8),
        ({"type": "per_currency", "points": 2}, "down", 25),
        ({"type": "fixed", "points": 9}, "down", 9),
    ],
)
def test_a_payment_earns_by_the_rules_of_its_program(
    service: Service, award: Json, rounding: str, points: int
) -> None:
    service.post("/loyalty/programs/prog_default", {"currency": {"rounding": rounding}})
    body = {"program": "prog_default", "trigger": "payment.completed", "award": award}
    accepted(service.post("/loyalty/earning-rules", body))
    member = service.enrol("cust_1")
    service.sandbox.simulate.payment_completed(amount="12.50", customer="cust_1")
    assert balance(service, member) == points


def test_rules_add_up_take_the_place_of_the_rate_and_can_be_switched_off(service: Service) -> None:
    member = service.enrol("cust_1")
    pay = service.sandbox.simulate.payment_completed
    pay(amount=10, customer="cust_1")
    assert balance(service, member) == 10
    pairs = [("name", "Purchases"), ("event", "payment.completed"), ("points_per_unit", "3")]
    rule = accepted(service.form("/earning-rules", *pairs))
    assert (rule["unit_value"], rule["active"]) == (100, True)
    other = accepted(service.form("/earning-rules", *pairs, ("unit_value", "500")))
    pay(amount=10, customer="cust_1")
    assert balance(service, member) == 10 + 30 + 6
    accepted(service.form(f"/earning-rules/{other['id']}", ("active", "false")))
    accepted(service.form(f"/earning-rules/{rule['id']}", ("points_per_unit", "4")))
    pay(amount=10, customer="cust_1")
    assert balance(service, member) == 46 + 40
    key = rule["id"].removeprefix("er_")
    seen = accepted(service.get(f"/loyalty/earning-rules/rule_{key}"))
    assert seen["award"] == {"type": "per_amount", "per": 100, "points": 4}
    accepted(service.post(f"/loyalty/earning-rules/rule_{key}", {"active": False}))
    pay(amount=10, customer="cust_1")
    assert balance(service, member) == 86
    listed = accepted(service.get("/earning-rules"))["data"]
    assert [each["active"] for each in listed] == [False, False]
    assert len(accepted(service.get("/loyalty/earning-rules", program="prog_default"))["data"]) == 2


def test_a_payment_cannot_give_more_points_than_there_are(service: Service) -> None:
    award = {"type": "fixed", "points": 2**63 - 1}
    body = {"program": "prog_default", "trigger": "payment.completed", "award": award}
    for _ in range(2):
        accepted(service.post("/loyalty/earning-rules", body))
    service.enrol("cust_1")
    with pytest.raises(Refusal, match="more than 2"):
        service.sandbox.simulate.payment_completed(amount=1, customer="cust_1")
    assert service.sandbox.check() == []


def test_a_fixed_rule_welcomes_new_members(service: Service) -> None:
    pairs = [("name", "Welcome"), ("event", "loyalty.account.created"), ("points_per_unit", "25")]
    rule = accepted(service.form("/earning-rules", *pairs))
    assert rule["unit_value"] is None
    assert balance(service, service.enrol()) == 25
    unknown = [("name", "Likes"), ("event", "post.liked"), ("points_per_unit", "25")]
    accepted(service.form("/earning-rules", *unknown))
    assert balance(service, service.enrol()) == 25
