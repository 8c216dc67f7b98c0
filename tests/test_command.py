"""``vinr sandbox``: ready when it says so, gone when it is told, with nothing lost."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest

from vinr import AuthenticationError, Vinr, VinrError
from vinr.sandbox import Sandbox

COMMAND = [sys.executable, "-m", "vinr.cli", "sandbox"]


@contextmanager
def serving(*options: str) -> Generator[tuple[subprocess.Popen[str], str]]:
    """The command, and its base URL once it is ready."""
    serve = [*COMMAND, "serve", "--port", "0", *options]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = re.search(r"http://127\.0\.0\.1:\d+/v1", process.stdout.readline())
            assert ready
            yield process, ready.group()
        finally:
            process.kill()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)


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


def test_a_kill_in_the_middle_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    db = str(tmp_path / "members.sqlite")
    answered: list[str] = []
    with serving("--db", db) as (process, url):
        once = Vinr(secret_key="sk_test_1", base_url=url, max_retries=0)
        with once as client:
            member = client.loyalty.accounts.create(program="prog_default")
            with pytest.raises(VinrError) as lost:
                post_for_ever(client, member.id, answered, process)
    assert len(answered) >= 100
    with serving("--db", db) as (_, url), Vinr(secret_key="sk_test_1", base_url=url) as client:
        kept = [entry.id for entry in client.loyalty.transactions.list(account=member.id)][::-1]
        assert kept[: len(answered)] == answered
        # one more may have been stored whose answer never came
        assert len(kept) - len(answered) in (0, 1)
        assert client.loyalty.accounts.retrieve(member.id).balance == len(kept)
        settled = client.loyalty.transactions.create(
            account=member.id, amount=1, idempotency_key=lost.value.idempotency_key
        )
        assert settled.last_response.replayed is (len(kept) > len(answered))
    with Sandbox(db) as sandbox:
        assert sandbox.check() == []


def post_for_ever(
    client: Vinr, account: str, answered: list[str], process: subprocess.Popen[str]
) -> None:
    """Kills the server on the way and goes on until no answer comes."""
    for number in count():
        if number == 100:
            process.kill()
        entry = client.loyalty.transactions.create(
            account=account, amount=1, idempotency_key=f"posting-{number}"
        )
        answered.append(entry.id)


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
    assert run("save", "--db", db, lines).returncode == 0
    assert run("seed", "--db", copy, lines).returncode == 0
    with Sandbox(db) as sandbox, Sandbox(copy) as another:
        with sandbox.client() as client, another.client() as twin:
            members = list(client.loyalty.accounts.list())
            assert members == list(twin.loyalty.accounts.list())
        assert len(members) == 3
        assert sandbox.events.list() == another.events.list()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["seed", "--db", "a.sqlite"], "--members"),
        (["seed", "--db", "a.sqlite", "bad.jsonl"], "line 1"),
        (["check", "--db", "bad.jsonl"], "cannot be opened"),
        (["serve", "--db", "bad.jsonl"], "cannot be opened"),
        (["save", "--db", "a.sqlite", "/nowhere/a.jsonl"], "No such file"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    (tmp_path / "bad.jsonl").write_text(json.dumps({"nonsense": "." * 200}), "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.returncode in (1, 2)
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_ledger_is_told(tmp_path: Path) -> None:
    db = str(tmp_path / "members.sqlite")
    run("seed", "--db", db, "--members", "1")
    with sqlite3.connect(db) as connection:
        connection.execute("UPDATE accounts SET balance = balance + 1")
    connection.close()
    result = run("check", "--db", db)
    assert result.returncode == 1
    assert "balance_is_sum_of_entries" in result.stdout


@pytest.mark.parametrize("library", ["click", "werkzeug"])
def test_without_its_extras(library: str) -> None:
    program = f"import sys; sys.modules[{library!r}] = None; from vinr.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.strip().endswith('pip install "vinr[cli,sandbox]"')
