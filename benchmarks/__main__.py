"""The one command: ``python -m benchmarks``; ``--quick`` for vinr beside bare httpx alone."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from . import report
from .crew import ROOT, at_work, take_turns
from .environments import pythons, version
from .measures import FULL, QUICK, Measure
from .results import Results, machine, today
from .roster import LIBRARIES, Library
from .rounds import measured
from .starts import started

RESULTS: Final = ROOT / "benchmarks" / "results.json"


def main() -> None:
    """Measures, then writes the tables and the plot."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="a minute, nothing is written")
    parser.add_argument("--report", action="store_true", help="from the stored results")
    arguments = parser.parse_args()
    if arguments.quick:
        print(report.quick(_run([library for library in LIBRARIES if library.quick], QUICK)))
        return
    if not arguments.report:
        _run(LIBRARIES, FULL, whole=True).write(RESULTS)
    report.write(Results.read(RESULTS))


def _run(
    libraries: Sequence[Library], measures: Sequence[Measure], *, whole: bool = False
) -> Results:
    python = pythons(library.environment for library in libraries)
    take_turns()
    with at_work(libraries, python) as crew:
        # what takes half an hour comes last
        return Results(
            date=today(),
            machine=machine(),
            python=platform.python_version(),
            versions={name: version(name, path) for name, path in python.items()},
            starts=started(crew, python) if whole else {},
            parts=_parts(python["vinr"]) if whole else {},
            samples=measured(crew, measures),
        )


def _parts(python: Path) -> dict[str, float]:
    command = [str(python), "-m", "benchmarks.parts"]
    answer = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    parts: dict[str, float] = json.loads(answer)
    return parts


if __name__ == "__main__":
    main()
