"""SIGKILL at any moment: the file is the old one or the whole new one, and the next run goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.export.crowd import PROGRAM, fill, sandbox
from vinr.sandbox import Sandbox

MEMBERS: Final = 1_500
ROWS: Final = MEMBERS + 1

EXPORT: Final = """
import os, signal, sys
from vinr import Vinr
from vinr.export import export_members

path, program, moment = sys.argv[1:]
killer = lambda: os.kill(os.getpid(), signal.SIGKILL)

def on_progress(rows, total):
    if moment.isdigit() and rows >= int(moment):
        killer()

def on_event(event, arguments):
    # os.rename: the file takes its name; os.remove: the part goes
    if event == moment and path in str(arguments):
        killer()

sys.addaudithook(on_event)
result = export_members(Vinr(), path, program=program, on_progress=on_progress)
print(result.rows, result.resumed)
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with sandbox() as filled:
        _fill_quickly(filled)
        with filled.serve() as url:
            yield url


def _fill_quickly(sandbox: Sandbox) -> None:
    fill(sandbox, 0)
    with sandbox.client() as client:
        for number in range(MEMBERS):
            client.loyalty.accounts.create(program=PROGRAM, customer=f"cust_{number}")


def export(url: str, path: Path, moment: str) -> subprocess.CompletedProcess[str]:
    environment = {"VINR_SECRET_KEY": "sk_test_1", "VINR_BASE_URL": url}
    return subprocess.run(
        [sys.executable, "-c", EXPORT, str(path), PROGRAM, moment],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]


def test_it_goes_on_after_every_kill(url: str, tmp_path: Path) -> None:
    path = tmp_path / "members.jsonl"
    path.write_text("the file of yesterday")
    for moment in ("700", "1300", "os.rename"):
        assert export(url, path, moment).returncode == -signal.SIGKILL, moment
        assert path.read_text() == "the file of yesterday"
    assert export(url, path, "os.remove").returncode == -signal.SIGKILL
    assert len({*ids(path)}) == len(ids(path)) == ROWS


@pytest.mark.parametrize("moment", ["100", "1501", "os.remove"])
def test_the_next_run_gives_the_whole_file(url: str, tmp_path: Path, moment: str) -> None:
    path = tmp_path / "members.jsonl"
    assert export(url, path, moment).returncode == -signal.SIGKILL
    assert path.exists() is (moment == "os.remove")
    done = export(url, path, "never")
    # what was published is not gone on with: the next run is a new one
    resumed = moment not in ("100", "os.remove")
    assert done.stdout.split() == [str(ROWS), str(resumed)], done.stderr
    assert len({*ids(path)}) == len(ids(path)) == ROWS
    assert [*tmp_path.iterdir()] == [path]
