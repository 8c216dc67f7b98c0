"""The one command: ``python -m benchmarks.peers``; writes the tables of ``docs/comparison.md``."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ..crew import ROOT
from ..environments import pythons, version
from ..report import table
from ..results import machine, today
from ..roster import LIBRARIES, Library
from .cases import CASES
from .features.measuring import tables
from .measuring import cell

PAGE: Final = ROOT / "docs" / "comparison.md"
PARTS: Final = ("faults", "features")
BEGIN: Final = "<!-- {}: written by python -m benchmarks.peers -->\n"
END: Final = "<!-- end of {} -->\n"
COMPARED: Final = ("vinr", "stripe", "openai", "anthropic", "square", "httpx", "requests")


def main() -> None:
    """Does every fault to every library, tries every feature, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.peers")
    parser.add_argument("--print", action="store_true", help="print the tables, write nothing")
    parser.add_argument("--only", choices=PARTS, help="one part of the page")
    asked = parser.parse_args()
    libraries = [library for library in LIBRARIES if library.name in COMPARED]
    libraries.sort(key=lambda library: COMPARED.index(library.name))
    python = pythons(library.environment for library in libraries)
    for part, measured in (("faults", _faults), ("features", tables)):
        if asked.only in {part, None}:
            text = f"{_conditions(libraries, python)}\n\n{measured(libraries, python)}"
            print(text) if asked.print else _write(part, text)


def _faults(libraries: Sequence[Library], python: Mapping[str, Path]) -> str:
    rows = [
        (case.title, *(cell(case, each, python[each.environment]) for each in libraries))
        for case in CASES
    ]
    return table(("", *(library.name for library in libraries)), rows, align="---") + "\n"


def _conditions(libraries: Sequence[Library], python: Mapping[str, Path]) -> str:
    versions = ", ".join(
        f"{library.name} {version(library.environment, python[library.environment])}"
        for library in libraries
    )
    return f"Measured on {today()}: {machine()}, CPython {platform.python_version()}; {versions}."


def _write(part: str, text: str) -> None:
    begin, end = BEGIN.format(part), END.format(part)
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}\n{text}{end}{rest.partition(end)[2]}", "utf-8")


if __name__ == "__main__":
    main()
