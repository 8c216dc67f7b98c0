"""Fails where a code block of the README or of docs/ has types that do not fit.

mypy and pyright check the blocks as strictly as the project's own code. The blocks of a page share
their names, as they do where tests/docs runs them, so they are checked as one module, each on its
own lines; a block that defines tests is a module of its own. Tests stand in the pages as readers
write them, without types: they get those of the fixtures here, before they are checked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypedDict

from mypy import api

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = Path(".mypy_cache", "pages")
"""Where the modules are written; the same at each run, since mypy remembers them by their paths."""
PACKAGE: Final = "blocks"
"""What the blocks are modules of."""
FIXTURES: Final = {
    "httpx_mock": "pytest_httpx.HTTPXMock",
    "monkeypatch": "pytest.MonkeyPatch",
    "vinr_async_client": "vinr.AsyncVinr",
    "vinr_client": "vinr.Vinr",
    "vinr_sandbox": "vinr.sandbox.Sandbox",
    "vinr_sandbox_url": "str",
}
"""The types of what a test may ask for, beside the fixtures that its own block defines."""
_BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TEST: Final = re.compile(r"^((?:async )?def test_\w+)\((.*)\):$", re.MULTILINE)
_FIXTURE: Final = re.compile(r"^@pytest\.fixture.*\ndef (\w+)\(.*\) -> (.+):$", re.MULTILINE)
_YIELDED: Final = re.compile(r"Iterator\[(.+)\]")


class Flaw(TypedDict):
    """What pyright says about a place; it counts lines from 0."""

    file: str
    severity: str
    message: str
    rule: str
    range: dict[str, dict[str, int]]


def modules(page: str) -> Iterator[str]:
    """The text of each module that a page's blocks make: every line where it stands in the page."""
    shared = [""] * page.count("\n")
    for block in _BLOCK.finditer(page):
        first = page.count("\n", 0, block.start(1))
        if _TEST.search(block[1]):
            yield with_types(block[1], "\n" * first)
        else:
            lines = block[1].splitlines()
            shared[first : first + len(lines)] = lines
    if any(shared):
        yield "\n".join(shared) + "\n"


def with_types(tests: str, above: str) -> str:
    """The block, below what is above it, with the types of what its tests take and return."""
    own = {name: _YIELDED.sub(r"\1", returned) for name, returned in _FIXTURE.findall(tests)}
    types = FIXTURES | own
    imports: set[str] = set()

    def typed(test: re.Match[str]) -> str:
        parameters = [name for name in test[2].split(", ") if name]
        imports.update(FIXTURES.get(name, "").rpartition(".")[0] for name in parameters)
        taken = [f"{name}: {types[name]}" if name in types else name for name in parameters]
        return f"{test[1]}({', '.join(taken)}) -> None:"

    block = _TEST.sub(typed, tests)
    return "; ".join(f"import {module}" for module in sorted(imports) if module) + above + block


def start_pyright() -> subprocess.Popen[str]:
    """The run of pyright over all modules, by the settings of the project."""
    settings = {"extends": str(ROOT / "pyproject.toml"), "include": [PACKAGE], "exclude": []}
    (FOLDER / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    return subprocess.Popen([*command, "--project", str(FOLDER)], stdout=subprocess.PIPE, text=True)


def said_by(pyright: subprocess.Popen[str]) -> list[str]:
    """What pyright found, as mypy would write it."""
    report, _ = pyright.communicate()
    flaws: list[Flaw] = json.loads(report)["generalDiagnostics"]
    return [
        f"{os.path.relpath(flaw['file'])}:{flaw['range']['start']['line'] + 1}: {flaw['severity']}:"
        f" {' '.join(flaw['message'].split())}  [{flaw.get('rule', 'syntax')}]"
        for flaw in flaws
    ]


def main(root: Path) -> int:
    """Prints each flaw with its page and line; an exit code of 1 where there is one."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / PACKAGE).mkdir(parents=True)
    origins: dict[str, str] = {}
    for page in (root / "README.md", *sorted((root / "docs").rglob("*.md"))):
        for text in modules(page.read_text("utf-8")):
            module = FOLDER / PACKAGE / f"block_{len(origins)}.py"
            module.write_text(text, "utf-8")
            origins[str(module)] = page.relative_to(root).as_posix()
    pyright = start_pyright()
    os.environ["MYPYPATH"] = str(FOLDER.resolve())
    # the settings of the project, so that what make types has just read is not read again
    settings = ["--no-error-summary", f"--config-file={ROOT / 'pyproject.toml'}"]
    said, failed, code = api.run([*settings, *origins])
    flaws = [*said.splitlines(), *said_by(pyright)]
    for flaw in flaws:
        path, colon, rest = flaw.partition(":")
        print(f"{origins.get(path, path)}{colon}{rest}")
    print(failed, end="", file=sys.stderr)
    if not flaws and not code:
        print(f"mypy and pyright find no flaw in {len(origins)} modules of code blocks")
    return 1 if flaws or code else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT))
