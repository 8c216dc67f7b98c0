"""Tiers of programs with a period: members go up at once, and down when points leave the period."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from tests.sandbox.service import Json, Service, accepted, refused
from vinr import Vinr
from vinr.sandbox import Program, Sandbox, SandboxOptions, Tier
from vinr.sandbox.programs import TierPeriod

ROLLING: TierPeriod = {"type": "rolling", "months": 12}
FIXED: TierPeriod = {"type": "fixed", "months": 12}
START = datetime(2026, 3, 15, 12, tzinfo=UTC)


def program(period: TierPeriod | None, pending_days: int = 0) -> Program:
    return Program(
        id="prog_default",
        name="Default",
        tiers=[
            Tier(id="tier_bronze", name="Bronze"),
            Tier(id="tier_silver", name="Silver", min_points=1000),
            Tier(id="tier_gold", name="Gold", min_points=5000),
        ],
        tier_period=period,
        pending_days=pending_days,
        default=True,
    )


@pytest.fixture
def vinr_sandbox_options() -> SandboxOptions:
    return {"programs": [program(ROLLING)], "start": START}


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Vinr]:
    with sandbox.client() as client:
        yield client


@pytest.fixture
def member(client: Vinr) -> str:
    return client.loyalty.accounts.create(program="prog_default", customer="cust_1").id


def tier(client: Vinr, member: str) -> str | None:
    return client.loyalty.accounts.retrieve(member).tier_id


def advance_to(sandbox: Sandbox, moment: str) -> None:
    step = datetime.fromisoformat(f"{moment}+00:00") - sandbox.clock.now()
    sandbox.clock.advance(seconds=step.total_seconds())


def test_points_count_for_so_many_months(sandbox: Sandbox, client: Vinr, member: str) -> None:
    client.loyalty.transactions.create(account=member, amount=1000)
    assert tier(client, member) == "silver"
    advance_to(sandbox, "2027-03-15 11:59:59")
    assert tier(client, member) == "silver"
    sandbox.clock.advance(seconds=1)
    assert tier(client, member) == "bronze"
    account = client.loyalty.accounts.retrieve(member)
    assert (account.balance, account.lifetime_points) == (1000, 1000)


def test_going_down_is_told_at_its_moment(sandbox: Sandbox, client: Vinr, member: str) -> None:
    client.loyalty.transactions.create(account=member, amount=1000)
    sandbox.clock.advance(days=1)
    client.loyalty.transactions.create(account=member, amount=4000)
    assert tier(client, member) == "gold"
    seen = len(sandbox.events.list())
    sandbox.clock.advance(days=1000)
    assert tier(client, member) == "bronze"
    told = sandbox.events.list()[seen:]
    assert [event.type for event in told] == ["loyalty_account.updated"] * 2
    assert [event.object["tier"] for event in told] == ["tier_silver", "tier_bronze"]
    assert [event.created.date().isoformat() for event in told] == ["2027-03-15", "2027-03-16"]


def test_what_is_left_in_the_period_counts(sandbox: Sandbox, client: Vinr, member: str) -> None:
    for _ in range(3):
        client.loyalty.transactions.create(account=member, amount=600)
        sandbox.clock.advance(days=30)
    advance_to(sandbox, "2027-03-16 00:00:00")
    assert tier(client, member) == "silver"  # 1200 are left
    advance_to(sandbox, "2027-04-15 00:00:00")
    assert tier(client, member) == "bronze"  # 600 are left
    client.loyalty.transactions.create(account=member, amount=400)
    assert tier(client, member) == "silver"


@pytest.mark.parametrize(
    ("months", "last", "over"),
    [
        (12, "2026-12-31 23:59:59", "2027-01-01 00:00:00"),
        (3, "2026-03-31 23:59:59", "2026-04-01 00:00:00"),
        (1, "2026-03-31 23:59:59", "2026-04-01 00:00:00"),
        (24, "2027-12-31 23:59:59", "2028-01-01 00:00:00"),
    ],
)
def test_a_fixed_period_ends_for_all_at_once(months: int, last: str, over: str) -> None:
    with Sandbox(start=START) as sandbox, sandbox.client() as client:
        ends_for_all(sandbox, client, months, last, over)


def ends_for_all(sandbox: Sandbox, client: Vinr, months: int, last: str, over: str) -> None:
    member = client.loyalty.accounts.create(program="prog_default").id
    sandbox.configure(program=program({"type": "fixed", "months": months}))
    client.loyalty.transactions.create(account=member, amount=900)
    sandbox.clock.advance(days=7)
    client.loyalty.transactions.create(account=member, amount=100)
    advance_to(sandbox, last)
    assert tier(client, member) == "silver"
    advance_to(sandbox, over)
    assert tier(client, member) == "bronze"
    client.loyalty.transactions.create(account=member, amount=999)
    assert tier(client, member) == "bronze"
    client.loyalty.transactions.create(account=member, amount=1)
    assert tier(client, member) == "silver"


def test_without_a_period_a_tier_stays(sandbox: Sandbox, client: Vinr, member: str) -> None:
    sandbox.configure(program=program(None))
    client.loyalty.transactions.create(account=member, amount=1000)
    sandbox.clock.advance(days=365 * 50)
    assert tier(client, member) == "silver"


def test_only_grants_and_earnings_count(sandbox: Sandbox, client: Vinr, member: str) -> None:
    sandbox.simulate.payment_completed(customer="cust_1", amount=1000, payment="pay_1")
    sandbox.simulate.redemption(account=member, points=200, redemption="red_1")
    sandbox.simulate.redemption_released(redemption="red_1")
    sandbox.simulate.payment_refunded(payment="pay_1", amount=500)
    client.loyalty.transactions.create(account=member, amount=-300)
    assert tier(client, member) == "silver"
    assert client.loyalty.accounts.retrieve(member).lifetime_points == 1000


def test_a_tier_set_by_hand_outlives_the_period(
    sandbox: Sandbox, client: Vinr, member: str
) -> None:
    client.loyalty.transactions.create(account=member, amount=1000)
    assert client.loyalty.accounts.update(member, tier="gold").tier == "gold"
    sandbox.clock.advance(days=800)
    assert tier(client, member) == "gold"
    assert client.loyalty.accounts.update(member, tier="bronze").tier == "bronze"
    client.loyalty.transactions.create(account=member, amount=1000)
    assert tier(client, member) == "silver"  # promoted above what was earned when it was set


def test_a_merge_moves_what_counts(sandbox: Sandbox, client: Vinr, member: str) -> None:
    other = client.loyalty.accounts.create(program="prog_default").id
    client.loyalty.transactions.create(account=other, amount=600)
    sandbox.clock.advance(days=30)
    client.loyalty.transactions.create(account=member, amount=600)
    assert client.loyalty.accounts.merge(source=other, target=member).tier == "silver"
    assert tier(client, other) == "bronze"
    advance_to(sandbox, "2027-03-16 00:00:00")
    assert tier(client, member) == "bronze"


def test_a_closed_member_goes_down_too(sandbox: Sandbox, client: Vinr, member: str) -> None:
    client.loyalty.transactions.create(account=member, amount=1000)
    client.loyalty.accounts.close(member)
    sandbox.clock.advance(days=366)
    assert tier(client, member) == "bronze"


def test_points_that_come_as_a_period_ends_are_of_the_next(
    sandbox: Sandbox, client: Vinr, member: str
) -> None:
    sandbox.configure(program=program(FIXED, pending_days=1))
    advance_to(sandbox, "2026-12-31 00:00:00")
    sandbox.simulate.payment_completed(customer="cust_1", amount=1000)
    advance_to(sandbox, "2027-01-01 00:00:00")
    assert tier(client, member) == "silver"
    advance_to(sandbox, "2027-12-31 00:00:00")
    assert tier(client, member) == "silver"
    advance_to(sandbox, "2028-01-01 00:00:00")
    assert tier(client, member) == "bronze"


def test_another_period_counts_anew(sandbox: Sandbox, client: Vinr, member: str) -> None:
    client.loyalty.transactions.create(account=member, amount=1000)
    sandbox.clock.advance(days=300)  # in another calendar year
    client.loyalty.transactions.create(account=member, amount=500)
    month: TierPeriod = {"type": "rolling", "months": 1}
    periods = [FIXED, ROLLING, month, None, ROLLING]
    for period, expected in zip(
        periods, ["bronze", "silver", "bronze", "silver", "silver"], strict=True
    ):
        sandbox.configure(program=program(period))
        assert tier(client, member) == expected
        assert sandbox.check() == []
    sandbox.clock.advance(days=100)
    assert tier(client, member) == "bronze"


@pytest.mark.parametrize("type", ["rolling", "fixed"])
def test_a_period_beyond_the_calendar_never_ends(
    sandbox: Sandbox, client: Vinr, member: str, type: Literal["rolling", "fixed"]
) -> None:
    sandbox.configure(program=program({"type": type, "months": 1200}))
    advance_to(sandbox, "9950-01-01 00:00:00")
    client.loyalty.transactions.create(account=member, amount=1000)
    advance_to(sandbox, "9999-12-31 00:00:00")
    assert tier(client, member) == "silver"


def test_it_is_kept_restored_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path, programs=[program(ROLLING)], seed=3) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default").id
        client.loyalty.transactions.create(account=member, amount=1000)
        snapshot = sandbox.snapshot()
        sandbox.save(tmp_path / "all.jsonl")
    with Sandbox(path, seed=3) as same, Sandbox(seed=3) as restored, Sandbox(seed=3) as loaded:
        restored.restore(snapshot)
        loaded.load(tmp_path / "all.jsonl")
        for sandbox in (same, restored, loaded):
            with sandbox.client() as client:
                assert tier(client, member) == "silver"
                sandbox.clock.advance(days=366)
                assert tier(client, member) == "bronze"
                assert sandbox.check() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM qualifying_points",
        "UPDATE qualifying_points SET points = 999",
        "UPDATE programs SET definition = replace(definition, 'rolling', 'fixed')",
    ],
)
def test_what_counts_wrongly_is_found(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path, programs=[program(ROLLING)], start=START) as sandbox:
        with sandbox.client() as client:
            member = client.loyalty.accounts.create(program="prog_default").id
            client.loyalty.transactions.create(account=member, amount=1000)
        assert sandbox.check() == []
        sandbox.clock.advance(days=300)
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    with Sandbox(path, start=START) as sandbox:
        [finding] = sandbox.check()
    assert (finding.rule, finding.account) == ("qualifying_points_are_of_the_period", member)


def put(service: Service, period: object) -> Json:
    body = {**program(None).model_dump(mode="json"), "tier_period": period}
    url = service.http.base_url.copy_with(path="/_sandbox/programs")
    response = service.checked(service.http.post(url, json=body))
    return {"response": response}


def test_a_period_is_given_over_http(service: Service) -> None:
    for period in (ROLLING, FIXED, None):
        assert accepted(put(service, period)["response"])["tier_period"] == period


@pytest.mark.parametrize(
    ("period", "param"),
    [
        ({"type": "sliding", "months": 12}, "tier_period[type]"),
        ({"type": "fixed", "months": 0}, "tier_period[months]"),
        ({"type": "fixed", "months": "12"}, "tier_period[months]"),
        ({"type": "fixed"}, "tier_period[months]"),
        ({"type": "fixed", "months": 1, "days": 2}, "tier_period[days]"),
        ("yearly", "tier_period"),
    ],
)
def test_periods_that_cannot_be(service: Service, period: object, param: str) -> None:
    response = put(service, period)["response"]
    assert response.status_code == 400
    error = refused(response, 400, response.json()["error"]["code"], param)
    assert error["type"] == "invalid_request_error"
