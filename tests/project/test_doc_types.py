"""The types of code blocks, on a page that is broken on purpose."""

from __future__ import annotations

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
def test_points(points):
    assert points
```

```python
total: str = sum(points)
```
"""


def test_blocks_share_their_names_and_keep_their_lines() -> None:
    tests, shared = (text.splitlines() for text in modules(PAGE))
    assert shared[3] == "points = [1, 2]"
    assert shared[16] == "total: str = sum(points)"
    assert (tests[11], len([line for line in tests if line])) == ("def test_points(points):", 2)


def test_what_does_not_fit_is_named_by_its_page_and_line(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text(PAGE.replace("total: str", "total: int"), "utf-8")
    (tmp_path / "docs" / "a.md").write_text(PAGE, "utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("docs/a.md:17: error: Incompatible types in assignment")
    assert "Found 1 error in 1 file" in done.stdout
    assert done.returncode == 1
