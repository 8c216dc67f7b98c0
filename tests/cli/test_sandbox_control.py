"""``vinr sandbox check``, ``reset``, ``faults``, ``trigger``: on a running one, and on a file."""

from __future__ import annotations

import sqlite3

import httpx
import pytest
import respx

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import RateLimitError, Vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox


@pytest.mark.parametrize(("format", "nothing"), [("json", "[]\n"), ("jsonl", ""), ("table", "")])
def test_a_sound_ledger(run: Run, member: Account, format: str, nothing: str) -> None:
    result = run("sandbox", "check", "--format", format)
    assert (result.exit_code, result.stdout) == (0, nothing)
    assert ("The ledger is sound." in result.stderr) == (format == "table")


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "table"])
def test_a_broken_ledger_is_told(run: Run, format: str) -> None:
    run("sandbox", "seed", "--db", "members.sqlite", "--members", "1")
    with sqlite3.connect("members.sqlite") as connection:
        connection.execute("UPDATE accounts SET balance = balance + 1")
    connection.close()
    result = run("sandbox", "check", "--db", "members.sqlite", "--format", format)
    assert result.exit_code == 6
    assert "balance_is_sum_of_entries" in result.stdout


def test_reset_a_running_one(run: Run, member: Account, vinr_client: Vinr) -> None:
    assert run("sandbox", "reset").exit_code == 0
    assert list(vinr_client.loyalty.accounts.list()) == []


def test_reset_a_file(run: Run) -> None:
    run("sandbox", "seed", "--db", "members.sqlite", "--members", "2")
    assert run("sandbox", "reset", "--db", "members.sqlite").exit_code == 0
    with Sandbox("members.sqlite") as sandbox, sandbox.client() as client:
        assert list(client.loyalty.accounts.list()) == []


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_faults(run: Run, service: Sandbox, format: str) -> None:
    plan = [
        ("429,retry_after=1", "Status(429, retry_after=1)"),
        ("500,after=true", "Status(500, after=True)"),
        ("status:503,code=busy", "Status(503, code='busy')"),
        ("slow:0.5", "Slow(0.5)"),
        ("lose_reply", "LoseReply()"),
        ("reset,after=true", "Reset(after=True)"),
        ("truncate", "Truncate()"),
        ("garbage", "Garbage()"),
        ("pass", "Pass()"),
    ]
    words = [word for word, _ in plan]
    added = run("sandbox", "faults", "add", "accounts.list", *words, "--format", format)
    assert added.exit_code == 0, added.stderr
    assert [row["description"] for row in read(added, format)] == [said for _, said in plan]
    assert run("sandbox", "faults", "list", "--format", format).stdout == added.stdout
    assert [each.description for each in service.faults.pending()] == [said for _, said in plan]
    assert run("sandbox", "faults", "clear").exit_code == 0
    assert service.faults.pending() == []


def test_planned_faults_come(run: Run, service: Sandbox, vinr_client: Vinr) -> None:
    run("sandbox", "faults", "add", "*", "429", "--times", "3")
    table = run("sandbox", "faults", "list", "--format", "table").stdout
    assert table.split() == ["operation", "description", "times", "*", "Status(429)", "3"]
    with pytest.raises(RateLimitError):
        vinr_client.loyalty.accounts.list()
    assert run("sandbox", "faults", "list").stdout == ""


def test_faults_by_chance(run: Run, service: Sandbox, vinr_client: Vinr) -> None:
    chance = ["--probability", "1", "--seed", "7"]
    assert run("sandbox", "faults", "add", "*", "429", *chance).exit_code == 0
    with pytest.raises(RateLimitError):
        vinr_client.loyalty.accounts.list()
    service.faults.clear()


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("faults add accounts.lits 429", 2, "There is no operation 'accounts.lits'"),
        ("faults add accounts.list 42", 2, "greater than or equal to 400"),
        ("faults add accounts.list nonsense", 2, "nonsense"),
        ("faults add accounts.list", 2, "Missing argument 'FAULT...'"),
        ("trigger payment.completed --customer cust_1 --amount much", 2, "amount"),
        ("trigger payment.refunded --payment pay_nothing", 3, "No such payment"),
        ("trigger reward.redeemed --account cust_1 --points 501", 3, "No such account"),
        ("trigger reward.redeemed --account {id} --points 501", 5, "500 points"),
        ("trigger points.expired --account {id} --points 1.5", 2, "'1.5' is no whole number"),
        ("check --url 127.0.0.1:1", 2, "--url"),
        ("check --url http://127.0.0.1:port/v1", 2, "--url is no URL"),
        ("check --url http://127.0.0.1:9/v1", 75, "start one with: vinr sandbox serve"),
    ],
)
def test_what_cannot_be(
    run: Run, service: Sandbox, member: Account, command: str, code: int, message: str
) -> None:
    result = run("sandbox", *command.replace("{id}", member.id).split())
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert message in result.stderr


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("where", ["running", "file"])
def test_a_payment_and_its_refund(
    run: Run, service: Sandbox, vinr_client: Vinr, where: str, format: str
) -> None:
    if where == "file":
        run("sandbox", "seed", "--db", "a.sqlite", "--members", "1")
    else:
        vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    target = ["--db", "a.sqlite"] if where == "file" else []
    for words, amount in [
        (["payment.completed", "--customer", "cust_1", "--amount", "12.00"], 12),
        (["payment.refunded", "--amount", "3"], -3),
    ]:
        event, *options = words
        options = [*options, "--payment", "pay_1", "--format", format, *target]
        result = run("sandbox", "trigger", event, *options)
        assert result.exit_code == 0, result.stderr
        [entry] = read(result, format)
        assert int(entry["amount"]) == amount


def test_a_redemption_and_expiry(run: Run, member: Account, vinr_client: Vinr) -> None:
    account = ["--account", member.id]
    for event, options, amount, balance in [
        ("reward.redeemed", [*account, "--points", "30", "--redemption", "red_1"], -30, 470),
        ("redemption.released", ["--redemption", "red_1"], 30, 500),
        ("reward.redeemed", [*account, "--points", "10", "--redemption", "red_2"], -10, 490),
        ("redemption.fulfilled", ["--redemption", "red_2"], -10, 490),
        ("points.expired", [*account, "--points", "90"], -90, 400),
    ]:
        result = run("sandbox", "trigger", event, *options)
        assert result.exit_code == 0, result.stderr
        assert read(result, "jsonl")[0]["amount"] == amount
        assert vinr_client.loyalty.accounts.retrieve(member.id).balance == balance


def test_a_payment_of_nobody(run: Run, service: Sandbox) -> None:
    result = run("sandbox", "trigger", "payment.completed", "--amount", "5", "--format", "table")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no points were posted" in result.stderr


def test_what_answers_there_is_no_sandbox(run: Run) -> None:
    with respx.mock() as mock:
        mock.get("http://127.0.0.1:8000/_sandbox/check").mock(
            return_value=httpx.Response(200, html="<h1>It works</h1>")
        )
        result = run("sandbox", "check", "--url", "http://127.0.0.1:8000/v1")
    assert result.exit_code == 1
    assert "http://127.0.0.1:8000 is no sandbox" in result.stderr
