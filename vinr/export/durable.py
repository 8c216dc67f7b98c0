"""Files that are there whole or not at all, also after a power failure."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def synced(path: Path) -> Generator[IO[bytes]]:
    """A new file, open for writing; behind the block it is on the disk."""
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Gives a file the name of another one, which it takes the place of, in one step."""
    source.replace(target)
    with suppress(OSError):  # Windows opens no folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
