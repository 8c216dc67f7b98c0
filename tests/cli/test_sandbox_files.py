"""``vinr sandbox seed`` and ``save``: files, standard input and output, and never half a file."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from vinr.sandbox import Program, Sandbox


def test_seed_and_save(run: Run) -> None:
    for _ in range(2):
        result = run("sandbox", "seed", "--db", "a.sqlite", "--members", "3")
        assert (result.exit_code, result.stdout) == (0, "")
    saved = run("sandbox", "save", "--db", "a.sqlite", "a.jsonl")
    assert saved.exit_code == 0
    assert f"{len(Path('a.jsonl').read_bytes().splitlines())} lines were written to" in saved.stderr
    quiet = run("sandbox", "seed", "--db", "b.sqlite", "a.jsonl", "--quiet")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert_alike("a.sqlite", "b.sqlite", members=3)


def test_standard_output_and_standard_input(run: Run) -> None:
    run("sandbox", "seed", "--db", "a.sqlite", "--members", "3")
    saved = run("sandbox", "save", "--db", "a.sqlite", "-")
    assert (saved.exit_code, saved.stderr) == (0, "")
    seeded = run("sandbox", "seed", "--db", "b.sqlite", "-", input=saved.stdout)
    assert seeded.exit_code == 0, seeded.stderr
    assert_alike("a.sqlite", "b.sqlite", members=3)
    wrong = run("sandbox", "seed", "--db", "c.sqlite", "-", input="nonsense")
    assert (wrong.exit_code, "standard input, line 1" in wrong.stderr) == (1, True)


def assert_alike(path: str, other: str, *, members: int) -> None:
    with Sandbox(path) as sandbox, Sandbox(other) as another:
        with sandbox.client() as client, another.client() as twin:
            listed = list(client.loyalty.accounts.list())
            assert listed == list(twin.loyalty.accounts.list())
        assert len(listed) == members
        assert sandbox.events.list() == another.events.list()


def test_made_up_members_are_the_same_however_many(run: Run) -> None:
    balances: list[dict[str | None, int]] = []
    for number in (2, 4):
        run("sandbox", "seed", "--db", f"{number}.sqlite", "--members", str(number))
        with Sandbox(f"{number}.sqlite") as sandbox, sandbox.client() as client:
            members = client.loyalty.accounts.list()
            balances.append({member.customer_id: member.balance for member in members})
    fewer, more = balances
    assert len(more) == 4
    assert fewer.items() <= more.items()


def test_no_members_are_no_members(run: Run) -> None:
    result = run("sandbox", "seed", "--db", "a.sqlite", "--members", "0")
    assert (result.exit_code, result.stderr) == (0, "0 members are there.\n")


def test_members_of_another_program(run: Run) -> None:
    with Sandbox("a.sqlite") as sandbox:
        sandbox.configure(program=Program(id="prog_coffee", name="Coffee"))
    command = ["sandbox", "seed", "--db", "a.sqlite", "--members", "2", "--program"]
    assert run(*command, "prog_coffee").exit_code == 0
    with Sandbox("a.sqlite") as sandbox, sandbox.client() as client:
        assert {each.program for each in client.loyalty.accounts.list()} == {"prog_coffee"}
    unknown = run(*command, "prog_tea")
    assert unknown.exit_code == 3
    assert "prog_tea" not in unknown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["seed", "--db", "a.sqlite"], 2, "--members"),
        (["seed", "--db", "a.sqlite", "bad.jsonl"], 1, "line 1"),
        (["check", "--db", "bad.jsonl"], 1, "cannot be opened"),
        (["serve", "--db", "bad.jsonl"], 1, "cannot be opened"),
        (["check", "--db", "typo.sqlite"], 2, "'typo.sqlite' does not exist"),
        (["save", "--db", "typo.sqlite", "a.jsonl"], 2, "'typo.sqlite' does not exist"),
        (["save", "--db", "there.sqlite", "/nowhere/a.jsonl"], 1, "No such file"),
        (["serve", "--port", "99999"], 2, "0<=x<=65535"),
        (["serve", "--port", "-1"], 2, "0<=x<=65535"),
        (["serve", "--host", ""], 1, "an address to listen on"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    run: Run, arguments: list[str], code: int, message: str
) -> None:
    Path("bad.jsonl").write_text(json.dumps({"nonsense": "." * 200}), "utf-8")
    with Sandbox("there.sqlite"):
        pass
    result = run("sandbox", *arguments)
    assert (result.exit_code, message in result.stderr) == (code, True), result.output
    assert not Path("typo.sqlite").exists()


def test_what_is_no_file_is_written_to_and_not_replaced(run: Run) -> None:
    run("sandbox", "seed", "--db", "a.sqlite", "--members", "1")
    assert run("sandbox", "save", "--db", "a.sqlite", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()
