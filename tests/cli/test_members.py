"""``vinr members``: what it writes in each format, and what it changes."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import FORMATS, read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Sandbox, Status

MACHINE_FORMATS = FORMATS[1:]


@pytest.mark.parametrize("format", MACHINE_FORMATS)
@pytest.mark.parametrize(
    "command",
    [
        ["show", "{id}"],
        ["show", "cust_1"],
        ["show", "cust_1", "--program", "prog_default"],
        ["list"],
        ["list", "--customer", "cust_1", "--status", "active"],
        ["resolve", "cust_1", "--program", "prog_default"],
    ],
    ids=" ".join,
)
def test_a_member_in_each_format(
    run: Run, member: Account, command: list[str], format: str
) -> None:
    words = [word.replace("{id}", member.id) for word in command]
    result = run("members", *words, "--format", format)
    assert (result.exit_code, len(read(result, format))) == (0, 1)
    [row] = read(result, format)
    assert (row["id"], row["customer"], row["tier"]) == (member.id, "cust_1", "bronze")
    assert str(row["balance"]) == "500"
    metadata = {"channel": "web"}
    assert row["metadata"] in (metadata, '{"channel": "web"}')


@pytest.mark.parametrize(
    "command",
    [
        "show cust_1",
        "list",
        "resolve cust_1 --program prog_default",
        "adjust cust_1 500",
        "set-tier cust_1 gold",
        "close cust_1",
        "reopen cust_1",
    ],
)
def test_a_table_is_for_people(run: Run, member: Account, vinr_client: Vinr, command: str) -> None:
    if command.startswith("reopen"):
        vinr_client.loyalty.accounts.close(member.id)
    result = run("members", *command.split(), "--format", "table")
    assert result.exit_code == 0
    assert {member.id, "500"} <= set(result.stdout.split())


def test_piped_it_is_a_json_object_a_line(run: Run, member: Account) -> None:
    piped = run("members", "list")
    assert piped.stdout == run("members", "list", "--format", "jsonl").stdout
    assert read(piped, "jsonl")[0]["id"] == member.id


def test_all_pages_unless_a_limit_is_given(run: Run, service: Sandbox, vinr_client: Vinr) -> None:
    for number in range(103):
        vinr_client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number}")
    assert len(read(run("members", "list"), "jsonl")) == 103
    assert len(read(run("members", "list", "--limit", "101"), "jsonl")) == 101
    assert len(read(run("members", "list", "--limit", "2"), "jsonl")) == 2


@pytest.mark.parametrize(("format", "nothing"), [("json", "[]\n"), ("jsonl", ""), ("table", "")])
def test_no_members(run: Run, service: Sandbox, format: str, nothing: str) -> None:
    result = run("members", "list", "--format", format)
    assert (result.exit_code, result.stdout) == (0, nothing)
    assert ("Nothing was found" in result.stderr) == (format == "table")


def test_expanded_objects(run: Run, service: Sandbox, member: Account) -> None:
    service.add_customer("cust_1", email="ada@example.com")
    shown = run("members", "show", member.id, "--expand", "customer", "--expand", "tier")
    [row] = read(shown, "jsonl")
    assert row["customer"]["email"] == "ada@example.com"
    assert row["tier"]["name"] == "Bronze"


def test_a_member_by_the_customers_e_mail_address(
    run: Run, service: Sandbox, member: Account, vinr_client: Vinr
) -> None:
    service.add_customer("cust_1", email="ada@example.com")
    assert read(run("members", "show", "ada@example.com"), "jsonl")[0]["id"] == member.id
    nobody = run("members", "show", "grace@example.com")
    assert (nobody.exit_code, nobody.stdout) == (3, "")
    assert "no customer with the e-mail address grace@example.com" in nobody.stderr
    service.add_customer("cust_2", email="ada@example.com")
    other = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_2")
    two = run("members", "adjust", "ada@example.com", "5")
    assert two.exit_code == 2
    assert member.id in two.stderr
    assert other.id in two.stderr


@pytest.mark.parametrize("status", [403, 404])
def test_where_vinr_shows_no_customers(
    run: Run, service: Sandbox, member: Account, status: int
) -> None:
    service.faults.add("customers.list", [Status(status)])
    result = run("members", "show", "ada@example.com")
    assert result.exit_code == 3
    assert "name the account's id (loy_…) or the customer's (cust_…)" in result.stderr


def test_resolve_enrols_once(run: Run, service: Sandbox) -> None:
    first, second = (run("members", "resolve", "cust_7", "--program", "prog_default") for _ in "12")
    assert first.stdout == second.stdout
    assert "was enrolled" in first.stderr
    assert "was a member already" in second.stderr
    quiet = run("members", "resolve", "cust_7", "--program", "prog_default", "--quiet")
    assert (quiet.stdout, quiet.stderr) == (first.stdout, "")


@pytest.mark.parametrize("format", MACHINE_FORMATS)
@pytest.mark.parametrize("points", ["+250", "-250"])
def test_adjust(run: Run, member: Account, vinr_client: Vinr, points: str, format: str) -> None:
    result = run("members", "adjust", "cust_1", points, "--reason", "audit", "--format", format)
    assert result.exit_code == 0, result.stderr
    [entry] = read(result, format)
    assert (int(entry["amount"]), entry["reason"]) == (int(points), "audit")
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 500 + int(points)


@pytest.mark.parametrize("option", ["--reference", "--idempotency-key"])
def test_adjust_happens_once(run: Run, member: Account, vinr_client: Vinr, option: str) -> None:
    command = ["members", "adjust", member.id, "100", option, "ticket-4821"]
    first, second = run(*command), run(*command)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert read(first, "jsonl")[0]["id"] == read(second, "jsonl")[0]["id"]
    assert vinr_client.loyalty.accounts.retrieve(member.id).balance == 600


def test_a_reference_is_for_good(run: Run, member: Account, service: Sandbox) -> None:
    command = ["members", "adjust", member.id, "100", "--reference", "ticket-4821"]
    run(*command)
    service.clock.advance(days=30)
    again = run(*command)
    assert "posted before; nothing was posted now" in again.stderr
    conflict = run("members", "adjust", member.id, "101", "--reference", "ticket-4821")
    assert conflict.exit_code == 5


@pytest.mark.parametrize("format", MACHINE_FORMATS)
def test_a_life(run: Run, member: Account, vinr_client: Vinr, format: str) -> None:
    for command, status, tier in [
        (["set-tier", member.id, "gold"], "active", "gold"),
        (["close", "cust_1"], "closed", "gold"),
        (["reopen", "cust_1"], "active", "gold"),
    ]:
        result = run("members", *command, "--format", format)
        assert result.exit_code == 0, result.stderr
        [row] = read(result, format)
        assert (row["status"], row["tier"]) == (status, tier)
        account = vinr_client.loyalty.accounts.retrieve(member.id)
        assert (account.status, account.tier_id) == (status, tier)


def test_reopen_means_the_closed_account(run: Run, member: Account, vinr_client: Vinr) -> None:
    vinr_client.loyalty.accounts.close(member.id)
    vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    result = run("members", "reopen", "cust_1")
    assert result.exit_code == 5
    assert "active account" in result.stderr


def test_a_customer_with_many_accounts_has_to_be_named(
    run: Run, member: Account, vinr_client: Vinr
) -> None:
    vinr_client.loyalty.accounts.close(member.id)
    again = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_1")
    assert read(run("members", "show", "cust_1"), "jsonl")[0]["id"] == again.id
    vinr_client.loyalty.accounts.close(again.id)
    result = run("members", "show", "cust_1")
    assert result.exit_code == 2
    assert member.id in result.stderr
    assert again.id in result.stderr
