"""The generator of the blocking packages, run as its users run it, on a checkout of one file."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from scripts.generate_sync import PAIRS

SCRIPT: Final = Path(__file__).parents[2] / "scripts" / "generate_sync.py"

ASYNC: Final = '''\
"""Reads ``async with AsyncVinr()`` and its pages."""

from collections.abc import AsyncIterator

import httpx

from .pool import AsyncPool, _AsyncLease


class AsyncReader:
    """Call ``await reader.aclose()`` when done."""

    def __init__(self, pool: AsyncPool, client: httpx.AsyncClient) -> None:
        self._lease = _AsyncLease(pool, client, f"not an {AsyncPool.__name__}")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async with self._lease as response:
            async for piece in response.aiter_raw():  # AsyncReader does not await here
                yield piece
        await response.aclose()
'''

SYNC: Final = '''\
# Generated from vinr/_async/reader.py; do not edit.
"""Reads ``with Vinr()`` and its pages."""

from collections.abc import Iterator

import httpx

from .pool import Pool, _Lease


class Reader:
    """Call ``reader.close()`` when done."""

    def __init__(self, pool: Pool, client: httpx.Client) -> None:
        self._lease = _Lease(pool, client, f"not an {Pool.__name__}")

    def __iter__(self) -> Iterator[bytes]:
        with self._lease as response:
            for piece in response.iter_raw():  # Reader does not await here
                yield piece
        response.close()
'''

BY_HAND: Final = PAIRS[0].by_hand


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for package in ("vinr/_async", "vinr/_sync"):
        (tmp_path / package).mkdir(parents=True)
        for name in BY_HAND:
            (tmp_path / package / name).write_text(f'"""{package}."""\n', "utf-8")
    (tmp_path / "vinr/_async/reader.py").write_text(ASYNC, "utf-8")
    (tmp_path / "vinr/_sync/reader.py").write_text(SYNC, "utf-8")
    return tmp_path


def generate(checkout: Path, *options: str) -> tuple[int, str]:
    result = subprocess.run(
        [sys.executable, str(SCRIPT), "--root", str(checkout), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    return result.returncode, result.stdout


def test_code_and_docstrings_become_blocking(checkout: Path) -> None:
    (checkout / "vinr/_sync/reader.py").unlink()
    assert generate(checkout) == (0, "")
    assert (checkout / "vinr/_sync/reader.py").read_text("utf-8") == SYNC


def test_files_written_by_hand_are_left_alone(checkout: Path) -> None:
    assert generate(checkout) == (0, "")
    assert (checkout / "vinr/_sync/_concurrency.py").read_text("utf-8") == '"""vinr/_sync."""\n'


def test_what_is_up_to_date_passes_the_check(checkout: Path) -> None:
    assert generate(checkout, "--check") == (0, "")


@pytest.mark.parametrize(
    ("kind", "path", "text"),
    [
        ("stale", "vinr/_sync/reader.py", SYNC.replace("piece", "chunk")),
        ("missing", "vinr/_sync/reader.py", None),
        ("missing", "vinr/_sync/_concurrency.py", None),
        ("orphaned", "vinr/_sync/left/over.py", ""),
    ],
)
def test_the_check_names_each_flaw_and_changes_nothing(
    checkout: Path, kind: str, path: str, text: str | None
) -> None:
    file = checkout / path
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    status, output = generate(checkout, "--check")
    assert status == 1
    assert output.startswith(f"{kind}: {path}\n")
    assert output.count(": vinr/") == 1
    assert text == (file.read_text("utf-8") if file.exists() else None)


def test_the_check_shows_a_stale_file_s_difference(checkout: Path) -> None:
    (checkout / "vinr/_sync/reader.py").write_text(SYNC.replace("piece", "chunk"), "utf-8")
    _, output = generate(checkout, "--check")
    assert "-                yield chunk" in output
    assert "+                yield piece" in output


def test_generating_again_deletes_orphans(checkout: Path) -> None:
    orphan = checkout / "vinr/_sync/gone.py"
    orphan.write_text("", "utf-8")
    assert generate(checkout) == (0, "")
    assert not orphan.exists()
