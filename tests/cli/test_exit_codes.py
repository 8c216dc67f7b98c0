"""The exit code of each kind of failure, and what is said about it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from vinr import Vinr
from vinr.cli.exit_codes import MEANINGS, ExitCode
from vinr.loyalty import Account
from vinr.sandbox import Fault, LoseReply, Sandbox, Status

LATER = [Status(429)] * 3
OUTAGE = [Status(503)] * 3
LOST = [LoseReply()] * 3
"""As many as a call has attempts."""


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("members", 2, "Usage: vinr members"),
        ("membres", 2, "No such command 'membres'"),
        ("members shwo", 2, "No such command"),
        ("members show", 2, "Missing argument 'MEMBER'"),
        ("members show loy_1 --format xml", 2, "'xml' is not one of"),
        ("members show ..", 2, ".."),
        ("members show loy_nobody", 3, "No such account"),
        ("members show cust_nobody", 3, "cust_nobody is no account, and no customer"),
        ("members list --program prog_nothing", 3, "No such program"),
        ("members list --limit 0", 2, "--limit"),
        ("members resolve cust_1", 2, "say which program: --program"),
        ("members adjust cust_1 1.5", 2, "'1.5' is no whole number of points"),
        ("members adjust cust_1 1,000", 2, "'1,000' is no whole number of points"),
        ("members adjust cust_1 0", 2, "0 points would change nothing"),
        ("members adjust cust_1 -501", 5, "500 points"),
        ("members adjust cust_1 1 --refrence 7", 2, "--refrence"),
        ("members adjust cust_1 1 --reference 7 --idempotency-key 7", 2, "has a key of its own"),
        ("members adjust loy_nobody 1", 3, "No such account"),
        ("members set-tier cust_1 wood", 5, "tier"),
        ("members close loy_nobody", 3, "No such account"),
        ("members merge cust_1 cust_1 --yes", 2, "source"),
        ("members merge", 2, "name SOURCE and TARGET, or --plan FILE"),
        ("ledger list loy_nobody", 3, "No such account"),
        ("members list --profile nobody", 2, "#keys-and-profiles"),
    ],
)
def test_what_cannot_be(run: Run, member: Account, command: str, code: int, message: str) -> None:
    result = run(*shlex.split(command))
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert message in result.stderr


@pytest.mark.parametrize(
    ("operation", "faults", "command", "code"),
    [
        ("accounts.list", LATER, "members list", 75),
        ("accounts.list", OUTAGE, "members list", 75),
        ("accounts.list", LOST, "members list", 75),
        ("accounts.list", [Status(400)], "members list", 5),
        ("accounts.list", [Status(401)], "members list", 4),
        ("accounts.list", [Status(403)], "members list", 4),
        ("accounts.list", [Status(500)] * 3, "members list", 1),
        ("accounts.retrieve", [Status(404)], "members show {id}", 3),
        ("transactions.list", LATER, "ledger list", 75),
        ("transactions.create", LATER, "members adjust {id} 1", 75),
        ("transactions.create", LOST, "members adjust {id} 1", 7),
        ("accounts.close", LOST, "members close {id}", 7),
        ("accounts.update", LOST, "members set-tier {id} gold", 7),
        ("accounts.update", [Status(409)], "members set-tier {id} gold", 5),
        ("accounts.create", LOST, "members resolve cust_9 --program prog_default", 7),
    ],
)
def test_the_service_fails(
    run: Run,
    service: Sandbox,
    member: Account,
    operation: str,
    faults: Sequence[Fault],
    command: str,
    code: int,
) -> None:
    service.faults.add(operation, faults)
    result = run(*command.replace("{id}", member.id).split())
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    service.faults.assert_used()


@pytest.mark.parametrize(
    "options", ["", "--idempotency-key ticket-1", "--idempotency-key=ticket-1", "--reference r-1"]
)
@pytest.mark.parametrize("points", ["+70", "-70"])
def test_the_printed_command_settles_an_unknown_outcome(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr, options: str, points: str
) -> None:
    service.faults.add("transactions.create", LOST)
    lost = run("members", "adjust", "cust_1", points, *shlex.split(options))
    assert lost.exit_code == ExitCode.OUTCOME_UNKNOWN
    program, *arguments = shlex.split(lost.stderr.splitlines()[-1])
    assert program == "vinr"
    assert run(*arguments).exit_code == 0
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 500 + int(points)


@pytest.mark.parametrize(("secret_key", "code"), [("sk_live_1", 4), ("pk_test_1", 4), ("a b", 4)])
def test_a_key_that_is_refused_is_not_shown(
    run: Run, service: Sandbox, monkeypatch: pytest.MonkeyPatch, secret_key: str, code: int
) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", secret_key)
    result = run("members", "list")
    assert result.exit_code == code
    assert secret_key not in result.output


def test_nobody_listens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VINR_SECRET_KEY", "sk_test_1")
    monkeypatch.setenv("VINR_BASE_URL", "http://127.0.0.1:9/v1")
    result = run("members", "list")
    assert result.exit_code == 75
    assert "vinr sandbox serve" in result.stderr


def test_without_a_key_it_says_how_to_start(run: Run) -> None:
    result = run("members", "list")
    assert result.exit_code == 4
    for said in ("VINR_SECRET_KEY", "profiles.toml", "vinr sandbox serve", "VINR_BASE_URL="):
        assert said in result.stderr


def test_the_help_has_every_code(run: Run) -> None:
    said = run("--help").stdout
    assert set(MEANINGS) == set(ExitCode)
    for code, meaning in MEANINGS.items():
        assert f"{code:>3}  {meaning}" in said
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    table = page.partition("## Exit codes")[2].partition("After a 7")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == [*ExitCode]


@pytest.mark.parametrize(
    "command",
    [
        "adjust cust_1 5",
        "set-tier cust_1 gold",
        "close cust_1",
        "merge cust_2 cust_1",
    ],
)
def test_a_live_key_asks_and_nobody_can_answer(
    run: Run, live_service: Sandbox, vinr_client: Vinr, command: str
) -> None:
    vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_2")
    before = live_service.events.list()
    result = run("members", *command.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert "add --yes" in result.stderr
    assert live_service.events.list() == before
    assert run("members", *command.split(), "--yes").exit_code == 0
    assert len(live_service.events.list()) > len(before)


def test_a_live_key_reads_and_enrols_without_asking(run: Run, live_service: Sandbox) -> None:
    assert run("members", "list").exit_code == 0
    assert run("members", "resolve", "cust_9", "--program", "prog_default").exit_code == 0
