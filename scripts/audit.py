"""Asks PyPI for known vulnerabilities of every package in constraints.txt, by pip-audit.

Fails where one is known, and where packages could not be looked up: then nobody knows.
``AUDIT_OFFLINE=1`` lets the second pass, for machines that cannot reach PyPI.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
ADVICE = "Run it where PyPI can be reached, or set AUDIT_OFFLINE=1 to go on without it."
GOING_ON = "AUDIT_OFFLINE=1 is set: going on without it."


class Vulnerability(TypedDict):
    """What pip-audit reports of one."""

    id: str
    fix_versions: list[str]


class Audited(TypedDict, total=False):
    """What pip-audit reports of one package."""

    name: str
    version: str
    skip_reason: str
    vulns: list[Vulnerability]


def audited() -> tuple[list[Audited], str]:
    """The report on every pinned package; where there is none, what pip-audit said last."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--requirement", str(CONSTRAINTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        return [], (done.stderr.strip().splitlines() or ["pip-audit said nothing."])[-1]
    report: dict[str, list[Audited]] = json.loads(done.stdout)
    return report["dependencies"], ""


def gaps(packages: Sequence[Audited], problem: str) -> list[str]:
    """Lines that say what was not audited; none where everything was."""
    skipped = [package for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):
        reason = skipped[0].get("skip_reason", "") if skipped else problem
        count = f"none of {len(packages)} pinned packages" if packages else "nothing"
        return [f"The audit was not made: {count} could be looked up.", reason]
    if skipped:
        names = ", ".join(package.get("name", "?") for package in skipped)
        count = f"{len(skipped)} of {len(packages)} pinned packages"
        return [f"The audit is incomplete: {count} could not be looked up: {names}"]
    return []


def main() -> int:
    """Print what is known; 0 where every package was looked up and none is vulnerable."""
    offline = os.environ.get("AUDIT_OFFLINE") == "1"
    packages, problem = audited()
    found = [(package, each) for package in packages for each in package.get("vulns", [])]
    for package, each in found:
        fixed = ", ".join(each["fix_versions"]) or "no version"
        print(f"{package.get('name')} {package.get('version')}: {each['id']}, fixed in {fixed}")
    missing = gaps(packages, problem)
    for line in missing and [*missing, GOING_ON if offline else ADVICE]:
        print(line)
    if not found and not missing:
        print(f"All {len(packages)} pinned packages were looked up; no vulnerability is known.")
    return 1 if found or (missing and not offline) else 0


if __name__ == "__main__":
    sys.exit(main())
