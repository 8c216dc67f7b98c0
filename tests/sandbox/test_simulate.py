"""The control side: payments earn, refunds claw back, redemptions, expiry."""

from decimal import Decimal
from functools import partial

import pytest

from tests.sandbox.service import Json, Service, accepted, refused
from vinr.sandbox import Program, Refusal


def told(service: Service, what: str, **body: object) -> Json:
    """The transaction that the control side over HTTP answers with."""
    url = service.http.base_url.copy_with(path=f"/_sandbox/simulate/{what}")
    return accepted(service.http.post(url, json=body, headers={"x-api-key": ""}))


@pytest.mark.parametrize(
    ("amount", "points"),
    [("42.99", 42), ("1", 1), (7, 7), (Decimal("999.999999"), 999), ("0.99", None)],
)
def test_a_payment_earns_whole_points(
    service: Service, amount: str | int | Decimal, points: int | None
) -> None:
    service.enrol("cust_1")
    earned = service.sandbox.simulate.payment_completed(customer="cust_1", amount=amount)
    assert (earned and earned.amount) == points


@pytest.mark.parametrize("late", ["enrolled", "linked"])
def test_a_member_who_comes_late_earns_for_nothing_before(service: Service, late: str) -> None:
    anonymous = accepted(service.post("/loyalty/accounts", {"program": "prog_default"}))
    pay = partial(service.sandbox.simulate.payment_completed, customer="cust_1", amount=100)
    assert pay(payment="pay_1") is None
    if late == "enrolled":
        account = service.enrol("cust_1")
    else:
        path = f"/loyalty/accounts/{anonymous['id']}"
        account = accepted(service.post(path, {"customer": "cust_1"}))
    assert service.account(account)["balance"] == 0
    assert pay(payment="pay_1") is None
    assert service.account(account)["balance"] == 0
    earned = pay(payment="pay_2")
    assert earned is not None
    assert earned.amount == 100


def test_an_earning_names_the_payment(service: Service) -> None:
    account = service.enrol("cust_1")
    transaction = told(
        service, "payment_completed", customer="cust_1", amount="42.50", payment="pay_1"
    )["transaction"]
    assert transaction == {
        "id": transaction["id"],
        "account": account["id"],
        "type": "earn",
        "amount": 42,
        "reason": "payment.completed",
        "metadata": {},
        "origin": {"type": "payment", "id": "pay_1"},
        "created_at": transaction["created_at"],
    }
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (42, 42)


def test_a_payment_earns_once(service: Service) -> None:
    account = service.enrol("cust_1")
    simulate = service.sandbox.simulate
    first = simulate.payment_completed(customer="cust_1", amount=10, payment="pay_1")
    assert simulate.payment_completed(customer="cust_1", amount=10, payment="pay_1") == first
    assert service.account(account)["balance"] == 10


def test_nobody_earns_without_a_member(service: Service) -> None:
    simulate = service.sandbox.simulate
    assert simulate.payment_completed(amount=10) is None
    assert simulate.payment_completed(customer="cust_1", amount=10, payment="pay_1") is None
    account = service.enrol("cust_1")
    assert simulate.payment_completed(customer="cust_1", amount=10, payment="pay_1") is None
    assert service.account(account)["balance"] == 0
    assert simulate.payment_refunded(payment="pay_1") is None


def test_auto_enrolment_makes_a_member_of_a_paying_customer(service: Service) -> None:
    service.sandbox.configure(
        program=Program(
            id="prog_auto",
            name="Auto",
            auto_enrollment=True,
            welcome_bonus=100,
            points_per_unit=Decimal("1.5"),
        )
    )
    simulate = service.sandbox.simulate
    assert simulate.payment_completed(program="prog_auto", amount=10) is None
    earned = simulate.payment_completed(customer="cust_1", program="prog_auto", amount=11)
    assert earned is not None
    assert earned.amount == 16
    [member] = accepted(service.get("/loyalty/accounts", customer="cust_1"))["data"]
    assert (member["program"], member["balance"]) == ("prog_auto", 116)


