"""Points and time: what expires, what becomes spendable, each at its own moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.sandbox.service import Json, Service, accepted, refused
from vinr.loyalty import Transaction
from vinr.sandbox import Program, Refusal, Sandbox, SandboxOptions

START = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def vinr_sandbox_options() -> SandboxOptions:
    """Points expire after a month, those of the other program are pending for ten days."""
    month = Program(id="prog_default", name="Month", expiry_months=1, default=True)
    later = Program(id="prog_later", name="Later", expiry_months=1, pending_days=10)
    return {"programs": [month, later], "start": START}


def entries(service: Service, account: Json) -> list[tuple[str, int]]:
    """Types and points of an account's ledger, oldest first."""
    page = accepted(service.get("/loyalty/transactions", account=account["id"], limit=100))
    return [(entry["type"], entry["amount"]) for entry in page["data"]][::-1]


def created(service: Service, account: Json) -> list[datetime]:
    page = service.get("/points-transactions", loyalty_account=account["id"], limit=100)
    times = [entry["created"] for entry in accepted(page)["data"]]
    return [datetime.fromtimestamp(time, UTC) for time in times][::-1]


def test_points_expire_after_calendar_months(service: Service) -> None:
    account = service.enrol()
    entry = service.adjust(account, 100)
    service.sandbox.clock.advance(days=27, hours=23, minutes=59)
    assert service.account(account)["balance"] == 100
    service.sandbox.clock.advance(minutes=1)
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (0, 100)
    expired = accepted(service.get("/loyalty/transactions", type="expire"))["data"]
    assert [(each["amount"], each["reason"]) for each in expired] == [(-100, "points.expired")]
    assert expired[0]["origin"] == {"type": "transaction", "id": entry["id"]}
    assert created(service, account)[1] == datetime(2026, 2, 28, 12, tzinfo=UTC)


def test_each_lot_expires_at_its_own_moment_however_far_the_clock_jumps(service: Service) -> None:
    account = service.enrol()
    for points in (10, 20, 30):
        service.adjust(account, points)
        service.sandbox.clock.advance(days=1)
    service.sandbox.clock.advance(days=365)
    assert entries(service, account)[3:] == [("expire", -10), ("expire", -20), ("expire", -30)]
    end_of_february = datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert created(service, account)[3:] == [
        end_of_february,
        end_of_february + timedelta(days=1),
        end_of_february + timedelta(days=2),
    ]


def test_the_oldest_points_are_used_first(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 100)
    service.sandbox.clock.advance(days=10)
    service.adjust(account, 50)
    service.sandbox.simulate.redemption(account=account["id"], points=70)
    service.adjust(account, -10)
    service.sandbox.clock.advance(days=18)
    assert entries(service, account)[-1] == ("expire", -20)
    assert service.account(account)["balance"] == 50


def test_a_refund_takes_back_the_points_of_its_payment(service: Service) -> None:
    account = service.enrol("cust_1")
    service.adjust(account, 100)
    service.sandbox.simulate.payment_completed(customer="cust_1", amount=40, payment="pay_1")
    service.sandbox.simulate.payment_refunded(payment="pay_1")
    service.sandbox.clock.advance(days=100)
    assert entries(service, account) == [
        ("adjust", 100),
        ("earn", 40),
        ("reverse", -40),
        ("expire", -100),
    ]


def test_points_without_an_expiry_stay_and_are_used_last(sandbox: Sandbox) -> None:
    sandbox.configure(program=Program(id="prog_x", name="X"))
    with sandbox.client() as client:
        account = client.loyalty.accounts.create(program="prog_x")
        client.loyalty.transactions.create(account=account.id, amount=100)
        sandbox.configure(program=Program(id="prog_x", name="X", expiry_months=1))
        client.loyalty.transactions.create(account=account.id, amount=50)
        client.loyalty.transactions.create(account=account.id, amount=-20)
        sandbox.clock.advance(days=366)
        assert client.loyalty.accounts.retrieve(account.id).balance == 100


def test_points_of_merged_and_closed_accounts_expire_too(service: Service) -> None:
    source, target = service.enrol(), service.enrol()
    service.adjust(source, 10)
    service.adjust(target, 5)
    body = {"source": source["id"], "target": target["id"]}
    accepted(service.post("/loyalty/accounts/merge", body))
    accepted(service.post(f"/loyalty/accounts/{target['id']}/close"))
    service.sandbox.clock.advance(days=28)
    assert service.account(target)["balance"] == 0
    assert [amount for _, amount in entries(service, target)] == [10, 5, -10, -5]


