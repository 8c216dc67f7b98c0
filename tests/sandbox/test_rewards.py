"""Rewards, seen in both dialects, and their redemptions: points go, and come back."""

from __future__ import annotations

from tests.sandbox.service import Json, Service, accepted, balance, refusal
from vinr.sandbox import Program


def reward(service: Service, cost: int = 50, **fields: object) -> Json:
    described = {"program": "prog_default", "name": "Coffee", "type": "free_product", "cost": cost}
    return accepted(service.post("/loyalty/rewards", {**described, **fields}))


def test_one_reward_is_seen_in_both_dialects(service: Service) -> None:
    value = {"amount": 500, "currency": "EUR"}
    made = reward(service, type="discount_amount", value=value)
    other = accepted(service.get(f"/rewards/{made['id']}"))
    assert (other["points_cost"], other["type"], other["value"]) == (50, "discount", 500)
    pairs = [("name", "Mug"), ("points_cost", "70"), ("type", "item"), ("value", "a blue one")]
    mug = accepted(service.form("/rewards", *pairs, ("active", "false")))
    seen = accepted(service.get(f"/loyalty/rewards/{mug['id']}"))
    assert (seen["type"], seen["cost"], seen["active"]) == ("free_product", 70, False)
    assert mug["value"] == "a blue one"
    changed = accepted(service.post(f"/loyalty/rewards/{mug['id']}", {"active": True}))
    assert changed == {**seen, "active": True}
    changed = accepted(service.form(f"/rewards/{mug['id']}", ("points_cost", "71")))
    assert (changed["points_cost"], changed["name"]) == (71, "Mug")
    renamed = accepted(service.form(f"/rewards/{mug['id']}", ("name", "Cup")))
    assert renamed == {**changed, "name": "Cup"}
    for path in ("/rewards", "/loyalty/rewards"):
        listed = accepted(service.get(path))["data"]
        assert [each["id"] for each in listed] == [mug["id"], made["id"]]
    only = accepted(service.get("/loyalty/rewards", program="prog_default", limit=1))
    assert (only["data"][0]["id"], only["page"]["total_estimate"]) == (mug["id"], 2)
    assert refusal(service.get("/loyalty/rewards", program="prog_none"))[0] == 404
    assert refusal(service.get("/rewards/rwd_none"))[0] == 404


def test_what_cannot_be_redeemed(service: Service) -> None:
    member = service.enrol("cust_1")
    service.adjust(member, 100)
    wanted = {"account": member["id"]}
    other = Program(id="prog_other", name="Other")
    service.sandbox.configure(program=other)
    elsewhere = reward(service, program="prog_other")
    inactive = reward(service, active=False)
    dear = reward(service, cost=101)
    for of, expected in (
        ("rwd_none", (404, "resource_missing", "reward")),
        (elsewhere["id"], (422, "parameter_invalid", "reward")),
        (inactive["id"], (422, "reward_inactive", "reward")),
        (dear["id"], (422, "insufficient_points", "amount")),
    ):
        assert refusal(service.post("/loyalty/redemptions", {**wanted, "reward": of})) == expected
    cheap = reward(service)
    form = [("customer", "cust_2"), ("redeemable_id", cheap["id"])]
    nobody = service.form("/redemptions", *form, ("redeemable_type", "reward"))
    assert refusal(nobody) == (404, "resource_missing", "customer")
    coupon = service.form("/redemptions", *form, ("redeemable_type", "coupon"))
    assert refusal(coupon) == (404, "resource_missing", "redeemable_id")
    accepted(service.post(f"/loyalty/accounts/{member['id']}/close"))
    closed = service.post("/loyalty/redemptions", {**wanted, "reward": cheap["id"]})
    assert refusal(closed) == (422, "account_closed", "account")
    assert balance(service, member) == 100


def test_a_redemption_takes_points_once_and_gives_them_back_once(service: Service) -> None:
    member = service.enrol()
    service.adjust(member, 100)
    body = {"account": member["id"], "reward": reward(service)["id"]}
    first = accepted(service.post("/loyalty/redemptions", body, key="basket"))
    assert accepted(service.post("/loyalty/redemptions", body, key="basket")) == first
    assert balance(service, member) == 50
    entry = accepted(service.get(f"/loyalty/transactions/{first['transaction']}"))
    assert (entry["type"], entry["amount"]) == ("redeem", -50)
    assert entry["origin"] == {"type": "redemption", "id": first["id"]}
    path = f"/loyalty/redemptions/{first['id']}"
    released = accepted(service.post(f"{path}/release", key="back"))
    assert accepted(service.post(f"{path}/release", key="back")) == released
    assert refusal(service.post(f"{path}/release"))[:2] == (422, "redemption_released")
    assert balance(service, member) == 100
    assert accepted(service.get(path))["status"] == "released"
    assert refusal(service.post("/loyalty/redemptions/rdm_no/release"))[0] == 404
    assert service.sandbox.check() == []


def test_redemptions_are_listed_by_account_and_by_customer(service: Service) -> None:
    members = [service.enrol("cust_a"), service.enrol("cust_b")]
    coffee = reward(service)
    for member in members:
        service.adjust(member, 100)
        accepted(
            service.post("/loyalty/redemptions", {"account": member["id"], "reward": coffee["id"]})
        )
    service.sandbox.simulate.redemption(account=members[0]["id"], points=5, redemption="red_1")
    guide = accepted(service.get("/loyalty/redemptions", account=members[0]["id"]))
    assert [(each["points"], each["reward"]) for each in guide["data"]] == [
        (5, None),
        (50, coffee["id"]),
    ]
    reference = accepted(service.get("/redemptions", customer="cust_b"))["data"]
    assert [each["customer"] for each in reference] == ["cust_b"]
    assert len(accepted(service.get("/redemptions"))["data"]) == 3
    assert accepted(service.get("/redemptions/red_1"))["redeemable_id"] is None
    assert refusal(service.get("/loyalty/redemptions", account="loy_none"))[0] == 404
