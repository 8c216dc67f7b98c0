"""The tables, a process for each cell."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from ...crew import ROOT
from ...environments import packages, pythons, version
from ...report import table
from ...roster import Library
from .table import TABLES, Feature

TOOLS: Final = ("respx", "pytest-httpx", "responses", "vcrpy", "opentelemetry-sdk", "trio")
"""What the tables name, with versions: from ``benchmarks/requirements/features.txt``."""
PATIENCE: Final = 300
"""Seconds for one cell, on a busy machine too."""


def tables(libraries: Sequence[Library], python: Mapping[str, Path]) -> str:
    """All of them in Markdown, each under its title."""
    tools = pythons(["features"])["features"]
    folder = packages(tools)
    titles = ("", *(library.name for library in libraries))
    parts = [f"With {', '.join(f'{name} {version(name, tools)}' for name in TOOLS)}."]

    def row(feature: Feature) -> Sequence[str]:
        return [
            feature.title,
            *(cell(feature, each, python[each.environment], folder) for each in libraries),
        ]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for title, features in TABLES.items():
            parts += [f"### {title}", table(titles, pool.map(row, features), align="---")]
    return "\n\n".join(parts) + "\n"


def cell(feature: Feature, library: Library, python: Path, *folder: Path) -> str:
    """What the tables say of one feature of one library; RuntimeError where that cannot be said."""
    module = library.module.replace("_client", "_features")
    probe = [str(python), "-m", "benchmarks.peers.features.probe", module, feature.title]
    pipe = subprocess.PIPE
    run = subprocess.run(
        [*probe, *map(str, folder)],
        cwd=ROOT, check=False, stdout=pipe, stderr=pipe, text=True, timeout=PATIENCE,
    )  # fmt: skip
    if run.returncode:
        raise RuntimeError(f"{feature.title}: {library.name}\n{run.stderr}")
    print(f"{feature.title}: {library.name}: {run.stdout}", file=sys.stderr)
    return run.stdout
