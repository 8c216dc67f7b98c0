"""What an export has read so far, with the cursor where it goes on: ``FILE.part``.

It is a SQLite database, so records and cursor change together, at any moment of a kill, and of two
processes one gets it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from .errors import ExportError

_MOST_UNCOMMITTED: Final = 500
_MOST_SECONDS_UNCOMMITTED: Final = 1.0
_RECORDS: Final = (
    "CREATE TABLE IF NOT EXISTS records (number INTEGER PRIMARY KEY, record TEXT NOT NULL)"
)
_STATE: Final = (
    "CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1),"
    " request TEXT NOT NULL, started REAL NOT NULL, rows INTEGER NOT NULL,"
    " account TEXT, after TEXT, stage TEXT NOT NULL)"
)
_NEW: Final = "INSERT INTO state VALUES (1, ?, ?, 0, NULL, NULL, 'reading')"


class Cursor(NamedTuple):
    """Where a reading goes on: behind an object of a list, or of one member's list."""

    account: str | None = None
    """The member whose entries were read last."""
    after: str | None = None
    """The cursor in the list; None where the member's entries are read to their end."""


class PartFile:
    """The records of an export that is not published yet."""

    def __init__(self, path: Path, request: str) -> None:
        """Opens it, or makes it. Raises ExportError where another process has it open."""
        self._path = path
        self._request = request
        self._committed_rows = 0
        self._committed_at = 0.0
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        self._is_open = True
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise self._unusable(error) from None

    def _prepare(self) -> None:
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("BEGIN EXCLUSIVE")
        self._db.execute(_RECORDS)
        self._db.execute(_STATE)
        self.is_new: bool = self._db.execute("SELECT count(*) FROM state").fetchone() == (0,)
        if self.is_new:
            self._db.execute(_NEW, (self._request, time.time()))
        self.request: str
        self.rows: int
        self.stage: str
        started: float
        self.request, started, self.rows, account, after, self.stage = self._db.execute(
            "SELECT request, started, rows, account, after, stage FROM state"
        ).fetchone()
        self.started_at: datetime = datetime.fromtimestamp(started, UTC)
        self.cursor: Cursor = Cursor(account, after)
        self._commit()

    def _unusable(self, error: sqlite3.DatabaseError) -> ExportError:
        if "locked" in str(error):
            return ExportError(f"another process is exporting to {self._path} now; wait for it")
        return ExportError(
            f"{self._path} is no part of an export, or is damaged ({error}); remove it, and the"
            " export begins anew"
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read yet."""
        return self.stage == "reading" and self.cursor == Cursor()

    @property
    def age(self) -> timedelta:
        """Since its export began."""
        return datetime.now(UTC) - self.started_at

    def add(self, records: Sequence[str], cursor: Cursor, *, last: bool) -> None:
        """Records, and where the reading goes on behind them.

        They are on the disk after 500 rows, or with the first page that comes a second later.
        ``last``: it goes on nowhere, all is there.
        """
        rows = [(record,) for record in records]
        self._db.executemany("INSERT INTO records (record) VALUES (?)", rows)
        self.rows += len(rows)
        self.cursor = cursor
        self.stage = "read" if last else self.stage
        self._db.execute(
            "UPDATE state SET rows = ?, account = ?, after = ?, stage = ?",
            (self.rows, *cursor, self.stage),
        )
        uncommitted = self.rows - self._committed_rows
        seconds = time.monotonic() - self._committed_at
        if uncommitted >= _MOST_UNCOMMITTED or seconds >= _MOST_SECONDS_UNCOMMITTED:
            self._commit()

    def reach(self, stage: str) -> None:
        """``read`` when all records are there, ``written`` when the file has to be renamed only."""
        self._db.execute("UPDATE state SET stage = ?", (stage,))
        self._commit()
        self.stage = stage

    def records(self) -> Iterator[str]:
        """All of them, in the order in which they came."""
        return (row[0] for row in self._db.execute("SELECT record FROM records ORDER BY number"))

    def _commit(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN EXCLUSIVE")
        self._committed_rows = self.rows
        self._committed_at = time.monotonic()

    def close(self) -> None:
        """Keeps what was added."""
        if self._is_open:
            self._is_open = False
            try:
                if self._db.in_transaction:  # a full disk has ended it
                    self._db.execute("COMMIT")
            finally:
                self._db.close()

    def delete(self) -> None:
        """Closes it for good."""
        self.close()
        self._path.unlink(missing_ok=True)
