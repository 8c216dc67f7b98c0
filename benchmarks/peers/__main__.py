"""The one command: ``python -m benchmarks.peers``; writes ``docs/comparison.md``."""

from __future__ import annotations

import argparse
import platform
from typing import Final

from ..crew import ROOT
from ..environments import pythons, version
from ..report import table
from ..results import machine, today
from ..roster import LIBRARIES
from .cases import CASES
from .measuring import cell

PAGE: Final = ROOT / "docs" / "comparison.md"
BEGIN: Final = "<!-- measured: written by python -m benchmarks.peers -->\n"
END: Final = "<!-- end of what was measured -->\n"
COMPARED: Final = ("vinr", "stripe", "openai", "anthropic", "square", "httpx", "requests")


def main() -> None:
    """Does every fault to every library, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.peers")
    parser.add_argument("--print", action="store_true", help="print the table, write nothing")
    only_printed: bool = parser.parse_args().print
    libraries = [library for library in LIBRARIES if library.name in COMPARED]
    libraries.sort(key=lambda library: COMPARED.index(library.name))
    python = pythons(library.environment for library in libraries)
    rows = [
        (case.title, *(cell(case, each, python[each.environment]) for each in libraries))
        for case in CASES
    ]
    versions = ", ".join(
        f"{library.name} {version(library.environment, python[library.environment])}"
        for library in libraries
    )
    text = (
        f"Measured on {today()}: {machine()}, CPython {platform.python_version()}; {versions}.\n\n"
        f"{table(('', *(library.name for library in libraries)), rows, align='---')}\n"
    )
    if only_printed:
        print(text)
        return
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    main()
