"""What each library costs before its first call, and what it keeps: fresh interpreters only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Final

from .crew import ROOT, Crew
from .results import Start
from .roster import LIBRARIES

RUNS: Final = 9
ITEMS: Final = 100_000


def started(crew: Crew, pythons: Mapping[str, Path]) -> dict[str, Start]:
    """By library."""
    libraries = [library for library in LIBRARIES if library.threads]
    print("measuring: import and first client", file=sys.stderr)
    origin, runs = crew.origin(), {library.name: _Runs() for library in libraries}
    for number in range(RUNS + 1):
        for library in libraries:
            run = _run(pythons[library.environment], library.module, origin)
            if number:  # the first one writes byte code and fills the cache of files
                runs[library.name].append(run)
    print("measuring: memory", file=sys.stderr)
    for library in libraries:
        run = _run(pythons[library.environment], library.module, crew.origin(items=ITEMS))
        runs[library.name].walk = run
    return {name: run.start() for name, run in runs.items()}


class _Runs(list[list[float]]):
    """What one library's interpreters printed."""

    walk: list[float]

    def start(self) -> Start:
        imported, ready, called, _ = zip(*self, strict=True)
        return Start([*imported], [*ready], int(median(called)), int(self.walk[3]))


def _run(python: Path, module: str, origin: str) -> list[float]:
    line = subprocess.run(
        [python, "-m", "benchmarks.start", module, origin],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},  # pip wrote it for the installed ones
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [float(number) for number in line.split()]
