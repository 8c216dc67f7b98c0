"""Would the tests notice if a line that decides about points were wrong?

mutmut changes the modules below, an operator, a constant or an argument at a time, and runs the
quick tests that reach the changed function. The share that they notice is written into
docs/quality.md, module by module. What went unnoticed: in ``.mutation/<group>``, ``mutmut results``
names it and ``mutmut show NAME`` shows it.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "quality.md"
WORK: Final = ROOT / ".mutation"


class Group(NamedTuple):
    """Modules, and quick tests of what they decide."""

    modules: Sequence[str]
    tests: Sequence[str]
    left_out: str = ""
    """Tests that take long, as pytest's ``-k`` names them."""


GROUPS: Final = {
    "retry": Group(
        [f"_protocol/{name}" for name in ("attempts", "rate_limiter", "retry", "status_errors")],
        ["protocol"],
    ),
    "idempotency": Group(
        [
            f"_calls/{name}"
            for name in ("already_applied", "get_or_create", "idempotency", "post_once")
        ],
        [
            *("protocol", "_sync/test_get_or_create.py", "_sync/test_post_once.py"),
            "faults/_sync/test_already_applied.py",
        ],
        "over_http",
    ),
    "paging": Group(["_calls/pages"], ["protocol/test_pages.py", "_sync/test_pages.py"]),
    "webhooks": Group(["webhooks/signature"], ["webhooks/test_signature.py"]),
    "bulk": Group(
        [f"bulk/{name}" for name in ("counting", "known_entries", "planning", "rows")],
        [
            *("bulk/_sync/test_adjust.py", "bulk/_sync/test_journal.py"),
            *("bulk/_sync/test_merged.py", "bulk/test_files.py"),
            *("bulk/test_planning.py", "bulk/test_rows.py"),
        ],
        "test_faults or any_cells",
    ),
}
# The words of messages are not promised, and casts are there for type checkers alone.
_LEFT_ALONE: Final = (
    r"""^\s*f?"[^"]*"[,)]*$""",
    r"""raise \w+\(f?"[^"]*"(, param="\w+")?\)""",
    r"""\bcast\(""",
)
_NOTICED: Final = ("killed", "timeout")
_RESULT: Final = re.compile(r"^\s+(\S+)\.x[^.]*__mutmut_\d+: (.+)$", re.MULTILINE)
_REPORT: Final = re.compile(
    "(?<=<!-- mutation begins -->\n).*(?=<!-- mutation ends -->)", re.DOTALL
)


def main() -> None:
    """Changes and tests each group, then writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help="all by default")
    parser.add_argument("--report", action="store_true", help="only write what the last run found")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    for name in () if options.report else (options.groups or GROUPS):
        print(f"{name}: {', '.join(GROUPS[name].modules)}", flush=True)
        _prepare(WORK / name, GROUPS[name])
        _mutmut(WORK / name, "run", "--max-children", str(options.workers))
    results = [
        found
        for name in GROUPS
        if (WORK / name).is_dir()
        for found in _RESULT.findall(_mutmut(WORK / name, "results", "--all", "true"))
    ]
    text, count = _REPORT.subn(lambda _: _report(results), PAGE.read_text("utf-8"))
    if count != 1:
        sys.exit(f"{PAGE} has no place for the report")
    PAGE.write_text(text, "utf-8")
    print(_report(results))


def _prepare(folder: Path, group: Group) -> None:
    """A copy of the project in which mutmut is told of this group alone."""
    shutil.rmtree(folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("vinr", "tests", "examples", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    chosen = ("-k", f"not ({group.left_out})") if group.left_out else ()
    settings = {
        "source_paths": ["vinr"],
        "only_mutate": [f"vinr/{module}.py" for module in group.modules],
        "do_not_mutate_patterns": _LEFT_ALONE,
        "also_copy": ["examples", "scripts"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", *chosen],
        "pytest_add_cli_args_test_selection": [f"tests/{path}" for path in group.tests],
        "timeout_multiplier": ["5"],
    }
    lines = (f"{name} =\n  " + "\n  ".join(values) for name, values in settings.items())
    (folder / "setup.cfg").write_text("[mutmut]\n" + "\n".join(lines) + "\n", "utf-8")


def _mutmut(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"mutmut {arguments[0]} failed:\n{done.stdout[-5000:]}")
    return done.stdout


def _report(results: Iterable[tuple[str, str]]) -> str:
    """The score of each module as a table, and what it was measured with."""
    made: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for module, status in results:
        made[module] += 1
        noticed[module] += status in _NOTICED
    rows = [_row(f"`{module}`", noticed[module], made[module]) for module in sorted(made)]
    rows.append(_row("all", noticed.total(), made.total()))
    python = f"{platform.python_implementation()} {platform.python_version()}"
    measured = (
        f"{datetime.now(UTC):%Y-%m-%d}, mutmut {version('mutmut')}, {python},"
        f" {platform.system()} on {platform.machine()}, {os.cpu_count()} cores."
    )
    lines = ("| module | changes | noticed | |", "|---|--:|--:|--:|", *rows)
    return "\n".join((*lines, "", measured, ""))


def _row(name: str, noticed: int, made: int) -> str:
    return f"| {name} | {made} | {noticed} | {noticed / max(1, made):.0%} |"


if __name__ == "__main__":
    main()
