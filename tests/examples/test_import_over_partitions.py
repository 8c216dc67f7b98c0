"""The examples that import over several processes: the same totals as by one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bulk.killed import plan_faults
from tests.redis_server import redis_or_skip
from tests.test_import_purchases import SHIPPED, expected
from vinr.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
KEY = "sk_test_partitions"


def totals(engine: str, url: str, redis: str, folder: Path, *options: str) -> dict[str, int]:
    """The last line of JSON of the example, run in a folder with options that may be repeated."""
    command = [sys.executable, "-m", f"examples.import_with_{engine}", str(SHIPPED)]
    key = {"VINR_SECRET_KEY": KEY, "VINR_BASE_URL": url, "REDIS_URL": redis}
    result = subprocess.run(
        [*command, "--work", "first", "--rate", "2000/s burst 2000", *options],
        env={**os.environ, **key, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        timeout=120,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    found: dict[str, int] = json.loads(lines[-1])
    return found


@pytest.mark.parametrize(
    ("engine", "again"),
    [
        ("dask", ("--work", "again", "--workers", "3")),  # other partitions, and no journals
        ("celery", ()),
    ],
)
def test_same_totals_and_a_second_run_changes_nothing(
    engine: str, again: tuple[str, ...], tmp_path: Path
) -> None:
    wanted = {name: count for name, count in expected(SHIPPED).items() if name != "ledger_matches"}
    with redis_or_skip() as redis, Sandbox() as sandbox, sandbox.serve() as url:
        plan_faults(sandbox, 5)

        first = totals(engine, url, redis, tmp_path)

        assert first.pop("changes") > 0
        assert first == wanted
        assert len(list(tmp_path.glob("first/*.vinr-journal"))) == 4
        sandbox.faults.clear()
        assert totals(engine, url, redis, tmp_path, *again) == wanted | {"changes": 0}
        with sandbox.client() as client:
            members = client.loyalty.accounts.list(program="prog_default", limit=100)
            assert sum(member.balance for member in members) == wanted["points"]
        assert sandbox.check() == []
