"""Files: what was answered is kept, over restarts, kills and several processes."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.sandbox import raw_http
from vinr import InternalServerError
from vinr.sandbox import Program, Sandbox
from vinr.sandbox.ledger import database

POSTING_FOR_EVER = """
import sys
from vinr.sandbox import Sandbox
client = Sandbox(sys.argv[1]).client()
member, _ = client.loyalty.accounts.get_or_create(program="prog_default", customer="cust_1")
for number in range(1_000_000):
    entry = client.loyalty.transactions.create(
        account=member.id, amount=1, idempotency_key=f"posting-{number}"
    )
    print(entry.id, flush=True)
"""

ENROLLING = """
import sys
from vinr.sandbox import Sandbox
with Sandbox(sys.argv[1]) as sandbox, sandbox.client() as client:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(40):
        member, created = client.loyalty.accounts.get_or_create(
            program="prog_default", customer=f"cust_{number}"
        )
        client.loyalty.transactions.create(account=member.id, amount=1)
        print(int(created), end="")
"""


def test_a_file_keeps_everything(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    with Sandbox(path) as sandbox, sandbox.client() as client:
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
        entry = client.loyalty.transactions.create(
            account=member.id, amount=5, idempotency_key="ticket-1"
        )
        sandbox.add_customer("cust_1", email="one@customer.test")
    with Sandbox(path) as sandbox, sandbox.client() as client:
        again = client.loyalty.transactions.create(
            account=member.id, amount=5, idempotency_key="ticket-1"
        )
        assert again == entry
        assert again.last_response.replayed
        shown = client.loyalty.accounts.retrieve(member.id, expand=["customer"])
        assert shown.customer is not None
        assert (shown.balance, shown.customer.email) == (5, "one@customer.test")
        assert len(sandbox.events.list()) == 3


def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    command = [sys.executable, "-c", POSTING_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        answered = [process.stdout.readline().strip() for _ in range(200)]
        process.kill()
        answered += process.stdout.read().split()
    with Sandbox(path) as sandbox, sandbox.client() as client:
        assert sandbox.check() == []
        kept = [entry.id for entry in client.loyalty.transactions.list(limit=100)][::-1]
        assert kept[: len(answered)] == answered
        # one more may have been stored whose answer was never written out
        assert len(kept) - len(answered) in (0, 1)
        [member] = client.loyalty.accounts.list(customer="cust_1")
        assert member.balance == len(kept)
        replay = client.loyalty.transactions.create(
            account=member.id, amount=1, idempotency_key=f"posting-{len(kept) - 1}"
        )
        assert replay.id == kept[-1]


def test_several_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    command = [sys.executable, "-c", ENROLLING, str(path)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    created = [sum(map(int, column)) for column in zip(*outputs, strict=True)]
    assert created == [1] * 40
    with Sandbox(path) as sandbox, sandbox.client() as client:
        assert sandbox.check() == []
        assert {member.balance for member in client.loyalty.accounts.list()} == {3}


def test_what_another_process_changed_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    program = Program(id="prog_default", name="Default", expiry_months=12)
    with Sandbox(path, programs=[program]) as one, Sandbox(path) as other:
        with one.client() as client, other.client() as looking:
            member = client.loyalty.accounts.create(program="prog_default").id
            assert looking.loyalty.accounts.retrieve(member).balance == 0
            # both have seen the program, and that nothing is to expire, by now
            client.loyalty.transactions.create(account=member, amount=5)
            other.clock.advance(days=400)
            assert looking.loyalty.accounts.retrieve(member).balance == 0
            one.configure(program=program.model_copy(update={"welcome_bonus": 30}))
            newcomer = looking.loyalty.accounts.create(program="prog_default").id
            assert looking.loyalty.accounts.retrieve(newcomer).balance == 30
        assert one.check() == []


def test_what_was_undone_is_not_remembered(tmp_path: Path) -> None:
    lines = tmp_path / "members.jsonl"
    bonus = {"id": "prog_default", "name": "Default", "welcome_bonus": 30}
    written = [{"program": bonus}, {"member": {"customer": "cust_1"}}, {"member": {"points": -1}}]
    lines.write_text("\n".join(map(json.dumps, written)), "utf-8")
    with Sandbox() as sandbox, sandbox.client() as client:
        with pytest.raises(ValueError, match="line 3"):
            sandbox.load(lines)
        member = client.loyalty.accounts.create(program="prog_default", customer="cust_1").id
        assert client.loyalty.accounts.retrieve(member).balance == 0


def test_a_closed_sandbox_refuses_connections() -> None:
    sandbox = Sandbox()
    with httpx.Client(transport=sandbox.transport()) as http, sandbox.serve() as url:
        sandbox.close()
        sandbox.close()
        with pytest.raises(httpx.ConnectError, match="closed"):
            http.get("https://sandbox.api.vinr.com/v1/loyalty/accounts")
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{url}/loyalty/accounts", headers={"x-api-key": "sk_test_1"})


async def test_a_closed_sandbox_refuses_connections_of_async_clients() -> None:
    sandbox = Sandbox()
    async with httpx.AsyncClient(transport=sandbox.async_transport()) as http:
        sandbox.close()
        with pytest.raises(httpx.ConnectError, match="closed"):
            await http.get("https://sandbox.api.vinr.com/v1/loyalty/accounts")


def test_what_cannot_be_read_is_refused_by_a_closed_sandbox_too() -> None:
    with Sandbox() as sandbox, sandbox.serve() as url:
        sandbox.close()
        assert raw_http.send(url, b"no HTTP at all\r\n\r\n").status == 400


def test_a_file_that_another_process_holds_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "members.sqlite"
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with Sandbox(path) as sandbox, sandbox.client(max_retries=0) as client:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(InternalServerError, match="Another process holds") as raised:
                client.loyalty.accounts.create(program="prog_default")
        assert (raised.value.status, raised.value.code) == (503, "store_busy")
        assert raised.value.retry_after == 1
        client.loyalty.accounts.create(program="prog_default")
        assert len(client.loyalty.accounts.list()) == 1


@pytest.fixture
def being_made(tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A file that another process is about to write first, and its connection."""
    path = tmp_path / "members.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield path, other


