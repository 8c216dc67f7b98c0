"""Tests the inspector in headless Chromium, or takes its pictures: ``make browser pictures``.

Uses the Chromium of this machine, or ``VINR_CHROMIUM``; on Debian and as root it installs one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES: Final = ("chromium", "fonts-dejavu-core")
ADVICE: Final = (
    "There is no Chromium here, and none can be installed: that takes root and apt-get."
    " Install one, or name it: make browser VINR_CHROMIUM=/path/to/chromium"
)


def main(arguments: Sequence[str]) -> int:
    """Run the tests, or with ``pictures`` write the pictures of the docs; 0 if all is well."""
    chromium = find() or install()
    if chromium is None:
        print(ADVICE, file=sys.stderr)
        return 1
    tests = ["--numprocesses", os.environ.get("WORKERS", "2"), "tests/browser"]
    what = ["tests/browser/pictures.py"] if arguments == ["pictures"] else tests
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", *what],
        cwd=ROOT,
        env={**os.environ, "VINR_CHROMIUM": chromium},
        check=False,
    )
    return run.returncode


def find() -> str | None:
    """The Chromium of this machine."""
    named = os.environ.get("VINR_CHROMIUM", "")
    return next(filter(None, map(shutil.which, (named, *NAMES))), None)


def install() -> str | None:
    """Debian's Chromium, where it can be had."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    print("== installing Chromium", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        if subprocess.run([apt, "--quiet", "--quiet", *command], env=quiet, check=False).returncode:
            return None
    return find()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
