"""The command ``vinr sandbox``, as a process and in this one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from click.testing import CliRunner, Result

from vinr.cli.command import vinr

COMMAND: Final = [sys.executable, "-m", "vinr", "sandbox"]


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
    """The command, to its end."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)


def run_here(*arguments: str) -> Result:
    """The command, to its end; what it does not tell by an exit code is raised."""
    return CliRunner().invoke(vinr, ["sandbox", *arguments], catch_exceptions=False)
