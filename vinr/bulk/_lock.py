"""One process at a time sends from a journal or an outbox."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from .errors import JournalInUseError


@contextmanager
def sending_alone(path: Path | None) -> Generator[None]:
    """Raises JournalInUseError where another one holds it. It ends with its process, at the latest.

    SQLite's lock on a file of its own beside the journal: it is there on every platform, and the
    journal stays open to those who only read it or add to it.
    """
    if path is None:
        yield
        return
    with closing(sqlite3.connect(f"{path}-lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise JournalInUseError(
                f"another process is sending from {path} now; wait until it is done"
            ) from None
        yield