def test_a_file_that_is_being_made_is_waited_for(
    being_made: tuple[Path, sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = being_made

    def end_the_transaction(_seconds: float) -> None:
        other.rollback()

    monkeypatch.setattr(time, "sleep", end_the_transaction)
    with Sandbox(path) as sandbox:
        assert sandbox.check() == []


def test_a_file_that_is_being_made_is_not_waited_for_without_end(
    being_made: tuple[Path, sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = being_made
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    with pytest.raises(OSError, match="cannot be opened as a sandbox: database is locked"):
        Sandbox(path)


FULL = """
import resource, signal, sys
from vinr import VinrError
from vinr.sandbox import Sandbox

with Sandbox(sys.argv[1]) as sandbox, sandbox.client(max_retries=0) as client:
    client.loyalty.accounts.create(program="prog_default", customer="cust_0")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    number = 0
    try:
        while True:
            client.loyalty.accounts.create(program="prog_default", customer=f"cust_{number + 1}")
            number += 1
    except VinrError as error:
        print(number + 1, error.status, error.message)
    print(len(list(client.loyalty.accounts.list(limit=100))))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    client.loyalty.accounts.create(program="prog_default", customer="cust_after")
"""


def test_a_full_disk_loses_nothing_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "members.sqlite"
    command = [sys.executable, "-c", FULL, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    refused, listed = result.stdout.splitlines()
    answered, status, message = refused.split(" ", 2)
    assert (status, "its disk is full" in message) == ("500", True)
    assert listed == answered
    with Sandbox(path) as sandbox, sandbox.client() as client:
        assert len(list(client.loyalty.accounts.list(limit=100))) == int(answered) + 1
        assert sandbox.check() == []
