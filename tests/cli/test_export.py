"""``vinr export``: files in each format, gone on with, and exit codes."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import Meanwhile, Run, interrupt
from tests.cli.parsing import read
from vinr import Vinr
from vinr.loyalty import Account
from vinr.sandbox import Pass, Sandbox, Status


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_members(run: Run, member: Account, tmp_path: Path, format: str) -> None:
    result = run(
        "export", "members", "members.csv", "--program", "prog_default", "--format", format
    )
    assert result.exit_code == 0
    [said] = read(result, format)
    assert (said["path"], str(said["rows"])) == ("members.csv", "1")
    header, row = (tmp_path / "members.csv").read_text("utf-8").splitlines()
    assert header.startswith("id,program,customer,status,balance")
    assert row.startswith(f"{member.id},prog_default,cust_1,active,500,")


def test_members_said_in_a_table(run: Run, member: Account) -> None:
    said = run("export", "members", "members.jsonl", "--format", "table").stdout
    assert {"path", "members.jsonl", "rows", "1"} <= set(said.split())


def test_ledger_to_parquet(run: Run, member: Account, tmp_path: Path) -> None:
    result = run("export", "ledger", "ledger.parquet", "--metadata-column", "channel")
    assert result.exit_code == 0
    table = pq.read_table(tmp_path / "ledger.parquet")  # pyright: ignore[reportUnknownMemberType]  # as its stubs have it
    assert table.column("amount").to_pylist() == [500]
    assert "metadata.channel" in table.column_names


def test_the_ledger_of_a_member(
    run: Run, member: Account, vinr_client: Vinr, tmp_path: Path
) -> None:
    other = vinr_client.loyalty.accounts.create(program="prog_default", customer="cust_2")
    vinr_client.loyalty.transactions.create(account=other.id, amount=7)
    assert run("export", "ledger", "ledger.jsonl", "--member", "cust_2").exit_code == 0
    [line] = (tmp_path / "ledger.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["amount"] == 7


def test_what_ended_early_is_gone_on_with(run: Run, member: Account, service: Sandbox) -> None:
    with service.client() as client:
        for number in range(120):
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_x{number}")
    for arguments, resumed in (((), True), (("--anew",), False)):
        service.faults.add("accounts.list", [Pass(), *[Status(503)] * 3])
        assert run("export", "members", "members.jsonl").exit_code == 75
        [said] = read(run("export", "members", "members.jsonl", *arguments), "jsonl")
        assert (said["rows"], said["resumed"]) == (121, resumed)


def test_ctrl_c_says_that_it_can_be_gone_on_with(
    run: Run, member: Account, service: Sandbox, meanwhile: Meanwhile
) -> None:
    with service.client() as client:
        for number in range(120):
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_x{number}")
    accounts = "/loyalty/accounts"
    meanwhile[accounts] = partial(meanwhile.__setitem__, accounts, interrupt)
    stopped = run("export", "members", "members.jsonl")
    assert (stopped.exit_code, stopped.stdout) == (130, "")
    assert stopped.stderr == "Error: interrupted; the same command goes on from here\n"
    assert not Path("members.jsonl").exists()
    [said] = read(run("export", "members", "members.jsonl"), "jsonl")
    assert said["rows"] == len(Path("members.jsonl").read_text("utf-8").splitlines()) == 121


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["export", "members", "members.xlsx"], 2, ".parquet"),
        (["export", "members"], 2, "FILE"),
        (["export", "members", "nowhere/members.csv"], 1, "no folder nowhere"),
        (["export", "ledger", "ledger.csv", "--member", "cust_none"], 3, "cust_none"),
        (["export", "ledger", "ledger.csv", "--program", "prog_none"], 3, "prog"),
    ],
)
def test_exit_codes(
    run: Run, service: Sandbox, arguments: list[str], code: int, message: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == code, result.stderr
    assert message in result.stderr
    assert result.stdout == ""


def test_a_missing_library_is_named(
    run: Run, member: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", "members", "members.parquet")
    assert (result.exit_code, 'pip install "vinr[parquet]"' in result.stderr) == (1, True)
