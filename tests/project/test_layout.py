"""The house's bounds on files."""

from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
FOLDERS: Final = ("vinr", "tests", "examples", "scripts")
MOST_LINES: Final = 400


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_is_too_long(folder: str) -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for suffix in ("*.py", "*.pyi", "*.sql", "*.html", "*.css")
        for path in (ROOT / folder).rglob(suffix)
    }
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "vinr" / "py.typed").is_file()


def test_ci_runs_the_commands_for_checks_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    preamble = ["#!/usr/bin/env bash", "set -euo pipefail", 'cd "$(dirname "$0")/.."']
    assert lines[:3] == preamble
    assert lines[3].startswith("export AUDIT_OFFLINE=1  # ")
    commands = ("test", "faults", "examples", "audit", "fuzz", "browser")
    assert lines[4:] == [f"make {command}" for command in commands]
