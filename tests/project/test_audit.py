"""The audit passes only where every package was looked up, or where it is told to do without."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.audit import Audited

SCRIPT: Final = Path(__file__).parents[2] / "scripts" / "audit.py"

CLEAN: Final[Audited] = {"name": "httpx", "version": "0.28.1", "vulns": []}
VULNERABLE: Final[Audited] = {
    "name": "jinja2",
    "version": "3.1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"]}],
}
NOTHING: Final[list[Audited]] = []
UNKNOWN: Final[Audited] = {"name": "anyio", "skip_reason": "Dependency not found on PyPI"}


def audit(
    folder: Path, report: list[Audited] | str, offline: str
) -> subprocess.CompletedProcess[str]:
    """The script, run beside a pip-audit that gives this report, or fails where it is text."""
    ending = f"sys.exit({report!r})" if isinstance(report, str) else "sys.exit()"
    output = "" if isinstance(report, str) else json.dumps({"dependencies": report})
    package = folder / "pip_audit"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(f"import sys\nprint({output!r})\n{ending}\n")
    return subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={**os.environ, "PYTHONPATH": str(folder), "AUDIT_OFFLINE": offline},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("report", "offline", "code", "said"),
    [
        ([CLEAN], "", 0, "All 1 pinned packages were looked up; no vulnerability is known."),
        ([CLEAN, VULNERABLE], "", 1, "jinja2 3.1.0: PYSEC-1, fixed in 3.1.6"),
        ([UNKNOWN, VULNERABLE], "1", 1, "jinja2 3.1.0: PYSEC-1, fixed in 3.1.6"),
        ([UNKNOWN, UNKNOWN], "", 1, "not made: none of 2 pinned packages could be looked up"),
        ([UNKNOWN, UNKNOWN], "0", 1, "set AUDIT_OFFLINE=1 to go on without it"),
        ([UNKNOWN, UNKNOWN], "1", 0, "not made: none of 2 pinned packages could be looked up"),
        ([CLEAN, UNKNOWN], "", 1, "incomplete: 1 of 2 pinned packages could not be looked up"),
        ([CLEAN, UNKNOWN], "1", 0, "could not be looked up: anyio"),
        (NOTHING, "", 1, "not made"),
        ("no route to PyPI", "", 1, "not made: nothing could be looked up.\nno route to PyPI"),
        ("no route to PyPI", "1", 0, "not made: nothing could be looked up.\nno route to PyPI"),
    ],
)
def test_what_it_says_and_how_it_ends(
    tmp_path: Path, report: list[Audited] | str, offline: str, code: int, said: str
) -> None:
    run = audit(tmp_path, report, offline)
    assert (run.returncode, run.stderr) == (code, "")
    assert said in run.stdout
    assert ("no vulnerability is known" in run.stdout) == (report == [CLEAN])
