"""One fault to one library, which runs in an environment and a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final, cast

from ..crew import ROOT
from ..roster import Library
from .cases import PATIENCE, Case, Seen
from .probe import Ending

_BARE: Final = frozenset({"httpx", "requests"})
"""They have no lists of their own."""


def cell(case: Case, library: Library, python: Path) -> str:
    """What the table says of one fault in one library."""
    if case.work == "items" and library.name in _BARE:
        return "–"
    print(f"{case.title}: {library.name}", file=sys.stderr)
    with case.running() as (called, other):
        ending = _ending(case, library, python, called.origin)
        return case.says(Seen([*called.arrived], ending, [*other.arrived]))


def _ending(case: Case, library: Library, python: Path, origin: str) -> Ending | None:
    limit = [] if case.limit is None else [str(case.limit)]
    command = [
        str(python),
        "-m",
        "benchmarks.peers.probe",
        library.module,
        origin,
        case.work,
        *limit,
    ]
    try:
        done = subprocess.run(
            command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=PATIENCE, text=True
        )
    except subprocess.TimeoutExpired:
        return None
    return cast("Ending", json.loads(done.stdout))
