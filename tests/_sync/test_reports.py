# Generated from tests/_async/test_reports.py; do not edit.
"""Reports through a client: over a year of every kind of entry, and of drifts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Lock
from typing import Any, Final

import httpx
import pytest

from tests.reports.life import OTHER_PROGRAM, PROGRAM, Life, sandbox
from tests.together import eventually
from vinr import InvalidRequestError, NotFoundError, Vinr
from vinr.reports import (
    Kind,
    fetch_member_statement,
    fetch_points_liability,
    fetch_points_movement,
    fetch_reconciliation,
)
from vinr.sandbox import Sandbox, Status

HAPPENED: Final = ("earned", "reversed", "redeemed", "released", "adjusted", "expired")


@pytest.fixture(scope="module")
def year() -> Iterator[tuple[Sandbox, dict[date, int]]]:
    with sandbox() as lived:
        outstanding = Life(lived).live()
        other = lived.client().loyalty.accounts.create(program=OTHER_PROGRAM, customer="cust_x")
        lived.client().loyalty.transactions.create(account=other.id, amount=1_000_000)
        yield lived, outstanding


@pytest.fixture
def client(year: tuple[Sandbox, dict[date, int]]) -> Vinr:
    return year[0].client()


def test_each_months_end_is_what_the_balances_were(
    client: Vinr, year: tuple[Sandbox, dict[date, int]]
) -> None:
    report = fetch_points_movement(client, program=PROGRAM)
    assert {period.start: period.closing for period in report.periods} == year[1]
    assert [period.difference for period in report.periods] == [0] * 12
    assert (report.opening, report.difference, report.adds_up) == (0, 0, True)
    for name in HAPPENED:
        assert all(getattr(period, name) for period in report.periods[3:]), name
    assert not any(period.other or period.merged for period in report.periods)
    merged = [
        account.balance
        for account in client.loyalty.accounts.list(program=PROGRAM, status="merged")
    ]
    assert merged
    assert not any(merged)


def test_days_add_up_to_months(client: Vinr) -> None:
    by_month = fetch_points_movement(client, program=PROGRAM)
    by_day = fetch_points_movement(
        client, program=PROGRAM, by="day", workers=3, start=date(2026, 1, 1), end=date(2027, 1, 1)
    )
    assert len(by_day.periods) == 365
    assert by_day.adds_up
    for month in by_month.periods:
        days = [day for day in by_day.periods if month.start <= day.start < month.end]
        assert (days[0].opening, days[-1].closing) == (month.opening, month.closing)
        for name in (*HAPPENED, "entries"):
            assert sum(getattr(day, name) for day in days) == getattr(month, name)


def test_a_range_has_what_was_before_and_what_came_later(
    client: Vinr, year: tuple[Sandbox, dict[date, int]]
) -> None:
    report = fetch_points_movement(
        client, program=PROGRAM, start=date(2026, 4, 1), end=date(2026, 7, 1)
    )
    assert [period.start.month for period in report.periods] == [4, 5, 6]
    assert report.opening == year[1][date(2026, 3, 1)]
    assert report.closing == year[1][date(2026, 6, 1)]
    assert report.closing + report.later == report.balance == year[1][date(2026, 12, 1)]


def test_without_a_program_all_of_them_are_in_it(
    client: Vinr, year: tuple[Sandbox, dict[date, int]]
) -> None:
    report = fetch_points_movement(client)
    assert report.closing == year[1][date(2026, 12, 1)] + 1_000_000


def test_every_balance_is_its_ledger(client: Vinr) -> None:
    seen: list[tuple[int, int | None]] = []
    reconciliation = fetch_reconciliation(
        client, program=PROGRAM, on_progress=lambda done, total: seen.append((done, total))
    )
    assert reconciliation.drifts == ()
    assert reconciliation.balance == reconciliation.ledger > 0
    assert reconciliation.members == 48
    assert seen == [(number, 48) for number in range(1, 49)]


def test_liability_is_the_balances_at_the_value_of_a_point(
    client: Vinr, year: tuple[Sandbox, dict[date, int]]
) -> None:
    points = year[1][date(2026, 12, 1)]
    liability = fetch_points_liability(
        client, program=PROGRAM, point_value=Decimal("0.0075"), currency="EUR"
    )
    assert liability.amount == points * Decimal("0.0075")
    assert liability.by_status == {"active": points, "merged": 0}


def test_a_statement_goes_from_opening_to_closing(client: Vinr) -> None:
    page = client.loyalty.accounts.list(program=PROGRAM, status="active", limit=100)
    member = max(page.data, key=lambda account: account.lifetime_points)
    whole = fetch_member_statement(client, member.id)
    assert (whole.opening, whole.later, whole.difference) == (0, 0, 0)
    assert whole.closing == whole.balance == member.balance
    entries = [each.id for each in client.loyalty.transactions.list(account=member.id)]
    assert [line.id for line in whole.lines] == entries[::-1]

    june, july = date(2026, 6, 1), date(2026, 7, 1)
    part = fetch_member_statement(client, member.id, start=june, end=july)
    inside = [line for line in whole.lines if line.at.month == 6]
    assert [dataclasses.astuple(line) for line in part.lines] == [
        dataclasses.astuple(line) for line in inside
    ]
    before = [line for line in whole.lines if line.at.month < 6]
    assert part.opening == before[-1].balance
    assert part.closing == inside[-1].balance
    assert part.closing + part.later == member.balance


def test_a_statement_says_what_is_what_in_its_time_zone(vinr_sandbox: Sandbox) -> None:
    with Sandbox(start=datetime(2026, 1, 31, 23, 30, tzinfo=UTC), seed=1) as late:
        client = late.client()
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        client.loyalty.transactions.create(account=member.id, amount=70, reason="goodwill")
        here = fetch_member_statement(client, member.id, timezone="Europe/Berlin")
        assert here.lines[0].at.isoformat() == "2026-02-01T00:30:00+01:00"
        assert (here.lines[0].kind, here.lines[0].reason) == (Kind.ADJUSTED, "goodwill")
        for zone, month in (("UTC", 1), ("Europe/Berlin", 2)):
            report = fetch_points_movement(client, timezone=zone)
            assert [period.start.month for period in report.periods] == [month]


@pytest.mark.parametrize(
    ("arguments", "param"),
    [
        ({"by": "week"}, "by"),
        ({"start": datetime(2026, 1, 1, tzinfo=UTC)}, "start"),
        ({"start": date(2026, 2, 1), "end": date(2026, 1, 1)}, "end"),
        ({"timezone": "Europe/Nowhere"}, "timezone"),
        ({"workers": 0}, "workers"),
    ],
)
def test_what_cannot_be_reported_sends_nothing(arguments: dict[str, Any], param: str) -> None:
    def refuse(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("something was sent")

    http_client = httpx.Client(transport=httpx.MockTransport(refuse))
    client = Vinr(secret_key="sk_test_1", http_client=http_client)
    with pytest.raises(InvalidRequestError) as raised:
        fetch_points_movement(client, **arguments)
    assert raised.value.param == param


def test_one_members_trouble_ends_the_report_as_itself(vinr_sandbox: Sandbox) -> None:
    client = vinr_sandbox.client(max_retries=0)
    for number in range(20):
        client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
    vinr_sandbox.faults.add("transactions.list", [Status(404)])
    with pytest.raises(NotFoundError):
        fetch_reconciliation(client)


class Drifting:
    """A service whose one member has a balance of 100, and entries as told."""

    def __init__(self, ledgers: list[int], balances: list[int]) -> None:
        self.ledgers = ledgers
        self.balances = balances

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/transactions"):
            entry = {"id": "ptx_1", "account": "loy_1", "type": "earn"}
            return self._list(entry | {"amount": self.ledgers.pop(0)})
        account = {
            "id": "loy_1",
            "program": "prog_default",
            "customer": "cust_1",
            "status": "active",
            "balance": self.balances.pop(0),
            "lifetime_points": 0,
            "tier": None,
        }
        if request.url.path.endswith("/accounts"):
            return self._list(account)
        return httpx.Response(200, json=account)

    def _list(self, item: Mapping[str, object]) -> httpx.Response:
        return httpx.Response(200, json={"data": [item], "has_more": False})

    def client(self) -> Vinr:
        http_client = httpx.Client(transport=httpx.MockTransport(self))
        return Vinr(secret_key="sk_test_1", http_client=http_client, max_retries=0)


def test_a_drift_is_named_with_its_member() -> None:
    service = Drifting(ledgers=[90, 90], balances=[100, 100])
    [drift] = (fetch_reconciliation(service.client())).drifts
    assert (drift.account, drift.status, drift.difference) == ("loy_1", "active", 10)


def test_a_posting_between_two_requests_is_no_drift() -> None:
    service = Drifting(ledgers=[150, 150], balances=[100, 150])
    reconciliation = fetch_reconciliation(service.client())
    assert (reconciliation.drifts, reconciliation.balance) == ((), 150)


def test_a_member_who_never_stands_still_is_read_six_times_and_no_more() -> None:
    service = Drifting(ledgers=[*range(90, 96)], balances=[*range(100, 106)])
    [drift] = (fetch_reconciliation(service.client())).drifts
    assert (drift.balance, drift.ledger) == (105, 95)
    assert (service.ledgers, service.balances) == ([], [])


def test_a_report_says_what_the_ledger_does_not_explain() -> None:
    service = Drifting(ledgers=[90, 90], balances=[100, 100])
    report = fetch_points_movement(service.client())
    assert (report.balance, report.ledger, report.difference) == (100, 90, 10)
    assert not report.adds_up
    assert report.periods == ()
    assert (report.untimed.entries, report.untimed.points) == (1, 90)
    assert report.untimed.ids == ("ptx_1",)


ACCOUNT: Final[dict[str, object]] = {
    "program": "prog_default",
    "customer": None,
    "status": "active",
    "balance": 0,
    "lifetime_points": 0,
    "tier": None,
}


class Crowd:
    """A service of so many members; it answers for ledgers when so many are asked for at once."""

    def __init__(self, members: int, at_once: int) -> None:
        self.members = members
        self.at_once = at_once
        self.asked = 0
        self.inside = 0
        self.peak = 0
        self.lock = Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        data: Sequence[Mapping[str, object]] = []
        if request.url.path.endswith("/accounts"):
            data = [ACCOUNT | {"id": f"loy_{number}"} for number in range(self.members)]
        else:
            self._wait()
        return httpx.Response(200, json={"data": data, "has_more": False})

    def _wait(self) -> None:
        with self.lock:
            self.asked += 1
            self.inside += 1
            self.peak = max(self.peak, self.inside)
        eventually(lambda: self.asked % self.at_once == 0)
        with self.lock:
            self.inside -= 1


@pytest.mark.parametrize("workers", [1, 5, 20])
def test_so_many_members_are_read_at_a_time_and_no_more(workers: int) -> None:
    service = Crowd(20, workers)
    http_client = httpx.Client(transport=httpx.MockTransport(service))
    client = Vinr(secret_key="sk_test_1", http_client=http_client)
    reconciliation = fetch_reconciliation(client, workers=workers)
    assert (reconciliation.members, service.asked, service.peak) == (20, 20, workers)
