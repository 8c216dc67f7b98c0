"""Programs that are killed at a random moment and run again until they are through."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from vinr.sandbox import LoseReply, Sandbox, Status

IMPORT: Final = """
import signal
import sys
from decimal import Decimal
from vinr import Vinr, bulk


def posting(row):
    points = int(Decimal(row["amount"]))
    return {"customer": row["customer"], "amount": points}


signal.signal(signal.SIGTERM, signal.default_int_handler)
with Vinr(base_url=sys.argv[1], max_retries=5) as client:
    bulk.adjust(client, sys.argv[2], program="prog_default", key="InvoiceNo", convert=posting)
"""


def plan_faults(sandbox: Sandbox, seed: int) -> None:
    """2 % of the replies are lost, 2 % of the requests get a 429 and 1 % a 500."""
    for number, operation in enumerate(("accounts.list", "accounts.create", "transactions.create")):
        faults, seed = sandbox.faults, seed + 10 * number
        faults.add(operation, LoseReply(), probability=0.02, seed=seed)
        faults.add(operation, Status(429, retry_after=0), probability=0.02, seed=seed + 1)
        faults.add(operation, Status(500), probability=0.01, seed=seed + 2)


TILL: Final = """
import sys
from vinr import Vinr, bulk

with bulk.Outbox(sys.argv[2], program="prog_default") as outbox:
    for number in range(120):
        outbox.put(customer=f"c{number % 6}", amount=number + 1, reference=f"receipt-{number}")
    with Vinr(base_url=sys.argv[1], max_retries=5) as client:
        outbox.flush(client, patience=60)
"""


def start(url: str, path: Path, program: str = IMPORT) -> subprocess.Popen[bytes]:
    """The import, as a process."""
    return subprocess.Popen(
        [sys.executable, "-c", program, url, str(path)],
        env={**os.environ, "VINR_SECRET_KEY": "sk_test_killed"},
        stderr=subprocess.PIPE,
    )


def run_killed(
    sandbox: Sandbox,
    url: str,
    path: Path,
    program: str = IMPORT,
    *,
    kills: int,
    rows: int,
    seed: int,
) -> int:
    """Runs a program, killed so many times while it sends; how many kills found it running."""
    generator, hits = random.Random(seed), 0  # noqa: S311  # chance for tests
    for _ in range(kills):
        moment = entries(sandbox) + generator.randrange(1, max(2, rows // kills))
        with start(url, path, program) as process:
            while process.poll() is None and entries(sandbox) < moment:
                time.sleep(0.01)
            time.sleep(generator.random() / 100)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                hits += 1
    with start(url, path, program) as process:
        assert process.wait() == 0
    return hits


def entries(sandbox: Sandbox) -> int:
    """How many postings the sandbox has."""
    with sandbox.client() as client:
        page = client.loyalty.transactions.list(limit=1)
    assert page.total_estimate is not None
    return page.total_estimate
