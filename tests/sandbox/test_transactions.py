"""Transactions in the guide's dialect: adjustments, balances, what is refused."""

from datetime import datetime, timedelta, timezone

import httpx
import pytest

from tests.sandbox.service import Service, accepted, refused
from vinr.sandbox import Sandbox

TRANSACTIONS = "/loyalty/transactions"
MOST = 2**63 - 1


def test_an_adjustment_moves_the_balance(service: Service) -> None:
    account = service.enrol()
    body = {
        "account": account["id"],
        "type": "adjust",
        "amount": 500,
        "reason": "goodwill_credit",
        "metadata": {"ticket": "4821"},
    }
    response = service.post(TRANSACTIONS, body)
    entry = accepted(response)
    assert entry.pop("id").startswith("ptx_")
    assert entry.pop("origin") == {"type": "manual", "id": response.headers["x-vinr-request-id"]}
    assert entry.pop("created_at").endswith("Z")
    assert entry == body
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (500, 500)


def test_a_transaction_says_when_it_was_posted() -> None:
    start = datetime(2026, 5, 21, 14, 30, 59, tzinfo=timezone(timedelta(hours=2)))
    with Sandbox(start=start) as sandbox, httpx.Client(transport=sandbox.transport()) as http:
        service = Service(sandbox, http)
        http.base_url = httpx.URL("https://sandbox.api.vinr.com/v1")
        http.headers["x-api-key"] = "sk_test_1"
        account = service.enrol()
        entry = service.adjust(account, 5)
        assert entry["created_at"] == "2026-05-21T12:30:59Z"
        sandbox.clock.advance(days=1, seconds=0.9)
        assert service.adjust(account, 5)["created_at"] == "2026-05-22T12:30:59Z"
        listed = accepted(service.get("/loyalty/transactions"))["data"]
        assert [each["created_at"] for each in listed][1] == entry["created_at"]


def test_a_debit_lowers_the_balance_and_not_lifetime_points(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 500)
    entry = service.adjust(account, -200)
    assert (entry["amount"], entry["reason"], entry["metadata"]) == (-200, None, {})
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (300, 500)


def test_retrieve_gives_what_create_gave(service: Service) -> None:
    entry = service.adjust(service.enrol(), 5, reason="ünïcode 🎁", metadata={"k": ""})
    assert accepted(service.get(f"{TRANSACTIONS}/{entry['id']}")) == entry
    refused(service.get(f"{TRANSACTIONS}/ptx_none"), 404, "resource_missing", "id")


def test_a_balance_never_goes_below_zero(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 10)
    body = {"account": account["id"], "amount": -11}
    refused(service.post(TRANSACTIONS, body), 422, "insufficient_points", "amount")
    assert service.account(account)["balance"] == 10
    service.adjust(account, -10)
    assert service.account(account)["balance"] == 0


def test_points_are_exact_up_to_the_largest_number(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, MOST - 1)
    assert service.account(account)["balance"] == MOST - 1
    body = {"account": account["id"], "amount": 2}
    refused(service.post(TRANSACTIONS, body), 422, "parameter_invalid", "amount")
    service.adjust(account, -MOST + 1)
    # the balance would have room again, lifetime points have not
    refused(service.post(TRANSACTIONS, body), 422, "parameter_invalid", "amount")


@pytest.mark.parametrize("amount", [0, 0.5, 5.0, True, "5", None, [5], MOST + 1, -MOST - 2, 10**30])
def test_other_amounts_are_refused(service: Service, amount: object) -> None:
    body = {"account": service.enrol()["id"], "amount": amount}
    refused(service.post(TRANSACTIONS, body), 400, "parameter_invalid", "amount")


@pytest.mark.parametrize("type", ["earn", "redeem", "expire", "reverse", "credit", "", None])
def test_only_adjustments_can_be_posted(service: Service, type: str | None) -> None:
    body = {"account": service.enrol()["id"], "amount": 5, "type": type}
    refused(service.post(TRANSACTIONS, body), 400, "parameter_invalid", "type")


def test_the_account_has_to_exist(service: Service) -> None:
    body = {"account": "loy_none", "amount": 5}
    refused(service.post(TRANSACTIONS, body), 404, "resource_missing", "account")
    refused(service.post(TRANSACTIONS, {"amount": 5}), 400, "parameter_missing", "account")
    refused(service.get(TRANSACTIONS, account="loy_none"), 404, "resource_missing", "account")


def test_the_ledger_is_listed_newest_first_by_account_and_type(service: Service) -> None:
    account, other = service.enrol("cust_1"), service.enrol()
    first = service.adjust(account, 100)
    service.adjust(other, 7)
    earned = service.sandbox.simulate.payment_completed(customer="cust_1", amount=5)
    assert earned is not None
    of_account = accepted(service.get(TRANSACTIONS, account=account["id"]))["data"]
    assert [entry["id"] for entry in of_account] == [earned.id, first["id"]]
    of_type = accepted(service.get(TRANSACTIONS, account=account["id"], type="earn"))["data"]
    assert [entry["id"] for entry in of_type] == [earned.id]
    refused(service.get(TRANSACTIONS, type="gift"), 400, "parameter_invalid", "type")
