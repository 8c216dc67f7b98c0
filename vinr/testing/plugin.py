"""pytest fixtures: a sandbox for each test, its clients, its URL.

pytest loads this module in every project where vinr is installed, so nothing of the SDK is
imported before a fixture is used.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from vinr import AsyncVinr, Vinr
    from vinr.sandbox import Sandbox


@pytest.fixture
def vinr_sandbox() -> Generator[Sandbox]:
    """A fresh sandbox in memory; its invariants are checked when the test is over."""
    from vinr.sandbox import Sandbox  # noqa: PLC0415 - see above

    with Sandbox() as sandbox:
        yield sandbox
        findings = sandbox.check()
        assert not findings, f"the sandbox's ledger is not sound: {findings}"  # noqa: S101


@pytest.fixture
def vinr_client(vinr_sandbox: Sandbox) -> Generator[Vinr]:
    """A client that the sandbox answers in process."""
    with vinr_sandbox.client() as client:
        yield client


@pytest.fixture
def vinr_async_client(vinr_sandbox: Sandbox) -> AsyncVinr:
    """An async client that the sandbox answers in process; it holds nothing to be closed."""
    return vinr_sandbox.async_client()


@pytest.fixture
def vinr_sandbox_url(vinr_sandbox: Sandbox) -> Generator[str]:
    """The base URL, up to ``/v1``, under which the sandbox answers HTTP on 127.0.0.1."""
    with vinr_sandbox.serve() as base_url:
        yield base_url
