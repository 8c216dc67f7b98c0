"""``vinr sandbox serve``: ready when it says so, gone when it is told, with nothing lost."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vinr import Vinr

COMMAND = [sys.executable, "-m", "vinr.cli", "sandbox"]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serve_and_check(tmp_path: Path, end: signal.Signals) -> None:
    db = str(tmp_path / "members.sqlite")
    serve = [*COMMAND, "serve", "--db", db, "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = re.search(r"http://127\.0\.0\.1:\d+/v1", process.stdout.readline())
        assert ready
        with Vinr(secret_key="sk_test_1", base_url=ready.group()) as client:
            member = client.loyalty.accounts.create(program="prog_default", customer="cust_1")
            client.loyalty.transactions.create(account=member.id, amount=7)
        process.send_signal(end)
        assert process.wait(10) == 0

    checked = subprocess.run([*COMMAND, "check", db], capture_output=True, text=True, check=True)
    assert "sound" in checked.stdout


def test_a_port_that_is_taken() -> None:
    result = subprocess.run(
        [*COMMAND, "serve", "--host", "192.0.2.1", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "cannot listen" in result.stderr
    assert "Traceback" not in result.stderr
