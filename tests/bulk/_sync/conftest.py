# Generated from tests/bulk/_async/conftest.py; do not edit.
"""A sandbox, a client of it, and a file to import."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinr import Vinr
from vinr.sandbox import Sandbox


@pytest.fixture
def sandbox(vinr_sandbox: Sandbox) -> Sandbox:
    return vinr_sandbox


@pytest.fixture
def client(vinr_client: Vinr) -> Vinr:
    return vinr_client


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two members; b's refund of 60 comes before the points for it, and is refused."""
    path = tmp_path / "purchases.csv"
    path.write_text(
        "order,customer,amount,reason\n"
        "o-1,a,100,purchase\n"
        "o-2,b,50,purchase\n"
        "o-3,b,-60,refund\n"
        "o-4,a,-30,refund\n"
        "o-5,b,10,purchase\n"
    )
    return path
