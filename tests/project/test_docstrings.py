"""The gate for docstrings, on a small package that is broken on purpose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.docstrings import flaws, loaded

SCRIPT: Final = Path(__file__).parents[2] / "scripts" / "docstrings.py"
TOP: Final = '''\
"""A package."""

from ._private import Client

__all__ = ["Client"]
'''
PRIVATE: Final = '''\
"""What it does."""


class Points:
    """Some points.

    Attributes:
        amount: How many.
    """

    amount: int
    """How many."""

    @property
    def half(self) -> float:
        """Half of them."""
        return self.amount / 2


class Client:
    """A client."""

    async def post(self, amount: int) -> Points:
        """Posts.

        Args:
            amount: Points.

        Raises:
            ValueError: It is zero.

        Source: our choice.
        """
        raise ValueError

    async def close(self) -> None:
        """Closes."""


def inner() -> None:
    return None
'''


def shop(folder: Path, private: str = PRIVATE, top: str = TOP) -> Path:
    package = folder / "shop"
    package.mkdir()
    (package / "__init__.py").write_text(top, "utf-8")
    (package / "_private.py").write_text(private, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("private", "code", "said"),
    [
        (PRIVATE, 0, "0 gaps in the docstrings of shop's public surface"),
        (PRIVATE.replace("amount: Points.", ""), 1, "1 gaps in the docstrings"),
    ],
)
def test_the_command(tmp_path: Path, private: str, code: int, said: str) -> None:
    command = [sys.executable, str(SCRIPT), "--root", str(shop(tmp_path, private))]
    done = subprocess.run(
        [*command, "--package", "shop"], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode, said in done.stdout) == (code, True), done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('    """A client."""', "", "shop._private.Client: no docstring"),
        ('    """How many."""', "", "shop._private.Points.amount: no docstring"),
        ("Half of them.", "Half of them. Raises ValueError for one.", "under Raises:"),
        ("        amount: How many.", "        amount: Some.", "other things of amount"),
        ("        amount: How many.", "        number: How many.", "other things of number"),
        ('        """Half of them."""', "", "shop._private.Points.half: no docstring"),
        ('        """Closes."""', "        return", "shop._private.Client.close: no docstring"),
        ("amount: Points.", "points: So many.", "shop._private.Client.post: Args: lacks amount"),
        ("amount: Points.", "points: So many.", "names points, which it does not take"),
        ("        Raises:\n            ValueError: It is zero.\n", "", "post: no Raises:"),
        ("        Source: our choice.\n", "", "shop._private.Client.post: no Source:"),
    ],
)
def test_what_it_finds(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert PRIVATE.count(old) == 1
    found = list(flaws(loaded(shop(tmp_path, PRIVATE.replace(old, new)), "shop")))
    assert any(said in flaw for flaw in found), found


def test_a_module_needs_one_too(tmp_path: Path) -> None:
    folder = shop(tmp_path, top=TOP.removeprefix('"""A package."""\n'))
    assert list(flaws(loaded(folder, "shop"))) == ["shop: no docstring"]
