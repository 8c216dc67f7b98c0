"""Fails where a public symbol of the built wheel has no known type, by pyright --verifytypes.

The wheel is built and unpacked into a folder that is thrown away, so that what users install is
judged, and not the checkout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parents[1]


class Problem(TypedDict):
    """What pyright says about one symbol."""

    message: str


class Symbol(TypedDict):
    """One name that users can reach."""

    name: str
    isTypeKnown: bool
    isTypeAmbiguous: bool
    diagnostics: list[Problem]


class Completeness(TypedDict):
    """The part of pyright's report that is about types."""

    symbols: list[Symbol]


def unpacked_wheel(root: Path, folder: Path) -> Path:
    """A folder with what the wheel of the checkout brings."""
    quietly("-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root))
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    quietly("-m", "pip", "install", "--no-deps", "--quiet", "--target", str(site), str(wheel))
    return site


def quietly(*arguments: str) -> None:
    """Python with these arguments; what it printed is shown where it fails."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}")


def completeness(site: Path) -> Completeness:
    """What pyright says of the package in the folder, not of the one in the checkout."""
    command = [sys.executable, "-m", "pyright", "--verifytypes", "vinr", "--ignoreexternal"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [*command, "--outputjson"],
        cwd=site.parent,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Completeness] = json.loads(done.stdout)
    judged = report["typeCompleteness"]
    if not judged["symbols"]:
        sys.exit(f"pyright found no public symbol of vinr in {site}")
    return judged


def main(root: Path) -> None:
    """Judges the checkout at ``root``; prints each symbol that has no known type."""
    with tempfile.TemporaryDirectory() as folder:
        judged = completeness(unpacked_wheel(root, Path(folder)))
    symbols = judged["symbols"]
    flawed = [each for each in symbols if not each["isTypeKnown"] or each["isTypeAmbiguous"]]
    for each in flawed:
        print(each["name"], *(problem["message"] for problem in each["diagnostics"]), sep="\n    ")
    known = len(symbols) - len(flawed)
    print(f"{known} of {len(symbols)} public symbols have a known type")
    sys.exit(bool(flawed))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