def test_refunds_take_back_in_proportion_and_never_more(service: Service) -> None:
    account = service.enrol("cust_1")
    simulate = service.sandbox.simulate
    simulate.payment_completed(customer="cust_1", amount="99.90", payment="pay_1")
    reversals = [
        simulate.payment_refunded(payment="pay_1", amount=amount) for amount in ("33.30", "33.30")
    ]
    assert [reversal and reversal.amount for reversal in reversals] == [-33, -33]
    rest = told(service, "payment_refunded", payment="pay_1", refund="re_3")["transaction"]
    assert (rest["type"], rest["amount"]) == ("reverse", -33)
    assert rest["origin"] == {"type": "refund", "id": "re_3"}
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (0, 99)
    assert told(service, "payment_refunded", payment="pay_1", refund="re_3") == {
        "transaction": rest
    }
    with pytest.raises(Refusal, match=r"0\.00 is left to refund") as refusal:
        simulate.payment_refunded(payment="pay_1", amount="0.01")
    assert (refusal.value.status, refusal.value.code) == (422, "parameter_invalid")


def test_a_refund_takes_only_what_the_member_still_has(service: Service) -> None:
    account = service.enrol("cust_1")
    simulate = service.sandbox.simulate
    simulate.payment_completed(customer="cust_1", amount=100, payment="pay_1")
    simulate.redemption(account=account["id"], points=80, redemption="red_1")
    reversal = simulate.payment_refunded(payment="pay_1")
    assert reversal is not None
    assert reversal.amount == -20
    assert service.account(account)["balance"] == 0


def test_a_refund_after_a_merge_takes_from_the_survivor(service: Service) -> None:
    source, target = service.enrol("cust_1"), service.enrol("cust_2")
    service.sandbox.simulate.payment_completed(customer="cust_1", amount=100, payment="pay_1")
    body = {"source": source["id"], "target": target["id"]}
    accepted(service.post("/loyalty/accounts/merge", body))
    service.sandbox.simulate.payment_refunded(payment="pay_1", amount=40)
    assert service.account(target)["balance"] == 60


def test_redemption_and_expiry_lower_the_balance_only(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 100)
    redeemed = told(service, "redemption", account=account["id"], points=30, reason="mug")
    assert redeemed["transaction"]["type"] == "redeem"
    assert redeemed["transaction"]["amount"] == -30
    assert redeemed["transaction"]["reason"] == "mug"
    assert redeemed["transaction"]["origin"]["type"] == "redemption"
    expired = told(service, "expiry", account=account["id"], points=20)
    assert (expired["transaction"]["type"], expired["transaction"]["amount"]) == ("expire", -20)
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (50, 100)
    with pytest.raises(Refusal, match="50 points"):
        service.sandbox.simulate.redemption(account=account["id"], points=51)


@pytest.mark.parametrize("amount", [0, -1, 1.5, True, "", "1e5", "NaN", "1,5", None, "9" * 16, [1]])
def test_other_amounts_are_refused(service: Service, amount: object) -> None:
    url = service.http.base_url.copy_with(path="/_sandbox/simulate/payment_completed")
    response = service.http.post(url, json={"amount": amount})
    refused(response, 400, "parameter_invalid", "amount")


@pytest.mark.parametrize("amount", [-5, 0, Decimal(-1)])
def test_amounts_are_above_zero(service: Service, amount: Decimal | int) -> None:
    with pytest.raises(Refusal, match="An amount is above zero"):
        service.sandbox.simulate.payment_completed(amount=amount)


def test_what_is_not_there(service: Service) -> None:
    simulate = service.sandbox.simulate
    with pytest.raises(Refusal, match="No such payment"):
        simulate.payment_refunded(payment="pay_none")
    with pytest.raises(Refusal, match="No such account"):
        simulate.expiry(account="loy_none", points=1)
    with pytest.raises(Refusal, match="No such program"):
        simulate.payment_completed(program="prog_none", amount=1)
