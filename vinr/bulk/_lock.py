"""One process at a time sends from a journal or an outbox."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from .errors import JournalError, JournalInUseError


@contextmanager
def sending_alone(path: Path | None) -> Generator[None]:
    """Raises JournalInUseError where another one holds it. It ends with its process, at the latest.

    SQLite's lock on a file of its own beside the journal: it is there on every platform, and the
    journal stays open to those who only read it or add to it.
    """
    if path is None:
        yield
        return
    lock_file = path.with_name(f"{path.name}-lock")
    try:
        lock = sqlite3.connect(lock_file, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise unusable(lock_file, error) from None
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise unusable(lock_file, error) from None
            raise JournalInUseError(
                f"another process is sending from {path} now; wait until it is done"
            ) from None
        yield


def unusable(path: Path | None, error: sqlite3.Error) -> JournalError:
    """What SQLite has to say, about which file, and what helps."""
    name = "the temporary journal" if path is None else path
    return JournalError(
        f"{name} cannot be used: {error}; look at the disk and the folder's rights, or name another"
        " journal="
    )
