"""``vinr events list``: events in each format, by type and by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import LoseReply, Sandbox, Status

CREATED = "loyalty.account.created"
BERLIN = timezone(timedelta(hours=1))  # in winter


@pytest.fixture
def three_days(service: Sandbox, vinr_client: Vinr) -> datetime:
    """An enrolment at noon of each of three days, UTC; gives the second noon."""
    now = service.clock.now()
    noon = now.replace(month=1, day=15, hour=12, minute=0, second=0, microsecond=0)
    noon = noon.replace(year=now.year + 1)
    service.clock.advance(seconds=(noon - now).total_seconds())
    for number in range(3):
        vinr_client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
        service.clock.advance(days=1)
    return noon + timedelta(days=1)


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_events(run: Run, member: Account, service: Sandbox, format: str) -> None:
    result = run("events", "list", "--format", format)
    assert result.exit_code == 0
    rows = read(result, format)
    logged = [event.wire() for event in service.events.list()][::-1]
    assert [row["id"] for row in rows] == [event["id"] for event in logged]
    if format != "csv":
        assert rows == logged
    else:
        assert list(rows[0]) == ["id", "type", "created", "data"]


def test_a_table(
    run: Run, member: Account, service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = run("events", "list", "--format", "table", "--type", CREATED)
    [header, row] = result.stdout.splitlines()
    [event] = service.events.list(type=CREATED)
    assert header.split() == ["created", "type", "id", "object"]
    assert row.split() == [f"{event.created:%Y-%m-%dT%H:%M:%SZ}", CREATED, event.id, member.id]


def test_all_pages_and_a_limit(run: Run, member: Account, vinr_client: Vinr) -> None:
    for _ in range(120):
        vinr_client.loyalty.transactions.create(account=member.id, amount=1)
    assert len(read(run("events", "list"), "jsonl")) > 120
    assert len(read(run("events", "list", "--limit", "3"), "jsonl")) == 3
    assert run("events", "list", "--type", "loyalty.tier.changed").stdout == ""


def test_times(run: Run, three_days: datetime) -> None:
    noon = three_days

    def found(*options: str) -> list[datetime]:
        result = run("events", "list", "--type", CREATED, *options)
        assert result.exit_code == 0, result.stderr
        days = [datetime.fromtimestamp(row["created"], UTC) for row in read(result, "jsonl")]
        return days[::-1]

    day = timedelta(days=1)
    all_three = [noon - day, noon, noon + day]
    assert found() == pytest.approx(all_three, abs=timedelta(seconds=2))
    [first, second, third] = found()
    assert found("--since", second.isoformat()) == [second, third]
    assert found("--until", second.isoformat()) == [first]
    assert found("--since", f"{second:%Y-%m-%d}") == [second, third]
    assert found("--until", f"{second:%Y-%m-%d}") == [first, second]
    in_berlin = f"{second.astimezone(BERLIN):%Y-%m-%dT%H:%M:%S}"
    berlin = ("--timezone", "Europe/Berlin")
    assert found("--since", in_berlin, *berlin) == [second, third]
    assert found("--since", in_berlin) == [third]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--since", "yesterday"], 2, "--since takes a time such as 2026-06-30"),
        (["--until", "2026-02-30"], 2, "--until takes a time"),
        (["--until", "9999-12-31"], 2, "--until takes a time"),
        (["--since", "2026-01-01", "--timezone", "Mars/Base"], 2, "Mars/Base"),
        (["--type", "a b"], 2, "no type of event"),
        (["--limit", "0"], 2, "--limit"),
    ],
)
def test_what_cannot_be(
    run: Run, service: Sandbox, options: list[str], code: int, message: str
) -> None:
    result = run("events", "list", *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("faults", "code"), [([Status(429)] * 3, 75), ([LoseReply()] * 3, 75), ([Status(401)], 4)]
)
def test_failures(
    run: Run, service: Sandbox, faults: list[Status] | list[LoseReply], code: int
) -> None:
    service.faults.add("events.list", faults)
    assert run("events", "list").exit_code == code
