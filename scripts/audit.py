"""Asks PyPI for known vulnerabilities of every package in constraints.txt, by pip-audit.

Fails where one is known. Says how many packages could be looked up: a mirror may know none.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"


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


def audited() -> list[Audited]:
    """Every pinned package; SystemExit where nothing could be asked."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off", "--requirement", str(CONSTRAINTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        sys.exit(f"nothing was audited:\n{done.stderr}")
    report: dict[str, list[Audited]] = json.loads(done.stdout)
    return report["dependencies"]


def main() -> None:
    """Prints what is known, and ends with 1 where that is a vulnerability."""
    packages = audited()
    known = [package for package in packages if "skip_reason" not in package]
    print(f"{len(known)} of {len(packages)} pinned packages could be looked up")
    found = [(package, each) for package in known for each in package.get("vulns", [])]
    for package, each in found:
        fixed = ", ".join(each["fix_versions"]) or "no version"
        print(f"{package.get('name')} {package.get('version')}: {each['id']}, fixed in {fixed}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
