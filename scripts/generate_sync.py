"""Generates the blocking packages from the async ones, or checks that they are up to date."""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import unasync

ROOT: Final = Path(__file__).resolve().parent.parent
LONGEST_DIFF: Final = 20


@dataclass(frozen=True)
class Pair:
    """Two packages, the second made from the first."""

    source: str
    target: str
    by_hand: frozenset[str] = frozenset()
    """Files that differ by nature and are written twice."""
    only_in_source: frozenset[str] = frozenset()
    """Files without a twin."""


PAIRS: Final = (
    Pair(
        "vinr/_async",
        "vinr/_sync",
        by_hand=frozenset({"__init__.py", "_concurrency.py"}),
        # what list() gives can be awaited or iterated; in blocking code it is the first page
        only_in_source=frozenset({"paginator.py"}),
    ),
    Pair(
        "vinr/_ledgers/_async",
        "vinr/_ledgers/_sync",
        by_hand=frozenset({"__init__.py", "_concurrency.py"}),
    ),
    Pair("vinr/reports/_async", "vinr/reports/_sync", by_hand=frozenset({"__init__.py"})),
    Pair("vinr/export/_async", "vinr/export/_sync", by_hand=frozenset({"__init__.py"})),
    Pair(
        "vinr/bulk/_async",
        "vinr/bulk/_sync",
        by_hand=frozenset({"__init__.py", "_workers.py"}),
    ),
    Pair("tests/_async", "tests/_sync"),
    Pair("tests/faults/_async", "tests/faults/_sync"),
    Pair("tests/bulk/_async", "tests/bulk/_sync"),
)

# Every AsyncName becomes Name. These words follow no such rule.
WORDS: Final = {
    "AnyIOBackend": "SyncBackend",
    "AsyncByteStream": "SyncByteStream",
    "AsyncHTTPTransport": "HTTPTransport",
    "AsyncPaginator": "Page",
    "AsyncIterable": "Iterable",
    "_async": "_sync",
    "aclose": "close",
    "async_adjust": "adjust",
    "async_enrol": "enrol",
    "async_flush": "flush",
    "aclosing": "closing",
    "aeventually": "eventually",
    "aiter": "iter",
    "aiter_bytes": "iter_bytes",
    "aiter_lines": "iter_lines",
    "aiter_raw": "iter_raw",
    "anext": "next",
    "aread": "read",
    "atogether": "together",
    "async_client": "client",
    "async_export_ledger": "export_ledger",
    "async_export_members": "export_members",
    "async_fetch_member_statement": "fetch_member_statement",
    "async_fetch_points_liability": "fetch_points_liability",
    "async_fetch_points_movement": "fetch_points_movement",
    "async_fetch_reconciliation": "fetch_reconciliation",
    "async_transport": "transport",
    "handle_async_request": "handle_request",
    "paginator": "pages",
    "vinr_async_client": "vinr_client",
}

# unasync turns code; docstrings, strings and comments are turned by these, first to last.
PHRASES: Final = {
    r"await it for the first page, or iterate": "this is the first page, iterate",
    r"\bawait (?=[\w.]+\()": "",
    r"\basync (?=(?:with|for|def)\b)": "",
    r"\bAwaitable\[([\w .|]+)\]": r"\1",
    **{rf"\b{word}\b": replacement for word, replacement in WORDS.items()},
    r"\b(_*)Async(?=[A-Z])": r"\1",
}


@dataclass(frozen=True)
class Flaw:
    """A file of a target that is not what its source makes."""

    path: Path
    kind: str
    diff: tuple[str, ...] = ()


def rendered(root: Path, pair: Pair) -> dict[str, str]:
    """The text of every file that the pair's target must have, by its path within it."""
    unwritten = pair.by_hand | pair.only_in_source
    sources = [name for name in _modules(root / pair.source) if name not in unwritten]
    with tempfile.TemporaryDirectory() as folder:
        copies, results = Path(folder, "from"), Path(folder, "to")
        for name in sources:
            _write(copies / name, (root / pair.source / name).read_text("utf-8"))
        _unasync(copies, results, sources)
        for name in sources:
            text = (results / name).read_text("utf-8")
            header = f"# Generated from {pair.source}/{name};"
            _write(results / name, f"{header} do not edit.\n{_reworded(text)}")
        _tidy(results)
        return {name: (results / name).read_text("utf-8") for name in sources}


def flaws(root: Path, pair: Pair) -> list[Flaw]:
    """Everything in the pair's target that has to change."""
    wanted = rendered(root, pair)
    target = root / pair.target
    present = _modules(target)
    found = [Flaw(target / name, "orphaned") for name in present - wanted.keys() - pair.by_hand]
    found += [Flaw(target / name, "missing") for name in pair.by_hand - present]
    found += [Flaw(target / name, "missing") for name in wanted.keys() - present]
    for name in wanted.keys() & present:
        text = (target / name).read_text("utf-8")
        if text != wanted[name]:
            found.append(Flaw(target / name, "stale", _diff(text, wanted[name])))
    return sorted(found, key=lambda flaw: flaw.path)


def regenerate(root: Path, pair: Pair) -> None:
    """Writes the pair's target; deletes what its source no longer makes."""
    target = root / pair.target
    wanted = rendered(root, pair)
    for name in _modules(target) - wanted.keys() - pair.by_hand:
        (target / name).unlink()
    for name, text in wanted.items():
        _write(target / name, text)


def _modules(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _unasync(source: Path, target: Path, names: Iterable[str]) -> None:
    paths = [source / name for name in names]
    classes = {
        found[0]: found[1] + found[2]
        for path in paths
        for found in re.finditer(r"\b(_*)Async([A-Z]\w*)", path.read_text("utf-8"))
    }
    rule = unasync.Rule(str(source), str(target), additional_replacements=classes | WORDS)
    unasync.unasync_files([str(path) for path in paths], rules=[rule])


def _reworded(text: str) -> str:
    for pattern, replacement in PHRASES.items():
        text = re.sub(pattern, replacement, text)
    return text


def _tidy(folder: Path) -> None:
    """Shorter names change line breaks and the order of imports; some are not needed any more."""
    ruff = [sys.executable, "-m", "ruff"]
    settings = ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(folder)]
    subprocess.run([*ruff, "check", "--select=F401,I", "--fix", *settings], check=True)
    subprocess.run([*ruff, "format", *settings], check=True)


def _diff(present: str, wanted: str) -> tuple[str, ...]:
    lines = difflib.unified_diff(
        present.splitlines(), wanted.splitlines(), "as it is", "as generated", lineterm="", n=1
    )
    return tuple(lines)[:LONGEST_DIFF]


def main() -> int:
    """Exit status 1 where ``--check`` finds a flaw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout (default: this one)")
    arguments = parser.parse_args()
    root: Path = arguments.root
    pairs = [pair for pair in PAIRS if (root / pair.source).is_dir()]
    if not arguments.check:
        for pair in pairs:
            regenerate(root, pair)
        return 0
    found = [flaw for pair in pairs for flaw in flaws(root, pair)]
    for flaw in found:
        print(f"{flaw.kind}: {flaw.path.relative_to(root)}", *flaw.diff, sep="\n    ")
    if found:
        print("\nrun: make sync")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
