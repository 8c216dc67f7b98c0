"""Fails where a code block of the README or of docs/ has types that do not fit, by mypy.

The blocks of a page share their names, as they do where tests/docs runs them, so they are checked
as one module, each on its own lines; a block that defines tests is a module of its own. A reader
need not annotate functions, so their bodies are checked all the same.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mypy import api

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = Path(".mypy_cache", "pages")
"""Where the modules are written; the same at each run, since mypy remembers them by their paths."""
PACKAGE: Final = "blocks"
"""What the blocks are modules of; pyproject.toml says what mypy lets them do."""
_BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TESTS: Final = re.compile(r"^(?:async )?def test_", re.MULTILINE)


def modules(page: str) -> Iterator[str]:
    """The text of each module that a page's blocks make: every line where it stands in the page."""
    shared = [""] * page.count("\n")
    for block in _BLOCK.finditer(page):
        first = page.count("\n", 0, block.start(1))
        lines = block[1].splitlines()
        if _TESTS.search(block[1]):
            yield "\n".join([*[""] * first, *lines]) + "\n"
        else:
            shared[first : first + len(lines)] = lines
    yield "\n".join(shared) + "\n"


def main(root: Path) -> int:
    """Prints each flaw with its page and line; an exit code of 1 where there is one."""
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / PACKAGE).mkdir(parents=True)
    origins: dict[Path, str] = {}
    for page in pages:
        for text in modules(page.read_text("utf-8")):
            module = FOLDER / PACKAGE / f"block_{len(origins)}.py"
            module.write_text(text, "utf-8")
            origins[module] = page.relative_to(root).as_posix()
    os.environ["MYPYPATH"] = str(FOLDER.resolve())
    # the settings of the project, so that what make types has just read is not read again
    said, failed, code = api.run([f"--config-file={ROOT / 'pyproject.toml'}", *map(str, origins)])
    for module, page_name in origins.items():
        said = said.replace(f"{module}:", f"{page_name}:")
    print(said, end="")
    print(failed, end="", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT))
