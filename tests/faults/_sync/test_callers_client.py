# Generated from tests/faults/_async/test_callers_client.py; do not edit.
"""The matrix of faults over a client of the caller's own, of httpx and of its successor httpx2."""

from __future__ import annotations

import httpx
import httpx2
import pytest

from tests.certificates import TRUSTED
from tests.faults._sync.test_matrix import run
from tests.faults.case import Case
from tests.faults.matrix import CASES, SECRET
from tests.faults.server import Server
from vinr import Vinr

CLIENTS = {"httpx": httpx.Client, "httpx2": httpx2.Client}

# What only connections of our own notice: who speaks first, bytes behind a response's end, and
# time that passes within a piece of it. docs/retries.md says so.
UNNOTICED = ("banner on accept", "behind", "a byte at a time in the headers")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not any(part in case.name for part in UNNOTICED)],
    ids=lambda case: case.name,
)
@pytest.mark.parametrize("family", CLIENTS)
@pytest.mark.parametrize("anyio_backend", ["asyncio"])  # the default client runs on both
def test_fault(case: Case, family: str, anyio_backend: str) -> None:
    with Server(case.plan, always=case.always) as server:
        with CLIENTS[family](verify=TRUSTED) as http_client:
            client = Vinr(
                secret_key=SECRET,
                base_url=server.url,
                timeout=case.timeout,
                deadline=case.deadline,
                max_retries=case.max_retries,
                http_client=http_client,
            )
            run(case, server, client)
