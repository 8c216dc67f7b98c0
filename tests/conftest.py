"""Async tests run on asyncio and on trio; the fast engine runs on asyncio alone."""

from __future__ import annotations

import signal

import pytest

from tests.deselection import leave_out
from vinr._protocol import retry

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell that starts the tests with "&" ignores it, and so would the commands that they start
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries without long waits: the policy is real, its two constants are small."""
    monkeypatch.setattr(retry, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(retry, "LONGEST_WAIT", 0.02)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(config, items, _is_fast_on_trio)


def _is_fast_on_trio(item: pytest.Item) -> bool:
    chosen = item.name.partition("[")[2].rstrip("]").split("-")
    return "trio" in chosen and "fast" in chosen
