"""Fixtures for pytest: a fresh sandbox for each test, and clients of it.

Nothing of the SDK is imported until one of them is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from vinr import AsyncVinr, Vinr
    from vinr.sandbox import Sandbox
    from vinr.sandbox.sandbox import SandboxOptions

_FAULTS_USED = "vinr_faults_used"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the one setting."""
    parser.addini(
        _FAULTS_USED,
        "fail a test that leaves faults of vinr_sandbox unused",
        type="bool",
        default=False,
    )


@pytest.fixture
def vinr_sandbox_options() -> SandboxOptions:
    """What ``vinr_sandbox`` is made with: override it for programs, a seed, rate limits."""
    return {}


@pytest.fixture
def vinr_sandbox(
    request: pytest.FixtureRequest, vinr_sandbox_options: SandboxOptions
) -> Iterator[Sandbox]:
    """A sandbox in memory, of this test alone; its ledger is checked when the test is over."""
    from vinr.sandbox import Sandbox  # noqa: PLC0415 - loaded when it is needed

    with Sandbox(**vinr_sandbox_options) as sandbox:
        yield sandbox
        if not sandbox.closed:
            _check(sandbox)
        if request.config.getini(_FAULTS_USED):
            sandbox.faults.assert_used()


@pytest.fixture
def vinr_client(vinr_sandbox: Sandbox) -> Iterator[Vinr]:
    """A client that ``vinr_sandbox`` answers in process."""
    with vinr_sandbox.client() as client:
        yield client


@pytest.fixture
def vinr_async_client(vinr_sandbox: Sandbox) -> AsyncVinr:
    """An async client that ``vinr_sandbox`` answers in process, for any async plugin on asyncio.

    It holds no connection, so there is nothing to close.
    """
    return vinr_sandbox.async_client()


@pytest.fixture
def vinr_sandbox_url(vinr_sandbox: Sandbox) -> Iterator[str]:
    """Where ``vinr_sandbox`` answers HTTP on this machine: a base URL, up to ``/v1``."""
    with vinr_sandbox.serve() as url:
        yield url


def _check(sandbox: Sandbox) -> None:
    broken = [f"{each.account}: {each.message} ({each.rule})" for each in sandbox.check()]
    if broken:
        pytest.fail("the ledger of vinr_sandbox is broken:\n" + "\n".join(broken), pytrace=False)
