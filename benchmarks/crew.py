"""The processes of one benchmark: the server, and a worker for each library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from .roster import Library
from .worker import Done, Order

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Worker:
    """One library in a process of its own."""

    library: Library
    process: subprocess.Popen[str]

    def do(self, order: Order) -> Done:
        """What the order took; RuntimeError where the library failed at it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.library.name} failed at {order['work']}")
        return cast("Done", json.loads(answer))


@dataclass(frozen=True, slots=True)
class Crew:
    """Everything that runs."""

    address: str
    workers: Sequence[Worker]

    def origin(self, delay: int = 0, items: int = 0) -> str:
        """The server under so many milliseconds of server time and lists of so many items."""
        return f"{self.address}/{delay}/{items}"


def take_turns() -> None:
    """Puts this process, and those it starts, on one processor.

    Client and server of one call wait for each other anyway, and to wake another processor up can
    take longer than the call: with two, a time would tell where the scheduler had put them.
    """
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@contextmanager
def at_work(libraries: Sequence[Library], pythons: Mapping[str, Path]) -> Generator[Crew]:
    """Starts the processes; ends them afterwards."""
    with ExitStack() as running:
        address = running.enter_context(serving(pythons["vinr"]))
        workers = [
            Worker(
                library,
                running.enter_context(
                    _process(pythons[library.environment], "benchmarks.worker", library.module)
                ),
            )
            for library in libraries
        ]
        yield Crew(address, workers)


@contextmanager
def serving(python: Path | str) -> Generator[str]:
    """The address of a server in a process of its own."""
    with _process(python, "benchmarks.server") as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"


@contextmanager
def _process(python: Path | str, *module: str) -> Generator[subprocess.Popen[str]]:
    pipes = subprocess.PIPE
    with subprocess.Popen(
        [python, "-m", *module], cwd=ROOT, stdin=pipes, stdout=pipes, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()
