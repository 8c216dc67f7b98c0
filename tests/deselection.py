"""Combinations of parameters that are not run."""

from __future__ import annotations

from collections.abc import Callable

import pytest


def leave_out(
    config: pytest.Config, items: list[pytest.Item], is_left_out: Callable[[pytest.Item], bool]
) -> None:
    """Takes these tests from those that were collected, and tells pytest."""
    left_out = [item for item in items if is_left_out(item)]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]
