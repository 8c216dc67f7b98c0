"""One SQLite database: how it is opened, and one transaction at a time on it."""

import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from os import PathLike, fspath
from threading import Lock
from typing import Final

from ..refusal import SandboxClosedError
from .schema import SCHEMA, VERSION

MEMORY: Final = ":memory:"

_BUSY_SECONDS: Final = 10.0
_CACHE_KIBIBYTES: Final = 32 * 1024


Version = tuple[int, int]


class Store:
    """A database in memory or in a file; safe for threads, and the file for several processes.

    A committed transaction survives the end of the process at any moment.
    """

    def __init__(self, path: str | PathLike[str] = MEMORY) -> None:
        """Raises OSError for a file that cannot be opened, ValueError for one that is no store."""
        self._lock = Lock()
        self._in_file = fspath(path) != MEMORY
        self._rollbacks = 0
        self.closed = False
        try:
            self._db = _open(fspath(path))
        except (sqlite3.Error, ValueError) as error:
            kind = OSError if isinstance(error, sqlite3.OperationalError) else ValueError
            raise kind(f"{fspath(path)} cannot be opened as a sandbox: {error}") from None

    @contextmanager
    def transaction(self, *, write: bool) -> Generator[sqlite3.Connection]:
        """All or nothing: committed at the end of the block, rolled back by any exception.

        Raises SandboxClosedError after close().
        """
        with self._lock:
            self.check_open()
            # IMMEDIATE: another process cannot write between our reads and our writes
            self._db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                self._rollbacks += 1
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def version(self) -> Version:
        """Changes with every write of another process, and with every rollback here.

        For use in a transaction. What was read at the same version is still valid, except for
        what this process has written itself since.
        """
        if not self._in_file:
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

    def check_open(self) -> None:
        """Raises SandboxClosedError after close()."""
        if self.closed:
            raise SandboxClosedError("the sandbox is closed")

    def close(self) -> None:
        """Close the database; closing twice does nothing."""
        with self._lock:
            self.closed = True
            self._db.close()


def _open(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _configure(db)
        _create_tables(db)
    except BaseException:
        db.close()
        raise
    return db


def _configure(db: sqlite3.Connection) -> None:
    _switch_to_wal(db)
    # NORMAL with a write-ahead log: nothing that was committed is lost when the process dies,
    # and no commit waits for the disk.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")


def _switch_to_wal(db: sqlite3.Connection) -> None:
    # The one statement that SQLite's time-out for a busy database does not cover.
    give_up = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _create_tables(db: sqlite3.Connection) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if not _has_tables(db):
            for statement in _statements(SCHEMA):
                db.execute(statement)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _has_tables(db: sqlite3.Connection) -> bool:
    [version] = db.execute("PRAGMA user_version").fetchone()
    if version not in (0, VERSION):
        raise ValueError(
            f"the sandbox's file has layout {version}, this version of vinr reads {VERSION}"
        )
    return bool(version)


def _statements(script: str) -> list[str]:
    # executescript() commits first, which would let two processes create the tables at once
    statements: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
