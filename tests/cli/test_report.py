"""``vinr report``, ``ledger statement`` and ``ledger reconcile``: each format, each exit code."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox

FORMATS = ["json", "jsonl", "csv"]


@pytest.fixture
def spender(member: Account, vinr_client: Vinr) -> Account:
    """The member with 500 points, 120 of them taken."""
    vinr_client.loyalty.transactions.create(account=member.id, amount=-120, reason="mistake")
    return member


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("by", ["month", "day"])
def test_points(run: Run, spender: Account, format: str, by: str) -> None:
    result = run("report", "points", "--by", by, "--program", "prog_default", "--format", format)
    assert result.exit_code == 0
    [period] = read(result, format)
    points = [str(period[name]) for name in ("opening", "adjusted", "closing", "difference")]
    assert points == ["0", "380", "380", "0"]
    assert period["end"] > period["start"]


def test_points_as_a_table(run: Run, spender: Account) -> None:
    said = run("report", "points", "--format", "table").stdout.split()
    assert {"opening", "closing", "380"} <= set(said)


def test_the_last_day_counts(run: Run, spender: Account, vinr_sandbox: Sandbox) -> None:
    today = vinr_sandbox.clock.now().date().isoformat()
    days = ("--by", "day", "--from", today, "--to", today)
    [period] = read(run("report", "points", *days), "jsonl")
    assert (period["start"], period["closing"]) == (today, 380)
    statement = read(run("ledger", "statement", "cust_1", "--as-of", today), "jsonl")
    assert statement[-1]["balance"] == 380
    statement = read(run("ledger", "statement", "cust_1", "--as-of", "2020-01-01"), "jsonl")
    assert [line["balance"] for line in statement] == [0, 0]


@pytest.mark.parametrize("format", FORMATS)
def test_liability(run: Run, spender: Account, format: str) -> None:
    money = ("--point-value", "0.0075", "--currency", "EUR")
    result = run("report", "liability", *money, "--format", format)
    assert result.exit_code == 0
    [row] = read(result, format)
    assert (str(row["points"]), row["amount"], row["currency"]) == ("380", "2.8500", "EUR")


def test_liability_as_a_table(run: Run, spender: Account) -> None:
    money = ("--point-value", "1", "--currency", "EUR")
    assert "380" in run("report", "liability", *money, "--format", "table").stdout


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("who", ["cust_1", "{id}"])
def test_statement(run: Run, spender: Account, who: str, format: str) -> None:
    who = who.replace("{id}", spender.id)
    result = run("ledger", "statement", who, "--format", format)
    assert result.exit_code == 0
    rows = read(result, format)
    assert [row["kind"] for row in rows] == ["opening", "adjusted", "adjusted", "closing"]
    assert [str(row["balance"]) for row in rows] == ["0", "500", "380", "380"]
    assert [row["reason"] or None for row in rows] == [None, "welcome", "mistake", None]


def test_statement_as_a_table(run: Run, spender: Account) -> None:
    said = run("ledger", "statement", "cust_1", "--format", "table").stdout
    assert {"opening", "closing", "-120"} <= set(said.split())


def test_every_balance_is_its_ledger(run: Run, spender: Account) -> None:
    result = run("ledger", "reconcile")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Members: 1; points: 380; differing: 0." in result.stderr
    assert "No balance differs." in run("ledger", "reconcile", "--format", "table").stderr


MEMBER: Final = {
    "id": "loy_1",
    "program": "prog_1",
    "customer": "cust_1",
    "status": "active",
    "balance": 100,
    "lifetime_points": 0,
    "tier": None,
}
ENTRY: Final = {"id": "ptx_1", "account": "loy_1", "type": "adjust", "amount": 90}
ANSWERS: Final = {
    "accounts": {"data": [MEMBER], "has_more": False},
    "loy_1": MEMBER,
    "transactions": {"data": [ENTRY], "has_more": False},
}


class Drifting(BaseHTTPRequestHandler):
    """A service with one member, whose ledger has less than the balance, and no times."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].rpartition("/")[2]
        body = json.dumps(ANSWERS[name]).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Into no test's output."""


@pytest.fixture
def drifting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Drifting) as server:
        monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_operator")
        monkeypatch.setenv("VINR_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield
        server.shutdown()
        thread.join()


@pytest.mark.usefixtures("drifting")
@pytest.mark.parametrize("format", FORMATS)
def test_drift_is_exit_code_6(run: Run, format: str) -> None:
    result = run("ledger", "reconcile", "--format", format)
    assert result.exit_code == 6
    [row] = read(result, format)
    assert (row["account"], str(row["difference"])) == ("loy_1", "10")


@pytest.mark.usefixtures("drifting")
@pytest.mark.parametrize("command", [("report", "points"), ("ledger", "statement", "loy_1")])
def test_what_a_report_cannot_place_is_said(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.exit_code == 6
    assert "ptx_1 (number: 1; points: 90)" in result.stderr
    assert "differ from the ledger (points: 10)" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["report", "points", "--from", "1.6.2026"], 2),
        (["report", "points", "--from", "2026-06-01", "--to", "2026-01-01"], 2),
        (["report", "points", "--timezone", "Mars/Base"], 2),
        (["report", "points", "--by", "week"], 2),
        (["report", "liability", "--point-value", "cheap", "--currency", "EUR"], 2),
        (["report", "liability", "--point-value", "-1", "--currency", "EUR"], 2),
        (["report", "liability", "--point-value", "1", "--currency", "euro"], 2),
        (["report", "points", "--program", "prog_none"], 3),
        (["ledger", "statement", "cust_none"], 3),
        (["ledger", "reconcile", "--program", "prog_none"], 3),
    ],
)
def test_exit_codes(run: Run, service: Sandbox, arguments: list[str], code: int) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert result.stdout == ""


def test_without_a_service_it_says_try_later(
    run: Run, service: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    monkeypatch.setenv("VINR_BASE_URL", f"http://127.0.0.1:{port}/v1")
    assert run("report", "points").exit_code == 75
