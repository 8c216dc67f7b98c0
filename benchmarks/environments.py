"""One pinned environment for each library, made when it is missing or its pins changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from .crew import ROOT

FOLDER: Final = ROOT / ".venv-benchmarks"
REQUIREMENTS: Final = ROOT / "benchmarks" / "requirements"

_OURS: Final = (
    "--constraint",
    str(ROOT / "constraints.txt"),
    "--editable",
    f"{ROOT}[fast]",
)


def pythons(names: Iterable[str]) -> Mapping[str, Path]:
    """The interpreter of each environment."""
    return {name: _python(name) for name in dict.fromkeys(names)}


def version(name: str, python: Path) -> str:
    """Of the library that an environment is for."""
    distribution = {"square": "squareup"}.get(name, name)
    code = f"import importlib.metadata as m; print(m.version({distribution!r}), end='')"
    run = subprocess.run([python, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


def packages(python: Path) -> Path:
    """The folder that an environment's libraries are in."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'), end='')"
    run = subprocess.run([python, "-c", code], check=True, stdout=subprocess.PIPE, text=True)
    return Path(run.stdout)


def _python(name: str) -> Path:
    """The pins are noted in the environment itself, so that a change makes it anew."""
    home, pins = FOLDER / name, _pins(name)
    python, note = home / "bin" / "python", home / "pins.txt"
    if not note.is_file() or note.read_text("utf-8") != pins:
        print(f"making the environment of {name}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        asked = _OURS if name == "vinr" else ("--requirement", str(_file(name)))
        pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*map(str, pip), *asked], check=True)
        note.write_text(pins, "utf-8")
    return python


def _pins(name: str) -> str:
    files = [ROOT / "pyproject.toml", ROOT / "constraints.txt"] if name == "vinr" else [_file(name)]
    return sys.version + "".join(file.read_text("utf-8") for file in files)


def _file(name: str) -> Path:
    return REQUIREMENTS / f"{name}.txt"
