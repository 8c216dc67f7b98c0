"""``vinr outbox``: what waits, and its delivery."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.parsing import read
from vinr import Vinr
from vinr.bulk import Outbox
from vinr.sandbox import Sandbox, Status

PROGRAM = ("--program", "prog_default")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "till-3.sqlite"
    with Outbox(path, program="prog_default") as outbox:
        outbox.put(customer="a", amount=5, reference="r-1", reason="purchase")
        outbox.put(customer="a", amount=-9, reference="r-2")
    return str(path)


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_status(run: Run, file: str, format: str) -> None:
    first, second = read(run("outbox", "status", file, "--format", format), format)
    assert [first[name] for name in ("state", "customer", "reference")] == ["planned", "a", "r-1"]
    assert str(second["amount"]) == "-9"
    assert first["put_at"].endswith("Z")


def test_a_table(run: Run, file: str) -> None:
    shown = run("outbox", "status", file, "--format", "table").stdout
    assert {"planned", "r-1", "-9"} <= set(shown.split())


def test_flush(run: Run, service: Sandbox, file: str) -> None:
    result = run("outbox", "flush", file, *PROGRAM)

    assert result.exit_code == 6  # one was set aside
    [row] = read(result, "jsonl")
    assert (row["posted"], row["rejected"]) == (1, 1)
    [left] = read(run("outbox", "status", file), "jsonl")
    assert (left["state"], left["error_code"]) == ("rejected", "insufficient_points")
    assert run("outbox", "flush", file, *PROGRAM).exit_code == 0


def test_flush_into_the_program_of_the_outbox(
    run: Run, service: Sandbox, vinr_client: Vinr, file: str
) -> None:
    refused = run("outbox", "flush", file, "--program", "prog_other")
    assert refused.exit_code == 1
    assert "another program: prog_default" in refused.stderr
    assert list(vinr_client.loyalty.accounts.list()) == []

    run("outbox", "flush", file)
    [account] = vinr_client.loyalty.accounts.list()
    assert (account.program, account.balance) == ("prog_default", 5)


def test_a_refused_key_leaves_everything(run: Run, service: Sandbox, file: str) -> None:
    service.faults.add("*", Status(403), times=9)
    result = run("outbox", "flush", file, *PROGRAM)
    assert result.exit_code == 4
    assert "vinr outbox flush" in result.stderr
    assert len(read(run("outbox", "status", file), "jsonl")) == 2


def test_a_file_that_is_no_outbox(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nothing of ours" * 99)
    result = run("outbox", "status", str(path))
    assert result.exit_code == 1
    assert "notes.txt" in result.stderr
