"""What comes with a library, found out by using it, and what its distribution says of itself."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.metadata import distribution, entry_points, requires
from typing import Any

from .doing import EVENT, succeeds, yes


def verifies(library: Any) -> str:
    """Does a signed webhook pass, and a changed one not?"""
    assert succeeds(lambda: library.verifies(EVENT, EVENT))
    return yes(so=not succeeds(lambda: library.verifies(EVENT, EVENT.replace(b"evt_1", b"evt_2"))))


def handles_once(library: Any) -> str:
    """Is a handler called once for two deliveries?"""
    return yes(so=library.handled(EVENT, times=2) == 1)


def stands_in(library: Any) -> str:
    """Can something be made and read again?"""
    return yes(so=library.offline())


def command(library: Any) -> str:
    """Its name, if it runs."""
    scripts = entry_points(group="console_scripts")
    own = [each for each in scripts if each.dist and each.dist.name == library.DISTRIBUTION]
    return ", ".join(f"`{each.name}`" for each in own if _helps(each.module, each.attr)) or "no"


def _helps(module: str, function: str) -> bool:
    code = (
        f"import sys; sys.path[:] = {sys.path!r}; sys.argv[1:] = ['--help']\n"
        f"from {module} import {function} as run; run()"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, stdout=sys.stderr)
    return run.returncode == 0


def oldest_python(library: Any) -> str:
    """Of the versions that the distribution takes."""
    needed = distribution(library.DISTRIBUTION).metadata["Requires-Python"]
    return needed.partition(">=")[2].partition(",")[0]


def distributions(library: Any) -> str:
    """How many, without extras?"""
    requirement = importlib.import_module("packaging.requirements").Requirement
    found: set[str] = set()
    left = {library.DISTRIBUTION}
    while left:
        name = left.pop()
        found.add(name)
        needed = [requirement(each) for each in requires(name) or ()]
        wanted = [each for each in needed if not each.marker or each.marker.evaluate({"extra": ""})]
        left |= {each.name.lower().replace("_", "-") for each in wanted} - found
    return str(len(found))
