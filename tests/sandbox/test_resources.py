"""Store credit and figures; and all resources together: files, snapshots, erasure."""

from __future__ import annotations

import html
from pathlib import Path

import httpx
import pytest

from tests.sandbox.service import Service, accepted, refusal
from vinr.sandbox import Program, Sandbox


def test_credit_is_the_customers_and_the_members(service: Service) -> None:
    member = service.enrol("cust_1")
    form = [("customer", "cust_1"), ("amount", "500"), ("currency", "eur")]
    later = int(service.sandbox.clock.time()) + 86_400
    given = accepted(service.form("/store-credit", *form, ("expires_at", str(later))))
    assert (given["currency"], given["balance_remaining"]) == ("EUR", 500)
    body = {"account": member["id"], "amount": 200, "currency": "EUR", "reason": "late"}
    entry = accepted(service.post("/loyalty/credit", body))
    assert entry["walletBalance"] == 700
    dollars = accepted(service.post("/loyalty/credit", {**body, "currency": "USD"}))
    assert dollars["walletBalance"] == 200
    service.sandbox.clock.advance(days=2)
    assert accepted(service.get(f"/store-credit/{given['id']}"))["balance_remaining"] == 0
    assert accepted(service.post("/loyalty/credit", body))["walletBalance"] == 400
    listed = accepted(service.get("/store-credit", customer="cust_1"))["data"]
    assert [each["amount"] for each in listed] == [200, 200, 200, 500]
    assert refusal(service.get("/store-credit/sc_none"))[0] == 404
    accepted(service.post(f"/loyalty/accounts/{member['id']}/close"))
    assert refusal(service.post("/loyalty/credit", body))[:2] == (422, "account_closed")


@pytest.mark.parametrize("at", ["2030-01-01", "2030-01-01T00:00:00", "soon", 1_900_000_000])
def test_a_time_without_a_zone_is_refusal(service: Service, at: object) -> None:
    member = service.enrol()
    body = {"account": member["id"], "amount": 1, "currency": "EUR", "expiresAt": at}
    assert refusal(service.post("/loyalty/credit", body)) == (400, "parameter_invalid", "expiresAt")


def test_figures_are_those_of_the_period(service: Service) -> None:
    service.post("/loyalty/programs/prog_default", {"currency": {"pointValue": 0.5}})
    old = service.enrol()
    service.adjust(old, 100)
    service.sandbox.clock.advance(days=100)
    begin = service.sandbox.clock.now().isoformat().replace("+00:00", "Z")
    new = service.enrol()
    service.adjust(new, 41)
    service.adjust(new, -1)
    path, program = "/loyalty/analytics/summary", "prog_default"
    everything = accepted(service.get(path, program=program))
    assert everything == {
        "object": "analytics_summary",
        "program": program,
        "enrollment": 2,
        "activeMembers": 1,
        "pointsLiability": 70.0,
        "redemptionRate": 0.0,
    }
    since = accepted(service.get(path, program=program, **{"period[gte]": begin}))
    assert since["enrollment"] == 1
    before = accepted(service.get(path, program=program, **{"period[lt]": begin}))
    assert (before["enrollment"], before["pointsLiability"]) == (1, 50.0)
    empty = accepted(
        service.get(path, program=program, **{"period[gte]": begin, "period[lt]": begin})
    )
    assert empty["enrollment"] == 0
    assert refusal(service.get(path, program="prog_none"))[0] == 404


def test_all_of_it_is_saved_loaded_and_kept_in_snapshots(tmp_path: Path) -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        program = client.loyalty.programs.create(name="Stars")
        rule = client.loyalty.earning_rules.create(
            program=program.id,
            trigger="payment.completed",
            award={"type": "fixed", "points": 80},
        )
        member = client.loyalty.accounts.create(program=program.id, customer="cust_1")
        sandbox.simulate.payment_completed(amount=1, customer="cust_1", program=program.id)
        prize = client.loyalty.rewards.create(
            program=program.id, name="Coffee", type="free_product", cost=30
        )
        redemption = client.loyalty.redemptions.create(account=member.id, reward=prize.id)
        credit = client.store_credit.create(customer="cust_1", amount=5, currency="EUR")
        sandbox.save(tmp_path / "saved.jsonl")
        snapshot = sandbox.snapshot()
    loaded, restored = Sandbox(), Sandbox()
    loaded.load(tmp_path / "saved.jsonl")
    restored.restore(snapshot)
    for other in (loaded, restored):
        with other, other.client() as client:
            assert client.loyalty.earning_rules.retrieve(rule.id) == rule
            assert client.loyalty.rewards.retrieve(prize.id) == prize
            assert client.loyalty.redemptions.retrieve(redemption.id) == redemption
            assert client.store_credit.retrieve(credit.id) == credit
            assert client.loyalty.redemptions.release(redemption.id).status == "released"
            assert client.loyalty.accounts.retrieve(member.id).balance == 80
            assert other.check() == []


def test_a_payment_of_a_deleted_customer_enrols_nobody(service: Service) -> None:
    service.sandbox.configure(
        program=Program(id="prog_auto", name="Auto", auto_enrollment=True, default=True)
    )
    customer = accepted(service.form("/customers", ("email", "ada@lovelace.test")))["id"]
    member = service.enrol()
    service.raw("DELETE", f"/customers/{customer}")
    assert service.sandbox.simulate.payment_completed(amount=9, customer=customer) is None
    linked = service.post(f"/loyalty/accounts/{member['id']}", {"customer": customer})
    assert refusal(linked) == (404, "resource_missing", "customer")
    form = [("customer", customer), ("amount", "500"), ("currency", "EUR")]
    assert refusal(service.form("/store-credit", *form)) == (404, "resource_missing", "customer")
    service.sandbox.add_customer(customer, email="again@lovelace.test")
    assert service.sandbox.simulate.payment_completed(amount=9, customer=customer) is not None
    assert service.sandbox.check() == []


def test_the_inspectors_requests_forget_a_deleted_customer(sandbox: Sandbox) -> None:
    address = "ada+shop@lovelace.test"
    transport, key = sandbox.transport(), {"x-api-key": "sk_test_erasure"}
    with httpx.Client(transport=transport, base_url="http://localhost", headers=key) as http:
        http.get("/v1/customers", params={"email": address})
        customer = http.post("/v1/customers", data={"email": address}).json()["id"]
        http.get("/v1/customers", params={"email": address})
        other = http.post("/v1/customers", data={"email": "bob@lovelace.test"}).json()["id"]

        def shown() -> str:
            pages = "/_sandbox/inspector/requests"
            return "".join(http.get(f"{pages}{page}").text for page in ("", "/1", "/2", "/3", "/4"))

        before = shown()
        assert customer in before
        assert html.escape(address) in before
        http.delete(f"/v1/customers/{customer}")
        after = shown()
        assert "ada+shop" not in after
        assert other in after
