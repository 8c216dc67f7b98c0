"""``vinr import``: files, every row once."""

from __future__ import annotations

import signal
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Meanwhile, Run, interrupt
from tests.cli.parsing import read
from vinr import Vinr, bulk
from vinr.sandbox import Sandbox, Status

PROGRAM = ("--program", "prog_default")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bonus.csv"
    path.write_text("ticket,customer,amount\nt-1,a,500\nt-2,b,120\nt-3,a,-50\n")
    return path


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_points_twice(run: Run, service: Sandbox, file: Path, format: str) -> None:
    words = ("import", "points", str(file), "--key", "ticket", *PROGRAM, "--format", format)
    first, second = run(*words), run(*words)

    assert (first.exit_code, second.exit_code) == (0, 0)
    [row], [again] = read(first, format), read(second, format)
    assert [str(row[name]) for name in ("posted", "already_there", "points")] == ["3", "0", "570"]
    assert [str(again[name]) for name in ("posted", "already_there", "points")] == ["0", "3", "570"]
    assert "Nothing changed" in second.stderr
    assert "Nothing changed" not in first.stderr


def test_a_table(run: Run, service: Sandbox, file: Path) -> None:
    shown = run("import", "points", str(file), *PROGRAM, "--format", "table").stdout
    assert {"posted", "3", "570"} <= set(shown.split())


def test_a_dry_run(run: Run, service: Sandbox, vinr_client: Vinr, file: Path) -> None:
    result = run("import", "points", str(file), *PROGRAM, "--dry-run")
    [row] = read(result, "jsonl")
    assert (row["posted"], row["members_created"], row["dry_run"]) == (3, 2, True)
    assert list(vinr_client.loyalty.accounts.list(program="prog_default")) == []


def test_money_and_rejected_rows(run: Run, service: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text("No,Who,Total,Day\n2,a,-5.50,2026-01-02\n1,a,5.99,2026-01-01\n3,a,much,\n")

    result = run(
        *("import", "points", str(file), *PROGRAM, "--key", "No", "--order-by", "Day"),
        *("--customer", "Who", "--amount", "Total", "--per-unit", "2"),
    )

    assert result.exit_code == 6
    [row] = read(result, "jsonl")
    assert (row["points_granted"], row["points_taken"], row["rejected"]) == (10, -10, 1)
    assert "line 4: row_invalid" in result.stderr
    assert "invoices.csv.rejects.csv" in result.stderr


@pytest.mark.parametrize("money", ["1,000.50", "1e3", "1_000", "NaN", "", "٣"])
def test_money_is_never_guessed(run: Run, service: Sandbox, tmp_path: Path, money: str) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(f'No,customer,amount\n1,a,"{money}"\n', "utf-8")

    result = run("import", "points", str(file), *PROGRAM, "--key", "No", "--per-unit", "1")

    assert result.exit_code == 6
    assert f"line 2: row_invalid: amount is {money!r}, which is no money" in result.stderr


def test_members(run: Run, service: Sandbox, file: Path) -> None:
    [row] = read(run("import", "members", str(file), *PROGRAM), "jsonl")
    assert (row["posted"], row["already_there"]) == (2, 1)


def test_a_refused_key_says_how_to_go_on(run: Run, service: Sandbox, file: Path) -> None:
    service.faults.add("*", Status(403), times=20)
    result = run("import", "points", str(file), *PROGRAM)
    assert result.exit_code == 4
    [row] = read(result, "jsonl")
    assert (row["posted"], row["left"]) == (0, 3)
    assert f"vinr import points {file} --program prog_default" in result.stderr


def test_an_outage_is_to_be_tried_later(
    run: Run, service: Sandbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "adjust", partial(bulk.adjust, patience=0))
    service.faults.add("transactions.create", Status(500), times=20)
    result = run("import", "points", str(file), *PROGRAM)
    assert result.exit_code == 75
    [row] = read(result, "jsonl")
    assert row["posted"] == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_says_how_to_go_on(
    run: Run, service: Sandbox, file: Path, meanwhile: Meanwhile, number: int
) -> None:
    words = ("import", "points", str(file), *PROGRAM)
    meanwhile["/loyalty/transactions"] = partial(interrupt, number)
    stopped = run(*words)
    assert (stopped.exit_code, stopped.stdout) == (130, "")
    assert stopped.stderr.endswith(
        f"interrupted; to go on where it stopped:\n  vinr {' '.join(words)}\n"
    )
    [row] = read(run(*words), "jsonl")
    assert (row["posted"] + row["already_there"], row["points"]) == (3, 570)


def test_of_many_rejected_rows_the_first_are_shown(
    run: Run, service: Sandbox, tmp_path: Path
) -> None:
    file = tmp_path / "bonus.csv"
    file.write_text("customer,amount\n" + "a,none\n" * 12, "utf-8")
    result = run("import", "points", str(file), *PROGRAM)
    assert result.exit_code == 6
    *shown, more, where, _ = result.stderr.splitlines()
    assert [line.partition(": ")[0] for line in shown] == [f"line {n}" for n in range(2, 12)]
    assert more == "… and 2 more"
    assert where == f"Rejected rows are in {file}.rejects.csv."


@pytest.mark.parametrize(
    "words", [["points"], ["points", "none.csv"], ["members", "{file}"], ["points", "{file}"]]
)
def test_a_wrong_command_line(run: Run, service: Sandbox, file: Path, words: list[str]) -> None:
    result = run("import", *(word.replace("{file}", str(file)) for word in words))
    assert result.exit_code == 2
