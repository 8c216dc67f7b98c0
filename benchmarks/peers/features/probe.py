"""One cell of the tables, found out in a library's own environment.

``python -m benchmarks.peers.features.probe MODULE TITLE [FOLDER]`` prints it. The folder has the
mocks, the tracers and what extras need; it is looked into last, so that the library's own count.
"""

from __future__ import annotations

import importlib
import sys

from .table import FEATURES, cell


def main() -> None:
    """Prints what the table says."""
    module, title, *folder = sys.argv[1:]
    sys.path += folder
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no answer
    library = importlib.import_module(f"benchmarks.clients.{module}")
    print(cell(FEATURES[title], library), end="", file=answers, flush=True)


if __name__ == "__main__":
    main()
