"""Ctrl-C, and SIGTERM where a program makes an exception of it: quick, and the next run goes on."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.bulk.killed import entries, start
from vinr.sandbox import Sandbox, Slow

SHIPPED = Path(__file__).parents[2] / "examples" / "purchases.csv"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_import(tmp_path: Path, sent: signal.Signals) -> None:
    path = tmp_path / "purchases.csv"
    shutil.copy(SHIPPED, path)
    with Sandbox() as sandbox, sandbox.serve() as url:
        sandbox.faults.add("transactions.create", Slow(9), probability=0.05, seed=1)
        with start(url, path) as process:
            while entries(sandbox) < 20:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(sent)
            began = time.monotonic()
            _, error = process.communicate(timeout=30)
            took = time.monotonic() - began

        assert process.returncode in (-signal.SIGINT, 1)
        assert took < 8  # some requests take longer
        assert b"run the same again and it goes on" in error
        posted = entries(sandbox)
        assert 20 <= posted < 375
        sandbox.faults.clear()
        with start(url, path) as process:
            assert process.wait() == 0
        assert entries(sandbox) == 375
