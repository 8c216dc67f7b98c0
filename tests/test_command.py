"""``vinr sandbox``: ready when it says so, gone when it is told, with nothing lost."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.serving import run, serving
from vinr import AuthenticationError, Vinr
from vinr.sandbox import Sandbox


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serve_and_check(tmp_path: Path, end: signal.Signals) -> None:
    db = str(tmp_path / "members.sqlite")
    with (
        serving("--db", db) as (process, url),
        Vinr(secret_key="sk_test_1", base_url=url) as client,
    ):
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        client.loyalty.transactions.create(account=member.id, amount=7)
        live = Vinr(secret_key="sk_live_1", base_url=url)
        with live, pytest.raises(AuthenticationError, match="no live keys"):
            live.loyalty.accounts.retrieve(member.id)
        process.send_signal(end)
        assert process.wait(10) == 0
    assert "sound" in run("check", "--db", db).stdout


def test_limits_are_enforced_on_request() -> None:
    with serving("--rate-limit", "0.01") as (_, url):
        key = {"x-api-key": "sk_test_1"}
        statuses = [httpx.get(f"{url}/events", headers=key).status_code for _ in range(2)]
    assert statuses == [200, 429]


def test_an_address_that_cannot_be_had() -> None:
    result = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert result.returncode == 1
    assert "WARNING: the sandbox listens on 192.0.2.1" in result.stderr
    assert "cannot listen" in result.stderr
    assert "Traceback" not in result.stderr


def test_seed_and_save(tmp_path: Path) -> None:
    db, copy, lines = (str(tmp_path / name) for name in ("a.sqlite", "b.sqlite", "a.jsonl"))
    for _ in range(2):
        result = run("seed", "--db", db, "--members", "3")
        assert (result.returncode, result.stderr) == (0, "")
    saved = run("save", "--db", db, lines)
    assert saved.returncode == 0
    assert f"{len(Path(lines).read_bytes().splitlines())} lines were written to" in saved.stdout
    assert run("seed", "--db", copy, lines).returncode == 0
    with Sandbox(db) as sandbox, Sandbox(copy) as another:
        with sandbox.client() as client, another.client() as twin:
            members = list(client.loyalty.accounts.list())
            assert members == list(twin.loyalty.accounts.list())
        assert len(members) == 3
        assert sandbox.events.list() == another.events.list()


def test_made_up_members_are_the_same_however_many(tmp_path: Path) -> None:
    balances: list[dict[str | None, int]] = []
    for number in (2, 4):
        db = str(tmp_path / f"{number}.sqlite")
        run("seed", "--db", db, "--members", str(number))
        with Sandbox(db) as sandbox, sandbox.client() as client:
            members = client.loyalty.accounts.list()
            balances.append({member.customer_id: member.balance for member in members})
    fewer, more = balances
    assert len(more) == 4
    assert fewer.items() <= more.items()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["seed", "--db", "a.sqlite"], "--members"),
        (["seed", "--db", "a.sqlite", "bad.jsonl"], "line 1"),
        (["check", "--db", "bad.jsonl"], "cannot be opened"),
        (["serve", "--db", "bad.jsonl"], "cannot be opened"),
        (["check", "--db", "typo.sqlite"], "'typo.sqlite' does not exist"),
        (["save", "--db", "typo.sqlite", "a.jsonl"], "'typo.sqlite' does not exist"),
        (["save", "--db", "there.sqlite", "/nowhere/a.jsonl"], "No such file"),
        (["serve", "--port", "99999"], "0<=x<=65535"),
        (["serve", "--port", "-1"], "0<=x<=65535"),
        (["serve", "--host", ""], "an address to listen on"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    (tmp_path / "bad.jsonl").write_text(json.dumps({"nonsense": "." * 200}), "utf-8")
    with Sandbox(tmp_path / "there.sqlite"):
        pass
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.returncode in (1, 2)
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "typo.sqlite").exists()


def test_a_broken_ledger_is_told(tmp_path: Path) -> None:
    db = str(tmp_path / "members.sqlite")
    run("seed", "--db", db, "--members", "1")
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE accounts SET balance = balance + 1")
    connection.close()
    result = run("check", "--db", db)
    assert result.returncode == 1
    assert "balance_is_sum_of_entries" in result.stdout


@pytest.mark.parametrize("module", ["vinr", "vinr.cli"])
def test_it_runs_as_a_module(module: str) -> None:
    command = [sys.executable, "-m", module, "sandbox", "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"python -m {module} sandbox" in result.stdout


@pytest.mark.parametrize("library", ["click", "werkzeug"])
def test_without_its_extras(library: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None; from vinr.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.strip().endswith('pip install "vinr[cli,sandbox]"')
