"""The types of code blocks, on a page that is broken on purpose."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from scripts.doc_types import modules

SCRIPT: Final = Path(__file__).parents[2] / "scripts" / "doc_types.py"
PAGE: Final = """\
A page.

```python
points = [1, 2]
```

```sh
not python
```

```python
def test_points(vinr_sandbox_url):
    assert vinr_sandbox_url.startswith("http")
```

```python
total: int = sum(points)
```
"""
UNFIT: Final = PAGE.replace("total: int", "total: str").replace(".startswith", ".begins")
OWN_FIXTURE: Final = """\
```python
@pytest.fixture
def points(vinr_client: Vinr) -> Iterator[int]:
    yield 5


def test_points(points, vinr_sandbox, other):
    assert points
```
"""


def test_blocks_share_their_names_and_keep_their_lines() -> None:
    tests, shared = (text.splitlines() for text in modules(PAGE))
    assert shared[3] == "points = [1, 2]"
    assert shared[16] == "total: int = sum(points)"
    assert tests[11] == "def test_points(vinr_sandbox_url: str) -> None:"


def test_a_test_gets_the_types_of_the_fixtures_that_are_known() -> None:
    (tests,) = (text.splitlines() for text in modules(OWN_FIXTURE))
    assert tests[0] == "import vinr.sandbox"
    assert (
        tests[6]
        == "def test_points(points: int, vinr_sandbox: vinr.sandbox.Sandbox, other) -> None:"
    )


def test_what_does_not_fit_is_named_by_its_page_and_line(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(PAGE, "utf-8")
    (tmp_path / "docs" / "a.md").write_text(UNFIT, "utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    flaws = re.findall(r"^(\S+): error: .* \[(\S+)\]$", done.stdout, re.MULTILINE)
    assert {
        *[("docs/a.md:13", "attr-defined"), ("docs/a.md:17", "assignment")],  # by mypy
        *[("docs/a.md:13", "reportAttributeAccessIssue"), ("docs/a.md:17", "reportAssignmentType")],
    } <= {*flaws}
    assert "README.md" not in done.stdout
    assert done.returncode == 1
