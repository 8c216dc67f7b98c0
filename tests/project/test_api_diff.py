"""The comparison with the last release, on a small package that is broken on purpose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

SCRIPT: Final = Path(__file__).parents[2] / "scripts" / "api_diff.py"
RELEASED: Final = '''\
"""A package."""


def post(amount: int, reason: str = "") -> int:
    """Posts."""
    return amount
'''
GIT: Final = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "vinr").mkdir()
    (tmp_path / "vinr" / "__init__.py").write_text(RELEASED, "utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "a release"]):
        subprocess.run([*GIT, *words], cwd=tmp_path, check=True)
    return tmp_path


def api_diff(checkout: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--root", str(checkout)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_without_a_tag_it_says_that_nothing_was_checked(checkout: Path) -> None:
    code, said = api_diff(checkout)
    assert code == 0
    assert said.startswith("There is no tag yet")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("", "", 0, "0 breaking changes since v1"),
        ('reason: str = ""', 'reason: str = "", note: str = ""', 0, "0 breaking changes"),
        ("post(", "post_points(", 1, "vinr.post: Public object was removed"),
        (', reason: str = ""', "", 1, "vinr.post: Parameter was removed"),
        ("amount: int,", "amount: int, key: str,", 1, "vinr.post: Parameter was added as required"),
    ],
)
def test_what_it_finds(checkout: Path, old: str, new: str, code: int, said: str) -> None:
    subprocess.run([*GIT, "tag", "v1"], cwd=checkout, check=True)
    (checkout / "vinr" / "__init__.py").write_text(RELEASED.replace(old, new, 1), "utf-8")
    ended, output = api_diff(checkout)
    assert (ended, said in output) == (code, True), output
