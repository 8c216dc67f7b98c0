"""Async tests run on asyncio and on trio; the fast engine runs on asyncio alone."""

from __future__ import annotations

import signal

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a shell that starts the tests with "&" ignores it, and so would the commands that they start
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [item for item in items if not _is_fast_on_trio(item)]
    config.hook.pytest_deselected(items=[item for item in items if _is_fast_on_trio(item)])
    items[:] = kept


def _is_fast_on_trio(item: pytest.Item) -> bool:
    chosen = item.name.partition("[")[2].rstrip("]").split("-")
    return "trio" in chosen and "fast" in chosen
