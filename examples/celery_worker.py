"""A Celery worker of this machine, for the examples that start one for themselves."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def running_worker(app: str, processes: int) -> Generator[None]:
    """A worker of so many processes for the app of a module."""
    options = ["--pool", "prefork", "--concurrency", str(processes), "--loglevel", "WARNING"]
    command = [sys.executable, "-m", "celery", "--app", app, "worker", *options]
    with subprocess.Popen(command) as worker:
        try:
            yield
        finally:
            worker.terminate()