def test_expiry_is_an_event(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 10)
    service.sandbox.clock.advance(days=28)
    [event, *_] = service.sandbox.events.list(type="points_transaction.created")[::-1]
    assert event.object["amount"] == 10
    assert event.object["type"] == "debit"
    assert event.created == datetime(2026, 2, 28, 12, tzinfo=UTC)


def test_pending_points_are_spendable_when_their_days_are_over(service: Service) -> None:
    account = service.enrol("cust_1", program="prog_later")
    simulate = service.sandbox.simulate

    def paid() -> Transaction | None:
        return simulate.payment_completed(
            customer="cust_1", program="prog_later", amount=40, payment="pay_1"
        )

    assert paid() is None
    assert service.account(account)["balance"] == 0
    service.sandbox.clock.advance(days=10)
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (40, 40)
    assert created(service, account) == [START + timedelta(days=10)]
    earned = paid()
    assert earned is not None
    assert (earned.type, earned.amount) == ("earn", 40)
    simulate.payment_refunded(payment="pay_1", amount=10)
    service.sandbox.clock.advance(days=365)
    assert entries(service, account) == [("earn", 40), ("reverse", -10), ("expire", -30)]


@pytest.mark.parametrize(("refunded", "earned"), [("10", [("earn", 30)]), ("40", [])])
def test_what_is_refunded_while_pending_is_never_earned(
    service: Service, refunded: str, earned: list[tuple[str, int]]
) -> None:
    account = service.enrol("cust_1", program="prog_later")
    simulate = service.sandbox.simulate
    simulate.payment_completed(customer="cust_1", program="prog_later", amount=40, payment="pay_1")
    assert simulate.payment_refunded(payment="pay_1", amount=refunded) is None
    service.sandbox.clock.advance(days=10)
    assert entries(service, account) == earned


def test_a_released_redemption_gives_its_points_back_as_they_were(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 100)
    service.sandbox.clock.advance(days=10)
    service.adjust(account, 50)
    simulate = service.sandbox.simulate
    redeemed = simulate.redemption(account=account["id"], points=120, redemption="red_1")
    assert simulate.redemption(account=account["id"], points=120, redemption="red_1") == redeemed
    assert service.account(account)["balance"] == 30
    released = told(service, "redemption_released")["transaction"]
    assert (released["type"], released["amount"]) == ("reverse", 120)
    assert released["origin"] == {"type": "redemption", "id": "red_1"}
    assert told(service, "redemption_released")["transaction"] == released
    after = service.account(account)
    assert (after["balance"], after["lifetime_points"]) == (150, 150)
    service.sandbox.clock.advance(days=18)
    assert service.account(account)["balance"] == 50
    service.sandbox.clock.advance(days=10)
    assert service.account(account)["balance"] == 0


def told(service: Service, what: str) -> Json:
    url = service.http.base_url.copy_with(path=f"/_sandbox/simulate/{what}")
    return accepted(service.http.post(url, json={"redemption": "red_1"}))


def test_a_redemption_is_released_or_fulfilled(service: Service) -> None:
    account = service.enrol()
    service.adjust(account, 100)
    simulate = service.sandbox.simulate
    redeemed = simulate.redemption(account=account["id"], points=10, redemption="red_1")
    assert told(service, "redemption_fulfilled")["transaction"]["id"] == redeemed.id
    with pytest.raises(Refusal, match="handed over"):
        simulate.redemption_released(redemption="red_1")
    simulate.redemption(account=account["id"], points=10, redemption="red_2")
    simulate.redemption_released(redemption="red_2")
    with pytest.raises(Refusal, match="released"):
        simulate.redemption_fulfilled(redemption="red_2")
    with pytest.raises(Refusal, match="No such redemption"):
        simulate.redemption_released(redemption="red_3")
    assert service.account(account)["balance"] == 90


def test_the_clock_is_moved_over_http(service: Service) -> None:
    url = service.http.base_url.copy_with(path="/_sandbox/clock")
    start = int(START.timestamp())
    assert accepted(service.http.get(url)) == {"now": start}
    moved = service.http.post(url, json={"days": 1, "minutes": 1.5})
    assert accepted(moved) == {"now": start + 86400 + 90}
    refused(service.http.post(url, json={"days": -1}), 400, "parameter_invalid", "days")
    refused(service.http.post(url, json={"days": 10**9}), 400, "parameter_invalid", "days")
