"""The store: one transaction at a time on one SQLite database."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path
from threading import Lock
from typing import Final

from ..refusal import SandboxClosedError
from .database import MEMORY, open_database

_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""The last one is a table or a column that is missing: our statements are always the same."""

Version = tuple[int, int]


class DamagedFileError(ValueError):
    """The sandbox's file is damaged: what is in it cannot be read, or not be trusted."""


class Store:
    """A database in memory or in a file; safe for threads, and the file for several processes.

    A committed transaction survives the end of the process at any moment.
    """

    def __init__(self, path: str | PathLike[str] = MEMORY) -> None:
        """Raises OSError for a file that cannot be opened, ValueError for one that is no store."""
        self._lock = Lock()
        self._path = fspath(path)
        self._rollbacks = 0
        self.closed: bool = False
        if not self._path:
            raise ValueError(f"a sandbox's file needs a name; {MEMORY!r} keeps it in memory")
        try:
            self._db = open_database(self._path)
        except (sqlite3.Error, ValueError) as error:
            kind = OSError if isinstance(error, sqlite3.OperationalError) else ValueError
            raise kind(f"{self._path} cannot be opened as a sandbox: {error}") from None

    @contextmanager
    def transaction(self, *, write: bool) -> Generator[sqlite3.Connection]:
        """All or nothing: committed at the end of the block, rolled back by any exception.

        Raises SandboxClosedError after close(), DamagedFileError where the file turns out to be
        damaged.
        """
        with self._lock:
            self.check_open()
            try:
                # IMMEDIATE: another process cannot write between our reads and our writes
                self._db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                yield self._db
                self._db.execute("COMMIT")
            except BaseException as error:
                self._rollbacks += 1
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if _shows_damage(error):
                    raise DamagedFileError(f"{self._path} is damaged: {error}") from error
                raise

    def version(self) -> Version:
        """Changes with every write of another process, and with every rollback here.

        For use in a transaction. What was read at the same version is still valid, except for
        what this process has written itself since.
        """
        if self._path == MEMORY:
            return 0, self._rollbacks
        [other_processes] = self._db.execute("PRAGMA data_version").fetchone()
        return other_processes, self._rollbacks

    @contextmanager
    def exclusive(self) -> Generator[sqlite3.Connection]:
        """The database between transactions, for reading or replacing all of it.

        Raises SandboxClosedError after close().
        """
        with self._lock:
            self.check_open()
            self._rollbacks += 1  # the caller may replace everything
            yield self._db

    def refuse_to_replace(self, target: str | PathLike[str]) -> None:
        """Raises ValueError where the target is a file that this database is kept in."""
        if self._path == MEMORY:
            return
        own = Path(self._path).resolve()
        files = {own.with_name(own.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")}
        if Path(target).resolve() in files:
            raise ValueError(f"{fspath(target)} is the sandbox's own file; name another one")

    def check_open(self) -> None:
        """Raises SandboxClosedError after close()."""
        if self.closed:
            raise SandboxClosedError("the sandbox is closed")

    def close(self) -> None:
        """Close the database; closing twice does nothing."""
        with self._lock:
            self.closed = True
            self._db.close()


def _shows_damage(error: BaseException) -> bool:
    return isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorcode & 0xFF in _DAMAGE
