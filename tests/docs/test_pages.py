"""Every code block of README, AGENTS.md and docs/ runs, page by page, as a reader would run it.

The blocks of one page share their names. ``Vinr()`` reaches a sandbox on localhost that is new for
each page; a block that defines tests is handed to pytest. A block fenced as ``py`` needs what the
project does not install or the sandbox does not serve, and does not run.
"""

import ast
import gc
import sys
from pathlib import Path
from typing import Final

import pytest
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

from tests.docs.shell import ROOT, check_command, run_block

PAGES: Final = [
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", ROOT / "AGENTS.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "```" in page.read_text("utf-8")
]
# this project's own tools, which a reader need not have, and which take seconds to load
_LEFT_OUT: Final = ("-p", "no:ddtrace", "-p", "no:schemathesis", "-p", "no:hypothesispytest")
_execute: Final = PythonEvaluator()


def run_python(example: Example) -> None:
    tree = ast.parse(example.parsed)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    if any(isinstance(node, functions) and node.name.startswith("test_") for node in tree.body):
        Path(f"test_of_line_{example.line}.py").write_text(example.parsed, "utf-8")
    else:
        _execute(example)


def run_shell(example: Example) -> None:
    run_block(example.parsed)


BLOCKS: Final = Sybil(
    [
        CodeBlockParser("python", run_python),
        CodeBlockParser("bash", run_shell),
        CodeBlockParser("console", run_shell),
    ]
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("reader")
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # pages do not close every client
def test_every_block_of_the_page_runs(page: str) -> None:
    document = BLOCKS.parse(ROOT / page)
    document.namespace["__name__"] = "__main__"
    for example in document.examples():
        example.evaluate()
    document.namespace.clear()
    gc.collect()
    # together, since a process for each would take seconds
    if tests := sorted(str(path) for path in Path.cwd().glob("test_of_line_*.py")):
        check_command([sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", *_LEFT_OUT, *tests])
