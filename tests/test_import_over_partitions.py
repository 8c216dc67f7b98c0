"""What the examples that import over several processes stand on: partitions, and one rate."""

from __future__ import annotations

import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from examples.import_purchases import posting
from examples.partitions import split
from tests.redis_server import redis_or_skip
from tests.test_import_purchases import SHIPPED, expected
from vinr import Vinr, bulk
from vinr.sandbox import RateLimit, Sandbox

ROOT = Path(__file__).parents[1]
KEY = "sk_test_partitions"


def test_a_member_is_in_one_partition_in_the_order_of_the_file(tmp_path: Path) -> None:
    header, *rows = SHIPPED.read_text().splitlines()
    customers: list[set[str]] = []
    kept: list[str] = []
    for path in split(SHIPPED, tmp_path, 4):
        first, *lines = path.read_text().splitlines()
        assert first == header
        assert lines == [row for row in rows if row in set(lines)]
        customers.append({line.split(",")[1] for line in lines})
        kept += lines
    assert sorted(kept) == sorted(rows)
    assert all(customers)
    assert sum(map(len, customers)) == len(set[str]().union(*customers))


PROCESS = """
import sys
from examples.shared_rate import rate_limited_client
redis_url, rate, url = sys.argv[1:]
with rate_limited_client(redis_url, rate) as client:
    for _ in range(25):
        key = {"Authorization": "Bearer sk_test_partitions"}
        print(client.get(f"{url}/loyalty/accounts?limit=1", headers=key).status_code)
"""


def test_processes_share_the_rate() -> None:
    """Each of them alone keeps to it, so only together could they break it."""
    limit = RateLimit(per_second=30, burst=10)
    with redis_or_skip() as redis, Sandbox(rate_limit=limit) as sandbox, sandbox.serve() as url:
        command = [sys.executable, "-c", PROCESS, redis, "25/s burst 8", url]
        processes = [
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in "123"
        ]
        answers = [process.communicate()[0].split() for process in processes]
    assert answers == [["200"] * 25] * 3


def test_client_and_job_are_picklable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / SHIPPED.name
    path.write_bytes(SHIPPED.read_bytes())
    with Sandbox() as sandbox, sandbox.serve() as url:
        monkeypatch.setenv("VINR_SECRET_KEY", KEY)
        monkeypatch.setenv("VINR_BASE_URL", url)
        with Vinr() as client:
            job = partial(bulk.adjust, client, path, program="prog_default", key="InvoiceNo")
            packed = pickle.dumps(partial(job, order_by="date", convert=posting))

        unpacked = pickle.loads(packed)  # noqa: S301  # our own
        with unpacked.args[0]:  # the client of the other process
            result = unpacked()

        assert KEY.encode() not in packed
        assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301
        assert result.points == expected(SHIPPED)["points"]
